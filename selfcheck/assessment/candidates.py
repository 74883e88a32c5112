"""The programme laid out for choosing: exercises with their tags as sets and their time worked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Dose, Exercise, Mode, Timing

SUPERVISED = 9
"""A level that nobody starts at."""


class Candidate(Struct, frozen=True):
    """An exercise as choosing sees it. ``instead`` is what to look at where ``needs`` is not at home,
    ``swap`` where a caution withholds it; ``seconds`` is the time of its usual dose.
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
    dose: Dose | None
    seconds: int


class Layout(Struct, frozen=True):
    """What of the programme is the same for everybody.

    ``fallback`` is the pattern (or none) whose plan is used where no other fits; ``doses`` are the fixed
    doses of each mode by exercise; ``first`` has by pattern and slot what goes first on a condition.
    """

    candidates: Mapping[str, Candidate]
    modes: Mapping[str, Mode]
    fallback: tuple[Pattern, ...]
    doses: Mapping[str, Mapping[str, Dose]]
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
        tuple(pattern for pattern in rulebook.file.pattern if pattern.kind == "fallback")[:1],
        doses,
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
        dose=exercise.dose,
        seconds=seconds_of(timing, exercise.dose),
    )


def seconds_of(timing: Timing, dose: Dose | None) -> int:
    """How long one exercise takes: both sides, counted sets, rests between, and changing over."""
    if dose is None:
        return 0
    sets = min(dose.sets, timing.counted_sets)
    once = sets * dose.reps * (dose.hold_seconds + timing.between_reps_seconds)
    once += (sets - 1) * timing.between_sets_seconds
    return once * (2 if dose.each_side else 1) + timing.change_seconds
