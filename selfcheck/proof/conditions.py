"""The tree of a condition to two literals, "true" and "false"; neither is unknown.

The one place where the proof says what the language means. It reads the same trees as the interpreter
and says the same, which the tests compare on random answer sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from msgspec import Struct

from selfcheck.proof.circuit import FALSE, TRUE, Circuit, Literal
from selfcheck.proof.numbers import NotModelledError, exact, linear, sum_at_least_zero
from selfcheck.proof.space import Space
from selfcheck.rulebook.conditions import Condition
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
    items_of,
    measures,
    parts_of,
)


class Way(Enum):
    """How answers are read: as said, with "not sure" on risks as yes, with reserved answers as false, or both."""

    STRICT = (False, False)
    LENIENT = (True, False)
    SILENT = (False, True)
    SILENT_LENIENT = (True, True)

    @property
    def lenient(self) -> bool:
        """Whether "not sure" on a bare risk factor counts as yes."""
        return self.value[0]

    @property
    def silent(self) -> bool:
        """Whether reserved answers count as false."""
        return self.value[1]


class Verdict(Struct, frozen=True):
    """When a condition is true and when it is false; never both."""

    true: Literal
    false: Literal

    @property
    def opposite(self) -> Verdict:
        """The verdict of "not"."""
        return Verdict(self.false, self.true)


HOLDS, FAILS, UNKNOWN = Verdict(TRUE, FALSE), Verdict(FALSE, TRUE), Verdict(FALSE, FALSE)
Fitting = Callable[[str, bool], Literal]
"""Whether a pattern is at least possible, or likely."""


class Reader:
    """Reads trees in one way; conditions that others name once.

    ``fits`` says how patterns stand where the condition is read.
    """

    def __init__(self, space: Space, way: Way, strict: Reader | None = None) -> None:
        """``strict`` reads what is asked, for the two other ways."""
        self.space = space
        self.way = way
        self.circuit: Circuit = space.circuit
        self.rulebook = space.rulebook
        self.strict = strict or self
        self.fits: Fitting | None = None
        self._named: dict[str, Verdict] = {}
        self._absent: dict[str, Verdict] = {}

    def named(self, key: str) -> Verdict:
        """The verdict of a condition that others name."""
        if key not in self._named:
            self._named[key] = self.of(self.rulebook.conditions[key].node)
        return self._named[key]

    def condition(self, condition: Condition) -> Verdict:
        """The verdict of a condition."""
        return self.of(condition.node)

    def of(self, node: Node) -> Verdict:  # noqa: C901, PLR0911 - one case per node
        """The verdict of a tree."""
        match node:
            case Is(item, options, reserved):
                return self._is(item, options, reserved - options)
            case Has(item, options, every):
                chosen = [self.space.has(item, option) for option in sorted(options)]
                return self._said(item, self.circuit.every(chosen) if every else self.circuit.some(chosen))
            case Risk(item, yes, unsure):
                counted = yes | unsure if self.way.lenient else yes
                return self._said(item, self._any(item, counted))
            case Answered(item, reserved):
                said = self.circuit.both(self.space.is_said(item), self._any(item, reserved) ^ 1)
                return Verdict(said, said ^ 1)
            case Compare():
                return self._compare(node)
            case Refer(key):
                return self.named(key)
            case Fits(pattern, likely):
                return self._fits(pattern, likely)
            case Not(part):
                return self.of(part).opposite
            case Every(parts):
                return self._every([self.of(part) for part in parts])
            case Some(parts):
                return self._every([self.of(part).opposite for part in parts]).opposite
            case Choose(test, then, otherwise):
                return self._choose(self.of(test).true, self.of(then), self.of(otherwise))
            case Count(parts, operator, number):
                return self._count([self.of(part) for part in parts], operator, number)

    def _any(self, item: str, options: Iterable[str]) -> Literal:
        return self.circuit.some(self.space.has(item, option) for option in sorted(options))

    def _said(self, item: str, holds: Literal) -> Verdict:
        """What an atom about an answer is: as it holds where there is one, else as the item is absent."""
        circuit, said, absent = self.circuit, self.space.is_said(item), self.absent(item)
        return Verdict(
            circuit.either(circuit.both(said, holds), circuit.both(said ^ 1, absent.true)),
            circuit.either(circuit.both(said, holds ^ 1), circuit.both(said ^ 1, absent.false)),
        )

    def _is(self, item: str, options: frozenset[str], reserved: frozenset[str]) -> Verdict:
        found = self._said(item, self._any(item, options))
        if not reserved or self.way.silent:
            return found
        return Verdict(found.true, self.circuit.both(found.false, self._any(item, reserved) ^ 1))

    def _compare(self, node: Compare) -> Verdict:
        if isinstance(node.quantity, Measure):
            scale = self.space.scales[node.quantity.item]
            return self._said(node.quantity.item, scale.compared(node.operator, exact(node.bound)))
        circuit = self.circuit
        items = tuple(dict.fromkeys(measures(node.quantity)))
        said = circuit.every(self.space.is_said(item) for item in items)
        holds = self._computed(node)
        gone = circuit.some(
            circuit.both(self.space.is_said(item) ^ 1, self.absent(item).false) for item in items
        )
        return Verdict(circuit.both(said, holds), circuit.either(circuit.both(said, holds ^ 1), gone))

    def _computed(self, node: Compare) -> Literal:
        """A computed number against a bound: brought over one denominator, all on one side."""
        above, below = linear(node.quantity)
        scales, bound = self.space.scales, exact(node.bound)
        lowest = sum((factor * (scales[item].low if item else 1) for item, factor in below.items()), exact(0))
        if lowest <= 0 or any(factor < 0 for factor in below.values()):
            raise NotModelledError("a computed value divides by something that may be zero or less")
        difference = {
            item: above.get(item, exact(0)) - bound * below.get(item, exact(0)) for item in {**above, **below}
        }
        at_least = sum_at_least_zero(self.circuit, scales, difference)
        opposite = {item: -factor for item, factor in difference.items()}
        at_most = sum_at_least_zero(self.circuit, scales, opposite)
        return {
            ">=": at_least,
            "<": at_least ^ 1,
            "<=": at_most,
            ">": at_most ^ 1,
            "==": self.circuit.both(at_least, at_most),
        }[node.operator]

    def _fits(self, pattern: str, likely: bool) -> Verdict:  # noqa: FBT001
        if self.fits is None:
            raise NotModelledError(f"a condition asks about '{pattern}' before patterns are scored")
        holds = self.fits(pattern, likely)
        return Verdict(holds, holds ^ 1)

    def _every(self, parts: list[Verdict]) -> Verdict:
        circuit = self.circuit
        return Verdict(circuit.every(part.true for part in parts), circuit.some(part.false for part in parts))

    def _choose(self, test: Literal, then: Verdict, otherwise: Verdict) -> Verdict:
        choose = self.circuit.choose
        return Verdict(choose(test, then.true, otherwise.true), choose(test, then.false, otherwise.false))

    def _count(self, parts: list[Verdict], operator: str, number: int) -> Verdict:
        """Certain only where every number that the unknown parts allow gives the same."""
        circuit, most = self.circuit, number + 1
        least = circuit.counts((part.true for part in parts), most)
        possible = circuit.counts((part.false ^ 1 for part in parts), most)
        match operator:
            case ">=":
                return Verdict(least[number], possible[number] ^ 1)
            case ">":
                return Verdict(least[most], possible[most] ^ 1)
            case "<=":
                return Verdict(possible[most] ^ 1, least[most])
            case "<":
                return Verdict(possible[number] ^ 1, least[number])
            case _:
                exactly = circuit.both(least[number], possible[most] ^ 1)
                return Verdict(exactly, circuit.either(least[most], possible[number] ^ 1))

    def absent(self, item: str) -> Verdict:
        """What an atom about an unanswered item is: see :meth:`Evaluation.absent`.

        What is not asked when read strictly is not asked in any other way of reading.
        """
        if item not in self._absent:
            self._absent[item] = self._asked(item)
        return self._absent[item]

    def _asked(self, item: str) -> Verdict:
        condition = self.rulebook.ask_if.get(item)
        if condition is None:
            return UNKNOWN
        asked = self.condition(condition)
        not_asked = self.strict.condition(condition).false
        careful = item in self.rulebook.careful
        true = self.circuit.both(asked.true, not_asked ^ 1) if careful else FALSE
        return Verdict(true, self.circuit.either(asked.false, not_asked))

    def is_asked(self, item: str) -> Literal:
        """Whether an item is to be asked."""
        condition = self.rulebook.ask_if.get(item)
        return TRUE if condition is None else self.strict.condition(condition).false ^ 1

    def open(self, condition: Condition) -> Iterator[tuple[Literal, str]]:
        """The questions through which a condition that is unknown could be decided, each with when it is
        one of them: see :meth:`Reading.unanswered`. What opens a question is left out.
        """
        yield from self._open(condition.node, TRUE)

    def _open(self, node: Node, so_far: Literal) -> Iterator[tuple[Literal, str]]:
        verdict, circuit = self.of(node), self.circuit
        unknown = circuit.every((so_far, verdict.true ^ 1, verdict.false ^ 1))
        if unknown == FALSE:
            return
        if isinstance(node, Refer):
            yield from self._open(self.rulebook.conditions[node.key].node, unknown)
        elif parts := parts_of(node):
            for part in parts:
                yield from self._open(part, unknown)
        else:
            for item in sorted(items_of(node)):
                yield circuit.both(unknown, self.space.is_said(item) ^ 1), item
