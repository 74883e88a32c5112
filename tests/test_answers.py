"""Answers from outside: what is wrong is named with what would be right, and absent is never "no"."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.answers import Answers, AnswersError, logical_values, read_answers
from selfcheck.rulebook.model import Rulebook

Said = Mapping[str, object]


def refused(rulebook: Rulebook, raw: Said) -> list[tuple[str, str]]:
    with pytest.raises(AnswersError) as caught:
        read_answers(rulebook.questionnaire, raw)
    assert str(caught.value) == "\n".join(f"{one.item}: {one.message}" for one in caught.value.faults)
    return [(fault.item, fault.message) for fault in caught.value.faults]


def read(rulebook: Rulebook, raw: Said) -> Said:
    return read_answers(rulebook.questionnaire, raw).values


@pytest.mark.parametrize(
    ("item", "value", "message"),
    [
        ("bladder", "yess", "'yess' is no answer here; one of: no, yes, not_sure"),
        ("bladder", "", "'' is no answer here; one of: no, yes, not_sure"),
        ("bladder", "YES", "'YES' is no answer here; one of: no, yes, not_sure"),
        ("bladder", True, "'True' is no answer here; one of: no, yes, not_sure"),
        ("bladder", 1, "'1' is no answer here; one of: no, yes, not_sure"),
        ("bladder", ["yes"], "'list' is no answer here; one of: no, yes, not_sure"),
        ("bladder", {"yes": 1}, "'dict' is no answer here; one of: no, yes, not_sure"),
        ("bladder", "x" * 50, f"'{'x' * 40}…' is no answer here; one of: no, yes, not_sure"),
        ("bladder", "a\nb\0", r"'a\u000ab\u0000' is no answer here; one of: no, yes, not_sure"),
        ("bladder", "\N{RIGHT-TO-LEFT OVERRIDE}", r"'\u202e' is no answer here; one of: no, yes, not_sure"),
        ("bladder", 10**400, "this number is no answer here; one of: no, yes, not_sure"),
        ("sites", "back", "a list is expected, of: hip_left, hip_right, back, none"),
        ("sites", [1], "a list is expected, of: hip_left, hip_right, back, none"),
        ("sites", ["bak"], "'bak' is no answer here; any of: hip_left, hip_right, back, none"),
        ("sites", ["none", "back"], "'none' cannot stand beside other answers"),
        ("age", "40", "'40' is not a number; a number from 1 to 110 (years) is expected"),
        ("age", True, "'True' is not a number; a number from 1 to 110 (years) is expected"),
        ("age", [40], "'list' is not a number; a number from 1 to 110 (years) is expected"),
        ("age", 0, "'0' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", -3, "'-3' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", 111, "'111' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", float("nan"), "'nan' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", float("inf"), "'inf' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", float("-inf"), "'-inf' is out of range; a number from 1 to 110 (years) is expected"),
        ("age", 10**400, "this number is out of range; a number from 1 to 110 (years) is expected"),
        ("age", -(10**400), "this number is out of range; a number from 1 to 110 (years) is expected"),
        ("age", 40.5, "'40.5' is too exact; a number from 1 to 110 (years) in steps of 1 is expected"),
        ("reach_left", 3.25, "'3.25' is too exact; a number from 0 to 50 in steps of 0.5 is expected"),
        ("pain", 11, "'11' is out of range; a number from 0 to 10 is expected"),
        ("note", 3, "text is expected"),
        ("note", "x" * 21, "21 characters are too many; at most 20 are expected"),
        ("note", "a\0b", "only letters, figures and signs are expected, no control characters"),
        ("note", "a\N{RIGHT-TO-LEFT OVERRIDE}b", "only letters, figures and signs are expected, no control characters"),
        ("note", "a\ud800b", "only letters, figures and signs are expected, no control characters"),
        ("note", "a\ue000b", "only letters, figures and signs are expected, no control characters"),
        ("bladde", "yes", "no such item. Did you mean 'bladder'?"),
        ("reach", 3, "no such item. Did you mean 'reach_left'?"),
        ("qqq", "yes", "no such item."),
        ("x" * 70, "yes", "no such item."),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_with_what_would_be_right(
    small: Rulebook, item: str, value: object, message: str
) -> None:
    ((name, words),) = refused(small, {item: value})
    assert words == message
    assert name == (item if len(item) <= 60 else "x" * 60 + "…")


def test_a_number_too_long_to_be_written_down_is_refused_like_any_other(small: Rulebook) -> None:
    wrong = refused(small, {"age": 10**5000, "minutes": 10**5000})
    assert [message.split(";")[0] for _, message in wrong] == [
        "this number is out of range",
        "this number is no answer here",
    ]


def test_everything_that_is_wrong_is_named_at_once(small: Rulebook) -> None:
    found = refused(small, {"age": 999, "bladder": "yess", "qqq": 1, "pain": 3})
    assert [item for item, _ in found] == ["age", "bladder", "qqq"]


def test_a_long_list_of_options_is_cut_short(rulebook: Rulebook) -> None:
    ((_, message),) = refused(rulebook, {"pain_sites": ["elbow"]})
    assert message.startswith("'elbow' is no answer here; any of: low_back_centre, low_back_left, ")
    assert message.endswith(f" and {len(rulebook.questionnaire.items['pain_sites'].option) - 12} more")


@pytest.mark.parametrize(
    ("item", "value", "stored"),
    [
        ("bladder", "yes", "yes"),
        ("minutes", 15, "15"),
        ("minutes", "15", "15"),
        ("sites", [], ()),
        ("sites", ["none"], ("none",)),
        ("sites", ["back", "hip_left", "back"], ("hip_left", "back")),
        ("sites", ("back",), ("back",)),
        ("age", 40, 40),
        ("age", 40.0, 40.0),
        ("reach_left", 3.5, 3.5),
        ("note", "  two \n words ", "two words"),
        ("note", "Änne 你好 👩\u200d⚕", "Änne 你好 👩\u200d⚕"),
    ],
)
def test_a_right_answer_is_stored_in_one_form(
    small: Rulebook, item: str, value: object, stored: object
) -> None:
    assert read(small, {item: value}) == {item: stored}


@pytest.mark.parametrize("item", ["bladder", "sites", "age", "note", "reach_left"])
def test_null_is_the_same_as_absent(small: Rulebook, item: str) -> None:
    assert read(small, {item: None}) == {}


def test_text_of_blanks_only_is_no_answer(small: Rulebook) -> None:
    assert read(small, {"note": " \n "}) == {}


def test_the_worst_place_is_one_of_the_places_that_hurt(small: Rulebook) -> None:
    assert read(small, {"sites": ["back", "hip_left"], "worst": "back"})["worst"] == "back"
    assert refused(small, {"sites": ["back"], "worst": "hip_left"}) == [
        ("worst", "'hip_left' is not among the answers to 'sites'")
    ]
    assert read(small, {"worst": "hip_left"}) == {"worst": "hip_left"}
    ((_, message),) = refused(small, {"worst": "knee"})
    assert message == "'knee' is no answer here; one of: hip_left, hip_right, back, none"


def test_the_age_at_the_first_pain_is_at_most_the_age(rulebook: Rulebook) -> None:
    assert read(rulebook, {"age": 40, "first_back_pain_age": 40})["first_back_pain_age"] == 40
    assert refused(rulebook, {"age": 40, "first_back_pain_age": 41}) == [
        ("first_back_pain_age", "41 is more than the answer to 'age', 40")
    ]


def test_changes_put_answers_in_and_take_them_out() -> None:
    before = Answers({"age": 40, "bladder": "no"})
    assert before.with_changes({"bladder": None, "pain": 3}).values == {"age": 40, "pain": 3}
    assert before.values == {"age": 40, "bladder": "no"}


def as_read(rulebook: Rulebook, raw: Said) -> Mapping[str, object]:
    return logical_values(rulebook.questionnaire, read_answers(rulebook.questionnaire, raw))


def test_rules_read_lists_as_sets(small: Rulebook) -> None:
    assert as_read(small, {"felt_left": ["pull"], "age": 3}) == {"felt_left": frozenset({"pull"}), "age": 3}


def test_what_follows_from_an_answer_counts_beside_what_was_said(small: Rulebook) -> None:
    found = as_read(small, {"conditions": ["osteoporosis", "balance"], "steroids": "no"})
    assert found["steroids"] == "yes"
    assert found["conditions"] == frozenset({"osteoporosis", "balance"})


def test_what_follows_takes_the_place_of_none_and_goes_on_following(small: Rulebook) -> None:
    found = as_read(small, {"fall_detail": ["thin_bones"], "conditions": ["none"]})
    assert found["conditions"] == frozenset({"osteoporosis"})
    assert found["steroids"] == "yes"


def test_what_follows_never_turns_an_unanswered_list_into_an_answered_one(small: Rulebook) -> None:
    found = as_read(small, {"fall_detail": ["thin_bones"]})
    assert "conditions" not in found
    assert "steroids" not in found


def test_nothing_follows_from_an_answer_without_consequences(small: Rulebook) -> None:
    assert as_read(small, {"conditions": ["balance"]}) == {"conditions": frozenset({"balance"})}


def test_among_one_place_only_it_is_the_worst(small: Rulebook) -> None:
    assert as_read(small, {"sites": ["back"]})["worst"] == "back"
    assert "worst" not in as_read(small, {"sites": ["back", "hip_left"]})
    assert "worst" not in as_read(small, {})
