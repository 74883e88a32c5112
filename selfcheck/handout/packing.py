"""Answers to one whole number, an expected answer costing a small part of a bit.

The number takes the decisions of :mod:`selfcheck.handout.coded_questions` up last first, so that what a person
never came to costs nothing. With all weights 1 this is plain mixed radix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


_Coded = tuple[str, Answer | None, "_Above | None", Mapping[int, Step], Question]
"""A question by its id: its harmless answer, what it follows, and the step of each of its states."""


class _Above(Struct, frozen=True):
    """What a question follows: once that has another answer than ``shut``, its own states are expected otherwise."""

    id: str
    shut: Answer | None
    opened: Mapping[int, Step]


class _Section(Struct, frozen=True):
    expected: bool
    ids: frozenset[str]
    questions: tuple[_Coded, ...]


def _steps(weights: Weights) -> tuple[Step, ...]:
    total = sum(weights)
    return tuple(
        (weight, total, before)
        for weight, before in zip(weights, accumulate(weights, initial=0), strict=False)
    )


def _of_states(states: States) -> Mapping[int, Step]:
    weights, symbols = states
    return dict(zip(symbols, _steps(weights), strict=True))


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
            above = (
                _Above(name, shut[name], _of_states(each.opened))
                if name is not None and name in shut
                else None
            )
            coded.append((each.id, each.harmless, above, _of_states(each.closed), each))
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
        if answered:
            _decide(section.questions, values, steps)
    return steps


def _decide(questions: tuple[_Coded, ...], values: Mapping[str, Answer], steps: list[Step]) -> None:
    """Of each question first whether it is absent, harmless or something else, then what else."""
    for name, harmless, above, closed, question in questions:
        opens = above is not None and values.get(above.id) not in (None, above.shut)
        states = above.opened if above is not None and opens else closed
        value = values.get(name)
        if value is None:
            steps.append(states[ABSENT])
        elif value == harmless:
            steps.append(states[HARMLESS])
        else:
            steps.append(states[OTHER])
            steps.extend(_other(question, value, values))


def _other(question: Question, value: Answer, values: Mapping[str, Answer]) -> Iterator[Step]:
    """An answer that is not the harmless one."""
    if isinstance(value, tuple):
        yield from _several(question, value)
    elif is_number(value):
        yield 1, question.places, round((value - question.low) / question.step)
    elif question.kind is Kind.SINGLE:
        ticked = values.get(question.among or "")
        choices = _in_order(question, ticked) if isinstance(ticked, tuple) else ()
        choices = choices or question.choices
        yield 1, len(choices), choices.index(str(value))


def _in_order(question: Question, ticked: tuple[str, ...]) -> tuple[str, ...]:
    """Ticks of the item that a question chooses among, in the order in which they are written."""
    return tuple(option for option in question.options if option in ticked)


def _several(question: Question, value: tuple[str, ...]) -> Iterator[Step]:
    """Ticks: one that stands alone, or each of the others ticked or not."""
    lone, ticks = question.lone, question.ticks
    weights = lone_weights(question)
    if len(value) == 1 and value[0] in lone:
        yield _steps(weights)[lone.index(value[0]) + 1]
        return
    yield weights[0], sum(weights), 0
    without = max(len(ticks), TICKED)
    for option in ticks:
        yield (TICKED, without + TICKED, without) if option in value else (without, without + TICKED, 0)
