"""Controls of the hazard log that stand on the page and on paper: see docs/clinical-safety.md, section 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest

from selfcheck.handout.html import to_html
from selfcheck.handout.pdf import Fit
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of
from tests.handout.persons import made

LEVELS: Mapping[str, Mapping[str, object]] = {
    "self_care": {},
    "urgent_same_day": {"rf_fever": "yes"},
    "emergency_now": {"rf_ces_saddle": "new_or_changing"},
}
SKIN_COLOUR = re.compile(r"\b(?:pale|blue|grey|blotchy|mottled)\b")
ON_DARK_SKIN = re.compile(r"brown or black skin|another colour|different colour")
ALL_CLEAR = re.compile(
    r"\b(?:all clear|healthy|nothing (?:is )?wrong|nothing serious|do not worry|you are fine)\b",
    re.IGNORECASE,
)


def words(page: str) -> str:
    """What can be read on a page, without its style and pictures."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", page)))


@pytest.mark.parametrize("level", LEVELS)
def test_paper_says_when_it_was_made_by_which_rules_and_whose_it_is(
    rulebook: Rulebook, base: Mapping[str, object], level: str
) -> None:
    handout = made(rulebook, {**base, **LEVELS[level]})
    assert handout.disposition == level
    said = words(to_html(handout, "a4", Fit()))
    assert "22 November 2026, 07:12 UTC" in said
    assert rulebook.fingerprint in said
    assert handout.interrupts or "out of date after 7 days" in said
    assert re.search(r"Name\s+Date of birth", said)


def test_urgency_is_a_word_and_the_weight_of_a_border_never_a_colour_alone(rulebook: Rulebook) -> None:
    seen = {}
    for case in all_cases():
        handout = made(rulebook, answers_of(rulebook, case))
        if handout.letter not in seen:
            page = to_html(handout, "a4", Fit())
            seen[handout.letter] = re.findall(r'class="card result weight-(\S+)"\s*>\s*<h1>(.*?)</h1>', page)
            assert seen[handout.letter] == [(handout.letter.lower(), handout.heading)], case.id
    ranked = {one.letter for one in rulebook.file.disposition if one.rank is not None}
    assert ranked <= seen.keys()
    assert len({heading for [(_, heading)] in seen.values()}) == len(seen)


def test_self_care_speaks_of_signs_that_were_asked_about_and_never_of_health(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    handout = made(rulebook, base)
    assert "none of the warning signs we asked about" in handout.lead
    assert "Nobody has examined you" in words(to_html(handout, "a4", Fit()))
    for disposition in rulebook.file.disposition:
        told = [disposition.heading, disposition.lead_alone, *(lead.text for lead in disposition.lead)]
        assert [text for text in told if ALL_CLEAR.search(text)] == []


def test_a_question_about_the_colour_of_skin_says_where_to_look_on_dark_skin(rulebook: Rulebook) -> None:
    asked = [item for item in rulebook.file.item if SKIN_COLOUR.search(item.text)]
    assert len(asked) >= 3
    assert [item.id for item in asked if not ON_DARK_SKIN.search(f"{item.text} {item.hint or ''}")] == []


def test_every_pattern_says_how_good_the_science_is_and_what_speaks_against_it(rulebook: Rulebook) -> None:
    for pattern in rulebook.file.pattern:
        assert re.match(r"[A-D]", pattern.evidence.grade), pattern.id
        assert pattern.evidence.limits, pattern.id
        assert pattern.differential, pattern.id
