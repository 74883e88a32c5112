"""The printed pages: how many there are, what stands on them, and that nothing is lost."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO

import pytest
from pypdf import PdfReader

from selfcheck.handout.model import Handout
from selfcheck.handout.pdf import Paper, to_pdf
from selfcheck.places import PAPERS
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import answers_of, read_cases
from tests.handout.persons import TEXTS, everything, made, squeezed, texts

BOTH: tuple[Paper, Paper] = ("a4", "letter")
RIGHT_TO_LEFT = frozenset({"hebrew", "arabic"})
# What a sheet holds for programs, for those who hear the pictures, and for when there is nothing to tell. The
# red flags are looked at one by one.
UNPRINTED = frozenset({
    "id", "flags", "said", "qr_said", "steps", "none", "more", "more_on_paper", "annex",
})  # fmt: skip
OWN_SIGNS = "•·□“”().,:;"


def pages(handout: Handout, paper: Paper, *, alone: bool = False) -> list[str]:
    content = to_pdf(handout, paper, parts="sheet" if alone else "all")
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def is_one_page(handout: Handout, printed: list[str]) -> bool:
    """Whether title and foot of the sheet stand on the first page, and what follows is the annex."""
    sheet, first = handout.sheet, squeezed(printed[0])
    begins, ends = squeezed(sheet.title) in first, squeezed(sheet.foot.answered) in first
    return begins and ends and all(squeezed(sheet.annex) in squeezed(page) for page in printed[1:2])


def test_papers_are_those_that_can_be_chosen() -> None:
    assert BOTH == PAPERS


@pytest.mark.parametrize("name", ["vignettes", "worked"])
def test_the_sheet_is_one_page_for_every_case(rulebook: Rulebook, name: str) -> None:
    handouts = {case.id: made(rulebook, answers_of(rulebook, case)) for case in read_cases(name)}
    longer = [
        (case, paper)
        for case, handout in handouts.items()
        for paper in BOTH
        if not is_one_page(handout, pages(handout, paper, alone=True))
    ]
    assert longer == []


@pytest.mark.parametrize("paper", BOTH)
@pytest.mark.parametrize("alarms", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_the_sheet_is_one_page_whatever_was_answered(
    rulebook: Rulebook, text: str, alarms: bool, paper: Paper
) -> None:
    handout = made(rulebook, everything(rulebook, TEXTS[text], alarms=alarms))
    printed = pages(handout, paper, alone=True)
    assert is_one_page(handout, printed)
    if text not in RIGHT_TO_LEFT | {"unknown"}:
        first = squeezed(printed[0])
        own = [squeezed(line.text) for line in handout.sheet.own_words.lines]
        assert [line for line in own if line not in first] == []
        assert all(squeezed(line.text) in first for line in handout.sheet.told.lines if not line.keep)


@pytest.mark.parametrize("paper", BOTH)
def test_the_emergency_page_is_one_page(rulebook: Rulebook, base: Mapping[str, object], paper: Paper) -> None:
    stopped = {"filled_by": "self", "age": 62, "rf_ces_saddle": "new_or_changing"}
    handout = made(rulebook, stopped)
    assert handout.interrupts
    assert len(pages(handout, paper)) == 1
    later = made(rulebook, {**base, "rf_ces_saddle": "new_or_changing"})
    assert len(pages(later, paper)) == 2
    crowded = made(rulebook, everything(rulebook, "W", alarms=True))
    first, second = map(squeezed, pages(crowded, paper)[:2])
    assert squeezed(crowded.furniture.blanks[-1]) in first
    assert squeezed(crowded.version) in first
    assert squeezed(crowded.sheet.title) in second


@pytest.mark.parametrize("paper", BOTH)
def test_urgent_results_are_the_sheet_and_one_page_without_exercises(
    rulebook: Rulebook, base: Mapping[str, object], paper: Paper
) -> None:
    handout = made(rulebook, {**base, "rf_fever": "yes"})
    assert handout.plan is None
    assert len(pages(handout, paper)) == 2


def persons(rulebook: Rulebook, base: Mapping[str, object]) -> dict[str, Handout]:
    words = {
        "own_problem": 'It <b>hurts</b> & "how" *it* does #1',
        "own_hope": "Εδώ και здесь",
        "goal_1": "Socks",
    }
    return {
        "benign": made(rulebook, {**base, **words, "goal_1_score": 4, "t_thomas_left": "clearly_above"}),
        "urgent": made(rulebook, {**base, **words, "rf_fever": "not_sure"}),
        "emergency": made(rulebook, {**base, **words, "rf_ces_saddle": "yes_unsure_when"}),
        "everything": made(rulebook, everything(rulebook, "wide words ", alarms=True)),
    }  # fmt: skip


def test_every_word_of_the_sheet_is_in_the_pdf(rulebook: Rulebook, base: Mapping[str, object]) -> None:
    lost = {}
    for name, handout in persons(rulebook, base).items():
        printed = squeezed("".join(pages(handout, "a4")))
        told = list(texts(handout.sheet, UNPRINTED))
        told += [line for group in handout.flags for one in group.lines for line in (one.short, one.remark)]
        lost[name] = [text for text in told if squeezed(text) not in printed]
    assert lost == {name: [] for name in lost}


def test_every_word_for_the_person_is_in_the_pdf(rulebook: Rulebook, base: Mapping[str, object]) -> None:
    screen_only = frozenset({
        "id", "item", "section", "kind", "letter", "disposition", "language", "mode", "minutes", "call", "flags",
        "sheet", "furniture", "own_words", "nothing_fits_said", "title", "modes", "drawing_said",
    })  # fmt: skip
    handout = persons(rulebook, base)["benign"]
    printed = squeezed("".join(pages(handout, "letter")))
    assert handout.plan is not None
    ids = {advice for advice, _text in handout.advice}
    told = [text for text in texts(handout, screen_only) if text not in ids]
    assert [text for text in told if squeezed(text) not in printed] == []


def test_nothing_is_in_the_pdf_that_is_not_in_the_handout(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    added = {}
    for name, handout in persons(rulebook, base).items():
        known = squeezed("".join(texts(handout, frozenset())))
        words = " ".join(pages(handout, "a4")).split()
        added[name] = sorted({
            word for word in words if word.strip(OWN_SIGNS + "123456") not in known and not _over_a_line(word, known)
        })  # fmt: skip
    assert added == {name: [] for name in added}


def _over_a_line(word: str, known: str) -> bool:
    """Whether a word is two known ones that stand close together."""
    return any(
        word[:cut].strip(OWN_SIGNS) in known and word[cut:].strip(OWN_SIGNS) in known
        for cut in range(1, len(word))
    )


@pytest.mark.parametrize("name", ["benign", "urgent", "everything"])
def test_every_red_flag_has_exactly_one_mark(
    rulebook: Rulebook, base: Mapping[str, object], name: str
) -> None:
    handout = persons(rulebook, base)[name]
    page = squeezed(pages(handout, "letter", alone=True)[0])
    grid = page[page.index(squeezed(handout.sheet.flags[0].short + ":")) :]
    lines = [line for group in handout.sheet.flags for line in group.lines]
    assert len(lines) == len(rulebook.red_flags)
    wrong = [line.short for line in lines if squeezed(line.short + line.mark + line.star) not in grid]
    assert wrong == []
    others = [
        (line.short, mark)
        for line in lines
        for mark in set("YN?-") - {line.mark}
        if squeezed(line.short + mark) + "·" in grid
    ]
    assert others == []


def test_a_question_that_was_hidden_is_not_asked_and_an_empty_one_says_so(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    empty = {item: answer for item, answer in base.items() if item != "rf_fever"}
    lines = {one.id: one for group in made(rulebook, empty).sheet.flags for one in group.lines}
    hidden, unanswered, denied = lines["rf_ectopic_possible"], lines["rf_fever"], lines["rf_sepsis"]
    assert (hidden.mark, hidden.star, hidden.remark) == ("-", "", "")
    assert (unanswered.mark, unanswered.star, unanswered.remark) == ("-", "*", "not answered")
    assert (denied.mark, denied.star) == ("N", "")


def test_the_same_handout_gives_the_same_bytes_in_another_process(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    handout = made(rulebook, base)
    assert to_pdf(handout) == to_pdf(handout)
    program = (
        "import hashlib, json, sys; from selfcheck import load_rulebook; from selfcheck.handout.pdf import to_pdf;"
        "from tests.handout.persons import made;"
        "print(hashlib.sha256(to_pdf(made(load_rulebook(), json.load(sys.stdin)))).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(base), capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == hashlib.sha256(to_pdf(handout)).hexdigest()


def test_signs_that_no_font_has_are_boxes_and_counted(rulebook: Rulebook, base: Mapping[str, object]) -> None:
    handout = made(rulebook, {**base, "own_problem": "腰 hurts 痛い"})
    printed = "".join(pages(handout, "a4"))
    assert "□ hurts □□ (3 signs without a letter here)" in " ".join(printed.split())
