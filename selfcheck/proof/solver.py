"""Asks z3 whether some literals can be true together in any answer set, with no more of the circuit than needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from selfcheck.answers import Answers
from selfcheck.proof.circuit import FALSE, TRUE, Circuit, Literal
from selfcheck.proof.space import Space

TRUE_ONES = re.compile(r"\(define-fun k!(\d+) \(\) Bool\s+true\)")


class Solver:
    """Finds answer sets. ``asked`` counts the questions that went to z3."""

    def __init__(self, space: Space) -> None:
        """Note what holds of every question's inputs.

        Raises:
            ImportError: if z3 is not installed.

        """
        import z3

        self._z3: Any = z3
        self.space = space
        self.circuit: Circuit = space.circuit
        self.version = f"z3 {z3.get_version_string()}"
        self.asked = 0
        self.owner = {literal >> 1: item for item in space.items for literal in space.inputs_of(item)}
        self._holding: dict[str, list[Literal]] = {}

    def find(self, must: Iterable[Literal], lazily: Sequence[Literal] = ()) -> Answers | None:
        """An answer set in which all literals are true, or ``None`` if there is none.

        Those of ``lazily`` are looked at only when an answer set found without them breaks them: most
        of them never matter, and the fewer z3 reads the faster it is. What is impossible without some
        of them is impossible with them.
        """
        wanted = list(must)
        if FALSE in wanted or FALSE in lazily:
            return None
        question = _Question(self)
        question.add(wanted)
        waiting = {literal for literal in lazily if literal != TRUE}
        inputs: list[Literal] | None = None
        for attempt in count():
            inputs = question.answer()
            if inputs is None:
                return None
            broken = self.circuit.broken(waiting, inputs)
            if not broken:
                break
            question.add(waiting if attempt else broken)
            waiting = set() if attempt else waiting - broken
        return self.space.read(dict.fromkeys(inputs or (), True))

    def know_constraints(self) -> None:
        """Work out all constraints, so that nothing more is added to the circuit for them."""
        for item in self.space.items:
            self.constraints(item)

    def constraints(self, item: str) -> list[Literal]:
        """What holds of a question's inputs whatever the answer."""
        if item not in self._holding:
            self._holding[item] = list(self.space.constraints((item,)))
        return self._holding[item]


class _Question:
    """One solver with the part of the circuit that it has been asked about."""

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self.z3 = solver._z3  # noqa: SLF001 - one module
        self.inside = self.z3.SolverFor("QF_FD")
        self.numbers: dict[int, int] = {}
        self.items: set[str] = set()

    def add(self, literals: Iterable[Literal]) -> None:
        """Demand that literals are true, with all that they rest on."""
        circuit, clauses = self.solver.circuit, []
        waiting = list(literals)
        while waiting:
            fresh = [node for node in circuit.cone(waiting) if node not in self.numbers]
            for node in fresh:
                self.numbers[node] = len(self.numbers) + 1
                clauses += self._clauses(node)
            clauses += [f"{self._number(literal)} 0" for literal in waiting if literal != TRUE]
            items = {self.solver.owner[node] for node in fresh if node in self.solver.owner}
            waiting = [one for item in sorted(items - self.items) for one in self.solver.constraints(item)]
            self.items |= items
        text = "\n".join(clauses)
        self.inside.from_string(f"p cnf {len(self.numbers)} {len(clauses)}\n{text}\n")

    def _number(self, literal: Literal) -> int:
        number = self.numbers[literal >> 1]
        return -number if literal & 1 else number

    def _clauses(self, node: int) -> list[str]:
        circuit = self.solver.circuit
        if circuit.left[node] < 0:
            return []
        this, one, other = (
            self.numbers[node],
            self._number(circuit.left[node]),
            self._number(circuit.right[node]),
        )
        return [f"{-this} {one} 0", f"{-this} {other} 0", f"{this} {-one} {-other} 0"]

    def answer(self) -> list[Literal] | None:
        """The inputs that are true in some answer set, or ``None``."""
        self.solver.asked += 1
        if self.inside.check() != self.z3.sat:
            return None
        true = {int(number) for number in TRUE_ONES.findall(self.inside.model().sexpr())}
        owned = self.solver.owner.keys() & self.numbers.keys()
        return [2 * node for node in owned if self.numbers[node] in true]
