"""What a condition can still come to, while some answers are known and others are left open.

A :class:`Space` maps what is asked to the answers still possible. A condition then has a set of verdicts
instead of one; what is not in the set cannot happen, whatever is answered. The set may hold more than can
happen, where two parts depend on each other, until the answers in question are split further.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Value
from selfcheck.rulebook.everywhere import told_apart
from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Compare,
    Count,
    Every,
    Has,
    Is,
    Measure,
    Node,
    Not,
    Refer,
    Risk,
    Some,
)

TRUE, FALSE, UNKNOWN = 1, 2, 4
ANYTHING = TRUE | FALSE | UNKNOWN
Variable = tuple[str, str]
"""An item and, for one tick of a several-choice item, the option; without one, the item's answer."""
Answer = Value | bool | None
Open = frozenset[Answer]
TICK: Open = frozenset({True, False})


class Space(Struct):
    """Which answers are still possible; what is not in ``open`` can be answered anyhow.

    ``lenient`` reads "not sure" about a bare risk factor as yes. ``memo`` goes by identity, since the trees
    outlive the search and to compare them is dear.
    """

    rulebook: Rulebook
    lenient: bool
    open: Mapping[Variable, Open]
    memo: dict[int, int] = field(default_factory=dict)

    def split(self, variable: Variable, values: Open) -> Space:
        """The same with fewer answers possible to one question."""
        return Space(self.rulebook, self.lenient, {**self.open, variable: values})

    def values(self, variable: Variable) -> Open:
        """The answers still possible."""
        found = self.open.get(variable)
        return found if found is not None else _all_answers(self.rulebook, variable)

    def ticked(self, item: str, option: str) -> Open:
        """Whether an option can be, or cannot be, ticked; one that stands alone excludes the others."""
        own = self.values((item, option))
        alone = self.rulebook.questionnaire.items[item].alone
        for (name, other), values in self.open.items():
            excluded = option in alone or other in alone
            if name == item and other not in ("", option) and excluded and values == frozenset({True}):
                return own - {True}
        return own

    def verdicts(self, node: Node) -> int:
        """Everything a condition can still come to."""
        known = self.memo.get(id(node))
        if known is None:
            known = self.memo[id(node)] = self._verdicts(node)
        return known

    def _verdicts(self, node: Node) -> int:
        match node:
            case Refer(key):
                return self.verdicts(self.rulebook.conditions[key].node)
            case Not(part):
                found = self.verdicts(part)
                return found & UNKNOWN | (TRUE if found & FALSE else 0) | (FALSE if found & TRUE else 0)
            case Every(parts):
                return _all_of([self.verdicts(part) for part in parts], TRUE, FALSE)
            case Some(parts):
                return _all_of([self.verdicts(part) for part in parts], FALSE, TRUE)
            case Count():
                return self._count(node)
            case Choose(test, then, otherwise):
                answered = self.verdicts(test)
                found = self.verdicts(then) if answered & TRUE else 0
                return found | (self.verdicts(otherwise) if answered & FALSE else 0)
            case Has():
                return self._has(node)
        variable = variable_of(node)
        if variable is None:
            return ANYTHING
        found = 0
        for value in self.values(variable):
            found |= self.verdict(node, value)
        return found

    def verdict(self, node: Node, value: Answer) -> int:
        """What a condition on one item is for one answer to it (``None``: not answered)."""
        match node:
            case Answered(reserved=reserved):
                return FALSE if value is None or value in reserved else TRUE
            case Is(item, options, reserved):
                if value is not None and value not in options and value in reserved:
                    return UNKNOWN
                return self.absent(item) if value is None else _verdict(value in options)
            case Risk(item, yes, unsure):
                holds = value in yes or (self.lenient and value in unsure)
                return self.absent(item) if value is None else _verdict(holds)
            case Compare(Measure(item), operator, bound):
                if value is None:
                    return self.absent(item)
                return _verdict(COMPARISONS[operator](value, bound))  # type: ignore[arg-type]
        return ANYTHING

    def absent(self, item: str) -> int:
        """What an atom on an unanswered item can be."""
        condition = self.rulebook.ask_if.get(item)
        if condition is None:
            return UNKNOWN
        asked = self.verdicts(condition.node)
        found = asked & (FALSE | UNKNOWN)
        if asked & TRUE:
            found |= TRUE if item in self.rulebook.careful else UNKNOWN
        return found

    def _has(self, node: Has) -> int:
        answered = self.values((node.item, ""))
        found = self.absent(node.item) if None in answered else 0
        if True in answered:
            ticks = [TICK_VERDICTS[self.ticked(node.item, option)] for option in node.options]
            found |= _all_of(ticks, TRUE, FALSE) if node.every else _all_of(ticks, FALSE, TRUE)
        return found

    def _count(self, node: Count) -> int:
        parts = [self.verdicts(part) for part in node.parts]
        compare = COMPARISONS[node.operator]
        held = range(sum(part == TRUE for part in parts), sum(bool(part & TRUE) for part in parts) + 1)
        unknown = range(
            sum(part == UNKNOWN for part in parts), sum(bool(part & UNKNOWN) for part in parts) + 1
        )
        found = 0
        for true in held:
            for still in unknown:
                totals = {compare(true + more, node.number) for more in range(still + 1)}
                found |= UNKNOWN if len(totals) > 1 else _verdict(totals.pop())
        return found


TICK_VERDICTS: Mapping[Open, int] = {
    TICK: TRUE | FALSE,
    frozenset({True}): TRUE,
    frozenset({False}): FALSE,
    frozenset(): 0,
}


def _verdict(holds: bool) -> int:  # noqa: FBT001 - the verdict of a comparison
    return TRUE if holds else FALSE


def _all_of(parts: list[int], every: int, one: int) -> int:
    """What parts come to together that are ``every`` only if all are, and ``one`` as soon as one is."""
    found = 0
    if all(part & every for part in parts):
        found |= every
    if any(part & one for part in parts):
        found |= one
    if any(part & UNKNOWN for part in parts) and all(part & (every | UNKNOWN) for part in parts):
        found |= UNKNOWN
    return found


def variable_of(node: Node) -> Variable | None:
    """The one answer that a condition without parts rests on, ``None`` where it is more than one."""
    match node:
        case Is(item=item) | Risk(item=item) | Answered(item=item) | Compare(quantity=Measure(item)):
            return item, ""
    return None


@lru_cache(maxsize=4096)
def _all_answers(rulebook: Rulebook, variable: Variable) -> Open:
    """Every answer to an item that rules can tell apart, and none; of a tick, both."""
    name, option = variable
    item = rulebook.questionnaire.items[name]
    if option:
        return TICK
    match item.kind:
        case Kind.SINGLE:
            options = rulebook.questionnaire.items[item.among].options if item.among else item.options
            return frozenset({None, *options})
        case Kind.NUMBER | Kind.SCALE:
            return frozenset({None, *told_apart(rulebook, item)})
    return frozenset({None, True})
