"""Each exercise of a plan with its easier, harder and other forms that this person may be given, too.

The easier form is for the red light, the harder one for the last weeks. None of them bypasses a caution.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from selfcheck.assessment.candidates import Candidate
from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PlannedExercise
from selfcheck.rulebook.parts.programme import Mode, Programme


def with_forms(
    chooser: Chooser, programme: Programme, mode: Mode, lists: Sequence[Sequence[PlannedExercise]]
) -> list[tuple[PlannedExercise, ...]]:
    """The same lists of exercises, with the forms that nothing speaks against."""
    silent = chooser.silent()
    ids = [planned.exercise.id for chosen in lists for planned in chosen]
    exercises = [silent.candidates[name] for name in ids]
    harder = _harder(silent, programme, mode, exercises)
    taken = {*ids, *[form.id for form in harder.values()]}
    following = iter(exercises)
    return [
        tuple([_with_forms(silent, planned, next(following), harder, taken) for planned in chosen])
        for chosen in lists
    ]


def _with_forms(
    chooser: Chooser,
    planned: PlannedExercise,
    exercise: Candidate,
    harder: Mapping[str, Candidate],
    taken: Collection[str],
) -> PlannedExercise:
    level = chooser.level
    easier = _itself(chooser, exercise.easier, taken, level) if exercise.easier else None
    later = harder.get(exercise.id)
    variants = None
    if exercise.variants:
        forms = [_itself(chooser, name, taken, level) for name in exercise.variants]
        variants = tuple([form.exercise for form in forms if form is not None])
    if easier is None and later is None and not variants:
        return planned
    return PlannedExercise(
        planned.exercise,
        planned.dose,
        planned.words,
        planned.first_side,
        planned.for_pattern,
        planned.seconds,
        easier.exercise if easier is not None else None,
        later.exercise if later is not None else None,
        variants or (),
    )


def _harder(
    chooser: Chooser, programme: Programme, mode: Mode, exercises: Sequence[Candidate]
) -> dict[str, Candidate]:
    """Harder forms by exercise: as many as the programme says, by kind in its order, and only in modes
    that have any.
    """
    found: dict[str, Candidate] = {}
    if not mode.harder_later:
        return found
    level = min(chooser.level + programme.later_levels, mode.level_at_most)
    taken, most = {exercise.id for exercise in exercises}, programme.most_later
    for kind in programme.later_order:
        for exercise in exercises:
            if exercise.kind == kind and exercise.harder is not None and len(found) < most:
                form = _itself(chooser, exercise.harder, taken, level)
                if form is not None:
                    found[exercise.id] = form
                    taken.add(form.id)
    return found


def _itself(chooser: Chooser, name: str, taken: Collection[str], most: int) -> Candidate | None:
    """An exercise, if it can be given as it is at that level at most, and is not in the plan."""
    if name in taken:
        return None
    candidate = chooser.candidates[name]
    return candidate if chooser.gives(candidate, most) else None
