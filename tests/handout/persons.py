"""Persons whose sheets are hardest to set: everything ticked, every free text full, in many scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import fields
from pydantic import BaseModel

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment import assess
from selfcheck.handout.case import Occasion
from selfcheck.handout.code import answers_code, qr_picture
from selfcheck.handout.content import handout
from selfcheck.handout.model import Handout
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

WHEN = datetime(2026, 11, 22, 7, 12, tzinfo=UTC)
MARKUP = '#image("x") $x^2$ <b>&amp; \\ *bold* _it_ @ref [x] {{7*7}} {% if %} // -- '
TEXTS = {
    "wide": "W",
    "words": "Щука ",
    "greek": "Ω",
    "emoji": "\U0001f600",
    "hebrew": "כאב גב תחתון ",
    "arabic": "ألم في أسفل الظهر ",
    "markup": MARKUP,
    "unknown": "痛",
}


def everything(rulebook: Rulebook, text: str, *, alarms: bool) -> Answers:
    """Every question answered with as much as it takes, free texts to the last letter."""
    raw: dict[str, object] = {}
    for name, item in rulebook.questionnaire.items.items():
        calm = not alarms and item.block != "other" and item.benign
        raw[name] = _calm(item) if calm else _most(item, text)
    for name, item in rulebook.questionnaire.items.items():
        if item.at_most:
            raw[name] = raw[item.at_most]
    return read_answers(rulebook.questionnaire, raw)


def _calm(item: Item) -> object:
    return [item.benign] if item.kind is Kind.MULTI else item.benign


def _most(item: Item, text: str) -> object:
    match item.kind:
        case Kind.TEXT:
            return (text * item.max_characters)[: item.max_characters].strip()
        case Kind.MULTI:
            return [option for option in item.options if option not in item.alone]
        case Kind.SINGLE:
            chosen = item.alarm or tuple(option for option in item.options if option != item.benign)
            return "below_knee_left" if item.among else chosen[-1]
        case _:
            return int(item.high or 0)


def made(rulebook: Rulebook, answers: Answers | Mapping[str, object]) -> Handout:
    """The handout of a person, in one region, at one time."""
    if not isinstance(answers, Answers):
        answers = read_answers(rulebook.questionnaire, answers)
    code = answers_code(rulebook, answers)
    occasion = Occasion(WHEN, "Test clinic", ("numbness: first answered yes",), code, qr_picture(code).svg)
    return handout(rulebook, assess(rulebook, answers), rulebook.regions["gb"], occasion)


def squeezed(text: str) -> str:
    """A text without spaces and line ends, which a page sets as it likes."""
    return re.sub(r"\s+", "", text)


def texts(value: object, unprinted: frozenset[str]) -> Iterator[str]:
    """Every text of a handout but those in fields that no page shows; drawings are none."""
    if isinstance(value, str):
        yield from () if value.startswith("<svg") else (value,)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from () if name in unprinted else texts(getattr(value, name), unprinted)
    elif isinstance(value, Struct):
        for field in fields(value):
            yield from () if field.name in unprinted else texts(getattr(value, field.name), unprinted)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part, unprinted)
