"""Results: there is exactly one, the most urgent sign decides it, and where it is urgent nothing is planned."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.answers import Answers
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.ranks import rank
from selfcheck.proof.case import Case
from selfcheck.proof.circuit import Literal
from selfcheck.proof.report import Counterexample, Property
from selfcheck.proof.rows import Source
from selfcheck.proof.telling import result, told
from selfcheck.rulebook.parts.safety import Disposition


def _raised(case: Case, assessment: Assessment) -> list[tuple[str, Disposition]]:
    """Everything that gives the program's result a level, with the rule that does."""
    triage = assessment.triage
    found = [(one.flag.id, one.disposition) for one in triage.flags]
    found += [(one.cluster.id, one.disposition) for one in triage.clusters]
    found += [(one.caution.id, one.floor) for one in triage.cautions if one.floor]
    for pattern in triage.pattern_floors:
        floors = case.rulebook.patterns[pattern].floor
        found += [(pattern, case.rulebook.dispositions[floor.disposition]) for floor in floors]
    return found


def exactly_one(case: Case) -> Property:
    """Every answer set has exactly one result."""
    asked, file = case.solver.asked, case.rulebook.file
    nothing = case.rulebook.dispositions[file.triage.nothing_found]
    unranked = [one for one in case.levels.sources if one.disposition.rank is None]
    found = [*_unranked(case, unranked)]
    ranked = [one for one in file.disposition if one.rank is not None]
    pairs = [(one, other) for place, one in enumerate(ranked) for other in ranked[place + 1 :]]
    for one, other in pairs:
        if one.rank == other.rank:
            found += list(_tied(case, one, other, nothing))
    answers = case.solver.find((case.plans.no_mode,))
    if answers is not None:
        found.append(Counterexample("programme", "no mode of the programme fits", answers))
    return Property(
        id="one_result",
        statement="Every answer set has exactly one result, and one mode of the programme.",
        cases=len(pairs) + len(case.levels.sources) + 1,
        solved=case.solver.asked - asked,
        counterexamples=tuple(found),
    )


def _unranked(case: Case, sources: list[Source]) -> Iterator[Counterexample]:
    """A rule that gives a result without a place in the order."""
    for source in sources:
        answers = case.solver.find((source.holds,))
        if answers is None:
            continue

        def breaks(answers: Answers, rule: str = source.rule) -> bool:
            raised = _raised(case, case.assess(answers))
            return any(name == rule and level.rank is None for name, level in raised)

        def tells(answers: Answers, source: Source = source) -> str:
            said, level = told(case.rulebook, answers), result(source.disposition)
            return f"{said}: {source.rule} gives {level}, which has no place in the order of results."

        yield case.counterexample(source.rule, answers, breaks, tells)


def _tied(case: Case, one: Disposition, other: Disposition, nothing: Disposition) -> Iterator[Counterexample]:
    """Two results of the same rank for the same person."""
    circuit = case.circuit

    def raised(level: Disposition) -> Literal:
        return circuit.some(
            (
                level is nothing,
                *(source.holds for source in case.levels.sources if source.disposition is level),
            )
        )

    higher = case.levels.from_rank(rank(one) + 1)
    answers = case.solver.find((raised(one), raised(other), higher ^ 1))
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        assessment = case.assess(answers)
        levels = [nothing, *(level for _, level in _raised(case, assessment))]
        top = max(rank(level) for level in levels)
        return {one.id, other.id} <= {level.id for level in levels if rank(level) == top}

    def tells(answers: Answers) -> str:
        said = told(case.rulebook, answers)
        return f"{said}: {result(one)} and {result(other)} both stand highest, with the rank {one.rank}."

    yield case.counterexample(one.id, answers, breaks, tells)


def urgent(case: Case) -> tuple[Disposition, ...]:
    """The results with which nothing may be planned: those that the rules file promises, else those from
    "no plan" on.
    """
    file = case.rulebook.file
    least = rank(case.rulebook.dispositions[file.triage.no_plan_from])
    promised = file.promises.no_plan
    return tuple(
        one for one in file.disposition if one.id in promised or (not promised and rank(one) >= least)
    )


def nothing_planned(case: Case) -> Property:
    """Emergency and urgent plan nothing and show no pattern."""
    asked, found, levels = case.solver.asked, [], urgent(case)
    shown = case.circuit.some(case.at[one.id] for one in case.rulebook.file.disposition if one.patterns_shown)
    for level in levels:
        fired = case.circuit.some(
            one.holds for one in case.levels.sources if one.disposition is level and not one.explains
        )
        either = case.circuit.either(case.plans.planned, shown)
        answers = case.solver.find((fired, either))
        if answers is not None:
            found.append(_planned(case, level, answers))
    return Property(
        id="no_plan",
        statement=f"Where anything gives {', '.join(one.id for one in levels)}, nothing is planned and no pattern "
        "is shown.",
        cases=len(levels),
        solved=case.solver.asked - asked,
        counterexamples=tuple(found),
    )


def _planned(case: Case, level: Disposition, answers: Answers) -> Counterexample:
    def plans(assessment: Assessment) -> bool:
        plan = assessment.plan
        return plan.mode != case.rulebook.file.programme.mode[0].id or bool(
            (*plan.main, *plan.extras, *plan.massage, *plan.habits)
        )

    def breaks(answers: Answers) -> bool:
        assessment = case.assess(answers)
        fired = any(one is level for _, one in _raised(case, assessment))
        return fired and (plans(assessment) or assessment.triage.disposition.patterns_shown)

    def tells(answers: Answers) -> str:
        assessment = case.assess(answers)
        mode = f"the mode is '{assessment.plan.mode}'" if plans(assessment) else "patterns are shown"
        rules = [name for name, one in _raised(case, assessment) if one is level]
        return f"{told(case.rulebook, answers)}: {rules[0]} gives {result(level)}, and yet {mode}."

    return case.counterexample(level.id, answers, breaks, tells)


def most_urgent_wins(case: Case) -> Property:
    """No result is calmer than anything that fired, by the order in which results stand in the file."""
    asked, found = case.solver.asked, []
    order = [one for one in case.rulebook.file.disposition if one.rank is not None]
    for place, level in enumerate(order):
        above = {one.id for one in order[:place]}
        fired = case.circuit.some(
            one.holds for one in case.levels.sources if one.disposition.id in above and not one.explains
        )
        answers = case.solver.find((fired, case.at[level.id]))
        if answers is not None:
            found.append(_outranked(case, above, level, answers))
    for source in case.levels.sources:
        if source.explains:
            found += list(_decides(case, source))
    return Property(
        id="flag_wins",
        statement="The result is at least as urgent as every flag, cluster, caution and pattern that fired, in "
        "the order in which results stand in the file. Clusters that only explain never decide.",
        cases=len(order) + sum(one.explains for one in case.levels.sources),
        solved=case.solver.asked - asked,
        counterexamples=tuple(found),
    )


def _outranked(case: Case, above: set[str], level: Disposition, answers: Answers) -> Counterexample:
    def more_urgent(answers: Answers) -> list[tuple[str, Disposition]]:
        assessment = case.assess(answers)
        if assessment.triage.disposition is not level:
            return []
        return [(rule, one) for rule, one in _raised(case, assessment) if one.id in above]

    def tells(answers: Answers) -> str:
        rule, one = more_urgent(answers)[0]
        return (
            f"{told(case.rulebook, answers)}: {rule} gives {result(one)}, but the result is {result(level)}."
        )

    return case.counterexample(level.id, answers, lambda one: bool(more_urgent(one)), tells)


def _decides(case: Case, source: Source) -> Iterator[Counterexample]:
    """A cluster that should only explain gives a level that nothing else gives."""
    others = [one for one in case.levels.sources if not one.explains and one.rank >= source.rank]
    items_alike = [one.holds ^ 1 for one in others]
    answers = case.solver.find((source.holds,), items_alike)
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        explaining = {one.rule for one in case.levels.sources if one.explains}
        raised = _raised(case, case.assess(answers))
        own = max((rank(level) for rule, level in raised if rule == source.rule), default=0)
        return own > max((rank(level) for rule, level in raised if rule not in explaining), default=0)

    def tells(answers: Answers) -> str:
        said = told(case.rulebook, answers)
        return (
            f"{said}: {source.rule} should only explain, but nothing else gives {result(source.disposition)}."
        )

    yield case.counterexample(source.rule, answers, breaks, tells)
