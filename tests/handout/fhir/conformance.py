"""What FHIR R4 asks of our resources: its invariants, and what an answer owes to its Questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.handout.fhir.evaluating import parsed

Resource = Mapping[str, Any]
SIMPLE = "'boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice'"
CODED = (
    "'choice' | 'open-choice' | 'decimal' | 'integer' | 'date' | 'dateTime' | 'time' | 'string' | 'quantity'"
)
OF_QUESTIONNAIRES = {
    "que-0": "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
    "que-2": "repeat(item).linkId.isDistinct()",
}
OF_ITEMS = {
    "que-1": "(type='group' implies item.exists()) and (type='display' implies item.empty())",
    "que-3": "type!='display' or code.empty()",
    "que-4": "answerOption.empty() or answerValueSet.empty()",
    "que-5": f"(type in ({CODED})) or (answerValueSet.empty() and answerOption.empty())",
    "que-6": "type!='display' or (required.empty() and repeats.empty())",
    "que-8": "(type!='group' and type!='display') or initial.empty()",
    "que-9": "type!='display' or readOnly.empty()",
    "que-10": f"(type in ({SIMPLE})) or maxLength.empty()",
    "que-11": "answerOption.empty() or initial.empty()",
    "que-12": "enableWhen.count() > 1 implies enableBehavior.exists()",
    "que-13": "repeats=true or initial.count() <= 1",
}
"""From the definition of Questionnaire 4.0.1, ``trace()`` left out; of que-12, which says "more than one" in words
and two in its expression there, what the words say (and later releases, too).
"""
OF_ENABLE_WHEN = {"que-7": "operator = 'exists' implies (answer is boolean)"}
OF_RESPONSE_ITEMS = {"qrs-1": "(answer.exists() and item.exists()).not()"}
OF_CODES = {
    "csd-0": "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
    "csd-1": "concept.code.combine(concept.concept.code).isDistinct()",
}
OF_EXTENSIONS = {"ext-1": "extension.exists() != value.exists()"}
OF_EXPRESSIONS = {"exp-1": "expression.exists() or reference.exists()"}
VALUES = {
    "boolean": "valueBoolean", "integer": "valueInteger", "decimal": "valueDecimal", "string": "valueString",
    "choice": "valueCoding",
}  # fmt: skip
NUMBERS = ("integer", "decimal")
CORE = "http://hl7.org/fhir/StructureDefinition"


def holds(expression: str, resource: Resource) -> bool:
    return parsed(expression)(dict(resource), {}) == [True]


def broken_invariants(resource: Resource, only: str | None = None) -> set[str]:
    """The keys of the invariants that a resource breaks, or of one of them."""
    rules: dict[str, dict[str, str]] = {
        "Questionnaire": OF_QUESTIONNAIRES
        | all_of("repeat(item)", OF_ITEMS)
        | all_of("repeat(item).enableWhen", OF_ENABLE_WHEN)
        | all_of("repeat(item).extension", OF_EXTENSIONS)
        | all_of("extension.value.ofType(Expression)", OF_EXPRESSIONS),
        "QuestionnaireResponse": all_of("repeat(item)", OF_RESPONSE_ITEMS),
        "CodeSystem": OF_CODES,
    }
    kind = resource["resourceType"]
    asked = {key: f"{kind}.{rule}" for key, rule in rules[kind].items() if only in (None, key)}
    found = {key for key, rule in asked.items() if not holds(rule, resource)}
    return found | ({"ele-1"} if any(is_void(part) for part in parts(resource)) else set())


def all_of(where: str, rules: Mapping[str, str]) -> dict[str, str]:
    return {key: f"{where}.all({rule})" for key, rule in rules.items()}


def parts(value: object) -> Iterator[object]:
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def is_void(value: object) -> bool:
    """Whether an element has neither a value nor children."""
    return value is None or value in ({}, [], "") or (isinstance(value, str) and not value.strip())


def unfit(questionnaire: Resource, response: Resource) -> list[str]:
    """Where a response does not answer the Questionnaire, by link id."""
    return list(_unfit(questionnaire, response))


def _unfit(asking: Resource, answering: Resource) -> Iterator[str]:
    known = {item["linkId"]: item for item in asking.get("item", ())}
    order = [item["linkId"] for item in answering.get("item", ())]
    if order != [link for link in known if link in order]:
        yield f"{order}: not in the order of the questions, or not asked here, or twice"
    for item in answering.get("item", ()):
        asked = known.get(item["linkId"])
        if asked is not None:
            yield from (
                f"{item['linkId']}: {fault}" for fault in _wrong_answers(asked, item.get("answer", []))
            )
            yield from _unfit(asked, item)


def _wrong_answers(asked: Resource, answers: list[Resource]) -> Iterator[str]:
    if answers and asked["type"] in ("group", "display"):
        yield "an answer to what is no question"
        return
    if len(answers) > 1 and not asked.get("repeats"):
        yield "more than one answer"
    for answer in answers:
        key = VALUES[asked["type"]]
        if set(answer) == {"extension"}:
            continue
        if set(answer) != {key}:
            yield f"{sorted(answer)} where {key} is expected"
        else:
            yield from _wrong_value(asked, answer[key])


def _wrong_value(asked: Resource, value: Any) -> Iterator[str]:
    if asked["type"] == "choice":
        options = [option["valueCoding"] for option in asked["answerOption"]]
        if not any(value["system"] == one["system"] and value["code"] == one["code"] for one in options):
            yield f"{value['code']} is not among the options"
    if asked["type"] in NUMBERS:
        limits = {
            added["url"].rpartition("/")[2]: added.get("valueInteger", added.get("valueDecimal"))
            for added in asked["extension"]
        }
        if not limits["minValue"] <= value <= limits["maxValue"]:
            yield f"{value} is out of range"
    if asked["type"] == "string" and len(value) > asked.get("maxLength", len(value)):
        yield "too long"


def items_in(resource: Resource) -> Iterator[dict[str, Any]]:
    """Every item of a Questionnaire or response, in order."""
    for item in resource.get("item", ()):
        yield item
        yield from items_in(item)
