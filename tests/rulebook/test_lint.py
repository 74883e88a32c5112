"""The shipped rules are sound; every slip planted in them is found in its line, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from selfcheck.places import RULES
from selfcheck.rulebook.lint import CHECKS, Check, Lint, lint, subject_of
from selfcheck.rulebook.lint.entries import review
from selfcheck.rulebook.lint.wording import hard_to_read
from selfcheck.rulebook.model import Rulebook

DATA = Path(__file__).parents[1] / "data"
PLANTED: list[Mapping[str, Any]] = tomllib.loads((DATA / "planted.toml").read_text("utf-8"))["planted"]
SHIPPED = RULES.read_text("utf-8")
TODAY = date(2026, 11, 22)


def checked(text: str, today: date = TODAY, checks: Sequence[Check] = CHECKS) -> Lint:
    return lint(subject_of(text, "rules.toml", today), checks)


def planted(text: str, slip: Mapping[str, Any]) -> str | None:
    """The rules with one slip, ``None`` where it has no place among those already made."""
    if slip["find"] not in text or slip.get("and_find", "") not in text:
        return None
    text = text.replace(slip["find"], slip["put"], 1)
    if "and_find" in slip:
        text = text.replace(slip["and_find"], "", 1)
    if "replace_all" in slip:
        old, _, new = slip["replace_all"].partition(" -> ")
        text = text.replace(old, new)
    return text


def rounds() -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The shipped rules with as many slips at a time as can stand in one file, until all have been made."""
    waiting = list(PLANTED)
    while waiting:
        text, made = SHIPPED, []
        for slip in list(waiting):
            changed = planted(text, slip)
            if changed is not None:
                text = changed
                made.append(slip)
                waiting.remove(slip)
        yield text, made


@pytest.fixture(scope="module")
def found() -> Mapping[str, tuple[str, Lint]]:
    """By the name of a slip, the file it was planted in and what the check says about that file."""
    return {
        slip["name"]: (text, said) for text, made in rounds() for said in [checked(text)] for slip in made
    }


@pytest.fixture(scope="module")
def shipped() -> Lint:
    return checked(SHIPPED)


def test_the_shipped_rules_have_no_fault(shipped: Lint) -> None:
    assert [str(fault) for fault in shipped.faults] == []


def test_what_is_to_be_signed_is_printed(shipped: Lint, rulebook: Rulebook) -> None:
    to_sign = {point.id for point in rulebook.file.open_point if point.to_sign}
    told = {note.text.split()[1].rstrip(":") for note in shipped.notes if ": to sign: " in note.text}
    assert told == to_sign
    assert len(to_sign) >= 5


@pytest.mark.parametrize("slip", PLANTED, ids=lambda slip: slip["name"].replace(" ", "_"))
def test_a_planted_slip_is_found_in_its_line(
    found: Mapping[str, tuple[str, Lint]], slip: Mapping[str, Any]
) -> None:
    text, said = found[slip["name"]]
    near = slip.get("line", slip["put"])
    line = text[: text.index(near) + len(near.rstrip())].count("\n") + 1
    assert slip["says"] in " ".join(fault.text for fault in said.faults if fault.line == line)


def test_nothing_is_found_but_what_was_planted(found: Mapping[str, tuple[str, Lint]]) -> None:
    expected = [words for slip in PLANTED for words in (slip["says"], *slip.get("also", ()))]
    faults = {str(fault) for _, said in found.values() for fault in said.faults}
    assert [fault for fault in faults if not any(words in fault for words in expected)] == []


def test_a_slip_is_planted_for_every_check_that_can_find_a_fault() -> None:
    names = " ".join(slip["name"] for slip in PLANTED)
    assert len(PLANTED) >= 20
    for word in ("never hold", "outdoes", "nobody", "points", "no rule reads", "advice", "swap", "hard",
                 "frightens", "unlike", "source", "overdue"):  # fmt: skip
        assert word in names


def test_a_waiver_lets_one_check_pass_at_its_place_only() -> None:
    hard = next(slip for slip in PLANTED if slip["name"] == "a text that is too hard to read")
    text = planted(SHIPPED, hard) or ""
    for check, passes in (("reading", True), ("avoid", False)):
        waiver = (
            f"waiver = [\n  {{ at = 'item.sitting_hours_day.hint', check = '{check}', because = 'a test' }},"
        )
        found = checked(text.replace("waiver = [", waiver, 1), checks=[hard_to_read])
        assert (found.faults == ()) is passes


def test_a_waiver_that_nothing_needs_is_noted(small_text: str) -> None:
    style = "[house_style]\nhardest_grade = 9\nhardest_mean_grade = 9\nfewest_words = 8\n"
    waiver = "waiver = [{ at = 'item.age.text', check = 'avoid', because = 'a test' }]\n"
    found = lint(subject_of(f"{small_text}\n{style}{waiver}", "small.toml", TODAY))
    assert "house_style: nothing at 'item.age.text' needs this waiver any more; drop it" in {
        note.text for note in found.notes
    }


def test_a_review_is_overdue_from_the_day_after_it_was_due() -> None:
    due = tomllib.loads(SHIPPED)["meta"]["review_due"]
    assert checked(SHIPPED, due, [review]).faults == ()
    (fault,) = checked(SHIPPED, date(due.year + 1, 1, 1), [review]).faults
    assert fault.text.startswith("meta: the review was due on")


def test_a_file_without_a_house_style_is_checked_for_the_rest(small: Rulebook, small_text: str) -> None:
    found = lint(subject_of(small_text, "small.toml", TODAY))
    checks = {fault.text for fault in found.faults}
    assert small.file.house_style is None
    assert not [text for text in checks if "years of school" in text or "avoid list" in text]


def test_every_check_is_described() -> None:
    assert all(check.__doc__ for check in CHECKS)
