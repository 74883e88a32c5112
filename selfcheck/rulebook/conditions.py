"""The verdict of a condition on a person's answers: true, false or unknown (``None``), with reasons.

:func:`compiled` turns a tree into nested closures, one per node, so that a verdict costs no dispatch.
Unknown follows Kleene.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import add, eq, ge, gt, le, lt, mul, sub, truediv
from typing import Any

from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Compare,
    Count,
    Every,
    Fits,
    Has,
    Is,
    Measure,
    Node,
    Not,
    Number,
    Quantity,
    Refer,
    Risk,
    Some,
    Sum,
    measures,
    parts_of,
)

Value = str | float | frozenset[str]
Verdict = bool | None
Holds = Callable[["Evaluation"], Verdict]
Amount = Callable[["Evaluation"], "float | None"]

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
}
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}


@dataclass(frozen=True, slots=True)
class Reason:
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


@dataclass(slots=True)
class Evaluation:
    """One person's answers, and what has been worked out from them so far.

    ``conditions`` are looked up by key, ``ask_if`` by item. ``fits`` gives a pattern's
    status; ``scores`` and ``statuses`` are kept for it. ``lenient`` reads "not sure" on bare risk factors
    as yes; ``silent`` reads answers that count as unanswered as false instead of unknown.
    """

    values: Mapping[str, Value]
    conditions: Mapping[str, Condition]
    ask_if: Mapping[str, Condition]
    careful: frozenset[str]
    fits: Callable[[Evaluation, str, bool], Verdict]
    lenient: bool = False
    silent: bool = False
    memo: dict[str, Verdict] = field(default_factory=dict)
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


def _is(node: Is) -> Holds:
    item, options = node.item, node.options
    reserved = node.reserved - options

    def plain(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        return evaluation.absent(item) if value is None else value in options

    def guarded(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        if value in reserved:
            return False if evaluation.silent else None
        return evaluation.absent(item) if value is None else value in options

    return guarded if reserved else plain


def _has(node: Has) -> Holds:
    item, options = node.item, node.options

    def some(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        return evaluation.absent(item) if value is None else not options.isdisjoint(value)  # type: ignore[arg-type]

    def every(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        return evaluation.absent(item) if value is None else options.issubset(value)  # type: ignore[arg-type]

    return every if node.every else some


def _risk(node: Risk) -> Holds:
    item, yes, unsure = node.item, node.yes, node.unsure

    def holds(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        if value is None:
            return evaluation.absent(item)
        return value in yes or (evaluation.lenient and value in unsure)

    return holds


def _answered(node: Answered) -> Holds:
    item, reserved = node.item, node.reserved

    def holds(evaluation: Evaluation) -> Verdict:
        value = evaluation.values.get(item)
        return value is not None and value not in reserved

    return holds


def _compare(node: Compare) -> Holds:
    compare, bound = COMPARISONS[node.operator], node.bound
    if isinstance(node.quantity, Measure):
        item = node.quantity.item

        def direct(evaluation: Evaluation) -> Verdict:
            value = evaluation.values.get(item)
            return evaluation.absent(item) if value is None else compare(value, bound)  # type: ignore[arg-type]

        return direct
    amount = amount_of(node.quantity)
    measured = tuple(measures(node.quantity))

    def holds(evaluation: Evaluation) -> Verdict:
        value = amount(evaluation)
        if value is not None:
            return compare(value, bound)
        gone = [evaluation.absent(item) for item in measured if item not in evaluation.values]
        return False if False in gone else None

    return holds


def _refer(node: Refer) -> Holds:
    key = node.key

    def holds(evaluation: Evaluation) -> Verdict:
        memo = evaluation.memo
        if key in memo:
            return memo[key]
        verdict = memo[key] = evaluation.conditions[key].holds(evaluation)
        return verdict

    return holds


def _fits(node: Fits) -> Holds:
    pattern, likely = node.pattern, node.likely
    enough = frozenset({"likely"} if likely else {"likely", "possible"})

    def holds(evaluation: Evaluation) -> Verdict:
        status = evaluation.statuses.get(pattern)
        return evaluation.fits(evaluation, pattern, likely) if status is None else status in enough

    return holds


def _not(parts: tuple[Condition, ...]) -> Holds:
    (part,) = (condition.holds for condition in parts)

    def holds(evaluation: Evaluation) -> Verdict:
        verdict = part(evaluation)
        return None if verdict is None else not verdict

    return holds


def _every(parts: tuple[Condition, ...]) -> Holds:
    tests = tuple(part.holds for part in parts)

    def holds(evaluation: Evaluation) -> Verdict:
        verdict: Verdict = True
        for test in tests:
            found = test(evaluation)
            if found is False:
                return False
            if found is None:
                verdict = None
        return verdict

    return holds


def _some(parts: tuple[Condition, ...]) -> Holds:
    tests = tuple(part.holds for part in parts)

    def holds(evaluation: Evaluation) -> Verdict:
        verdict: Verdict = False
        for test in tests:
            found = test(evaluation)
            if found:
                return True
            if found is None:
                verdict = None
        return verdict

    return holds


def _choose(parts: tuple[Condition, ...]) -> Holds:
    test, then, otherwise = (part.holds for part in parts)
    return lambda evaluation: then(evaluation) if test(evaluation) else otherwise(evaluation)


def _count(node: Count, parts: tuple[Condition, ...]) -> Holds:
    tests = tuple(part.holds for part in parts)
    compare, number = COMPARISONS[node.operator], node.number

    def holds(evaluation: Evaluation) -> Verdict:
        verdicts = [test(evaluation) for test in tests]
        least = verdicts.count(True)
        possible = {compare(least + more, number) for more in range(verdicts.count(None) + 1)}
        return possible.pop() if len(possible) == 1 else None

    return holds


def _interpreter(node: Node, parts: tuple[Condition, ...]) -> Holds:  # noqa: C901, PLR0911 - one case per node  # noqa: PLR0911 - a table of twelve nodes
    match node:
        case Is():
            return _is(node)
        case Has():
            return _has(node)
        case Risk():
            return _risk(node)
        case Answered():
            return _answered(node)
        case Compare():
            return _compare(node)
        case Refer():
            return _refer(node)
        case Fits():
            return _fits(node)
        case Not():
            return _not(parts)
        case Every():
            return _every(parts)
        case Some():
            return _some(parts)
        case Choose():
            return _choose(parts)
        case Count():
            return _count(node, parts)


def compiled(node: Node, text: str = "") -> Condition:
    """The tree with its interpreter."""
    parts = tuple(compiled(part, text) for part in parts_of(node))
    return Condition(text, node, _interpreter(node, parts), parts)


def amount_of(quantity: Quantity) -> Amount:
    """The interpreter of a quantity: a number, or ``None`` where a part is unknown or divides by zero."""
    match quantity:
        case Number(value):
            return lambda _evaluation: value
        case Measure(item):
            return lambda evaluation: evaluation.values.get(item)  # type: ignore[return-value]
        case Sum(left, operator, right):
            first, second, operate = amount_of(left), amount_of(right), ARITHMETIC[operator]
            return lambda evaluation: _joined(operate, first(evaluation), second(evaluation))


def _joined(
    operate: Callable[[float, float], float], left: float | None, right: float | None
) -> float | None:
    if left is None or right is None or (operate is truediv and right == 0):
        return None
    return operate(left, right)


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
