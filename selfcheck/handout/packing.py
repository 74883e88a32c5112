"""Answers to one whole number, an expected answer costing a small part of a bit.

The number takes the decisions of :mod:`selfcheck.handout.coded_questions` up last first, so that what a person
never came to costs nothing. With all weights 1 this is plain mixed radix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from selfcheck.answers import Answer, is_number
from selfcheck.handout.coded_questions import (
    ABSENT,
    HARMLESS,
    OTHER,
    SECTION_EXPECTED,
    SECTION_OPTIONAL,
    TICKED,
    Question,
    States,
    Weights,
    lone_weights,
    sections,
)
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook

Step = tuple[int, int, int]
"""A decision that is made: the weight of its symbol, all weights together, and those of the symbols before it."""


class _States(Struct, frozen=True):
    """The states of a question while one weight holds for each: the steps of what can be said at once, and the
    step before any other answer.
    """

    at_once: Mapping[Answer | None, tuple[Step, ...]]
    other: Step


class _Above(Struct, frozen=True):
    """What a question follows: once that has another answer than ``shut``, the states are those of ``opened``."""

    id: str
    shut: Answer | None
    opened: _States


class _Section(Struct, frozen=True):
    """A section: each question by its id, with its states and what it follows."""

    expected: bool
    ids: frozenset[str]
    questions: tuple[tuple[str, _States, _Above | None, Question], ...]


def _steps(weights: Weights) -> tuple[Step, ...]:
    total = sum(weights)
    return tuple(
        (weight, total, before)
        for weight, before in zip(weights, accumulate(weights, initial=0), strict=False)
    )


def _states(question: Question, states: States) -> _States:
    weights, symbols = states
    by_state = dict(zip(symbols, _steps(weights), strict=True))
    other = by_state[OTHER]
    at_once: dict[Answer | None, tuple[Step, ...]] = {}
    if question.kind is Kind.SINGLE and not question.among:
        at_once = _in_places(other, question.choices)
    elif question.kind is Kind.SCALE and question.step == 1:
        at_once = _in_places(other, [question.low + place for place in range(question.places)])
    if question.harmless is not None:
        at_once[question.harmless] = (by_state[HARMLESS],)
    at_once[None] = (by_state[ABSENT],)
    return _States(at_once, other)


def _in_places(other: Step, answers: Sequence[Answer]) -> dict[Answer | None, tuple[Step, ...]]:
    """Some answers that one symbol tells apart, after the step that says it is one of them."""
    return {answer: _joined(other, (1, len(answers), place)) for place, answer in enumerate(answers)}


def _joined(first: Step, second: Step) -> tuple[Step, ...]:
    """Two steps, or the one that does the same: taken last first, one of weight 1 makes a number a multiple and a
    rest, and where the next one's weight divides that multiple, it does the same again.
    """
    weight, total, before = first
    if second[0] != 1 or second[1] % weight:
        return (first, second)
    whole, rest = divmod(second[2], weight)
    return ((1, second[1] // weight * total, whole * total + before + rest),)


EXPECTED, OPTIONAL = _steps(SECTION_EXPECTED), _steps(SECTION_OPTIONAL)


@lru_cache(maxsize=8)
def _coded(rulebook: Rulebook) -> tuple[_Section, ...]:
    """What there is to decide, in order. A question that follows one further down never sees it answered."""
    found = []
    shut: dict[str, Answer | None] = {}
    for expected, questions in sections(rulebook):
        coded = []
        for each in questions:
            name = each.above
            known = name is not None and name in shut
            above = (
                _Above(name, shut[name], _states(each, each.opened)) if name is not None and known else None
            )
            coded.append((each.id, _states(each, each.closed), above, each))
            shut[each.id] = each.harmless
        found.append(_Section(expected, frozenset(each.id for each in questions), tuple(coded)))
    return tuple(found)


def pack(rulebook: Rulebook, values: Mapping[str, Answer]) -> int:
    """Checked answers as a number, free text left out."""
    number = 0
    for weight, total, before in reversed(_decided(rulebook, values)):
        if weight == 1:
            number = number * total + before
        else:
            whole, rest = divmod(number, weight)
            number = whole * total + before + rest
    return number


def _decided(rulebook: Rulebook, values: Mapping[str, Answer]) -> list[Step]:
    """All decisions, in the order of the questionnaire."""
    steps: list[Step] = []
    going_on = True
    for section in _coded(rulebook):
        answered = not values.keys().isdisjoint(section.ids)
        if section.expected:
            steps.append((EXPECTED[0] if answered else EXPECTED[1]) if going_on else OPTIONAL[answered])
            going_on = answered
        else:
            steps.append(OPTIONAL[answered])
        for name, states, above, question in section.questions if answered else ():
            opens = above is not None and values.get(above.id) not in (None, above.shut)
            now = above.opened if above is not None and opens else states
            value = values.get(name)
            found = now.at_once.get(value)
            if found is not None:
                steps += found
            elif value is not None:
                steps += (now.other, *_other(question, value, values))
    return steps


def _other(question: Question, value: Answer, values: Mapping[str, Answer]) -> Iterator[Step]:
    """An answer that is not the harmless one, and more than one of a few fixed options."""
    if isinstance(value, tuple):
        yield from _several(question, value)
    elif is_number(value):
        yield 1, question.places, round((value - question.low) / question.step)
    elif question.among is not None:
        ticked = values.get(question.among)
        among = ticked if isinstance(ticked, tuple) and ticked else question.choices
        choices = [option for option in question.options if option in among]
        yield 1, len(choices), choices.index(str(value))


def _several(question: Question, value: tuple[str, ...]) -> Iterator[Step]:
    """Ticks: one that stands alone, or each of the others ticked or not."""
    lone, ticks = question.lone, question.ticks
    weights = lone_weights(question)
    if len(value) == 1 and value[0] in lone:
        yield _steps(weights)[lone.index(value[0]) + 1]
        return
    yield weights[0], sum(weights), 0
    without = max(len(ticks), TICKED)
    yes, no = (TICKED, without + TICKED, without), (without, without + TICKED, 0)
    yield from [yes if option in value else no for option in ticks]
