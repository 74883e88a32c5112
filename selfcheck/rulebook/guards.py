"""Conditions to the ways in which they could hold, and answers to the ways that are still open.

Most rules are about questions that most people answer with "no" or are not asked. A *way* is what a
condition cannot hold without; a :class:`Sieve` gives every way one bit, so that one "and" for each answer
leaves the few rules that have to be read. It never decides that a condition holds, only that it cannot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from typing import Generic, TypeVar

from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition, Value
from selfcheck.rulebook.interpreter import COMPARISONS
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
    Refer,
    Risk,
    Some,
    measures,
)

Bounds = tuple[tuple[str, float], ...]
Need = frozenset[Value] | Bounds
Rule = TypeVar("Rule")
STATUSES = frozenset({"likely", "possible", "unlikely", "excluded"})
FITTING: Mapping[bool, frozenset[Value]] = {
    True: frozenset({"likely"}),
    False: frozenset({"likely", "possible"}),
}
MOST = 16
"""More ways than this are drawn together into one that says less; it costs time, never safety."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way for a condition to hold: the answers without which (or comparisons, all of them, that a
    number must pass), and the items that must be asked if they have no answer.
    """

    needs: Mapping[str, Need] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


Ways = tuple[Way, ...]
ANY = Way()


def status_of(pattern: str) -> str:
    """The name under which a sieve knows the status of a pattern, as if it were an item."""
    return f"status of {pattern}"


class Guards:
    """Finds the ways of conditions; those of named conditions once."""

    def __init__(self, conditions: Mapping[str, Condition], items: Mapping[str, Item]) -> None:
        """Look names up in these."""
        self.conditions = conditions
        self.items = items
        self.named: dict[str, Ways] = {}

    def of(self, node: Node) -> Ways:
        """The ways in which a tree could hold: if none of them is open it is false, however it is read."""
        match node:
            case Is(item, options, reserved):
                return _one(item, options | reserved)
            case Risk(item, yes, unsure):
                return _one(item, yes | unsure)
            case Has(item, options):
                return _one(item, options)
            case Not(Is(item, options, reserved)):
                return (Way({item: (frozenset(self.items[item].options) - options) | reserved}),)
            case Answered(item):
                return (Way({}, frozenset({item})),)
            case Compare(Measure(item), operator, bound):
                return (Way({item: ((operator, bound),)}, frozenset({item})),)
            case Compare(quantity):
                return (Way({}, frozenset(measures(quantity))),)
            case Fits(pattern, likely):
                return (Way({status_of(pattern): FITTING[likely]}),)
            case Refer(key):
                if key not in self.named:
                    self.named[key] = self.of(self.conditions[key].node)
                return self.named[key]
            case _:
                return self.joined(node)

    def joined(self, node: Node) -> Ways:
        """The ways of a tree that has parts."""
        match node:
            case Every(parts):
                return reduce(self.both, map(self.of, parts), (ANY,))
            case Some(parts):
                return _few(tuple(way for part in parts for way in self.of(part)))
            case Choose(_, then, otherwise):
                return _few((*self.of(then), *self.of(otherwise)))
            case Count(parts, ">=" | "==", number) if number > 0:
                ways = sorted((self.of(part) for part in parts), key=lambda found: (ANY in found, len(found)))
                enough = ways[: len(parts) - number + 1]
                return _few(tuple(way for found in enough for way in found))
            case _:
                return (ANY,)

    def both(self, left: Ways, right: Ways) -> Ways:
        """The ways in which both parts of an "and" could hold."""
        while len(left) * len(right) > MOST:
            left, right = _drawn_together(max(left, right, key=len)), min(left, right, key=len)
        return tuple(self.joint(*pair) for pair in product(left, right))

    def joint(self, left: Way, right: Way) -> Way:
        """What two ways need together."""
        needs = dict(left.needs)
        for item, need in right.needs.items():
            needs[item] = self.narrowed(item, needs[item], need) if item in needs else need
        return Way(needs, left.asked | right.asked)

    def narrowed(self, item: str, left: Need, right: Need) -> Need:
        """Two needs of one item at once. Several ticks can meet two needs, so of a several-choice item
        only the need that fewer answers meet is kept.
        """
        if isinstance(left, tuple) or isinstance(right, tuple):
            return tuple(sorted({*left, *right}))
        several = item in self.items and self.items[item].kind is Kind.MULTI
        return min(left, right, key=len) if several else left & right


def _one(item: str, options: frozenset[str]) -> Ways:
    return (Way({item: frozenset(options)}, frozenset({item})),)


def _few(ways: Ways) -> Ways:
    if any(not way.needs and not way.asked for way in ways):
        return (ANY,)
    return ways if len(ways) <= MOST else _drawn_together(ways)


def _drawn_together(ways: Ways) -> Ways:
    """One way that is open wherever one of these is."""
    return (reduce(_either, ways),)


def _either(left: Way, right: Way) -> Way:
    needs: dict[str, Need] = {}
    for item in left.needs.keys() & right.needs.keys():
        first, second = left.needs[item], right.needs[item]
        if isinstance(first, frozenset) and isinstance(second, frozenset):
            needs[item] = first | second
        elif first == second:
            needs[item] = first
    return Way(needs, left.asked & right.asked)


@dataclass(frozen=True, slots=True)
class Sifted(Generic[Rule]):
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
            if asked and asked.kind is Kind.MULTI:
                several[item] = (free, options)
            else:
                singles[item] = options
        return Sieve(every, singles, several, numbers, {item: every & ~bits for item, bits in gone.items()})


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


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which ways each answer leaves open. Ways that do not read an item are open whatever it says.

    ``several`` has beside the options the ways that do not read the item. ``numbers`` has bounds and the
    ways open below the first, at it, between it and the next, and so on. ``not_asked`` are the ways left
    if an item has no answer and is not asked.
    """

    every: int
    singles: Mapping[str, Mapping[Value, int]]
    several: Mapping[str, tuple[int, Mapping[Value, int]]]
    numbers: Mapping[str, tuple[tuple[float, ...], tuple[int, ...]]]
    not_asked: Mapping[str, int]

    def open_ways(self, values: Mapping[str, Value]) -> int:
        """The ways that these answers leave open."""
        found = self.every
        singles, several, numbers = self.singles, self.several, self.numbers
        for item, value in values.items():
            if item in singles:
                found &= singles[item].get(value, self.every)
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
        return found

    def still_open(self, open_ways: int, statuses: Mapping[str, str]) -> int:
        """Of some ways those that the statuses of the patterns leave open, too."""
        for pattern, status in statuses.items():
            ways = self.singles.get(status_of(pattern))
            if ways is not None:
                open_ways &= ways[status]
        return open_ways
