"""Every answer and every condition of the rules as a named FHIRPath variable, each after those it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from graphlib import TopologicalSorter

from selfcheck.handout.fhir.conditions import asked, fhirpath, holds
from selfcheck.handout.fhir.fitting import fitting
from selfcheck.handout.fhir.said import said_variables
from selfcheck.rulebook.faults import Message, RulebookError
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Some

ENDS_CHECK = "checkEnds"
NAME = re.compile(r"%([a-z]\w*)")
GIVEN = frozenset({"resource"})


@lru_cache(maxsize=8)
def variables(rulebook: Rulebook) -> Mapping[str, str]:
    """Expressions by name, without the sign in front, in an order in which they can be evaluated.

    An expression starts from ``%resource``, the QuestionnaireResponse, or names variables before it.

    Raises:
        RulebookError: where the ids of the rules do not give distinct names.

    """
    found: dict[str, str] = {}
    for name, text in _all(rulebook):
        if name in found:
            fault = f"two ids are too much alike for FHIR, where both give the variable '{name}'"
            raise RulebookError((Message("rules", 1, 1, fault),))
        found[name] = text
    order = TopologicalSorter({name: named_in(text) for name, text in found.items()}).static_order()
    return {name: found[name] for name in order}


def needed(rulebook: Rulebook, expressions: Iterable[str]) -> Mapping[str, str]:
    """The variables that some expressions need, directly or through others, in order."""
    known = variables(rulebook)
    wanted: set[str] = set()
    waiting = [name for text in expressions for name in named_in(text)]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting.extend(named_in(known[name]))
    return {name: text for name, text in known.items() if name in wanted}


def named_in(expression: str) -> frozenset[str]:
    """The variables that an expression names."""
    return frozenset(NAME.findall(expression)) - GIVEN


def _all(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    yield from said_variables(rulebook)
    for item, condition in rulebook.ask_if.items():
        yield asked(item)[1:], fhirpath(rulebook, condition.node)
    for key, condition in rulebook.conditions.items():
        yield holds(key)[1:], fhirpath(rulebook, condition.node)
    yield from fitting(rulebook)
    ends = (row.holds.node for caution in rulebook.file.caution for row in caution.when if row.ends_check)
    yield ENDS_CHECK, fhirpath(rulebook, Some(tuple(ends))) or "false"
