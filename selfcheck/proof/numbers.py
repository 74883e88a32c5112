"""Numbers that people answer, as literals: intervals between thresholds, or bits where sums are needed.

All arithmetic is exact: a number is a count of steps from the lowest answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

from selfcheck.proof.circuit import FALSE, TRUE, Circuit, Literal
from selfcheck.questionnaire import Item
from selfcheck.rulebook.tree import Measure, Number, Quantity, Sum


class NotModelledError(Exception):
    """Something in the rules that the proof does not know how to read; the text names it."""


def exact(number: float) -> Fraction:
    """A number of the rules file as it is written there."""
    return Fraction(str(number))


class Scale(ABC):
    """The answers to one number question: ``steps`` steps up from ``low``."""

    def __init__(self, circuit: Circuit, item: Item) -> None:
        """Take the range from the question."""
        self.circuit = circuit
        self.low = exact(item.low or 0)
        self.step = exact(item.step)
        self.steps = floor((exact(item.high or 0) - self.low) / self.step)

    def compared(self, operator: str, bound: Fraction) -> Literal:
        """Whether the number compares so with a bound."""
        place = (bound - self.low) / self.step
        match operator:
            case ">=":
                return self.at_least(ceil(place))
            case ">":
                return self.at_least(floor(place) + 1)
            case "<":
                return self.at_least(ceil(place)) ^ 1
            case "<=":
                return self.at_least(floor(place) + 1) ^ 1
            case _:
                whole = place.denominator == 1
                first = self.at_least(int(place)) if whole else FALSE
                return self.circuit.both(first, self.at_least(int(place) + 1) ^ 1)

    @abstractmethod
    def at_least(self, steps: int) -> Literal:
        """Whether the number is at least so many steps above the lowest."""

    @abstractmethod
    def constraints(self) -> Iterator[Literal]:
        """What holds of the inputs whatever the answer."""

    @abstractmethod
    def read(self, inputs: Mapping[Literal, bool]) -> int:
        """The steps that some values of the inputs stand for: the lowest of an interval."""

    @abstractmethod
    def write(self, steps: int) -> Mapping[Literal, bool]:
        """The values of the inputs for a number of steps."""

    def steps_of(self, number: float) -> int:
        """An answer in steps above the lowest."""
        return round((exact(number) - self.low) / self.step)

    def number(self, steps: int) -> int | float:
        """Steps above the lowest as an answer."""
        found = self.low + steps * self.step
        return int(found) if found.denominator == 1 else float(found)


class Intervals(Scale):
    """A number of which the rules read thresholds only: one input per threshold."""

    def __init__(self, circuit: Circuit, item: Item) -> None:
        """Start without thresholds; each comparison adds its own."""
        super().__init__(circuit, item)
        self.bounds: dict[int, Literal] = {}

    def at_least(self, steps: int) -> Literal:
        """The input of this threshold."""
        if steps <= 0:
            return TRUE
        if steps > self.steps:
            return FALSE
        if steps not in self.bounds:
            self.bounds[steps] = self.circuit.input()
        return self.bounds[steps]

    def constraints(self) -> Iterator[Literal]:
        """Who reaches a threshold reaches all lower ones."""
        ordered = [self.bounds[steps] for steps in sorted(self.bounds)]
        for lower, higher in pairwise(ordered):
            yield self.circuit.either(lower, higher ^ 1)

    def read(self, inputs: Mapping[Literal, bool]) -> int:
        """The highest threshold that is reached."""
        return max((steps for steps, bound in self.bounds.items() if inputs.get(bound)), default=0)

    def write(self, steps: int) -> Mapping[Literal, bool]:
        """Which thresholds a number reaches."""
        return {bound: steps >= least for least, bound in self.bounds.items()}


class Bits(Scale):
    """A number that is added to or compared with another one: its steps in binary, lowest bit first."""

    def __init__(self, circuit: Circuit, item: Item) -> None:
        """Make as many inputs as the largest answer needs."""
        super().__init__(circuit, item)
        self.bits = [circuit.input() for _ in range(self.steps.bit_length())]

    def at_least(self, steps: int) -> Literal:
        """Compared bit by bit."""
        return TRUE if steps <= 0 else not_less(self.circuit, self.bits, constant(steps))

    def constraints(self) -> Iterator[Literal]:
        """No more than the highest answer."""
        yield not_less(self.circuit, constant(self.steps), self.bits)

    def read(self, inputs: Mapping[Literal, bool]) -> int:
        """The bits as a number."""
        return sum(1 << place for place, bit in enumerate(self.bits) if inputs.get(bit))

    def write(self, steps: int) -> Mapping[Literal, bool]:
        """A number as bits."""
        return {bit: bool(steps >> place & 1) for place, bit in enumerate(self.bits)}


Word = list[Literal]
"""A number in binary, lowest bit first."""


def constant(number: int) -> Word:
    """A number that is known."""
    return [TRUE if number >> place & 1 else FALSE for place in range(number.bit_length())]


def _bit(word: Word, place: int) -> Literal:
    return word[place] if place < len(word) else FALSE


def not_less(circuit: Circuit, one: Word, other: Word) -> Literal:
    """Whether the first number is at least the second."""
    result = TRUE
    for place in range(max(len(one), len(other))):
        more, less = _bit(one, place), _bit(other, place)
        same = circuit.either(circuit.both(more, less), circuit.both(more ^ 1, less ^ 1))
        result = circuit.either(circuit.both(more, less ^ 1), circuit.both(same, result))
    return result


def added(circuit: Circuit, one: Word, other: Word) -> Word:
    """The sum of two numbers."""
    result, carry = [], FALSE
    for place in range(max(len(one), len(other))):
        first, second = _bit(one, place), _bit(other, place)
        odd = circuit.choose(first, second ^ 1, second)
        result.append(circuit.choose(odd, carry ^ 1, carry))
        carry = circuit.either(circuit.both(first, second), circuit.both(odd, carry))
    return [*result, carry]


def times(circuit: Circuit, word: Word, factor: int) -> Word:
    """A number multiplied by one that is known."""
    result: Word = []
    for place in range(factor.bit_length()):
        if factor >> place & 1:
            result = added(circuit, result, [FALSE] * place + word)
    return result


Linear = dict[str, Fraction]
"""Items to their factors; the constant stands under the empty name."""


def linear(quantity: Quantity) -> tuple[Linear, Linear]:
    """A quantity as one sum of items over another.

    Raises:
        NotModelledError: if items are multiplied with each other.

    """
    match quantity:
        case Number(number):
            return {"": exact(number)}, {"": Fraction(1)}
        case Measure(item):
            return {item: Fraction(1)}, {"": Fraction(1)}
        case Sum(left, operator, right):
            (above, below), (over, under) = linear(left), linear(right)
            if operator == "/":
                return _product(above, under), _product(below, over)
            if operator == "*":
                return _product(above, over), _product(below, under)
            sign = 1 if operator == "+" else -1
            return _plus(_product(above, under), _product(over, below), sign), _product(below, under)


def _product(one: Linear, other: Linear) -> Linear:
    if set(one) <= {""}:
        one, other = other, one
    if not set(other) <= {""}:
        raise NotModelledError("a computed value multiplies two answers")
    factor = other.get("", Fraction(0))
    return {item: number * factor for item, number in one.items()}


def _plus(one: Linear, other: Linear, sign: int) -> Linear:
    return {
        item: one.get(item, Fraction(0)) + sign * other.get(item, Fraction(0)) for item in {**one, **other}
    }


def sum_at_least_zero(circuit: Circuit, scales: Mapping[str, Scale], terms: Linear) -> Literal:
    """Whether a sum of items is at least zero."""
    fixed = terms.get("", Fraction(0))
    factors: dict[str, Fraction] = {}
    for item, factor in terms.items():
        if item:
            fixed += factor * scales[item].low
            factors[item] = factor * scales[item].step
    whole = lcm(*(number.denominator for number in (fixed, *factors.values())))
    more, less = constant(max(int(fixed * whole), 0)), constant(max(int(-fixed * whole), 0))
    for item, factor in factors.items():
        scale = scales[item]
        if not isinstance(scale, Bits):
            raise NotModelledError(f"'{item}' is computed with, but was not read as bits")
        word = times(circuit, scale.bits, abs(int(factor * whole)))
        more, less = (added(circuit, more, word), less) if factor > 0 else (more, added(circuit, less, word))
    return not_less(circuit, more, less)
