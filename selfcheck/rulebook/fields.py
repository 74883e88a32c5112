"""Field types of the rules file that hold conditions: text in the file, trees in the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from selfcheck.questionnaire import SIDES, Side
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.interpreter import compiled
from selfcheck.rulebook.language import parse_condition, parse_quantity
from selfcheck.rulebook.tree import Quantity
from selfcheck.rulebook.vocabulary import ConditionFault, Vocabulary

SCHEMA = {
    "type": "string",
    "maxLength": 600,
    "description": "A condition: item == option, item >= 8, any_of(item, a, b), and, or, not.",
}


def _refused(fault: ConditionFault) -> PydanticCustomError:
    context: dict[str, Any] = {"words": fault.message, "start": fault.start, "end": fault.end}
    return PydanticCustomError("condition", "{words}", context)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("condition_type", "a condition is text in single quotes")
    return value


def _condition(text: str, vocabulary: Vocabulary, side: Side | None) -> Condition:
    try:
        return compiled(parse_condition(text, vocabulary, side), text)
    except ConditionFault as fault:
        raise _refused(fault) from None


def _quantity(text: str, vocabulary: Vocabulary, side: Side | None) -> Quantity:
    try:
        return parse_quantity(text, vocabulary, side)
    except ConditionFault as fault:
        raise _refused(fault) from None


def _vocabulary(info: ValidationInfo) -> Vocabulary:
    vocabulary = info.context
    if not isinstance(vocabulary, Vocabulary):
        raise TypeError("conditions are read against a Vocabulary, given as the validation context")
    return vocabulary


def _in_body(value: object, info: ValidationInfo) -> Condition:
    return value if isinstance(value, Condition) else _condition(_text(value), _vocabulary(info), None)


def _scopes(info: ValidationInfo) -> tuple[Side | None, ...]:
    return SIDES if info.data.get("scope") == "side" else (None,)


def _by_side(value: object, info: ValidationInfo) -> Mapping[Side | None, Condition]:
    text, vocabulary = _text(value), _vocabulary(info)
    return {side: _condition(text, vocabulary, side) for side in _scopes(info)}


def _number_by_side(value: object, info: ValidationInfo) -> Mapping[Side | None, Quantity]:
    text, vocabulary = _text(value), _vocabulary(info)
    numbers = {side: _quantity(text, vocabulary, side) for side in _scopes(info)}
    vocabulary.computed[str(info.data.get("id"))] = dict(numbers)
    return numbers


When = Annotated[Condition, PlainValidator(_in_body), WithJsonSchema(SCHEMA)]
"""A condition about the whole person."""

ScopedWhen = Annotated[Mapping[Side | None, Condition], PlainValidator(_by_side), WithJsonSchema(SCHEMA)]
"""A condition read for the body (key ``None``) or for each side, by the entry's ``scope``."""

ScopedNumber = Annotated[
    Mapping[Side | None, Quantity], PlainValidator(_number_by_side), WithJsonSchema(SCHEMA)
]
"""A computed value, likewise; it can be used by later entries."""
