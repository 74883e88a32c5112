"""Reaching: every result, mode and pattern is some person's, and every rule can hold."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from selfcheck.assessment.reading import Reading
from selfcheck.proof.case import Case
from selfcheck.proof.circuit import FALSE, TRUE, Literal
from selfcheck.proof.report import Counterexample, Property
from selfcheck.proof.sampling import Seen
from selfcheck.rulebook.conditions import Condition


def everything_reached(case: Case, seen: Seen) -> Property:
    """Every disposition, mode and status of a pattern, so that nothing above is proved of what never is."""
    asked, found = case.solver.asked, []
    targets = dict(_targets(case))
    for name, literal in targets.items():
        if name not in seen.things:
            answers = case.solver.find((literal,))
            if answers is not None:
                seen.look(answers)
        if name not in seen.things:
            found.append(Counterexample(name, f"no answer set gives {name}."))
    return Property(
        id="reachable",
        statement="Every result, every mode and every pattern (possible, and likely where it can be) is reached "
        "by some answer set, on the program itself.",
        cases=len(targets),
        solved=case.solver.asked - asked,
        counterexamples=tuple(found),
    )


def _targets(case: Case) -> Iterator[tuple[str, Literal]]:
    """What is to be reached, with when the model says that it is."""
    for disposition in case.rulebook.file.disposition:
        yield f"disposition {disposition.id}", case.at[disposition.id]
    for mode, literal in zip(case.rulebook.file.programme.mode, case.plans.modes, strict=True):
        yield f"mode {mode.id}", literal
    for pattern in case.rulebook.file.pattern:
        standing = case.levels.standings[pattern.id]
        if pattern.likely is not None or pattern.likely_when is not None or pattern.kind == "fallback":
            yield f"pattern {pattern.id} likely", standing.likely
        if pattern.possible is not None or pattern.possible_when is not None:
            yield f"pattern {pattern.id} possible", case.circuit.both(standing.possible, standing.likely ^ 1)


class _Row(Struct, frozen=True):
    """One condition that has to hold for somebody, and how it is read."""

    name: str
    condition: Condition
    literal: Literal
    lenient: bool = False

    def holds(self, reading: Reading) -> bool:
        """Whether the program says that it holds."""
        ways = (reading.strict, reading.lenient) if self.lenient else (reading.strict,)
        return any(self.condition.holds(way) for way in ways)


def no_dead_rule(case: Case, seen: Seen) -> Property:
    """Every row of a flag, cluster and caution, and every finding, can hold."""
    asked, found = case.solver.asked, []
    rows = list(_rows(case))
    waiting = [row for row in rows if row.literal != TRUE]
    for reading in seen.readings:
        waiting = [row for row in waiting if not row.holds(reading)]
    for row in waiting:
        answers = case.solver.find((row.literal,)) if row.literal != FALSE else None
        if answers is None:
            found.append(Counterexample(row.name, f"{row.name} never holds: {row.condition.text}"))
        elif not row.holds(case.reading(answers)):
            found.append(
                Counterexample(row.name, "the model says that it holds, the program does not", answers)
            )
    return Property(
        id="no_dead_rule",
        statement="Every row of every flag, cluster and caution, every finding and every interaction can hold.",
        cases=len(rows),
        solved=case.solver.asked - asked,
        counterexamples=tuple(found),
    )


def _rows(case: Case) -> Iterator[_Row]:
    circuit, levels = case.circuit, case.levels
    for rule in levels.rules:
        for place, one in enumerate(rule.rows, start=1):
            name = f"{rule.rule.id}, row {place}"
            holds = circuit.either(one.strict, one.lenient)
            yield _Row(name, one.row.holds, circuit.both(holds, levels.together(rule.rule)), lenient=True)
    for caution in levels.cautions:
        name = f"{caution.caution.id}, row {caution.caution.when.index(caution.row) + 1}"
        yield _Row(name, caution.row.holds, caution.holds, lenient=True)
    for finding in case.rulebook.file.finding:
        for side, condition in finding.when.items():
            name = f"{finding.id}, {side}" if side else finding.id
            yield _Row(name, condition, levels.strict.condition(condition).true)
    lowering = dict(levels.standings.lowering)
    for interaction in case.rulebook.file.interaction:
        yield _Row(interaction.id, interaction.when, lowering[interaction.id])
