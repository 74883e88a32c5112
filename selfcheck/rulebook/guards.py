"""Conditions to the ways in which they could hold: what each cannot hold without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import product

from msgspec import Struct, field

from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition, Value
from selfcheck.rulebook.parts.patterns import Status
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
STATUS_OF = "status of "
FITTING: Mapping[bool, frozenset[Value]] = {
    True: frozenset({Status.LIKELY}),
    False: frozenset({Status.LIKELY, Status.POSSIBLE}),
}
MOST = 24
"""More ways than this are drawn together into one that says less; it costs time, never safety."""


class Way(Struct, frozen=True):
    """One way for a condition to hold: the answers without which (or comparisons, all of them, that a
    number must pass), the items that must be asked if they have no answer, and those that must have one.
    """

    needs: Mapping[str, Need] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


Ways = tuple[Way, ...]
ANY = Way()


def status_of(pattern: str) -> str:
    """The name under which a sieve knows the status of a pattern, as if it were an item."""
    return f"{STATUS_OF}{pattern}"


def pattern_of(name: str) -> str:
    """The pattern of such a name."""
    return name.removeprefix(STATUS_OF)


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
                return (Way({}, frozenset({item}), frozenset({item})),)
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
        return Way(needs, left.asked | right.asked, left.said | right.said)

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
    """The same ways in as few as say no less, or one that says less where these are still too many."""
    if len(ways) == 1:
        return ways
    kept: list[Way] = []
    for way in sorted(ways, key=lambda way: len(way.needs)):
        if not any(_covers(other, way) for other in kept):
            kept.append(way)
    joined: list[Way] = []
    for way in kept:
        for place, other in enumerate(joined):
            both = _one_way(other, way)
            if both is not None:
                joined[place] = both
                break
        else:
            joined.append(way)
    return tuple(joined) if len(joined) <= MOST else _drawn_together(tuple(joined))


def _covers(wide: Way, narrow: Way) -> bool:
    """Whether one way is open wherever another is."""
    if not (
        wide.asked <= narrow.asked and wide.said <= narrow.said and wide.needs.keys() <= narrow.needs.keys()
    ):
        return False
    return all(_is_within(narrow.needs[item], need) for item, need in wide.needs.items())


def _is_within(narrow: Need, wide: Need) -> bool:
    if isinstance(narrow, tuple) or isinstance(wide, tuple):
        return narrow == wide
    return narrow <= wide


def _one_way(left: Way, right: Way) -> Way | None:
    """Two ways that need the same but for one answer, as one."""
    if left.asked != right.asked or left.said != right.said or left.needs.keys() != right.needs.keys():
        return None
    unlike = [item for item, need in left.needs.items() if need != right.needs[item]]
    if len(unlike) != 1 or any(isinstance(way.needs[unlike[0]], tuple) for way in (left, right)):
        return None
    return _either(left, right)


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
    return Way(needs, left.asked & right.asked, left.said & right.said)
