"""FHIRPath as another implementation reads it (fhirpathpy): expressions parsed once, verdicts of three values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import fhirpathpy
from fhirpathpy.models import models
from pydantic import BaseModel

from selfcheck.answers import Answers
from selfcheck.handout.fhir.response import answer_items
from selfcheck.handout.fhir.variables import variables
from selfcheck.rulebook.conditions import Condition, Verdict
from selfcheck.rulebook.model import Rulebook

R4 = models["r4"]
PAGE = re.compile(r"%resource\.item\.where\(linkId='([^']+)'\)")
Environment = dict[str, Any]


@cache
def parsed(expression: str) -> Callable[[Environment, Environment | None], list[Any]]:
    return fhirpathpy.compile(expression, model=R4)


def verdict(expression: str, environment: Environment) -> Verdict:
    """What a condition says: nothing is unknown, and more than one value is a mistake."""
    found = parsed(expression)({}, environment)
    assert len(found) <= 1
    assert all(isinstance(value, bool) for value in found), f"{expression} gives {found}"
    return found[0] if found else None


def response_of(rulebook: Rulebook, answers: Answers) -> dict[str, Any]:
    """A response with nothing but answers, private ones among them."""
    items = answer_items(rulebook, answers, rulebook.regions["intl"])
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}


def environment_of(rulebook: Rulebook, response: Mapping[str, Any], *, whole: bool = False) -> Environment:
    """Every variable, in order. An answer is looked for on its own page only, which its expression names
    first, for the sake of time; with ``whole`` in the whole response.
    """
    pages = {page["linkId"]: {**response, "item": [page]} for page in response["item"]}
    empty = {**response, "item": []}
    environment: Environment = {"resource": response}
    for name, expression in variables(rulebook).items():
        page = PAGE.match(expression)
        if page and not whole:
            resource = pages.get(page[1], empty)
            environment[name] = parsed(expression)({}, {"resource": resource})
        else:
            environment[name] = parsed(expression)({}, environment)
    return environment


def conditions_in(part: object, path: str = "") -> Iterator[tuple[str, Condition]]:
    """Every condition of a part of the rules with where it stands."""
    if isinstance(part, Condition):
        yield path, part
    elif isinstance(part, BaseModel):
        for key, value in part:
            yield from conditions_in(value, f"{path}/{key}")
    elif isinstance(part, tuple):
        for place, value in enumerate(part):
            yield from conditions_in(value, f"{path}/{getattr(value, 'id', place)}")
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from conditions_in(value, f"{path}:{key}")


def every_condition(rulebook: Rulebook) -> dict[str, Condition]:
    """All conditions of the file, and those that its readers make from them."""
    made = (
        ("", rulebook.conditions),
        ("/ask_if", rulebook.ask_if),
        ("/page_if", rulebook.page_if),
        ("/also_if", rulebook.also_if),
    )
    found = dict(conditions_in(rulebook.file))
    for path, conditions in made:
        found |= {f"{path}:{key}": condition for key, condition in conditions.items()}
    return found
