"""Exercises that stand in for others: chains that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.rulebook.lint.subject import Remark, Subject, remark, together
from selfcheck.rulebook.parts.programme import Exercise, Programme

LINKS = ("swap", "easier", "harder")


def broken_chains(subject: Subject) -> Iterator[Remark]:
    """A link to the exercise itself, round in a circle, to one that is never given, that is withheld
    whenever the first one is, or of the wrong level.
    """
    exercises = subject.rulebook.exercises
    for index, exercise in enumerate(subject.rulebook.file.exercise):
        for link in LINKS:
            target = exercises.get(getattr(exercise, link) or "")
            if target is None:
                continue
            message = _loop(subject, exercise, link) or _useless(exercise, target, link)
            if message:
                yield remark(
                    "chain", ("exercise", index, link), f"exercise {exercise.id}: '{link}' {message}"
                )


def _loop(subject: Subject, start: Exercise, link: str) -> str:
    """Only "easier" and "harder" may not come back: two exercises may well swap for each other."""
    exercises = subject.rulebook.exercises
    trail = [start.id]
    name: str | None = getattr(start, link)
    while name is not None and name not in trail:
        trail.append(name)
        name = getattr(exercises[name], link)
    if name != start.id or (link == "swap" and len(trail) > 1):
        return ""
    if len(trail) == 1:
        return "leads to the exercise itself; name another one, or leave it out"
    return f"goes round in a circle: {' -> '.join((*trail, name))}; end it at the {link[:-2]}est"


def _useless(exercise: Exercise, target: Exercise, link: str) -> str:
    if link != "harder" and target.level == "supervised":
        return f"leads to {target.id}, which is given under supervision only; name one that a plan may hold"
    if link == "swap" and exercise.tags and set(exercise.tags) <= set(target.tags):
        return (
            f"leads to {target.id}, which bears the same tags and is withheld whenever this is; "
            f"name one without {' or '.join(exercise.tags)}"
        )
    if isinstance(exercise.level, int) and isinstance(target.level, int):
        if link == "easier" and target.level > exercise.level:
            return f"leads to {target.id} of level {target.level}, above {exercise.level}; name an easier one"
        if link == "harder" and target.level < exercise.level:
            return f"leads to {target.id} of level {target.level}, below {exercise.level}; name a harder one"
    return ""


def never_planned(subject: Subject) -> Iterator[Remark]:
    """Exercises that no plan can hold; they stand in the library only."""
    file, exercises = subject.rulebook.file, subject.rulebook.exercises
    waiting = [
        *_listed(file.programme),
        *(name for pattern in file.pattern for _, names in pattern.plan for name in names),
    ]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            links = (getattr(exercises[name], link) for link in (*LINKS, "without"))
            waiting += [target for target in (*links, *exercises[name].variants) if target is not None]
    left_out = [
        (index, exercise.id)
        for index, exercise in enumerate(file.exercise)
        if exercise.id not in reached and exercise.level != "supervised"
    ]
    yield from together("chain", "exercise", left_out, "to which no plan leads")


def _listed(programme: Programme) -> Iterator[str]:
    yield from (name for _, names in programme.seated for name in names)
    yield from (change.exercise for change in programme.focus_change)
    yield from (extra.exercise for extra in programme.extra)
    yield from (service.exercise for service in programme.service)
    yield from (contributor.habit for contributor in programme.contributor)
