"""Answers to one whole number, an expected answer costing a small part of a bit.

The number takes the decisions of :mod:`selfcheck.handout.coded_questions` up last first, so that what a person
never came to costs nothing. With all weights 1 this is plain mixed radix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain

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
"""A decision that is made: the weight of its symbol, those of the other symbols, and those of the symbols before it."""
Steps = tuple[Step, ...]
"""The decisions about one answer, last first."""


class _States(Struct, frozen=True):
    """The states of a question while one weight holds for each: the steps of what can be said at once, and the
    step before any other answer.
    """

    at_once: Mapping[Answer | None, Steps]
    other: Step


_Follower = tuple[int, str, str, Answer | None, _States]
"""A question by its place in a section and its id, what it follows, and its states once that has another answer than
the one named.
"""


class _Section(Struct, frozen=True):
    """A section: its questions, each with its states and, by id, with what can be said at once."""

    expected: bool
    ids: frozenset[str]
    questions: tuple[tuple[Question, _States], ...]
    at_once: tuple[tuple[str, Mapping[Answer | None, Steps]], ...]
    followers: tuple[_Follower, ...]


@cache
def _steps(weights: Weights) -> tuple[Step, ...]:
    total = sum(weights)
    return tuple(
        (weight, total - weight, before)
        for weight, before in zip(weights, accumulate(weights, initial=0), strict=False)
    )


def _states(question: Question, states: States) -> _States:
    weights, symbols = states
    by_state = dict(zip(symbols, _steps(weights), strict=True))
    other = by_state[OTHER]
    at_once: dict[Answer | None, Steps] = {}
    if question.kind is Kind.SINGLE and not question.among:
        at_once = _in_places(other, question.choices)
    elif question.kind is Kind.SCALE and question.step == 1:
        at_once = _in_places(other, [question.low + place for place in range(question.places)])
    elif question.kind is Kind.MULTI:
        at_once = {
            (option,): _last_first(other, *_several(question, (option,))) for option in question.options
        }
    if question.harmless is not None:
        at_once[question.harmless] = (by_state[HARMLESS],)
    at_once[None] = (by_state[ABSENT],)
    return _States(at_once, other)


def _in_places(other: Step, answers: Sequence[Answer]) -> dict[Answer | None, Steps]:
    """Some answers that one symbol tells apart, after the step that says it is one of them."""
    return {answer: _joined(other, _one_of(len(answers), place)) for place, answer in enumerate(answers)}


def _one_of(many: int, place: int) -> Step:
    """The step for one of that many symbols of weight 1."""
    return 1, many - 1, place


def _last_first(*steps: Step) -> Steps:
    return steps[::-1]


def _joined(first: Step, second: Step) -> Steps:
    """Two steps, or the one that does the same: taken last first, one of weight 1 makes a number a multiple and a
    rest, and where the next one's weight divides that multiple, it does the same again.
    """
    weight, others, before = first
    many = second[1] + 1
    if second[0] != 1 or many % weight:
        return _last_first(first, second)
    whole, rest = divmod(second[2], weight)
    total = weight + others
    return (_one_of(many // weight * total, whole * total + before + rest),)


EXPECTED, OPTIONAL = ([(step,) for step in _steps(each)] for each in (SECTION_EXPECTED, SECTION_OPTIONAL))


@lru_cache(maxsize=8)
def _coded(rulebook: Rulebook) -> tuple[_Section, ...]:
    """What there is to decide, in order. A question that follows one further down never sees it answered."""
    found = []
    shut: dict[str, Answer | None] = {}
    for expected, questions in sections(rulebook):
        states = [_states(each, each.closed) for each in questions]
        followers = []
        for place, each in enumerate(questions):
            if each.above in shut:
                opened = _states(each, each.opened)
                followers.append((place, each.id, each.above, shut[each.above], opened))
            shut[each.id] = each.harmless
        found.append(
            _Section(
                expected,
                frozenset(each.id for each in questions),
                tuple(zip(questions, states, strict=True)),
                tuple((each.id, state.at_once) for each, state in zip(questions, states, strict=True)),
                tuple(followers),
            )
        )
    return tuple(found)


def pack(rulebook: Rulebook, values: Mapping[str, Answer]) -> int:
    """Checked answers as a number, free text left out. A step turns a number n into n // weight times all weights,
    and n % weight and the weights before it on top.
    """
    number = 0
    for weight, others, before in chain.from_iterable(reversed(_decided(rulebook, values))):
        number += number // weight * others + before
    return number


def _decided(rulebook: Rulebook, values: Mapping[str, Answer]) -> list[Steps]:
    """All decisions, in the order of the questionnaire."""
    steps: list[Steps] = []
    said, going_on = values.keys(), True
    for section in _coded(rulebook):
        empty = said.isdisjoint(section.ids)
        steps.append(EXPECTED[empty] if section.expected and going_on else OPTIONAL[not empty])
        if section.expected:
            going_on = not empty
        if not empty:
            steps += _of_section(section, values)
    return steps


def _of_section(section: _Section, values: Mapping[str, Answer]) -> Iterable[Steps]:
    """The steps of each question of a section in which something is answered."""
    said = values.get
    steps = [at_once.get(said(name)) for name, at_once in section.at_once]
    opened = {}
    for place, name, above, shut, states in section.followers:
        if said(above) not in (None, shut):
            steps[place] = states.at_once.get(said(name))
            opened[place] = states
    for place, (question, states) in enumerate(section.questions) if None in steps else ():
        if steps[place] is None:
            other = _other(question, values[question.id], values)
            steps[place] = _last_first(opened.get(place, states).other, *other)
    return filter(None, steps)


def _other(question: Question, value: Answer, values: Mapping[str, Answer]) -> Iterator[Step]:
    """An answer that is not the harmless one, and more than one of a few fixed options."""
    if isinstance(value, tuple):
        yield from _several(question, value)
    elif is_number(value):
        yield _one_of(question.places, round((value - question.low) / question.step))
    elif question.among is not None:
        ticked = values.get(question.among)
        among = ticked if isinstance(ticked, tuple) and ticked else question.choices
        choices = [option for option in question.options if option in among]
        yield _one_of(len(choices), choices.index(str(value)))


def _several(question: Question, value: tuple[str, ...]) -> Iterator[Step]:
    """Ticks: one that stands alone, or each of the others ticked or not."""
    lone, ticks = question.lone, question.ticks
    weights = lone_weights(question)
    if len(value) == 1 and value[0] in lone:
        yield _steps(weights)[lone.index(value[0]) + 1]
        return
    yield _steps(weights)[0]
    no, yes = _steps((max(len(ticks), TICKED), TICKED))
    yield from [yes if option in value else no for option in ticks]
