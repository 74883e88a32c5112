"""The programme laid out for choosing: exercises with their tags as sets and their time worked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.assessment.model import PlannedExercise
from selfcheck.assessment.ranks import rank
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Dose, Exercise, Mode, Timing

SUPERVISED = 9
"""A level that nobody starts at."""


class Candidate(Struct, frozen=True):
    """An exercise as choosing sees it. ``instead`` is what to look at where ``needs`` is not at home,
    ``swap`` where a caution withholds it; ``usual`` is the exercise at its usual dose.
    """

    exercise: Exercise
    id: str
    kind: str
    key: str | None
    level: int
    tags: frozenset[str]
    needs: str | None
    easier: str | None
    harder: str | None
    swap: str | None
    instead: str | None
    variants: tuple[str, ...]
    usual: PlannedExercise
    each_side: bool


class Start(Struct, frozen=True):
    """A start level, when it applies, and the least rank of the level from which it does not."""

    level: int
    when: Condition | None
    unless: Condition | None
    from_rank: int | None


class Layout(Struct, frozen=True):
    """What of the programme is the same for everybody.

    ``offered`` are all modes but the first, with their conditions, ``places`` the order of modes by id.
    ``fallback`` is the pattern (or none) whose plan is used where no other fits; ``doses`` are the fixed
    doses of each mode by exercise; ``lists`` has each pattern's list by pattern and slot, ``first`` what
    goes first on a condition.
    """

    candidates: Mapping[str, Candidate]
    modes: Mapping[str, Mode]
    offered: tuple[tuple[Mode, Condition | None], ...]
    places: Mapping[str, int]
    starts: tuple[Start, ...]
    fallback: tuple[Pattern, ...]
    doses: Mapping[str, Mapping[str, Dose]]
    lists: Mapping[tuple[str, str], tuple[str, ...]]
    first: Mapping[tuple[str, str], tuple[tuple[Condition, str], ...]]


@lru_cache(maxsize=8)
def layout_of(rulebook: Rulebook) -> Layout:
    """The layout of a rulebook's programme, made once."""
    programme = rulebook.file.programme
    doses: dict[str, dict[str, Dose]] = {mode.id: {} for mode in programme.mode}
    for change in programme.dose_change:
        dose = rulebook.exercises[change.exercise].dose
        if dose is not None:
            said = {"hold_seconds": change.hold_seconds, "reps": change.reps, "words": change.words}
            doses[change.mode][change.exercise] = dose.model_copy(update=said)
    first: dict[tuple[str, str], tuple[tuple[Condition, str], ...]] = {}
    for one in programme.focus_change:
        for pattern in one.patterns:
            before = first.get((pattern, one.slot), ())
            first[pattern, one.slot] = (*before, (one.when, one.exercise))
    return Layout(
        {exercise.id: _candidate(exercise, programme.timing) for exercise in rulebook.file.exercise},
        {mode.id: mode for mode in programme.mode},
        tuple((mode, mode.when) for mode in programme.mode[1:]),
        {mode.id: place for place, mode in enumerate(programme.mode)},
        tuple(
            Start(
                start.level,
                start.when,
                start.unless,
                rank(rulebook.dispositions[start.disposition_below]) if start.disposition_below else None,
            )
            for start in programme.start_level
        ),
        tuple(pattern for pattern in rulebook.file.pattern if pattern.kind == "fallback")[:1],
        doses,
        {
            (pattern.id, slot): pattern.plan.slot(slot)
            for pattern in rulebook.file.pattern
            for slot in programme.slot_order
        },
        first,
    )


def _candidate(exercise: Exercise, timing: Timing) -> Candidate:
    return Candidate(
        exercise=exercise,
        id=exercise.id,
        kind=exercise.kind,
        key=exercise.key,
        level=SUPERVISED if exercise.level == "supervised" else exercise.level,
        tags=frozenset(exercise.tags),
        needs=exercise.needs,
        easier=exercise.easier,
        harder=exercise.harder,
        swap=exercise.swap,
        instead=exercise.without or exercise.swap or exercise.easier,
        variants=exercise.variants,
        usual=at_dose(timing, exercise, exercise.dose),
        each_side=exercise.dose is not None and exercise.dose.each_side,
    )


def at_dose(timing: Timing, exercise: Exercise, dose: Dose | None) -> PlannedExercise:
    """An exercise at a dose."""
    words = dose.words if dose is not None else None
    return PlannedExercise(exercise, dose, words, seconds=_seconds_of(timing, dose))


def _seconds_of(timing: Timing, dose: Dose | None) -> int:
    """How long one exercise takes: both sides, counted sets, rests between, and changing over."""
    if dose is None:
        return 0
    sets = min(dose.sets, timing.counted_sets)
    once = sets * dose.reps * (dose.hold_seconds + timing.between_reps_seconds)
    once += (sets - 1) * timing.between_sets_seconds
    return once * (2 if dose.each_side else 1) + timing.change_seconds
