"""Truth values of answers as a circuit of "and" and "not", equal parts shared.

A *literal* is an even number for a node, the odd number after it for its opposite; ``FALSE`` is 0 and
``TRUE`` 1. A node is an input or the "and" of two literals that were made before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

FALSE, TRUE = 0, 1
INPUT = -1
Literal = int


class Circuit:
    """Grows by asking for inputs and for combinations of literals."""

    __slots__ = ("_known", "left", "right")

    def __init__(self) -> None:
        """Start with the constant only."""
        self.left: list[int] = [INPUT]
        self.right: list[int] = [INPUT]
        self._known: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.left)

    def forget(self, size: int) -> None:
        """Take out all nodes but the first ones; no literal of theirs may be used any more."""
        for one, other in zip(self.left[size:], self.right[size:], strict=True):
            self._known.pop((one, other), None)
        del self.left[size:], self.right[size:]

    def input(self) -> Literal:
        """A new input."""
        self.left.append(INPUT)
        self.right.append(INPUT)
        return 2 * (len(self.left) - 1)

    def both(self, one: Literal, other: Literal) -> Literal:
        """The "and" of two literals."""
        if one > other:
            one, other = other, one
        if one == FALSE or one ^ other == 1:
            return FALSE
        if one in (TRUE, other):
            return other
        found = self._known.get((one, other))
        if found is None:
            found = self._known[one, other] = 2 * len(self.left)
            self.left.append(one)
            self.right.append(other)
        return found

    def either(self, one: Literal, other: Literal) -> Literal:
        """The "or" of two literals."""
        return self.both(one ^ 1, other ^ 1) ^ 1

    def every(self, literals: Iterable[Literal]) -> Literal:
        """The "and" of any number of literals."""
        parts = sorted(set(literals))
        if any(one ^ 1 == other for one, other in pairwise(parts)):
            return FALSE
        result = TRUE
        for part in parts:
            result = self.both(result, part)
        return result

    def some(self, literals: Iterable[Literal]) -> Literal:
        """The "or" of any number of literals."""
        return self.every(literal ^ 1 for literal in literals) ^ 1

    def choose(self, test: Literal, then: Literal, otherwise: Literal) -> Literal:
        """``then`` where ``test`` is true, else ``otherwise``."""
        return self.either(self.both(test, then), self.both(test ^ 1, otherwise))

    def counts(self, literals: Iterable[Literal], most: int) -> list[Literal]:
        """For 0, 1 ... ``most``: whether at least so many literals are true."""
        return self.totals(((literal, 1) for literal in literals), most)

    def totals(self, weighted: Iterable[tuple[Literal, int]], most: int) -> list[Literal]:
        """For 0, 1 ... ``most``: whether the weights of the true literals reach that sum."""
        reached = [TRUE] + [FALSE] * most
        for literal, weight in weighted:
            reached = [
                self.either(one, self.both(literal, reached[max(total - weight, 0)]))
                for total, one in enumerate(reached)
            ]
        return reached

    def simulate(self, inputs: Mapping[Literal, int], width: int) -> list[int]:
        """The value of every node for many cases at once: bit ``n`` of each number is case ``n``.

        Inputs that are not named are false.
        """
        every = (1 << width) - 1
        values = [0] * len(self.left)
        for literal, bits in inputs.items():
            values[literal >> 1] = bits
        for node, (one, other) in enumerate(zip(self.left, self.right, strict=True)):
            if one >= 0:
                first, second = values[one >> 1], values[other >> 1]
                values[node] = (first ^ every if one & 1 else first) & (
                    second ^ every if other & 1 else second
                )
        return values

    def broken(self, literals: set[Literal], inputs: Iterable[Literal]) -> set[Literal]:
        """Those of some literals that are false where just these inputs are true."""
        values = bytearray(len(self.left))
        left, right = self.left, self.right
        for literal in inputs:
            values[literal >> 1] = 1
        for node in self.cone(literals):
            one = left[node]
            if one >= 0 and values[one >> 1] ^ (one & 1):
                other = right[node]
                values[node] = values[other >> 1] ^ (other & 1)
        return {literal for literal in literals if not values[literal >> 1] ^ (literal & 1)}

    def cone(self, roots: Iterable[Literal]) -> list[int]:
        """The nodes on which some literals rest, each before those that are made of it."""
        found: set[int] = set()
        waiting = [root >> 1 for root in roots]
        while waiting:
            node = waiting.pop()
            if node in found or node == 0:
                continue
            found.add(node)
            if self.left[node] >= 0:
                waiting.append(self.left[node] >> 1)
                waiting.append(self.right[node] >> 1)
        return sorted(found)


def value(values: Sequence[int], literal: Literal, width: int = 1) -> int:
    """The bits of a literal in what :meth:`Circuit.simulate` gave."""
    bits = values[literal >> 1]
    return bits ^ ((1 << width) - 1) if literal & 1 else bits


class Substitution:
    """Puts other literals in the place of inputs, and gives what becomes of what rests on them.

    Made for many small changes to one large circuit: only the nodes that rest on a changed input are
    made anew, and what turns out the same as before is the same literal.
    """

    __slots__ = ("_fan_out", "_size", "circuit")

    def __init__(self, circuit: Circuit) -> None:
        """Look at the circuit as it stands; nodes made later cannot be changed."""
        self.circuit = circuit
        self._size = len(circuit)
        self._fan_out: list[list[int]] = [[] for _ in range(self._size)]
        for node, (one, other) in enumerate(zip(circuit.left, circuit.right, strict=True)):
            if one >= 0:
                self._fan_out[one >> 1].append(node)
                self._fan_out[other >> 1].append(node)

    def resting_on(self, inputs: Iterable[Literal]) -> list[int]:
        """The nodes that rest on some inputs, in order."""
        found: set[int] = set()
        waiting = [literal >> 1 for literal in inputs]
        while waiting:
            for node in self._fan_out[waiting.pop()]:
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return sorted(found)

    def __call__(self, changes: Mapping[Literal, Literal]) -> Changed:
        """What becomes of the circuit with these inputs replaced."""
        circuit, image = self.circuit, {}
        for literal, instead in changes.items():
            image[literal >> 1] = instead ^ (literal & 1)
        for node in self.resting_on(changes):
            one, other = circuit.left[node], circuit.right[node]
            image[node] = circuit.both(
                image.get(one >> 1, one & ~1) ^ (one & 1), image.get(other >> 1, other & ~1) ^ (other & 1)
            )
        return Changed(image, self._size)


class Changed:
    """The circuit after a substitution: old literals to new ones."""

    __slots__ = ("_image", "_size")

    def __init__(self, image: Mapping[int, Literal], size: int) -> None:
        """Keep the nodes that changed, and how many there were."""
        self._image = image
        self._size = size

    def __getitem__(self, literal: Literal) -> Literal:
        """What stands for an old literal now.

        Raises:
            ValueError: for a literal that was made later, of which it is not known what it rests on.

        """
        if literal >> 1 >= self._size:
            raise ValueError("this part of the circuit was made after the substitution")
        return self._image.get(literal >> 1, literal & ~1) ^ (literal & 1)
