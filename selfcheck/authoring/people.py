"""A rulebook to made-up people: the same ones in every run, most of them with few answers out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from random import Random

from msgspec import Struct

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.flips import other_answers
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import read
from selfcheck.questionnaire import Item, Kind, Must
from selfcheck.rulebook.model import Rulebook

Raw = dict[str, Answer]
SEED = 20
MOST_ANSWERS = 14
LEFT_OPEN = 0.1


class Aim(Struct, frozen=True):
    """Questions that a changed rule reads, and of number questions the values to try: below, at and above."""

    items: tuple[str, ...]
    numbers: Mapping[str, tuple[float, ...]]


@lru_cache(maxsize=4)
def harmless(rulebook: Rulebook) -> Answers:
    """A person with as little the matter as can be said: every question has its harmless answer, and those
    that must be answered and have none get the answer that gives the least.
    """
    items = rulebook.questionnaire.items.values()
    answers = Answers({item.id: _benign(item) for item in items if item.benign})
    answers = tidy(rulebook, answers.values) or Answers({})
    for item in items:
        needed = item.must in (Must.ALWAYS, Must.WHEN_ASKED) and item.id not in answers.values
        if needed and item.kind is not Kind.TEXT and read(rulebook, answers).strict.is_asked(item.id):
            tried = (
                tidy(rulebook, {**answers.values, item.id: answer})
                for answer in other_answers(rulebook, item, None)
            )
            answers = min(
                (one for one in tried if one), key=lambda one: _weight(rulebook, one), default=answers
            )
    return answers


def _benign(item: Item) -> Answer:
    return (item.benign or "",) if item.kind is Kind.MULTI else item.benign or ""


def _weight(rulebook: Rulebook, answers: Answers) -> tuple[int, int, int]:
    """How much is the matter: level, open questions, patterns that fit, all told."""
    found = assess(rulebook, answers)
    triage = found.triage
    return rank(triage.level), len(triage.missing), len(triage.cautions) + len(found.patterns)


def tidy(rulebook: Rulebook, raw: Mapping[str, Answer]) -> Answers | None:
    """The answers with the harmless one to each question they open, and without those to questions they
    close; ``None`` where they cannot stand together.
    """
    items = rulebook.questionnaire.items
    try:
        answers = read_answers(rulebook.questionnaire, {name: raw[name] for name in items if name in raw})
        for _ in range(MOST_ANSWERS):
            strict = read(rulebook, answers).strict
            closed = [name for name in answers.values if not strict.is_asked(name)]
            opened = {
                name: _benign(item)
                for name, item in items.items()
                if item.benign and name not in answers.values and strict.is_asked(name)
            }
            if not closed and not opened:
                break
            answers = answers.with_changes({**opened, **dict.fromkeys(closed)})
        return read_answers(rulebook.questionnaire, answers.values)
    except AnswersError:
        return None


def people(rulebook: Rulebook, count: int, aims: Iterable[Aim] = (), aimed: int = 0) -> Iterator[Answers]:
    """People in a fixed order: the harmless one; one for every single other answer; ``count`` with some random
    answers; and for each aim ``aimed`` more, whose answers are taken from the questions in question.
    """
    chance = Random(SEED)  # noqa: S311 - the same people in every run
    plain = harmless(rulebook)
    yield plain
    choices = _choices(rulebook, plain)
    for name, answers in choices.items():
        yield from _made(rulebook, plain, ([(name, answer)] for answer in answers))
    names = list(choices)
    for _ in range(count):
        some = chance.sample(names, chance.randint(1, MOST_ANSWERS))
        yield from _made(rulebook, plain, [[(name, chance.choice(choices[name])) for name in some]], chance)
    for aim in aims:
        yield from _aimed(rulebook, aim, aimed, chance)


def _choices(rulebook: Rulebook, plain: Answers) -> dict[str, tuple[Answer, ...]]:
    """What else could be answered to each question but texts."""
    return {
        name: found
        for name, item in rulebook.questionnaire.items.items()
        if (found := tuple(other_answers(rulebook, item, plain.values.get(name))))
    }


def _made(
    rulebook: Rulebook,
    plain: Answers,
    changes: Iterable[list[tuple[str, Answer]]],
    chance: Random | None = None,
) -> Iterator[Answers]:
    for some in changes:
        raw: Raw = {**plain.values, **dict(some)}
        if chance is not None and chance.random() < LEFT_OPEN:
            del raw[chance.choice(list(raw))]
        answers = tidy(rulebook, raw)
        if answers is not None:
            yield answers


def _aimed(rulebook: Rulebook, aim: Aim, count: int, chance: Random) -> Iterator[Answers]:
    plain = harmless(rulebook)
    choices = _choices(rulebook, plain)
    near = [name for name in aim.items if name in choices]
    others = list(choices)
    for number in range(count):
        some = {name: chance.choice(choices[name]) for name in near if chance.random() < 1 / 2}
        some |= {name: chance.choice(choices[name]) for name in chance.sample(others, number % MOST_ANSWERS)}
        tried: list[dict[str, Answer]] = [
            {**some, name: value} for name, values in aim.numbers.items() for value in values
        ]
        yield from _made(rulebook, plain, (list(one.items()) for one in tried or [some]))
