"""Cheap tests that rule a condition out before it is read.

Most rules are about questions that most people answer with "no" or are not asked. A *guard* is one item
and the answers without which a condition is false; *silencers* are items whose harmless answers (or not
being asked) make it false. Neither decides that a condition holds; they only tell when it cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial, reduce

from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition, Value
from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.tree import Compare, Count, Every, Has, Is, Measure, Node, Not, Refer, Risk, Some

Needed = Mapping[str, frozenset[Value]]
LARGEST = 4000


@dataclass(frozen=True, slots=True)
class Guard:
    """If ``item`` is answered with none of ``options``, the condition is false. ``many`` marks a
    several-choice item. The empty item guards nothing.
    """

    item: str = ""
    options: frozenset[Value] = frozenset()
    many: bool = False

    def may_hold(self, values: Mapping[str, Value]) -> bool:
        """Whether the condition can hold with these answers."""
        value = values.get(self.item)
        if value is None:
            return True
        return not self.options.isdisjoint(value) if self.many else value in self.options  # type: ignore[arg-type]


class Guards:
    """Finds the guards of conditions; those of named conditions once."""

    def __init__(self, conditions: Mapping[str, Condition], items: Mapping[str, Item]) -> None:
        """Look names up in these."""
        self.conditions = conditions
        self.items = items
        self.named: dict[str, Needed] = {}

    def of(self, node: Node) -> Guard:
        """The most selective guard of a tree: the one that the fewest answers to its question pass."""
        needed = self.needed(node)
        if not needed:
            return Guard()
        items = self.items
        item = min(needed, key=lambda name: len(needed[name]) / max(_size(items[name]), 1))
        return Guard(item, needed[item], items[item].kind is Kind.MULTI)

    def needed(self, node: Node) -> Needed:
        """For each item on which the tree depends, the answers without which it is false."""
        match node:
            case Is(item, options, reserved):
                return {item: options | reserved}
            case Risk(item, yes, unsure):
                return {item: yes | unsure}
            case Has(item, options):
                return {item: options}
            case Not(Is(item, options, reserved)):
                return {item: (frozenset(self.items[item].options) - options) | reserved}
            case Compare(Measure(item), operator, bound):
                return _numbers(self.items[item], operator, bound)
            case Refer(key):
                if key not in self.named:
                    self.named[key] = self.needed(self.conditions[key].node)
                return self.named[key]
            case Every(parts):
                return reduce(partial(_both, self.items), map(self.needed, parts))
            case Some(parts) if parts:
                return reduce(_either, map(self.needed, parts))
            case _:
                return {}


def _size(item: Item) -> int:
    return len(item.option) or int((item.high or 0) - (item.low or 0)) + 1


def _numbers(item: Item, operator: str, bound: float) -> Needed:
    """The answers to a number question that pass a comparison, where they can be listed."""
    low, high = item.low or 0.0, item.high or 0.0
    steps = round((high - low) / item.step)
    if steps > LARGEST or item.step not in (0.5, 1):
        return {}
    compare = COMPARISONS[operator]
    values = (low + step * item.step for step in range(steps + 1))
    return {item.id: frozenset(value for value in values if compare(value, bound))}


def _both(items: Mapping[str, Item], left: Needed, right: Needed) -> Needed:
    """What both parts of an "and" need. Several ticks can meet two needs at once, so of a several-choice
    item only the need that fewer answers meet is kept.
    """
    shared = {
        name: min(left[name], right[name], key=len)
        if items[name].kind is Kind.MULTI
        else left[name] & right[name]
        for name in left.keys() & right.keys()
    }
    return {**left, **right, **shared}


def _either(left: Needed, right: Needed) -> Needed:
    return {name: left[name] | right[name] for name in left.keys() & right.keys()}


class Silencers:
    """Finds the items whose quiet answers make a condition false.

    An item is quiet if its answer is the harmless one, or if it is not asked; a number only if it is not
    asked. ``asked_if`` are the items that are not always asked.
    """

    def __init__(
        self,
        conditions: Mapping[str, Condition],
        items: Mapping[str, Item],
        asked_if: Mapping[str, Condition],
    ) -> None:
        """Look names up in these."""
        self.conditions = conditions
        self.items = items
        self.asked_if = asked_if
        self.named: dict[str, frozenset[str] | None] = {}

    def of(self, node: Node) -> frozenset[str] | None:
        """The fewest items found that silence a tree together; ``None`` if it cannot be silenced."""
        match node:
            case Is(item, options) | Has(item, options):
                return self.harmless(item, options)
            case Risk(item, yes, unsure):
                return self.harmless(item, yes | unsure)
            case Compare(Measure(item)):
                return frozenset({item}) if item in self.asked_if else None
            case Refer(key):
                if key not in self.named:
                    self.named[key] = self.of(self.conditions[key].node)
                return self.named[key]
            case Every(parts):
                found = [items for part in parts if (items := self.of(part)) is not None]
                return min(found, key=len, default=None)
            case Some(parts):
                return _joined([self.of(part) for part in parts])
            case Count(parts, ">=", number):
                known = sorted((items for part in parts if (items := self.of(part)) is not None), key=len)
                enough = len(parts) - number + 1
                return _joined(list(known[:enough])) if len(known) >= enough else None
            case _:
                return None

    def harmless(self, item: str, options: frozenset[Value]) -> frozenset[str] | None:
        """The item itself, if its harmless answer is none of these."""
        benign = self.items[item].benign
        return frozenset({item}) if benign is not None and benign not in options else None


def _joined(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    found = [part for part in parts if part is not None]
    return frozenset().union(*found) if len(found) == len(parts) else None
