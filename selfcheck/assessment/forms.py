"""Each exercise of a plan with its easier, harder and other forms that this person may be given, too.

The easier form is for the red light, the harder one for the last weeks. None of them bypasses a caution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PlannedExercise
from selfcheck.rulebook.parts.programme import Exercise, Mode, Programme


def with_forms(
    chooser: Chooser, programme: Programme, mode: Mode, chosen: Sequence[PlannedExercise]
) -> tuple[PlannedExercise, ...]:
    """The same exercises with the forms that nothing speaks against."""
    silent = replace(chooser, withheld={})
    harder = _harder(silent, programme, mode, [planned.exercise for planned in chosen])
    taken = {planned.exercise.id for planned in chosen} | {exercise.id for exercise in harder.values()}
    return tuple(
        replace(
            planned,
            easier=_first(silent, [planned.exercise.easier], taken),
            harder=harder.get(planned.exercise.id),
            variants=tuple(_itself(silent, planned.exercise.variants, taken)),
        )
        for planned in chosen
    )


def _harder(
    chooser: Chooser, programme: Programme, mode: Mode, exercises: Sequence[Exercise]
) -> dict[str, Exercise]:
    """Harder forms by exercise: as many as the programme says, by kind in its order, and only in modes
    that have any.
    """
    later = chooser.at_level(min(chooser.level + programme.later_levels, mode.level_at_most))
    taken = {exercise.id for exercise in exercises}
    found: dict[str, Exercise] = {}
    for kind in programme.later_order if mode.harder_later else ():
        for exercise in (one for one in exercises if one.kind == kind):
            harder = _first(later, [exercise.harder], taken)
            if harder is not None and len(found) < programme.most_later:
                found[exercise.id] = harder
                taken.add(harder.id)
    return found


def _first(chooser: Chooser, names: Iterable[str | None], taken: set[str]) -> Exercise | None:
    return next(iter(_itself(chooser, names, taken)), None)


def _itself(chooser: Chooser, names: Iterable[str | None], taken: set[str]) -> Iterable[Exercise]:
    """Of some exercises those that can be given as they are and are not in the plan."""
    for name in names:
        choice = chooser.resolve(name)
        if choice is not None and choice[0].id == name and name not in taken:
            yield choice[0]
