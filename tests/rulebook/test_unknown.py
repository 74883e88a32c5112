"""What is not answered, not asked, or not said: unknown follows Kleene and is never "no"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from selfcheck.rulebook.conditions import Verdict
from selfcheck.rulebook.model import Rulebook
from tests.rulebook.asking import condition, reading, verdict

Said = Mapping[str, object]
VERDICTS: tuple[Verdict, ...] = (True, False, None)


def said(bladder: Verdict = None, pain: Verdict = None, age: Verdict = None) -> dict[str, object]:
    """Answers that make ``bladder == yes``, ``pain >= 7`` and ``age >= 60`` come out as given."""
    return {
        "bladder": {True: "yes", False: "no", None: None}[bladder],
        "pain": {True: 8, False: 2, None: None}[pain],
        "age": {True: 70, False: 30, None: None}[age],
    }


AND = {
    (True, True): True, (True, False): False, (True, None): None,
    (False, True): False, (False, False): False, (False, None): False,
    (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip
OR = {
    (True, True): True, (True, False): True, (True, None): True,
    (False, True): True, (False, False): False, (False, None): None,
    (None, True): True, (None, False): None, (None, None): None,
}  # fmt: skip


@pytest.mark.parametrize("pair", list(product(VERDICTS, VERDICTS)))
def test_and_and_or_follow_kleene(small: Rulebook, pair: tuple[Verdict, Verdict]) -> None:
    answers = said(*pair)
    assert verdict(small, "bladder == yes and pain >= 7", answers) is AND[pair]
    assert verdict(small, "bladder == yes or pain >= 7", answers) is OR[pair]


def test_not_leaves_unknown_unknown(small: Rulebook) -> None:
    found = [verdict(small, "not bladder == yes", said(one)) for one in VERDICTS]
    assert found == [False, True, None]


@pytest.mark.parametrize(
    ("held", "two", "one_at_most", "exactly_two"),
    [
        ((True, True, True), True, False, False),
        ((True, True, False), True, False, True),
        ((True, True, None), True, False, None),
        ((True, False, None), None, None, None),
        ((True, None, None), None, None, None),
        ((False, False, None), False, True, False),
        ((False, None, None), None, None, None),
        ((False, False, False), False, True, False),
        ((None, None, None), None, None, None),
    ],
)
def test_count_is_unknown_while_the_open_ones_could_change_it(
    small: Rulebook,
    held: tuple[Verdict, Verdict, Verdict],
    two: Verdict,
    one_at_most: Verdict,
    exactly_two: Verdict,
) -> None:
    counted, answers = "count(bladder == yes, pain >= 7, age >= 60)", said(*held)
    assert verdict(small, f"{counted} >= 2", answers) is two
    assert verdict(small, f"{counted} > 1", answers) is two
    assert verdict(small, f"{counted} <= 1", answers) is one_at_most
    assert verdict(small, f"{counted} < 2", answers) is one_at_most
    assert verdict(small, f"{counted} == 2", answers) is exactly_two


NOT_ASKED = [
    ("fall == yes", False),
    ("fall != yes", True),
    ("fall in (yes, not_sure)", False),
    ("fall not in (yes, not_sure)", True),
    ("any_of(fall_detail, thin_bones)", False),
    ("all_of(fall_detail, thin_bones)", False),
    ("none_of(fall_detail, thin_bones)", True),
    ("answered(fall)", False),
    ("first_age >= 20", False),
    ("not first_age >= 20", True),
    ("years_of_pain >= 1", False),
    ("2 * first_age >= 1", False),
]


@pytest.mark.parametrize(("text", "expected"), NOT_ASKED)
def test_what_is_not_asked_does_not_apply(small: Rulebook, text: str, expected: Verdict) -> None:
    assert verdict(small, text, {"age": 40, "pain": 0}) is expected


@pytest.mark.parametrize("text", [text for text, _ in NOT_ASKED if "answered" not in text])
def test_what_may_have_to_be_asked_is_unknown(small: Rulebook, text: str) -> None:
    assert verdict(small, text, {}) is None


@pytest.mark.parametrize("text", [text for text, _ in NOT_ASKED[:4]])
def test_what_is_asked_and_not_answered_is_unknown(small: Rulebook, text: str) -> None:
    assert verdict(small, text, {"age": 70, "pain": 3}) is None


def test_an_answer_counts_even_where_it_was_not_to_be_asked(small: Rulebook) -> None:
    assert verdict(small, "fall == yes", {"age": 40, "fall": "yes"}) is True
    assert verdict(small, "first_age >= 20", {"pain": 0, "first_age": 30, "age": 40}) is True


def test_what_follows_a_question_that_is_not_asked_is_not_asked_either(small: Rulebook) -> None:
    evaluation = reading(small, {"age": 40}).strict
    assert not evaluation.is_asked("fall")
    assert not evaluation.is_asked("fall_detail")
    assert evaluation.is_asked("bladder")
    assert reading(small, {}).strict.is_asked("fall")


@pytest.mark.parametrize(
    ("text", "left_empty", "answered_none"),
    [
        ("any_of(fall_detail, thin_bones)", True, False),
        ("any_of(fall_detail, from_height)", True, False),
        ("all_of(fall_detail, thin_bones, from_height)", True, False),
        ("none_of(fall_detail, thin_bones)", False, True),
    ],
)
def test_a_careful_follow_up_left_empty_counts_as_the_careful_answer(
    small: Rulebook, text: str, left_empty: Verdict, answered_none: Verdict
) -> None:
    fell = {"age": 70, "fall": "yes"}
    assert verdict(small, text, fell) is left_empty
    assert verdict(small, text, {**fell, "fall_detail": ["none"]}) is answered_none
    assert verdict(small, text, {"age": 70}) is None
    assert verdict(small, text, {"age": 70, "fall": "no"}) is answered_none


@pytest.mark.parametrize(
    ("text", "strict", "silent"),
    [
        ("intimate == yes", None, False),
        ("intimate != yes", None, True),
        ("intimate in (yes, no)", None, False),
        ("intimate == prefer_not_say", True, True),
        ("intimate != prefer_not_say", False, False),
        ("intimate in (yes, prefer_not_say)", True, True),
        ("answered(intimate)", False, False),
    ],
)
def test_rather_not_say_is_unanswered_unless_a_rule_names_it(
    small: Rulebook, text: str, strict: Verdict, silent: Verdict
) -> None:
    read, asked = reading(small, {"intimate": "prefer_not_say"}), condition(small, text)
    assert asked.holds(read.strict) is strict
    assert asked.holds(read.silent) is silent


@pytest.mark.parametrize(
    ("answer", "strict", "lenient"),
    [("yes", True, True), ("not_sure", False, True), ("no", False, False), (None, None, None)],
)
def test_not_sure_about_a_bare_risk_factor_counts_only_where_it_is_read_leniently(
    small: Rulebook, answer: str | None, strict: Verdict, lenient: Verdict
) -> None:
    read, asked = reading(small, {"cancer": answer}), condition(small, "cancer")
    assert asked.holds(read.strict) is strict
    assert asked.holds(read.lenient) is lenient


def test_a_risk_factor_in_a_comparison_is_read_as_it_was_answered(small: Rulebook) -> None:
    read, asked = reading(small, {"cancer": "not_sure"}), condition(small, "cancer == yes")
    assert asked.holds(read.strict) is False
    assert asked.holds(read.lenient) is False


def test_not_sure_is_counted_leniently_inside_a_count(small: Rulebook) -> None:
    read = reading(small, {"cancer": "not_sure", "steroids": "yes", "fall": "no", "conditions": ["none"]})
    asked = condition(small, "count(cancer, steroids, fragile) >= 2")
    assert asked.holds(read.strict) is False
    assert asked.holds(read.lenient) is True
