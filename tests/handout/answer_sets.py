"""A rulebook and a seed to an answer set that the program accepts, however odd it may be."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from selfcheck.answers import Answer, Answers, read_answers
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook


def random_answers(rulebook: Rulebook, seed: int) -> Answers:
    """Every question answered or left empty, more of the one or the other; free text among them."""
    chance = Random(seed)  # noqa: S311 - test data
    density, harm = chance.choice((0.05, 0.5, 0.95, 1)), chance.choice((0.02, 0.3, 1))
    said: dict[str, Answer] = {}
    for item in rulebook.questionnaire.items.values():
        if chance.random() >= density:
            continue
        if item.benign and chance.random() >= harm:
            said[item.id] = (item.benign,) if item.kind is Kind.MULTI else item.benign
        else:
            said[item.id] = one_answer(rulebook, item, said, chance)
    age, first = said.get("age"), said.get("first_back_pain_age")
    if isinstance(age, int) and isinstance(first, int) and first > age:
        del said["first_back_pain_age"]
    return read_answers(rulebook.questionnaire, {name: value for name, value in said.items() if value != ""})


def one_answer(rulebook: Rulebook, item: Item, said: Mapping[str, Answer], chance: Random) -> Answer:
    """Any answer to one question; empty text where there is none to give."""
    ticked = said.get(item.among or "")
    options = list((rulebook.questionnaire.items[item.among] if item.among else item).options)
    match item.kind:
        case Kind.SINGLE:
            return (
                chance.choice(ticked if isinstance(ticked, tuple) and ticked else options)
                if ticked != ()
                else ""
            )
        case Kind.MULTI:
            some = tuple(option for option in options if option not in item.alone and chance.random() < 0.3)
            return (chance.choice(sorted(item.alone)),) if item.alone and chance.random() < 0.1 else some
        case Kind.TEXT:
            return "Zanzibar Kumquat"
        case _:
            low, high = item.low or 0, item.high or 0
            number = round(low + item.step * chance.randrange(round((high - low) / item.step) + 1), 6)
            return int(number) if number == int(number) else number
