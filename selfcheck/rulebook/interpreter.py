"""A tree to the interpreter of the product: nested closures, one per node, so that a verdict costs no
dispatch. Unknown follows Kleene.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import add, eq, ge, gt, le, lt, mul, sub, truediv
from typing import Any

from selfcheck.rulebook.conditions import Amount, Condition, Evaluation, Holds, Verdict
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

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
}
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}


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
        if not evaluation.open_ways & evaluation.ways.get(key, -1):
            verdict: Verdict = False
        else:
            verdict = evaluation.conditions[key].holds(evaluation)
        memo[key] = verdict
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


OF_LEAVES: Mapping[type, Callable[[Any], Holds]] = {
    Is: _is,
    Has: _has,
    Risk: _risk,
    Answered: _answered,
    Compare: _compare,
    Refer: _refer,
    Fits: _fits,
}
OF_JOINED: Mapping[type, Callable[[tuple[Condition, ...]], Holds]] = {
    Not: _not,
    Every: _every,
    Some: _some,
    Choose: _choose,
}


def compiled(node: Node, text: str = "") -> Condition:
    """The tree with its interpreter."""
    kind = type(node)
    if kind in OF_LEAVES:
        return Condition(text, node, OF_LEAVES[kind](node), ())
    parts = tuple(compiled(part, text) for part in parts_of(node))
    holds = _count(node, parts) if isinstance(node, Count) else OF_JOINED[kind](parts)
    return Condition(text, node, holds, parts)


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
