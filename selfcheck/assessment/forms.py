"""Each exercise of a plan with its easier, harder and other forms that this person may be given, too.

The easier form is for the red light, the harder one for the last weeks. None of them bypasses a caution.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PlannedExercise
from selfcheck.rulebook.parts.programme import Exercise, Mode, Programme


def with_forms(
    chooser: Chooser, programme: Programme, mode: Mode, chosen: Sequence[PlannedExercise]
) -> dict[str, PlannedExercise]:
    """The same exercises by id, with the forms that nothing speaks against."""
    silent = chooser.silent()
    names = [planned.exercise.id for planned in chosen]
    harder = _harder(silent, programme, mode, names)
    taken = {*names, *(exercise.id for exercise in harder.values())}
    found: dict[str, PlannedExercise] = {}
    for name, planned in zip(names, chosen, strict=True):
        exercise = silent.candidates[name]
        easier = _itself(silent, exercise.easier, taken)
        variants = [form for each in exercise.variants if (form := _itself(silent, each, taken))]
        found[name] = replace(planned, easier=easier, harder=harder.get(name), variants=tuple(variants))
    return found


def _harder(chooser: Chooser, programme: Programme, mode: Mode, names: Sequence[str]) -> dict[str, Exercise]:
    """Harder forms by exercise: as many as the programme says, by kind in its order, and only in modes
    that have any.
    """
    found: dict[str, Exercise] = {}
    if not mode.harder_later:
        return found
    later = chooser.at_level(min(chooser.level + programme.later_levels, mode.level_at_most))
    taken, most = set(names), programme.most_later
    exercises = [chooser.candidates[name] for name in names]
    for kind in programme.later_order:
        for exercise in exercises:
            if exercise.kind != kind or len(found) == most:
                continue
            harder = _itself(later, exercise.harder, taken)
            if harder is not None:
                found[exercise.id] = harder
                taken.add(harder.id)
    return found


def _itself(chooser: Chooser, name: str | None, taken: Collection[str]) -> Exercise | None:
    """An exercise, if it can be given as it is and is not in the plan."""
    if name is None or name in taken:
        return None
    candidate = chooser.candidates[name]
    return candidate.exercise if chooser.gives(candidate) else None
