"""Every condition as FHIRPath says what the interpreter says: true, false or unknown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from random import Random

import pytest

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment.reading import read
from selfcheck.handout.fhir.conditions import fhirpath, holds
from selfcheck.handout.fhir.variables import named_in, needed, variables
from selfcheck.rulebook.conditions import Condition, Evaluation, Verdict
from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from tests.handout.answer_sets import random_answers
from tests.handout.fhir.evaluating import (
    Environment,
    environment_of,
    every_condition,
    parsed,
    response_of,
    verdict,
)
from tests.rulebook.answer_sets import some_answers
from tests.rulebook.asking import condition

SETS = 60
Expressions = dict[str, tuple[Condition, str]]
Sets = list[tuple[Evaluation, Environment]]
Said = Mapping[str, object]
TABLES = {
    "advice", "caution", "cluster", "disposition", "finding", "home_test", "interaction", "journey", "named",
    "pattern", "programme", "red_flag", "ask_if", "page_if", "also_if",
}  # fmt: skip


@pytest.fixture(scope="module")
def expressions(rulebook: Rulebook) -> Expressions:
    """Every condition with its expression. Where a variable says the same, its name is enough."""
    named = {text: f"%{name}" for name, text in variables(rulebook).items()}
    found = {}
    for place, each in every_condition(rulebook).items():
        text = fhirpath(rulebook, each.node)
        found[place] = (each, named.get(text, text))
    return found


def test_every_table_with_conditions_is_among_them(expressions: Expressions) -> None:
    assert {place.split("/")[1].split(":")[0] for place in expressions if place.startswith("/")} >= TABLES
    assert len(expressions) > 1000


def test_interpreter_and_fhirpath_agree_on_random_answers(
    rulebook: Rulebook, expressions: Expressions
) -> None:
    seen: dict[str, set[Verdict]] = defaultdict(set)
    wrong = set()
    for seed in range(SETS):
        answers = random_answers(rulebook, seed)
        strict = read(rulebook, answers).strict
        environment = environment_of(rulebook, response_of(rulebook, answers))
        found = {text: verdict(text, environment) for _, text in expressions.values()}
        for place, (each, text) in expressions.items():
            expected = each.holds(strict)
            seen[place].add(expected)
            if found[text] is not expected:
                wrong.add(place)
    assert not wrong
    told_apart = [place for place, verdicts in seen.items() if len(verdicts) == 3]
    assert len(told_apart) > 0.85 * len(expressions), "the answers are too much alike to show anything"


def test_answers_are_found_in_the_whole_response_as_on_their_page(rulebook: Rulebook) -> None:
    response = response_of(rulebook, random_answers(rulebook, 0))
    whole, paged = (environment_of(rulebook, response, whole=whole) for whole in (True, False))
    assert whole == paged
    assert sum(bool(value) for name, value in whole.items() if name.startswith(("said", "own"))) > 200


def test_variables_name_only_what_stands_before_them(rulebook: Rulebook) -> None:
    before: set[str] = set()
    for name, text in variables(rulebook).items():
        assert named_in(text) <= before
        before.add(name)


def test_every_condition_has_a_variable_with_a_name_that_r4_allows(rulebook: Rulebook) -> None:
    found = variables(rulebook)
    assert {holds(key) for key in rulebook.conditions} <= {f"%{name}" for name in found}
    assert all(re.fullmatch("[a-z][A-Za-z0-9]{0,63}", name) for name in found)


def test_ids_that_give_one_name_are_refused(small_text: str) -> None:
    alike = read_rulebook(re.sub(r"\bintimate\b", "fall__detail", small_text))
    with pytest.raises(RulebookError, match="both give the variable 'saidFallDetail'"):
        variables(alike)


def test_an_expression_needs_what_it_names_and_no_more(rulebook: Rulebook) -> None:
    found = list(needed(rulebook, ["%askedEpidural"]))
    assert found == ["saidPregnancy", "askedEpidural"]


LANGUAGE = (
    "bladder == yes and pain >= 7", "bladder == yes or pain >= 7", "not bladder == yes", "fall == yes",
    "fall != yes", "fall in (yes, not_sure)", "fall not in (yes, not_sure)", "any_of(fall_detail, thin_bones)",
    "all_of(fall_detail, thin_bones, from_height)", "none_of(fall_detail, thin_bones)", "answered(fall)",
    "first_age >= 20", "not first_age >= 20", "years_of_pain >= 1", "2 * first_age >= 1", "pain == 8",
    "intimate == yes", "intimate != yes", "intimate == prefer_not_say", "intimate in (yes, prefer_not_say)",
    "answered(intimate)", "cancer", "pain >= 7 if answered(pain) else bladder == yes", "1 / pain >= 0.2",
    "count(bladder == yes, pain >= 7, age >= 60) >= 2", "count(bladder == yes, pain >= 7, age >= 60) > 1",
    "count(bladder == yes, pain >= 7, age >= 60) <= 1", "count(bladder == yes, pain >= 7, age >= 60) < 2",
    "count(bladder == yes, pain >= 7, age >= 60) == 2",
)  # fmt: skip


@pytest.fixture(scope="module")
def small_sets(small: Rulebook) -> Sets:
    """Random answers to the small questionnaire, as the interpreter and as FHIRPath see them."""
    chance = Random(7)  # noqa: S311 - test data
    found = []
    for _ in range(120):
        items = [item for item in small.questionnaire.items.values() if chance.random() < 0.5]
        answers = Answers({item.id: chance.choice([*some_answers(item)]) for item in items if not item.among})
        environment = environment_of(small, response_of(small, answers))
        found.append((read(small, answers).strict, environment))
    return found


@pytest.mark.parametrize("text", LANGUAGE)
def test_every_construct_of_the_language_agrees(small: Rulebook, small_sets: Sets, text: str) -> None:
    asked = condition(small, text)
    expression = fhirpath(small, asked.node)
    expected = [asked.holds(strict) for strict, _ in small_sets]
    assert [verdict(expression, environment) for _, environment in small_sets] == expected
    assert len(set(expected)) > 1


def test_an_answer_with_nothing_ticked_is_an_answer(small: Rulebook) -> None:
    asked = condition(small, "answered(conditions)")
    cases: tuple[tuple[Said, bool], ...] = (({"conditions": []}, True), ({}, False))
    for said, expected in cases:
        answers = read_answers(small.questionnaire, said)
        environment = environment_of(small, response_of(small, answers))
        assert asked.holds(read(small, answers).strict) is expected
        assert verdict(fhirpath(small, asked.node), environment) is expected


def test_expressions_read_like_the_rules(small: Rulebook) -> None:
    text = fhirpath(small, condition(small, "bladder == yes and pain >= 7").node)
    assert text == "%saidBladder = 'bladder.yes' and %saidPain >= 7"
    assert parsed(text)({}, {"saidBladder": [], "saidPain": [3]}) == [False]
