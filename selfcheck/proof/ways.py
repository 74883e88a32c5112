"""The ways by which an exercise can come into a plan, as what has to hold for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfcheck.proof.case import Case
from selfcheck.proof.circuit import Literal
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Exercise


@dataclass(frozen=True, slots=True)
class Way:
    """What has to hold, and what should hold besides so that nothing else takes the place."""

    must: tuple[Literal, ...]
    rather: tuple[Literal, ...] = ()


def ways_to(case: Case, name: str) -> Iterator[Way]:
    """The ways by which one exercise can come into a plan: through a pattern's list, a habit for a finding,
    an extra; itself or in place of another one. The most promising ones first.
    """
    for exercise, instead in _standing_for(case, name):
        fits = (*instead, *most_time(case))
        for when in _through(case, exercise):
            yield Way((*fits, when, case.given_as_extra[name]))
        for pattern in case.rulebook.file.pattern:
            for slot in type(pattern.plan).model_fields:
                names = pattern.plan.slot(slot)
                if exercise.id in names:
                    must = (*fits, *_asked_for(case, slot), case.given[name])
                    yield from _in_list(case, pattern, names[: names.index(exercise.id)], must)


def _in_list(
    case: Case, pattern: Pattern, before: tuple[str, ...], must: tuple[Literal, ...]
) -> Iterator[Way]:
    """The ways through one list: none of those before it given, no other pattern, or only the pattern."""
    standing = case.levels.standings[pattern.id]
    none_before = tuple(case.given[name] ^ 1 for name in before)
    alone = tuple(_nothing_else(case, pattern.id))
    for fitting in dict.fromkeys((standing.likely, standing.possible)):
        for rather in dict.fromkeys(((*none_before, *alone), none_before, ())):
            yield Way((*must, fitting), rather)


def _asked_for(case: Case, slot: str) -> Iterator[Literal]:
    """What a slot needs beside a pattern."""
    programme = case.rulebook.file.programme
    if slot == "massage":
        yield case.holds(programme.massage_when)
        modes = zip(case.plans.modes, programme.mode, strict=True)
        yield case.circuit.some(literal for literal, mode in modes if mode.massage)


def _standing_for(case: Case, name: str) -> Iterator[tuple[Exercise, tuple[Literal, ...]]]:
    """The exercise itself, and those in place of which it is given, with when."""
    exercises = case.rulebook.exercises
    yield exercises[name], ()
    for other in exercises.values():
        if other.level == "supervised":
            continue
        if other.swap == name:
            yield other, (case.withheld[other.id],)
        if other.easier == name:
            yield other, (case.too_hard[other.level],) if other.level in case.too_hard else ()
        if other.harder == name:
            yield other, (case.hard,)


def _through(case: Case, exercise: Exercise) -> Iterator[Literal]:
    """Conditions of the programme that ask for an exercise by name."""
    programme = case.rulebook.file.programme
    for extra in programme.extra:
        if extra.exercise == exercise.id:
            yield case.holds(extra.when)
    for contributor in programme.contributor:
        if contributor.habit == exercise.id:
            yield case.holds(contributor.when)
    for change in programme.focus_change:
        if change.exercise == exercise.id:
            standing = [case.levels.standings[pattern].likely for pattern in change.patterns]
            yield case.circuit.both(case.holds(change.when), case.circuit.some(standing))
    if any(exercise.id in programme.seated.slot(slot) for slot in type(programme.seated).model_fields):
        yield case.holds(programme.seated_when)


def most_time(case: Case) -> Iterator[Literal]:
    """That there is as much time as can be chosen."""
    timing = case.rulebook.file.programme.timing
    options = case.space.raw.get(timing.minutes_item, {})
    if options:
        yield options[max(options, key=lambda option: int(option) if option.isdigit() else 0)]


def _nothing_else(case: Case, pattern: str) -> Iterator[Literal]:
    for other in case.rulebook.file.pattern:
        if other.id != pattern and other.kind in ("self_care", "refer"):
            yield case.levels.standings[other.id].possible ^ 1
