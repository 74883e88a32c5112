"""Ways in which rules could hold to bits, and answers to the ways that are still open.

Most rules are about questions that most people answer with "no" or are not asked. A :class:`Sieve` gives
every way one bit, so that one "and" for each answer leaves the few rules that have to be read. It never
decides that a condition holds, only that it cannot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Condition, Value
from selfcheck.rulebook.guards import ANY, STATUSES, Guards, Need, Way, pattern_of
from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.tree import Node

Rule = TypeVar("Rule")


class Sifted(Struct, Generic[Rule], frozen=True):
    """Rules in file order whose ways lie side by side in a sieve, from bit ``first`` on.

    ``owner`` gives the place of the rule of each bit, ``rest`` for each rule the bits after its own.
    """

    rules: tuple[Rule, ...]
    first: int
    within: int
    owner: tuple[int, ...]
    rest: tuple[int, ...]

    def that_may_hold(self, open_ways: int) -> list[Rule]:
        """The rules of which a way is open, in file order."""
        found, rules = (open_ways >> self.first) & self.within, []
        while found:
            place = self.owner[(found & -found).bit_length() - 1]
            rules.append(self.rules[place])
            found &= self.rest[place]
        return rules


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
            return Sifted((), 0, 0, (), ())
        first = (entries[0][0] & -entries[0][0]).bit_length() - 1
        lasts = [bits.bit_length() - first for bits, _ in entries]
        owner = [place for place, (bits, _) in enumerate(entries) for _ in range(bits.bit_count())]
        rest = tuple(-1 << last for last in lasts)
        return Sifted(tuple(rule for _, rule in entries), first, (1 << lasts[-1]) - 1, tuple(owner), rest)

    def listed(self, rules: Iterable[tuple[Condition | None, Rule]]) -> Sifted[Rule]:
        """Rules with one condition each, or none."""
        return self.sifted(
            (self.bits(condition.node if condition else None), rule) for condition, rule in rules
        )

    def sieve(self) -> Sieve:
        """Which ways each answer leaves open."""
        reading: dict[str, list[tuple[int, Need]]] = {}
        gone: dict[str, int] = {}
        for place, way in enumerate(self.ways):
            for item, need in way.needs.items():
                reading.setdefault(item, []).append((1 << place, need))
            for item in way.asked:
                gone[item] = gone.get(item, 0) | 1 << place
        every = (1 << len(self.ways)) - 1
        singles: dict[str, Mapping[Value, int]] = {}
        statuses: dict[str, Mapping[Value, int]] = {}
        several: dict[str, tuple[int, Mapping[Value, int]]] = {}
        numbers: dict[str, tuple[tuple[float, ...], tuple[int, ...]]] = {}
        for item, needs in reading.items():
            free = every & ~sum(bit for bit, _ in needs)
            asked = self.guards.items.get(item)
            if any(isinstance(need, tuple) for _, need in needs):
                numbers[item] = _by_interval(free, needs)
                continue
            options: dict[Value, int] = {
                option: free | sum(bit for bit, need in needs if option in need)
                for option in (asked.options if asked else STATUSES)
            }
            if asked is None:
                statuses[pattern_of(item)] = options
            elif asked.kind is Kind.MULTI:
                several[item] = (free, options)
            else:
                singles[item] = options
        not_asked = {item: every & ~bits for item, bits in gone.items()}
        said = frozenset(item for way in self.ways for item in way.said)
        unsaid = every & ~sum(1 << place for place, way in enumerate(self.ways) if way.said)
        return Sieve(every, singles, several, numbers, not_asked, statuses, said, unsaid)


def _by_interval(free: int, needs: list[tuple[int, Need]]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The bounds that any comparison names, and the open ways below, at, between and above them."""
    compared = [(bit, need) for bit, need in needs if isinstance(need, tuple)]
    bounds = sorted({bound for _, need in compared for _, bound in need})
    places = [bounds[0] - 1]
    for bound, after in zip(bounds, [*bounds[1:], bounds[-1] + 2], strict=True):
        places += [bound, (bound + after) / 2]
    return tuple(bounds), tuple(
        free
        | sum(bit for bit, need in compared if all(COMPARISONS[sign](place, bound) for sign, bound in need))
        for place in places
    )


class Sieve(Struct, frozen=True):
    """Which ways each answer leaves open. Ways that do not read an item are open whatever it says.

    ``several`` has beside the options the ways that do not read the item. ``numbers`` has bounds and the
    ways open below the first, at it, between it and the next, and so on. ``not_asked`` are the ways left
    if an item has no answer and is not asked, ``statuses`` those that each status of a pattern leaves.
    ``unsaid`` are the ways left if none of the items in ``said`` has an answer.
    """

    every: int
    singles: Mapping[str, Mapping[Value, int]]
    several: Mapping[str, tuple[int, Mapping[Value, int]]]
    numbers: Mapping[str, tuple[tuple[float, ...], tuple[int, ...]]]
    not_asked: Mapping[str, int]
    statuses: Mapping[str, Mapping[Value, int]]
    said: frozenset[str]
    unsaid: int

    def open_ways(self, values: Mapping[str, Value]) -> int:
        """The ways that these answers leave open."""
        found = self.every
        singles, several, numbers = self.singles, self.several, self.numbers
        for item, value in values.items():
            if item in singles:
                found &= singles[item][value]
            elif item in several:
                free, options = several[item]
                for option in value:  # type: ignore[union-attr]
                    free |= options[option]
                found &= free
            elif item in numbers:
                bounds, open_at = numbers[item]
                place = bisect_left(bounds, value)
                exact = place < len(bounds) and bounds[place] == value
                found &= open_at[2 * place + exact]
        return found & self.unsaid if values.keys().isdisjoint(self.said) else found

    def still_open(self, open_ways: int, statuses: Mapping[str, str]) -> int:
        """Of some ways those that the statuses of the patterns leave open, too."""
        for pattern, ways in self.statuses.items():
            open_ways &= ways[statuses[pattern]]
        return open_ways
