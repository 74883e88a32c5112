"""The answers that decided a verdict: what "because you told us" may name, for and against."""

from __future__ import annotations

import pytest

from selfcheck.rulebook.conditions import Reason, Value, Verdict
from selfcheck.rulebook.model import Rulebook
from tests.rulebook.asking import condition, reading

SAID = {
    "bladder": "yes",
    "intimate": "no",
    "pain": 8,
    "age": 40,
    "first_age": 30,
    "sites": ["back", "hip_left"],
    "cancer": "not_sure",
    "reach_left": 5,
    "reach_right": 20,
}


def because(rulebook: Rulebook, text: str) -> tuple[Verdict, list[tuple[str, Value]]]:
    """The verdict on what was said above, and the answers that decided it."""
    asked, evaluation = condition(rulebook, text), reading(rulebook, SAID).strict
    return asked.holds(evaluation), [(reason.item, reason.answer) for reason in asked.because(evaluation)]


@pytest.mark.parametrize(
    ("text", "verdict", "items"),
    [
        ("bladder == yes", True, ["bladder"]),
        ("not bladder == yes", False, ["bladder"]),
        ("bladder == yes or pain >= 7", True, ["bladder"]),
        ("pain < 7 or bladder == yes", True, ["bladder"]),
        ("answered(steroids) or bladder == yes", True, ["bladder"]),
        ("pain < 7 or intimate == yes", False, ["pain", "intimate"]),
        ("bladder == yes and pain >= 7", True, ["bladder", "pain"]),
        ("bladder == yes and pain < 7 and intimate == yes", False, ["pain"]),
        ("bladder == yes and intimate == yes", False, ["intimate"]),
        ("pain >= 7 and bladder == yes and pain <= 9", True, ["pain", "bladder"]),
        ("6 <= pain < 9", True, ["pain"]),
        ("bladder == yes and steroids", None, ["bladder"]),
        ("steroids or intimate == yes", None, ["intimate"]),
        ("bad_pain", True, ["pain"]),
        ("rf_bladder", True, ["bladder", "pain"]),
        ("pain >= 7 if answered(pain) else bladder == yes", True, ["pain"]),
        ("steroids == yes if answered(steroids) else bladder == yes", True, ["bladder"]),
        ("count(bladder == yes, intimate == yes, pain >= 7) >= 2", True, ["bladder", "pain"]),
        ("count(bladder == yes, intimate == yes, pain < 7) >= 2", False, ["bladder"]),
        ("years_of_pain >= 10", True, ["age", "first_age"]),
        ("either(reach < 10)", True, ["reach_left"]),
        ("both(reach < 10)", False, ["reach_right"]),
        ("answered(bladder)", True, ["bladder"]),
        ("answered(steroids)", False, []),
        ("likely(stiff)", True, []),
    ],
)
def test_the_answers_that_decided_are_named(
    small: Rulebook, text: str, verdict: Verdict, items: list[str]
) -> None:
    found, reasons = because(small, text)
    assert found is verdict
    assert [item for item, _ in reasons] == items


def test_a_reason_carries_the_answer_itself(small: Rulebook) -> None:
    said = frozenset({"back", "hip_left"})
    assert because(small, "any_of(sites, back) and pain >= 7") == (True, [("sites", said), ("pain", 8)])


def test_of_an_or_inside_an_and_only_the_branch_that_held_is_named(small: Rulebook) -> None:
    text = "(intimate == yes or pain >= 7) and (bladder == yes or age >= 30)"
    assert because(small, text) == (True, [("pain", 8), ("bladder", "yes")])


def test_a_lenient_reading_names_the_not_sure_that_counted(small: Rulebook) -> None:
    asked, read = condition(small, "cancer and bladder == yes"), reading(small, SAID)
    assert asked.because(read.strict) == (Reason("cancer", "not_sure"),)
    assert asked.because(read.lenient) == (Reason("cancer", "not_sure"), Reason("bladder", "yes"))


def test_a_careful_answer_that_nobody_gave_is_not_named(small: Rulebook) -> None:
    read = reading(small, {"age": 70, "fall": "yes"})
    asked = condition(small, "fall == yes and any_of(fall_detail, thin_bones)")
    assert asked.holds(read.strict) is True
    assert asked.because(read.strict) == (Reason("fall", "yes"),)


def test_what_keeps_a_verdict_open_is_named_with_what_decides_whether_it_is_asked(small: Rulebook) -> None:
    read = reading(small, {"bladder": "no"})
    assert read.unanswered(condition(small, "bladder == no and pain >= 7")) == ("pain",)
    assert read.unanswered(condition(small, "fall == yes or bad_pain")) == ("age", "fall", "pain")
    assert read.unanswered(condition(small, "bladder == yes and pain >= 7")) == ()


def test_an_answer_that_counts_as_none_keeps_a_verdict_open(small: Rulebook) -> None:
    read = reading(small, {"intimate": "prefer_not_say"})
    asked = condition(small, "intimate == yes")
    assert asked.holds(read.strict) is None
    assert [reason.item for reason in asked.because(read.strict)] == ["intimate"]
