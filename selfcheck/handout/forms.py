"""The forms of a plan's exercises, and what somebody else can do, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selfcheck.assessment.model import Plan
from selfcheck.handout.model import Form
from selfcheck.handout.words import dose_words
from selfcheck.rulebook.parts.programme import Exercise, Programme


def forms(programme: Programme, plan: Plan, say: Callable[[str | None], str]) -> Iterator[Form]:
    """Easier ones first, then harder and other ones, then what stands beside the plan; each once."""
    words = programme.forms
    chosen = (*plan.main, *plan.extras)
    offered = [(words.easier, one.exercise, one.easier) for one in chosen]
    offered += [(words.harder, one.exercise, one.harder) for one in chosen]
    offered += [(words.variant, one.exercise, variant) for one in chosen for variant in one.variants]
    offered += [(words.service, one.exercise, one.exercise) for one in plan.services]
    told: set[str] = set()
    for instead, exercise, form in offered:
        if form is not None and form.id not in told:
            told.add(form.id)
            yield _form(instead.replace("{name}", exercise.name), form, say)


def _form(instead: str, exercise: Exercise, say: Callable[[str | None], str]) -> Form:
    return Form(
        instead=instead,
        id=exercise.id,
        name=exercise.name,
        dose=dose_words(exercise.dose) if exercise.dose else "",
        steps=tuple(say(step) for step in exercise.steps),
    )
