"""The verdict of a condition on a person's answers: true, false or unknown (``None``), with reasons.

:func:`compiled` turns a tree into nested closures, one per node, so that a verdict costs no dispatch.
Unknown follows Kleene.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Compare,
    Count,
    Every,
    Fits,
    Has,
    Is,
    Node,
    Not,
    Refer,
    Risk,
    Some,
    items_of,
    measures,
    parts_of,
)

Value = str | float | frozenset[str]
Verdict = bool | None
Holds = Callable[["Evaluation"], Verdict]
Amount = Callable[["Evaluation"], "float | None"]


class Reason(Struct, frozen=True):
    """One answer that decided a verdict."""

    item: str
    answer: Value


class Condition:
    """A tree with its text, its interpreter and the same of its parts."""

    __slots__ = ("holds", "node", "parts", "text")

    def __init__(self, text: str, node: Node, holds: Holds, parts: tuple[Condition, ...]) -> None:
        """Keep the four together; made by :func:`compiled` only."""
        self.text = text
        self.node = node
        self.holds = holds
        self.parts = parts

    def __repr__(self) -> str:
        """The text the author wrote."""
        return f"Condition({self.text!r})"

    def because(self, evaluation: Evaluation) -> tuple[Reason, ...]:
        """The answers that decided the verdict, in the order of the text, each once."""
        return tuple(dict.fromkeys(_reasons(self, evaluation)))


class Evaluation(Struct):
    """One person's answers, and what has been worked out from them so far.

    ``conditions`` are looked up by key, ``ask_if`` by item. ``fits`` gives a pattern's
    status; ``findings`` (the keys of those that were read), ``scores`` and ``statuses`` are kept for it.
    ``lenient`` reads "not sure" on bare risk factors as yes; ``silent`` reads answers that count as
    unanswered as false instead of unknown. ``open_ways`` tell which rules may hold (see
    :mod:`selfcheck.rulebook.sieve`); none is closed at first.
    """

    values: Mapping[str, Value]
    conditions: Mapping[str, Condition]
    ask_if: Mapping[str, Condition]
    careful: frozenset[str]
    fits: Callable[[Evaluation, str, bool], Verdict]
    lenient: bool = False
    silent: bool = False
    open_ways: int = -1
    memo: dict[str, Verdict] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    scores: dict[str, Any] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    def absent(self, item: str) -> Verdict:
        """What an atom on an unanswered item is: false if it was not to be asked, true if a careful
        follow-up was left empty, else unknown.
        """
        condition = self.ask_if.get(item)
        if condition is None:
            return None
        key = f"?{item}"
        if key not in self.memo:
            asked = condition.holds(self)
            self.memo[key] = False if asked is False else (asked and item in self.careful) or None
        return self.memo[key]

    def is_asked(self, item: str) -> bool:
        """Whether the item is to be asked: its ``ask_if`` is missing, true or unknown."""
        condition = self.ask_if.get(item)
        if condition is None:
            return True
        return self.memo.get(f"?{item}") is not False and condition.holds(self) is not False


def _reasons(condition: Condition, evaluation: Evaluation) -> Iterator[Reason]:
    node = condition.node
    match node:
        case Is(item=item) | Has(item=item) | Risk(item=item) | Answered(item=item):
            yield from _answers(evaluation, (item,))
        case Compare(quantity=quantity):
            yield from _answers(evaluation, tuple(measures(quantity)))
        case Refer(key):
            yield from _reasons(evaluation.conditions[key], evaluation)
        case Fits() | Not():
            yield from (reason for part in condition.parts for reason in _reasons(part, evaluation))
        case Choose():
            test, then, otherwise = condition.parts
            yield from _reasons(then if test.holds(evaluation) else otherwise, evaluation)
        case Every() | Some() | Count():
            for part in _deciding(condition, evaluation):
                yield from _reasons(part, evaluation)


def _deciding(condition: Condition, evaluation: Evaluation) -> tuple[Condition, ...]:
    """Of an ``or`` that holds the first branch that does, of an ``and`` that fails the first that fails,
    of a count the parts that hold; else all parts.
    """
    verdict = condition.holds(evaluation)
    if isinstance(condition.node, Count):
        return tuple(part for part in condition.parts if part.holds(evaluation))
    if verdict is isinstance(condition.node, Some):
        return tuple(part for part in condition.parts if part.holds(evaluation) is verdict)[:1]
    return condition.parts


def _answers(evaluation: Evaluation, items: tuple[str, ...]) -> Iterator[Reason]:
    for item in items:
        value = evaluation.values.get(item)
        if value is not None:
            yield Reason(item, value)


def all_items(conditions: Mapping[str, Condition], node: Node) -> frozenset[str]:
    """Every item that a tree reads, in the conditions that it names, too."""
    if isinstance(node, Refer):
        return all_items(conditions, conditions[node.key].node)
    return items_of(node).union(*(all_items(conditions, part) for part in parts_of(node)))
