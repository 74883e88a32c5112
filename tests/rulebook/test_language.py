"""What each construct of the condition language means, as truth tables."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.rulebook.conditions import Verdict
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from tests.rulebook.asking import reading, verdict

Said = Mapping[str, object]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bladder == yes", [True, False, None]),
        ("bladder != yes", [False, True, None]),
        ("bladder in (yes, not_sure)", [True, False, None]),
        ("bladder not in (yes, not_sure)", [False, True, None]),
        ("bladder in (yes,)", [True, False, None]),
        ("not bladder == yes", [False, True, None]),
        ("(bladder == yes)", [True, False, None]),
        ("answered(bladder)", [True, True, False]),
        ("not answered(bladder)", [False, False, True]),
    ],
)
def test_a_single_choice(small: Rulebook, text: str, expected: list[Verdict]) -> None:
    assert [verdict(small, text, {"bladder": answer}) for answer in ("yes", "no", None)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pain < 3", [True, False, False, None]),
        ("pain <= 3", [True, True, False, None]),
        ("pain == 3", [False, True, False, None]),
        ("pain >= 3", [False, True, True, None]),
        ("pain > 3", [False, False, True, None]),
        ("3 <= pain", [False, True, True, None]),
        ("3 > pain", [True, False, False, None]),
        ("3 <= pain < 8", [False, True, False, None]),
        ("8 >= pain > 2", [False, True, True, None]),
        ("pain >= 2.5", [False, True, True, None]),
    ],
)
def test_a_number(small: Rulebook, text: str, expected: list[Verdict]) -> None:
    assert [verdict(small, text, {"pain": pain}) for pain in (2, 3, 8, None)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("any_of(sites, back, hip_left)", [True, True, False, False, None]),
        ("all_of(sites, back, hip_left)", [True, False, False, False, None]),
        ("none_of(sites, back, hip_left)", [False, False, True, True, None]),
        ("any_of(sites, back)", [True, True, False, False, None]),
    ],
)
def test_a_several_choice(small: Rulebook, text: str, expected: list[Verdict]) -> None:
    answers = [["back", "hip_left"], ["back"], ["none"], [], None]
    assert [verdict(small, text, {"sites": sites}) for sites in answers] == expected


def test_an_empty_list_is_an_answer(small: Rulebook) -> None:
    assert verdict(small, "answered(sites)", {"sites": []}) is True
    assert verdict(small, "answered(sites)", {}) is False


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"pain": 8, "bladder": "no"}, True),
        ({"pain": 2, "bladder": "yes"}, False),
        ({"bladder": "yes"}, True),
        ({"bladder": "no"}, False),
        ({}, None),
    ],
)
def test_a_measured_value_overrides_the_plain_option(small: Rulebook, said: Said, expected: Verdict) -> None:
    assert verdict(small, "pain >= 7 if answered(pain) else bladder == yes", said) is expected


def test_and_binds_closer_than_or_and_not_closest(small: Rulebook) -> None:
    said = {"pain": 8, "bladder": "no", "age": 30}
    assert verdict(small, "pain >= 7 or bladder == yes and age >= 60", said) is True
    assert verdict(small, "(pain >= 7 or bladder == yes) and age >= 60", said) is False
    assert verdict(small, "not bladder == yes and pain >= 7", said) is True


def test_lines_and_indents_make_no_difference(small: Rulebook) -> None:
    text = "\n  pain >= 7\n\tor bladder == yes\n"
    assert verdict(small, text, {"pain": 8}) is True
    assert verdict(small, text, {"pain": 1, "bladder": "no"}) is False


@pytest.mark.parametrize("name", ["bad_pain", "not not bad_pain", "(bad_pain)"])
def test_a_named_condition_stands_for_its_text(small: Rulebook, name: str) -> None:
    assert verdict(small, name, {"pain": 7}) is True
    assert verdict(small, name, {"pain": 6}) is False
    assert verdict(small, name, {}) is None


def test_a_finding_stands_for_its_text(small: Rulebook) -> None:
    assert verdict(small, "f_back", {"sites": ["back"]}) is True
    assert verdict(small, "f_back", {"sites": ["none"]}) is False


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"bladder": "yes", "pain": 9}, True),
        ({"bladder": "not_sure", "pain": 1}, True),
        ({"bladder": "no", "pain": 9}, False),
        ({}, None),
    ],
)
def test_a_red_flag_stands_for_any_of_its_rows(small: Rulebook, said: Said, expected: Verdict) -> None:
    assert verdict(small, "rf_bladder", said) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"bladder": "yes", "pain": 9}, True),
        ({"bladder": "yes", "pain": 1}, False),
        ({"bladder": "not_sure", "pain": 9}, False),
        ({"bladder": "yes"}, None),
    ],
)
def test_reached_asks_for_the_rows_of_at_least_a_level(
    small_text: str, said: Said, expected: Verdict
) -> None:
    before = "when = 'fall == yes or any_of(conditions, osteoporosis)'"
    assert before in small_text
    rulebook = read_rulebook(small_text.replace(before, "when = 'reached(rf_bladder, emergency_now)'"))
    assert rulebook.conditions["fragile"].holds(reading(rulebook, said).strict) is expected


@pytest.mark.parametrize(
    ("said", "likely", "possible"),
    [
        ({"sites": ["back"], "reach_left": 5}, True, True),
        ({"sites": ["none"], "reach_left": 5}, False, False),
        ({"sites": ["back"]}, False, False),
        ({}, False, False),
    ],
)
def test_a_pattern_fits_by_its_own_score(
    small: Rulebook, said: Said, likely: Verdict, possible: Verdict
) -> None:
    assert verdict(small, "likely(stiff)", said) is likely
    assert verdict(small, "possible(stiff)", said) is possible


def test_possible_is_less_than_likely(small_text: str) -> None:
    assert "likely = 5" in small_text
    rulebook = read_rulebook(small_text.replace("likely = 5", "likely = 7"))
    said = {"sites": ["back"], "reach_left": 5}
    assert verdict(rulebook, "possible(stiff)", said) is True
    assert verdict(rulebook, "likely(stiff)", said) is False


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("years_of_pain >= 10", {"age": 40, "first_age": 30}, True),
        ("years_of_pain >= 10", {"age": 40, "first_age": 31}, False),
        ("years_of_pain >= 10", {"age": 40}, None),
        ("years_of_pain >= 10", {"first_age": 30}, None),
        ("2 <= years_of_pain <= 3", {"age": 40, "first_age": 37}, True),
        ("age - first_age >= 10", {"age": 40, "first_age": 30}, True),
        ("(age + first_age) / 2 == 35", {"age": 40, "first_age": 30}, True),
        ("age * 2 > 79", {"age": 40}, True),
        ("age / (first_age - 30) > 1", {"age": 40, "first_age": 30}, None),
    ],
)
def test_a_computed_value_is_plain_arithmetic(
    small: Rulebook, text: str, said: Said, expected: Verdict
) -> None:
    assert verdict(small, text, said) is expected
