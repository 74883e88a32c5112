"""Ways in which rules could hold to bits, and answers to the ways that are still open.

Most rules are about questions that most people answer with "no" or are not asked. A :class:`Sieve` gives
every way one bit, so that one "and" for each answer leaves the few rules that have to be read. It never
decides that a condition holds, only that it cannot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from msgspec import Struct

from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition, Value
from selfcheck.rulebook.guards import ANY, STATUS_OF, Bounds, Guards, Need, Way, pattern_of
from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.parts.patterns import Status
from selfcheck.rulebook.tree import Node

Rule = TypeVar("Rule")


class Sifted(Struct, Generic[Rule], frozen=True):
    """Rules in file order whose ways lie side by side in a sieve, from bit ``first`` on.

    ``at`` gives for each bit the rule and all bits before the rule's own.
    """

    rules: tuple[Rule, ...]
    first: int
    within: int
    at: tuple[tuple[Rule, int], ...]

    def that_may_hold(self, open_ways: int) -> list[Rule]:
        """The rules of which a way is open, in file order."""
        found, at, picked = (open_ways >> self.first) & self.within, self.at, []
        while found:
            rule, before = at[found.bit_length() - 1]
            picked.append(rule)
            found &= before
        picked.reverse()
        return picked


class Ruler:
    """Gives each way of a rulebook its bit, and makes the sieve when all are known."""

    def __init__(self, guards: Guards) -> None:
        """Start with no ways."""
        self.guards = guards
        self.ways: list[Way] = []

    def bits(self, node: Node | None) -> int:
        """The bits of a condition's ways; of no condition one that is always open."""
        first = len(self.ways)
        self.ways.extend(self.guards.of(node) if node is not None else (ANY,))
        return (1 << len(self.ways)) - (1 << first)

    def sifted(self, rules: Iterable[tuple[int, Rule]]) -> Sifted[Rule]:
        """Rules whose bits were given one after the other."""
        entries = [(bits, rule) for bits, rule in rules if bits]
        if not entries:
            return Sifted((), 0, 0, ())
        first = (entries[0][0] & -entries[0][0]).bit_length() - 1
        at: list[tuple[Rule, int]] = []
        for bits, rule in entries:
            at.extend([(rule, ((bits & -bits) >> first) - 1)] * bits.bit_count())
        return Sifted(tuple(rule for _, rule in entries), first, (1 << len(at)) - 1, tuple(at))

    def listed(self, rules: Iterable[tuple[Condition | None, Rule]]) -> Sifted[Rule]:
        """Rules with one condition each, or none."""
        return self.sifted(
            (self.bits(condition.node if condition else None), rule) for condition, rule in rules
        )

    def sieve(self) -> Sieve:
        """Which ways each answer leaves open."""
        reading: dict[str, list[tuple[int, Need]]] = {}
        said: dict[str, int] = {}
        for place, way in enumerate(self.ways):
            for item, need in way.needs.items():
                reading.setdefault(item, []).append((1 << place, need))
            for item in way.said:
                said[item] = said.get(item, 0) | 1 << place
        every = (1 << len(self.ways)) - 1
        statuses: dict[str, Mapping[Value, int]] = {
            pattern_of(name): {status: _left_open(every, needs, status) for status in Status}
            for name, needs in reading.items()
            if name.startswith(STATUS_OF)
        }
        items = self.guards.items
        chosen_from = {item.id: items[item.among].options if item.among else () for item in items.values()}
        return Sieve(
            every,
            {
                item.id: _leaves(
                    every, item, (*item.options, *chosen_from[item.id]), reading.get(item.id, ())
                )
                for item in items.values()
            },
            statuses,
            said,
            every & ~sum(1 << place for place, way in enumerate(self.ways) if way.said),
        )

    def needing(self) -> Mapping[str, int]:
        """For each item the ways that need it to be asked or answered."""
        found: dict[str, int] = {}
        for place, way in enumerate(self.ways):
            for item in way.asked:
                found[item] = found.get(item, 0) | 1 << place
        return found


def _left_open(every: int, needs: Iterable[tuple[int, Need]], answer: Value) -> int:
    return every & ~sum(bit for bit, need in needs if answer not in need)


def _leaves(
    every: int, item: Item, options: Iterable[str], needs: Sequence[tuple[int, Need]]
) -> Mapping[Value, int]:
    """The ways that each answer to an item leaves open: a plain dictionary, which is fastest, wherever all
    answers can be listed.
    """
    if item.kind is Kind.SINGLE:
        return {option: _left_open(every, needs, option) for option in options}
    if item.kind is Kind.MULTI:
        free = every & ~sum(bit for bit, _ in needs)
        return Ticks(free, {option: _left_open(every, needs, option) for option in options})
    leaves = Intervals(every, needs)
    if item.kind is Kind.SCALE and item.step == 1:
        return {number: leaves[number] for number in range(int(item.low or 0), int(item.high or 0) + 1)}
    return leaves


class Ticks(dict[Value, int]):
    """Of a several-choice item: the ways that do not read it (``free``) and those of each option."""

    def __init__(self, free: int, options: Mapping[str, int]) -> None:
        """Lay out the answers of one tick."""
        super().__init__({frozenset({option}): free | ways for option, ways in options.items()})
        self.free = free
        self.options = options

    def __missing__(self, value: Value) -> int:
        """The ways that one of several ticks leaves open."""
        ticks = value if isinstance(value, frozenset) else ()
        return reduce(or_, [self.options[tick] for tick in ticks], self.free)


class Intervals(dict[Value, int]):
    """Of a number: the bounds that any comparison names, and the open ways below, at, between and above."""

    def __init__(self, every: int, needs: Iterable[tuple[int, Need]]) -> None:
        """Work out the ways of every interval."""
        compared = [(bit, need) for bit, need in needs if isinstance(need, tuple)]
        self.bounds = sorted({bound for _, need in compared for _, bound in need})
        places = [self.bounds[0] - 1 if self.bounds else 0.0]
        for place, bound in enumerate(self.bounds):
            after = self.bounds[place + 1] if place + 1 < len(self.bounds) else bound + 2
            places += [bound, (bound + after) / 2]
        free = every & ~sum(bit for bit, _ in needs)
        self.open_at = tuple(
            free | sum(bit for bit, need in compared if _passes(place, need)) for place in places
        )

    def __missing__(self, value: Value) -> int:
        """The ways open at a number."""
        place = bisect_left(self.bounds, value)
        exact = place < len(self.bounds) and self.bounds[place] == value
        return self.open_at[2 * place + exact]


def _passes(number: float, need: Bounds) -> bool:
    return all(COMPARISONS[sign](number, bound) for sign, bound in need)


class Sieve(Struct, frozen=True):
    """Which ways each answer leaves open. Ways that do not read an item are open whatever it says.

    ``leaves`` has by item those that each answer leaves, ``statuses`` those that each status of a pattern
    leaves. ``said`` are the ways that need some answer to an item, whatever it is,
    ``unsaid`` those that need none.
    """

    every: int
    leaves: Mapping[str, Mapping[Value, int]]
    statuses: Mapping[str, Mapping[Value, int]]
    said: Mapping[str, int]
    unsaid: int

    def open_ways(self, values: Mapping[str, Value]) -> int:
        """The ways that these answers leave open."""
        found, leaves, said = self.unsaid, self.leaves, self.said
        for item in filter(values.__contains__, said):
            found |= said[item]
        for item, value in values.items():
            found &= leaves[item][value]
        return found

    def still_open(self, open_ways: int, statuses: Mapping[str, str]) -> int:
        """Of some ways those that the statuses of the patterns leave open, too."""
        for pattern, ways in self.statuses.items():
            open_ways &= ways[statuses[pattern]]
        return open_ways
