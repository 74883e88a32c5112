"""Every question stands on exactly one page: in the ledger, and on the pages as they are really drawn."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from selfcheck.answers import Answers
from selfcheck.assessment.reading import read
from selfcheck.reports import journey_report
from selfcheck.rulebook.ledger import derived, places
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.layout import page_of


def misplaced(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """The items with a field that stand on no page or on several."""
    return {
        place.item.id: place.pages
        for place in places(rulebook)
        if len(place.pages) != (1 if place.item.drawn else 0)
    }


def test_every_question_stands_on_exactly_one_page(rulebook: Rulebook) -> None:
    assert len(places(rulebook)) == len(rulebook.file.item)
    assert misplaced(rulebook) == {}


def test_a_follow_up_of_a_question_on_another_page_stands_on_none(small_text: str) -> None:
    moved = small_text + (
        "\n[[section]]\nid = 'later'\npart = 2\ntitle = 'Later'\n"
        "\n[[item]]\nid = 'lost'\nsection = 'later'\nshort = 'lost'\ntext = 'Lost?'\nanswer = 'yn3'\n"
        "follows = 'bladder'\n"
    )
    assert misplaced(read_rulebook(moved)) == {"lost": ()}


def test_the_pages_draw_what_the_ledger_says(rulebook: Rulebook) -> None:
    drawn: Counter[tuple[str, str]] = Counter()
    visiting = {(item.id, item.also_on) for item in rulebook.file.item if item.also_on}
    for section in rulebook.questionnaire.sections.values():
        page = page_of(read(rulebook, Answers({})), section, Answers({}))
        drawn.update((question.item.id, section.id) for question in page.questions)
    assert max(drawn.values()) == 1
    bare = {twin: item for item, twins in rulebook.questionnaire.sided.items() for twin in twins}
    seen = {(bare.get(item, item), page) for item, page in drawn} - visiting
    assert seen == {(place.item.id, page) for place in places(rulebook) for page in place.pages}


def test_the_report_names_every_question_once_in_its_ledger(rulebook: Rulebook) -> None:
    text = "\n".join(journey_report(rulebook))
    ledger = text[text.index("## Ledger") :]
    rows = Counter(re.findall(r"^(?:\| |- )`([a-z0-9_]+)`", ledger, flags=re.MULTILINE))
    assert rows == Counter([item.id for item in rulebook.file.item] + list(derived(rulebook)))


@pytest.mark.parametrize(
    ("flag", "items"),
    [
        ("rf_night_pain", {"night_pain"}),
        ("rf_cough_strain", {"aggravators"}),
        ("rf_severe_pain", {"pain_worst_24h"}),
    ],
)
def test_a_derived_sign_names_the_questions_it_comes_from(
    rulebook: Rulebook, flag: str, items: set[str]
) -> None:
    assert items <= set(derived(rulebook)[flag])
