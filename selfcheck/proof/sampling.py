"""Random answer sets, tried on the program itself before the solver is asked."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import Reading, read
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

SEED = 20260101
CHANGES = (1, 3, 8, 20, 60)
EMPTY_IN = 5


def random_answers(rulebook: Rulebook, seed: int = SEED) -> Iterator[Answers]:
    """Answer sets without end: harmless ones, or none at all, with a few or many answers put in or taken
    out. The same seed gives the same ones.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    items = list(rulebook.questionnaire.items.values())
    harmless = {
        item.id: (item.benign,) if item.kind is Kind.MULTI else item.benign for item in items if item.benign
    }
    while True:
        start: dict[str, Answer] = dict(harmless) if chance.randrange(EMPTY_IN) else {}
        yield changed(rulebook, Answers(start), chance, chance.choice(CHANGES))


def changed(rulebook: Rulebook, answers: Answers, chance: random.Random, number: int) -> Answers:
    """The answers with some of them changed at random, valid together."""
    items = list(rulebook.questionnaire.items.values())
    for item in chance.sample(items, min(number, len(items))):
        value = None if chance.randrange(EMPTY_IN) == 0 else _value(rulebook, item, chance)
        rest = answers.with_changes({item.id: value})
        try:
            answers = read_answers(rulebook.questionnaire, rest.values)
        except AnswersError:
            continue
    return answers


def _value(rulebook: Rulebook, item: Item, chance: random.Random) -> Answer:
    match item.kind:
        case Kind.SINGLE:
            chosen = rulebook.questionnaire.items[item.among] if item.among else item
            return chance.choice(list(chosen.options))
        case Kind.MULTI:
            ticked = chance.sample(list(item.options), chance.randint(0, min(4, len(item.option))))
            alone = [option for option in ticked if option in item.alone]
            return tuple(alone[:1] or ticked)
        case Kind.TEXT:
            return "some words"
        case _:
            low, high = item.low or 0.0, item.high or 0.0
            return round(low + item.step * chance.randint(0, round((high - low) / item.step)), 6)


class Seen(Struct):
    """What the program was seen to do: results, modes, and patterns by status."""

    rulebook: Rulebook
    readings: list[Reading] = field(default_factory=list)
    things: dict[str, Answers] = field(default_factory=dict)
    tried: int = 0

    def look(self, answers: Answers) -> Assessment:
        """Assess one more answer set, and keep what came of it."""
        assessment = assess(self.rulebook, answers)
        self.tried += 1
        for name in _things(assessment):
            self.things.setdefault(name, answers)
        return assessment

    def sample(self, number: int) -> None:
        """Look at some random answer sets."""
        for answers, _ in zip(random_answers(self.rulebook), range(number), strict=False):
            self.look(answers)
            self.readings.append(read(self.rulebook, answers))


def _things(assessment: Assessment) -> Iterable[str]:
    yield f"disposition {assessment.triage.disposition.id}"
    yield f"mode {assessment.plan.mode}"
    yield from (f"pattern {one.pattern.id} {one.status}" for one in assessment.patterns)
