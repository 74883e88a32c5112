"""The Questionnaire: well formed, complete, and opening questions exactly when the rules do."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from itertools import chain
from typing import Any

import pytest
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.questionnaire import Questionnaire

from selfcheck.assessment.reading import read
from selfcheck.handout.fhir.codes import code_system
from selfcheck.handout.fhir.enabling import EXPRESSION, own_condition
from selfcheck.handout.fhir.items import UNITS
from selfcheck.questionnaire import Kind, Must
from selfcheck.rulebook.interpreter import compiled
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from tests.handout.answer_sets import random_answers
from tests.handout.fhir.conformance import (
    CORE,
    OF_CODES,
    OF_ENABLE_WHEN,
    OF_EXPRESSIONS,
    OF_EXTENSIONS,
    OF_ITEMS,
    OF_QUESTIONNAIRES,
    broken_invariants,
    items_in,
    unfit,
)
from tests.handout.fhir.evaluating import Environment, parsed, response_of, verdict

Form = dict[str, Any]
ENABLED_SETS = 25


def item_of(form: Form, link: str) -> Form:
    return next(item for item in items_in(form) if item["linkId"] == link)


def extensions(item: Form) -> dict[str, Any]:
    return {
        added["url"].rpartition("/")[2]: next(value for key, value in added.items() if key != "url")
        for added in item.get("extension", ())
    }


def test_it_breaks_no_invariant(form: Form) -> None:
    assert broken_invariants(form) == set()


BREAKING: dict[str, Callable[[Form], object]] = {
    "que-0": lambda form: form.update(name="self check"),
    "que-1": lambda form: item_of(form, "page-nerves").update(item=[]),
    "que-2": lambda form: item_of(form, "age").update(linkId="filled_by"),
    "que-3": lambda form: item_of(form, "notice").update(code=[{"code": "x"}]),
    "que-4": lambda form: item_of(form, "duration").update(answerValueSet="urn:x"),
    "que-5": lambda form: item_of(form, "yf_sleep").update(answerValueSet="urn:x"),
    "que-6": lambda form: item_of(form, "notice").update(required=True),
    "que-7": lambda form: item_of(form, "goal_1_score")["enableWhen"].append(
        {"question": "goal_1", "operator": "exists", "answerInteger": 1}
    ),
    "que-8": lambda form: item_of(form, "page-nerves").update(initial=[{"valueInteger": 1}]),
    "que-9": lambda form: item_of(form, "notice").update(readOnly=True),
    "que-10": lambda form: item_of(form, "duration").update(maxLength=3),
    "que-11": lambda form: item_of(form, "duration").update(initial=[{"valueInteger": 1}]),
    "que-12": lambda form: item_of(form, "cancer_when").pop("enableBehavior"),
    "que-13": lambda form: item_of(form, "age").update(initial=[{"valueInteger": 1}, {"valueInteger": 2}]),
    "ext-1": lambda form: item_of(form, "age")["extension"].append({"url": "urn:x"}),
    "exp-1": lambda form: form["extension"][0]["valueExpression"].pop("expression"),
    "ele-1": lambda form: item_of(form, "age").update(text=" "),
}


@pytest.mark.parametrize("key", BREAKING)
def test_a_planted_fault_breaks_its_invariant(form: Form, key: str) -> None:
    faulty = deepcopy(form)
    BREAKING[key](faulty)
    assert key in broken_invariants(faulty, key)


def test_every_invariant_has_a_planted_fault() -> None:
    known = chain(OF_QUESTIONNAIRES, OF_ITEMS, OF_ENABLE_WHEN, OF_EXTENSIONS, OF_EXPRESSIONS)
    assert {*known, "ele-1"} == set(BREAKING)


def test_its_structure_and_that_of_the_codes_are_fhir(form: Form, rulebook: Rulebook, region: Region) -> None:
    codes = code_system(rulebook, region)
    assert Questionnaire.model_validate_json(json.dumps(form)).url == form["url"]
    assert CodeSystem.model_validate_json(json.dumps(codes)).count == len(codes["concept"])


def test_codes_are_distinct_and_cover_every_option(form: Form, rulebook: Rulebook, region: Region) -> None:
    codes = code_system(rulebook, region)
    assert broken_invariants(codes) == set()
    assert broken_invariants({**codes, "name": "-", "concept": codes["concept"][:1] * 2}) == set(OF_CODES)
    known = {concept["code"]: concept["display"] for concept in codes["concept"]}
    offered = [option["valueCoding"] for item in items_in(form) for option in item.get("answerOption", ())]
    assert {option["code"]: option["display"] for option in offered} == known
    assert {option["system"] for option in offered} == {codes["url"]}


def test_every_item_is_asked_once_with_its_kind_and_limits(form: Form, rulebook: Rulebook) -> None:
    kinds = {Kind.SINGLE: {"choice", "boolean"}, Kind.MULTI: {"choice"}, Kind.TEXT: {"string"}}
    asked = {item["linkId"]: item for item in items_in(form)}
    for item in rulebook.questionnaire.items.values():
        made = asked[item.id]
        assert made["type"] in kinds.get(item.kind, {"integer", "decimal"})
        assert made.get("repeats", False) is (item.kind is Kind.MULTI)
        assert made.get("required", False) is (item.must in (Must.ALWAYS, Must.WHEN_ASKED))
        if item.kind in (Kind.NUMBER, Kind.SCALE):
            found = extensions(made)
            assert (found["minValue"], found["maxValue"]) == (item.low, item.high)
            assert found.get("questionnaire-unit", {}).get("display") == item.unit
    assert {item["type"] for item in asked.values()} >= {"boolean", "choice", "decimal", "integer", "string"}


def test_every_unit_of_the_rules_has_a_ucum_code(rulebook: Rulebook) -> None:
    assert {item.unit for item in rulebook.questionnaire.items.values() if item.unit} <= set(UNITS)


def test_tests_that_plans_may_forbid_are_not_offered_elsewhere(form: Form, rulebook: Rulebook) -> None:
    hidden = {item["linkId"] for item in items_in(form) if extensions(item).get("questionnaire-hidden")}
    tests = {f"page-{section.id}" for section in rulebook.file.section if section.test}
    assert hidden == tests | {f"page-{rulebook.questionnaire.items['tests_stopped'].section}"}


def test_what_enables_an_item_names_a_question_and_one_of_its_answers(form: Form) -> None:
    asked = {item["linkId"]: item for item in items_in(form)}
    for item in asked.values():
        for test in item.get("enableWhen", ()):
            question = asked[test["question"]]
            assert question is not item
            answer = {f"value{key[6:]}": value for key, value in test.items() if key.startswith("answer")}
            if test["operator"] != "exists":
                answering = {"item": [{"linkId": question["linkId"], "answer": [answer]}]}
                assert not unfit({"item": [question]}, answering)
        both = "enableWhen" in item and any(added["url"] == EXPRESSION for added in item.get("extension", ()))
        assert not both


def enabled(item: Form, answers: dict[str, list[Form]], environment: Environment) -> bool:
    """Whether a form shows an item, by FHIR's rules for enableWhen and by its expression."""
    for added in item.get("extension", ()):
        if added["url"] == EXPRESSION:
            return verdict(added["valueExpression"]["expression"], environment) is True
    tests = [passes(test, answers.get(test["question"], [])) for test in item.get("enableWhen", ())]
    return not tests or (any(tests) if item.get("enableBehavior") == "any" else all(tests))


def passes(test: Form, answers: list[Form]) -> bool:
    wanted = next(value for key, value in test.items() if key.startswith("answer"))
    if test["operator"] == "exists":
        return bool(answers) is wanted
    given = [value for answer in answers for key, value in answer.items() if key.startswith("value")]
    if isinstance(wanted, dict):
        return any(wanted["code"] == value["code"] for value in given)
    compare: dict[str, Callable[[Any], bool]] = {
        "=": lambda value: value == wanted, ">": lambda value: value > wanted, "<": lambda value: value < wanted,
        ">=": lambda value: value >= wanted, "<=": lambda value: value <= wanted,
    }  # fmt: skip
    return any(compare[test["operator"]](value) for value in given)


def test_items_and_pages_open_exactly_when_the_rules_open_them(form: Form, rulebook: Rulebook) -> None:
    asked = {item["linkId"]: item for item in items_in(form)}
    items = [item for item in rulebook.questionnaire.items.values() if own_condition(rulebook, item)]
    shown: dict[str, set[bool]] = {}
    for seed in range(ENABLED_SETS):
        answers = random_answers(rulebook, seed)
        strict = read(rulebook, answers).strict
        response = response_of(rulebook, answers)
        given = {item["linkId"]: item.get("answer", []) for item in items_in(response)}
        environment: Environment = {"resource": response}
        for added in form["extension"]:
            variable = added["valueExpression"]
            environment[variable["name"]] = parsed(variable["expression"])({}, environment)
        for item in items:
            node = own_condition(rulebook, item)
            assert node is not None
            verdict_of_rules = compiled(node).holds(strict)
            expected = verdict_of_rules is True if item.follows else verdict_of_rules is not False
            assert enabled(asked[item.id], given, environment) is expected, item.id
            shown.setdefault(item.id, set()).add(expected)
        ended = any(row.holds.holds(strict) for caution in rulebook.file.caution for row in caution.when
                    if row.ends_check)  # fmt: skip
        for section in rulebook.file.section:
            condition = rulebook.page_if.get(section.id)
            closed = (ended and not section.for_everyone) or (condition and condition.holds(strict) is False)
            assert enabled(asked[f"page-{section.id}"], given, environment) is not bool(closed)
            shown.setdefault(section.id, set()).add(not closed)
    assert sum(len(found) == 2 for found in shown.values()) > 0.9 * len(items)


def test_both_kinds_of_opening_are_used(form: Form) -> None:
    tests = [item for item in items_in(form) if "enableWhen" in item]
    texts = [
        item for item in items_in(form) if any(a["url"] == EXPRESSION for a in item.get("extension", ()))
    ]
    assert len(tests) > 40
    assert len(texts) > 40
    assert form["extension"][0]["url"] == f"{CORE}/variable"
