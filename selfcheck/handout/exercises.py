"""The exercises of a plan and their other forms, in words. One exercise with one dose reads the same in every plan,
so each is written once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from selfcheck.assessment.model import Plan, PlannedExercise
from selfcheck.figures import figure, figure_words
from selfcheck.handout.model import Form, Move
from selfcheck.handout.words import dose_words
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.parts.programme import Dose

MOST_KEPT = 4096


def move(rulebook: Rulebook, region: Region, planned: PlannedExercise) -> Move:
    """An exercise as a plan has it."""
    return _move(rulebook, region, planned.exercise.id, planned.dose, planned.words, planned.first_side)


@lru_cache(MOST_KEPT)
def _move(
    rulebook: Rulebook, region: Region, name: str, dose: Dose | None, words: str | None, first: str | None
) -> Move:
    exercise = rulebook.exercises[name]
    side = rulebook.file.programme.stronger_side if first else ""
    return Move(
        id=name,
        name=exercise.name,
        kind=exercise.kind,
        dose=words or (dose_words(dose) if dose else ""),
        steps=tuple(region.say(step) for step in exercise.steps),
        feel=region.say(exercise.feel),
        stop_if=region.say(exercise.stop_if),
        note=region.say(exercise.note),
        first_side=f"{_(first or '')}: {side}" if side else "",
        times=dose.days_per_week if dose else 0,
        drawing=figure(rulebook, name, first) or "",
        drawing_said=figure_words(rulebook, name),
    )


def forms(rulebook: Rulebook, region: Region, plan: Plan) -> Iterator[Form]:
    """Easier ones first, then harder and other ones, then what stands beside the plan; each once."""
    words = rulebook.file.programme.forms
    chosen = (*plan.main, *plan.extras)
    offered = [(words.easier, one.exercise, one.easier) for one in chosen]
    offered += [(words.harder, one.exercise, one.harder) for one in chosen]
    offered += [(words.variant, one.exercise, variant) for one in chosen for variant in one.variants]
    offered += [(words.service, one.exercise, one.exercise) for one in plan.services]
    told: set[str] = set()
    for instead, exercise, form in offered:
        if form is not None and form.id not in told:
            told.add(form.id)
            yield _form(rulebook, region, instead, exercise.id, form.id)


@lru_cache(MOST_KEPT)
def _form(rulebook: Rulebook, region: Region, instead: str, of: str, name: str) -> Form:
    exercise = rulebook.exercises[name]
    return Form(
        instead=instead.replace("{name}", rulebook.exercises[of].name),
        id=name,
        name=exercise.name,
        dose=dose_words(exercise.dose) if exercise.dose else "",
        steps=tuple(region.say(step) for step in exercise.steps),
    )
