"""The sheet as text and as HTML, from the command line and from the web."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

from selfcheck.answers import AnswersError, read_answers
from selfcheck.cli import main
from selfcheck.handout.html import to_html
from selfcheck.handout.paper import paper
from selfcheck.handout.pdf import Fit, sheet_fit
from selfcheck.handout.sheet_text import MOST_CHARACTERS, sheet_text
from selfcheck.handout.text import to_text
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import answers_of, read_cases
from tests.handout.persons import MARKUP, TEXTS, everything, made, squeezed, texts

# What is for programs, for those who hear the pictures, for other results, or on the screen only.
NOT_SHOWN = frozenset({
    "id", "item", "section", "kind", "letter", "disposition", "language", "mode", "modes", "minutes", "call",
    "own_words", "annex", "more", "more_on_paper", "steps", "none", "nothing_fits_said", "title", "furniture",
    "flags", "qr_said", "said", "drawing_said",
})  # fmt: skip


def read_aloud(page: str) -> str:
    """The words of a page, without its style."""
    return squeezed(unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<style>.*?</style>", "", page))))


def test_the_text_is_short_for_every_case(rulebook: Rulebook) -> None:
    for name in ("vignettes", "worked"):
        for case in read_cases(name):
            handout = made(rulebook, answers_of(rulebook, case))
            text = sheet_text(handout)
            assert len(text) <= MOST_CHARACTERS, case.id
            assert handout.sheet.verdict in text
            assert handout.sheet.foot.version in text


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("alarms", [True, False])
def test_the_text_is_short_and_has_all_own_words_whatever_was_answered(
    rulebook: Rulebook, name: str, alarms: bool
) -> None:
    handout = made(rulebook, everything(rulebook, TEXTS[name], alarms=alarms))
    text = sheet_text(handout)
    assert len(text) <= MOST_CHARACTERS
    assert all(f"“{line.text}”" in text for line in handout.sheet.own_words.lines)
    assert text.endswith(handout.sheet.more_on_paper)
    flags = [line for group in handout.sheet.flags for line in group.lines]
    marks = Counter(line.mark for line in flags)
    commonest = marks.most_common(1)[0][0]
    assert [
        line.short for line in flags if line.mark != commonest and f"{line.short} {line.mark}" not in text
    ] == []


def test_the_html_has_every_word_and_no_markup_of_the_person(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    handout = made(rulebook, {**base, "own_problem": MARKUP + "<script>alert(1)</script>"})
    page = to_html(handout, "a4", Fit())
    words = read_aloud(page)
    ids = {advice for advice, _text in handout.advice}
    told = [text for text in texts(handout, NOT_SHOWN) if text not in ids]
    assert [text for text in told if squeezed(text) not in words] == []
    assert "<script" not in page
    assert re.search(r"\b49\b", re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", page)) is None


@pytest.mark.parametrize(
    ("changes", "left_out", "title", "first"),
    [
        ({}, "rf_ces_bladder", "Please answer", True),
        ({"rf_fever": "yes"}, "rf_dvt", "You have not answered these yet", False),
    ],
)
def test_open_questions_come_first_only_where_there_is_no_result_without_them(
    rulebook: Rulebook,
    base: Mapping[str, object],
    changes: Mapping[str, object],
    left_out: str,
    title: str,
    *,
    first: bool,
) -> None:
    handout = made(rulebook, {name: value for name, value in {**base, **changes}.items() if name != left_out})
    assert [said.item for said in (*handout.missing, *handout.left_open)] == [left_out]
    for words in (to_text(handout), unescape(to_html(handout, "a4", Fit()))):
        assert words.count(title) == 1
        assert (words.index(title) < words.index("What to do")) is first


def test_where_the_rules_say_no_time_none_is_printed(rulebook: Rulebook, base: Mapping[str, object]) -> None:
    absent = made(rulebook, {**base, "filled_by": "for_absent_person"})
    assert absent.disposition == rulebook.file.triage.out_of_scope
    for words in (to_text(absent), unescape(to_html(absent, "a4", Fit()))):
        assert "When:" not in words
        assert "Who:" not in words
    levels = {level.letter: level for level in paper(rulebook, rulebook.regions["gb"]).levels}
    assert [letter for letter, level in levels.items() if not level.when] == [absent.letter]
    assert (
        levels[absent.letter].otherwise == "Please ask the person treating you before you try any exercise."
    )


def test_lines_without_room_are_in_the_annex_of_the_html(rulebook: Rulebook) -> None:
    handout = made(rulebook, everything(rulebook, "W", alarms=True))
    fit = sheet_fit(handout, "letter", room=0.94)
    assert fit.level > 0
    words = read_aloud(to_html(handout, "letter", fit))
    assert squeezed(handout.sheet.annex) in words
    blocks = (handout.sheet.background, handout.sheet.tests, handout.sheet.told)
    assert [line for block in blocks for line in block.lines if squeezed(line.text) not in words] == []


@pytest.mark.parametrize("bad", ["x" * 10_000, "bell\u0007", "back\u202ewards", "nul\u0000"])
def test_what_could_break_a_page_is_refused(rulebook: Rulebook, bad: str) -> None:
    with pytest.raises(AnswersError):
        read_answers(rulebook.questionnaire, {"own_problem": bad})


@pytest.mark.parametrize(
    ("name", "begins"), [("a.pdf", b"%PDF-"), ("a.html", b"<!doctype"), ("a.txt", b"For the")]
)
def test_the_command_writes_each_kind(
    tmp_path: Path, base: Mapping[str, object], name: str, begins: bytes
) -> None:
    answers, out = tmp_path / "answers.json", tmp_path / name
    answers.write_text(json.dumps(base))
    assert main(["handout", str(answers), "-o", str(out), "--paper", "letter"]) == 0
    assert out.read_bytes().lstrip().startswith(begins)


def test_the_command_names_the_kinds_it_can_write(
    tmp_path: Path, base: Mapping[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(base))
    assert main(["handout", str(answers), "-o", str(tmp_path / "a.docx")]) == 2
    assert ".pdf, .html or .txt" in capsys.readouterr().err
