"""The typed tree of a condition: what every reader of the rules reads.

Every id in it is concrete: sides, names of options and computed values have been resolved.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Is(Struct, frozen=True):
    """A single choice is one of ``options``. ``reserved`` answers count as unanswered."""

    item: str
    options: frozenset[str]
    reserved: frozenset[str] = frozenset()


class Has(Struct, frozen=True):
    """A several-choice answer holds any (or, with ``every``, all) of ``options``."""

    item: str
    options: frozenset[str]
    every: bool = False


class Risk(Struct, frozen=True):
    """A bare risk factor: yes counts, and "not sure" counts where the rule is read leniently."""

    item: str
    yes: frozenset[str]
    unsure: frozenset[str]


class Answered(Struct, frozen=True):
    """The item has an answer that does not count as unanswered. Never unknown."""

    item: str
    reserved: frozenset[str] = frozenset()


class Compare(Struct, frozen=True):
    """A number against a fixed bound, in the item's unit."""

    quantity: Quantity
    operator: str
    bound: float


class Refer(Struct, frozen=True):
    """Another condition by its key: a named condition, a finding, or any row of a flag."""

    key: str


class Fits(Struct, frozen=True):
    """A pattern's own score makes it at least ``possible``, or ``likely``, before interactions."""

    pattern: str
    likely: bool


class Not(Struct, frozen=True):
    """The part does not hold."""

    part: Node


class Every(Struct, frozen=True):
    """All parts hold."""

    parts: tuple[Node, ...]


class Some(Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Node, ...]


class Choose(Struct, frozen=True):
    """``then`` where ``test`` is true, else ``otherwise``."""

    test: Answered
    then: Node
    otherwise: Node


class Count(Struct, frozen=True):
    """How many parts hold, against a number."""

    parts: tuple[Node, ...]
    operator: str
    number: int


Node = Is | Has | Risk | Answered | Compare | Refer | Fits | Not | Every | Some | Choose | Count
LEAVES = frozenset({Is, Has, Risk, Answered, Compare, Refer, Fits})
"""The kinds of nodes that have no parts."""


class Number(Struct, frozen=True):
    """A constant."""

    value: float


class Measure(Struct, frozen=True):
    """The number answered to an item."""

    item: str


class Sum(Struct, frozen=True):
    """Two quantities and one of ``+ - * /``."""

    left: Quantity
    operator: str
    right: Quantity


Quantity = Number | Measure | Sum


def parts_of(node: Node) -> tuple[Node, ...]:
    """The conditions a node is made of, in the order of the text."""
    if type(node) in LEAVES:
        return ()
    match node:
        case Not(part):
            return (part,)
        case Every(parts) | Some(parts) | Count(parts):
            return parts
        case Choose(test, then, otherwise):
            return (test, then, otherwise)
        case _:
            return ()


def measures(quantity: Quantity) -> Iterator[str]:
    """The items a quantity is made of, those inside computed values left out."""
    match quantity:
        case Measure(item):
            yield item
        case Sum(left, _, right):
            yield from measures(left)
            yield from measures(right)


def items_of(node: Node) -> frozenset[str]:
    """Every item that a tree reads directly."""
    match node:
        case Is(item=item) | Has(item=item) | Risk(item=item) | Answered(item=item):
            return frozenset({item})
        case Compare(quantity=quantity):
            return frozenset(measures(quantity))
        case _:
            return frozenset().union(*(items_of(part) for part in parts_of(node)))
