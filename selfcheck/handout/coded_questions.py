"""What a code has to know of each question: how much each state of it is expected, and what else can be said.

A code is a row of decisions, each one symbol out of a few with whole-number weights that follow from the
questionnaire alone. ``docs/answers-code.md`` says it for other programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.answers import Answer
from selfcheck.questionnaire import Item, Kind, Must
from selfcheck.rulebook.model import Rulebook

Weights = tuple[int, ...]
States = tuple[Weights, Weights]

# These weights are the format: other figures are another format and need another number in code.FORMAT.
SECTION_EXPECTED: Weights = (31, 1)  # answered, empty
SECTION_OPTIONAL: Weights = (7, 1)  # empty, answered
ALWAYS: Weights = (60, 3, 1)  # harmless, other, absent
ALWAYS_OPEN: Weights = (63, 1)  # other, absent
UNOPENED: Weights = (62, 1, 1)  # absent, harmless, other
CONDITIONAL: Weights = (6, 1, 1)
OPTIONAL: Weights = (2, 1, 1)
TICKED = 2
ABSENT, HARMLESS, OTHER = range(3)
DECIMALS = 9


class Question(Struct, frozen=True):
    """What a code has to know of an item. ``options`` are all that can be chosen, ``choices`` leave the harmless
    answer out; ``ticks`` are the options that can stand beside others, ``lone`` those that cannot. ``closed`` and
    ``opened`` are how much each state is expected and the states in that order, before and after what it follows
    was answered.
    """

    id: str
    kind: Kind
    harmless: Answer | None
    above: str | None
    among: str | None
    options: tuple[str, ...]
    choices: tuple[str, ...]
    lone: tuple[str, ...]
    ticks: tuple[str, ...]
    low: float
    step: float
    places: int
    closed: States
    opened: States


@lru_cache(maxsize=8)
def sections(rulebook: Rulebook) -> tuple[tuple[bool, tuple[Question, ...]], ...]:
    """Each section with something to pack: whether everybody answers in it, and its questions."""
    found = []
    for section in rulebook.questionnaire.sections.values():
        items = [item for item in rulebook.questionnaire.by_section[section.id] if item.kind is not Kind.TEXT]
        if items:
            everybody = section.ask_if is None and any(_is_always(item) for item in items)
            found.append((everybody, tuple(_question(rulebook, item) for item in items)))
    return tuple(found)


@lru_cache(maxsize=8)
def harmless(rulebook: Rulebook) -> Mapping[str, Answer | None]:
    """The harmless answer to each question."""
    return {one.id: one.harmless for _, questions in sections(rulebook) for one in questions}


def _question(rulebook: Rulebook, item: Item) -> Question:
    whole = rulebook.questionnaire.items[item.among] if item.among else item
    choices = tuple(option for option in whole.options if option != item.benign)
    low, high = item.low or 0.0, item.high or 0.0
    closed, opened = (_states(item, opened=opened) for opened in (False, True))
    return Question(
        id=item.id,
        kind=item.kind,
        harmless=(item.benign,) if item.benign and item.kind is Kind.MULTI else item.benign,
        above=item.follows,
        among=item.among,
        options=tuple(whole.options),
        choices=choices,
        lone=tuple(option for option in choices if option in item.alone),
        ticks=tuple(option for option in item.options if option not in item.alone),
        low=low,
        step=item.step,
        places=round((high - low) / item.step) + 1,
        closed=closed,
        opened=opened,
    )


def lone_weights(question: Question) -> Weights:
    """How much is expected of a several-choice answer: ticks, or each of the options that stand alone."""
    return (2 * len(question.lone) + 1, *(1 for _ in question.lone))


def _is_always(item: Item) -> bool:
    """Whether everybody answers an item."""
    return item.must is Must.ALWAYS and item.ask_if is None


def _states(item: Item, *, opened: bool) -> States:
    """How much each state of a question is expected, and the states in that order."""
    if _is_always(item):
        return (ALWAYS, (HARMLESS, OTHER, ABSENT)) if item.benign else (ALWAYS_OPEN, (OTHER, ABSENT))
    weights = CONDITIONAL if item.ask_if is not None else OPTIONAL
    if item.follows is not None:
        weights = OPTIONAL if opened else UNOPENED
    if not item.benign:
        return (weights[0], weights[1] + weights[2]), (ABSENT, OTHER)
    return weights, (ABSENT, HARMLESS, OTHER)
