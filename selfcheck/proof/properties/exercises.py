"""Exercises: none is planned that a caution withholds, or of which it is not known whether one does."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.answers import Answers
from selfcheck.assessment.model import Assessment
from selfcheck.proof.case import Case, chosen, has
from selfcheck.proof.circuit import FALSE
from selfcheck.proof.plans import withholds
from selfcheck.proof.report import Counterexample, Property
from selfcheck.proof.telling import one_answer, told
from selfcheck.questionnaire import Item
from selfcheck.rulebook.parts.programme import Exercise


def none_withheld(case: Case) -> Property:
    """No exercise that is withheld, or may be, is in any plan."""
    asked, found, cases = case.solver.asked, [], 0
    tags = {tag for one in case.rulebook.file.exercise for tag in one.tags}
    for exercise in case.rulebook.file.exercise:
        cases += 1
        about = [one for one in case.levels.cautions if withholds(case.plans, one, exercise)]
        may_hold = case.circuit.some(case.circuit.either(one.holds, one.unknown) for one in about)
        answers = case.solver.find((case.withheld[exercise.id] ^ 1, may_hold), (case.plans.planned,))
        if answers is not None:
            found.append(_given(case, exercise, answers))
    for tag in sorted(tags - _always_fine(case)):
        cases += 1
        found += list(_never_withheld(case, tag))
    for item, tag in _named_alike(case, tags):
        cases += 1
        case.forget()
        found += list(_ticked(case, item, tag))
    return Property(
        id="none_withheld",
        statement="No exercise is planned while a caution that withholds one of its tags holds or may hold. "
        "Every tag of an exercise is withheld by some caution; one that is also a tick in the list of conditions, by "
        "that tick.",
        cases=cases,
        solved=case.solver.asked - asked,
        exceptions=tuple(f"{one.option}. {one.because}" for one in case.rulebook.file.promises.lifted),
        counterexamples=tuple(found),
    )


def _withheld_by(exercise: Exercise, assessment: Assessment) -> list[str]:
    """The cautions of the program that hold or may hold and are about an exercise."""
    triage = assessment.triage
    return [
        one.caution.id
        for one in (*triage.cautions, *triage.open_cautions)
        if one.everything or not one.withholds.isdisjoint(exercise.tags)
    ]


def _plans(case: Case, assessment: Assessment) -> bool:
    return assessment.plan.mode != case.rulebook.file.programme.mode[0].id


def _given(case: Case, exercise: Exercise, answers: Answers) -> Counterexample:
    def breaks(answers: Answers) -> bool:
        assessment = case.assess(answers)
        plan = assessment.plan
        planned = {one.exercise.id for one in (*plan.main, *plan.extras, *plan.massage, *plan.habits)}
        return exercise.id in planned and bool(_withheld_by(exercise, assessment))

    def tells(answers: Answers) -> str:
        cautions = ", ".join(_withheld_by(exercise, case.assess(answers)))
        return f"{told(case.rulebook, answers)}: '{exercise.name}' is planned although {cautions} may hold."

    return case.counterexample(exercise.id, answers, breaks, tells)


def _never_withheld(case: Case, tag: str) -> Iterator[Counterexample]:
    """A tag that an exercise bears and no caution can ever withhold."""
    withheld = case.plans.withheld_tags.get(tag, FALSE)
    if case.solver.find((withheld,)) is None:
        bearers = [one.id for one in case.rulebook.file.exercise if tag in one.tags]
        says = (
            f"no caution withholds the tag '{tag}', which {', '.join(bearers)} bears: it is always planned."
        )
        yield Counterexample(tag, says)


def _always_fine(case: Case) -> set[str]:
    """The families that stay where a caution withholds all others."""
    rows = (row for caution in case.rulebook.file.caution for row in caution.when)
    return {tag for row in rows for tag in row.withholds_all_but}


def _named_alike(case: Case, tags: set[str]) -> Iterator[tuple[Item, str]]:
    """Ticks of the list of conditions that have the same id as a tag."""
    promises = case.rulebook.file.promises
    item = case.items.get(promises.conditions_item or "")
    lifted = {one.option for one in promises.lifted}
    if item is not None:
        yield from ((item, option) for option in item.options if option in tags and option not in lifted)


def _ticked(case: Case, item: Item, tag: str) -> Iterator[Counterexample]:
    """A tick under whose name a tag goes does not withhold the exercises that bear it."""
    changed = case.answered(item, tag)
    for exercise in [one for one in case.rulebook.file.exercise if tag in one.tags][:1]:
        answers = case.solver.find(
            (changed[case.plans.withheld_tags.get(tag, FALSE)] ^ 1,), (changed[case.plans.planned],)
        )
        if answers is None:
            continue

        def breaks(answers: Answers, exercise: Exercise = exercise) -> bool:
            assessment = case.assess(answers)
            held = _tags_withheld(assessment)
            ticked = has(answers, item.id, tag)
            return ticked and _plans(case, assessment) and tag not in held and bool(exercise.tags)

        def tells(answers: Answers, exercise: Exercise = exercise) -> str:
            said = told(case.rulebook, answers)
            alike = one_answer(case.rulebook, item.id, tag)
            return f"{said}: there is a plan, and {alike} does not withhold '{exercise.name}' (tag {tag})."

        yield case.counterexample(tag, chosen(item, answers, tag), breaks, tells)


def _tags_withheld(assessment: Assessment) -> frozenset[str]:
    triage = assessment.triage
    return frozenset[str]().union(*(one.withholds for one in (*triage.cautions, *triage.open_cautions)))
