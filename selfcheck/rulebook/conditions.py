"""The verdict of a condition on a person's answers: true, false or unknown (``None``), with reasons.

:func:`compiled` turns a tree into nested closures, one per node, so that a verdict costs no dispatch.
Unknown follows Kleene.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Compare,
    Count,
    Every,
    Has,
    Is,
    Node,
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
ATOMS = (Is, Has, Risk, Answered)
Amount = Callable[["Evaluation"], "float | None"]


class Reason(Struct, frozen=True):
    """One answer that decided a verdict."""

    item: str
    answer: Value


class Condition:
    """A tree with its text, its interpreter and the same of its parts; ``item`` if it is about one answer only."""

    __slots__ = ("holds", "item", "node", "parts", "text")

    def __init__(self, text: str, node: Node, holds: Holds, parts: tuple[Condition, ...]) -> None:
        """Keep the four together; made by :func:`compiled` only."""
        self.text = text
        self.node = node
        self.holds = holds
        self.parts = parts
        self.item = _only_item(node)

    def __repr__(self) -> str:
        """The text the author wrote."""
        return f"Condition({self.text!r})"

    def because(self, evaluation: Evaluation) -> tuple[Reason, ...]:
        """The answers that decided the verdict, in the order of the text, each once."""
        if self.item is not None:
            value = evaluation.values.get(self.item)
            return (Reason(self.item, value),) if value is not None else ()
        found: dict[Reason, None] = {}
        _note_reasons(self, evaluation, found)
        return tuple(found)


class Evaluation(Struct):
    """One person's answers, and what has been worked out from them so far.

    ``conditions`` are looked up by key, ``ask_if`` by item. ``fits`` gives a pattern's
    status; ``findings`` (verdicts, by key, of those that were read), ``tally`` (their points) and ``statuses`` are kept for it.
    ``memo`` has verdicts of conditions by key, ``asked`` those on whether an item is asked, as :meth:`absent` has
    them.
    ``lenient`` reads "not sure" on bare risk factors as yes; ``silent`` reads answers that count as
    unanswered as false instead of unknown. ``open_ways`` tell which rules may hold (see
    :mod:`selfcheck.rulebook.sieve`), none is closed at first; ``ways`` has those of named conditions.
    """

    values: Mapping[str, Value]
    conditions: Mapping[str, Condition]
    ask_if: Mapping[str, Condition]
    careful: frozenset[str]
    fits: Callable[[Evaluation, str, bool], Verdict]
    lenient: bool = False
    silent: bool = False
    open_ways: int = -1
    ways: Mapping[str, int] = field(default_factory=dict)
    memo: dict[str, Verdict] = field(default_factory=dict)
    asked: dict[str, Verdict] = field(default_factory=dict)
    findings: dict[str, Verdict] = field(default_factory=dict)
    tally: Any = None
    statuses: dict[str, str] = field(default_factory=dict)

    def absent(self, item: str) -> Verdict:
        """What an atom on an unanswered item is: false if it was not to be asked, true if a careful
        follow-up was left empty, else unknown.
        """
        condition = self.ask_if.get(item)
        if condition is None:
            return None
        if item not in self.asked:
            asked = condition.holds(self)
            self.asked[item] = False if asked is False else (asked and item in self.careful) or None
        return self.asked[item]

    def is_asked(self, item: str) -> bool:
        """Whether the item is to be asked: its ``ask_if`` is missing, true or unknown."""
        condition = self.ask_if.get(item)
        if condition is None:
            return True
        return self.asked.get(item) is not False and condition.holds(self) is not False

    def of(self, values: Mapping[str, Value]) -> Evaluation:
        """Other answers read in the same way, with nothing worked out."""
        return Evaluation(
            values,
            self.conditions,
            self.ask_if,
            self.careful,
            self.fits,
            lenient=self.lenient,
            silent=self.silent,
        )


def _only_item(node: Node) -> str | None:
    if isinstance(node, Compare):
        found = {*measures(node.quantity)}
        return min(found) if len(found) == 1 else None
    return node.item if isinstance(node, ATOMS) else None


def _note_reasons(condition: Condition, evaluation: Evaluation, found: dict[Reason, None]) -> None:
    """Add the answers that decided a verdict to those found."""
    node = condition.node
    if isinstance(node, ATOMS):
        _note_answer(evaluation, node.item, found)
    elif isinstance(node, Compare):
        for item in measures(node.quantity):
            _note_answer(evaluation, item, found)
    elif isinstance(node, Refer):
        _note_reasons(evaluation.conditions[node.key], evaluation, found)
    else:
        for part in _deciding(condition, evaluation):
            _note_reasons(part, evaluation, found)


def _note_answer(evaluation: Evaluation, item: str, found: dict[Reason, None]) -> None:
    value = evaluation.values.get(item)
    if value is not None:
        found[Reason(item, value)] = None


def _deciding(condition: Condition, evaluation: Evaluation) -> tuple[Condition, ...]:
    """Of an ``or`` that holds the first branch that does, of an ``and`` that fails the first that fails,
    of a count the parts that hold, of a choice the branch that is taken; else all parts.
    """
    node = condition.node
    if isinstance(node, Count):
        return tuple(part for part in condition.parts if part.holds(evaluation))
    if isinstance(node, Choose):
        test, then, otherwise = condition.parts
        return (then if test.holds(evaluation) else otherwise,)
    if isinstance(node, (Every, Some)):
        verdict = condition.holds(evaluation)
        if verdict is isinstance(node, Some):
            return next(((part,) for part in condition.parts if part.holds(evaluation) is verdict), ())
    return condition.parts


def all_items(conditions: Mapping[str, Condition], node: Node) -> frozenset[str]:
    """Every item that a tree reads, in the conditions that it names, too."""
    if isinstance(node, Refer):
        return all_items(conditions, conditions[node.key].node)
    return items_of(node).union(*(all_items(conditions, part) for part in parts_of(node)))
