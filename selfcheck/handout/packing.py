"""Answers to one whole number and back, an expected answer costing a small part of a bit.

Packing makes a row of decisions, each one symbol out of a few with whole-number weights that follow from
the questionnaire alone. The number takes them up last first, so that what a person never came to costs
nothing. With all weights 1 this is plain mixed radix. ``docs/answers-code.md`` says it for other programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.answers import Answer, is_number
from selfcheck.questionnaire import Item, Kind, Must
from selfcheck.rulebook.model import Rulebook

Weights = tuple[int, ...]
States = tuple[Weights, Weights]
Among = Weights | int
"""What one symbol is taken from: symbols with weights, or that many symbols of weight 1."""
Decide = Callable[[Among, int], int]
"""What a symbol is taken from, and the symbol that is wanted (ignored on the way back), to the symbol taken."""

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


class NotPacked(ValueError):
    """A number that no answers give."""


class _Question(Struct, frozen=True):
    """What packing has to know of an item. ``choices`` leave the harmless answer out; ``ticks`` are the
    options that can stand beside others, ``lone`` those that cannot. ``closed`` and ``opened`` are how much
    each state is expected and the states in that order, before and after what it follows was answered.
    """

    id: str
    kind: Kind
    harmless: Answer | None
    above: str | None
    among: str | None
    choices: tuple[str, ...]
    lone: tuple[str, ...]
    ticks: tuple[str, ...]
    low: float
    step: float
    places: int
    closed: States
    opened: States


@lru_cache(maxsize=8)
def _sections(rulebook: Rulebook) -> tuple[tuple[bool, tuple[_Question, ...]], ...]:
    """Each section with something to pack: whether everybody answers in it, and its questions."""
    found = []
    for section in rulebook.questionnaire.sections.values():
        items = [item for item in rulebook.questionnaire.by_section[section.id] if item.kind is not Kind.TEXT]
        if items:
            everybody = section.ask_if is None and any(_is_always(item) for item in items)
            found.append((everybody, tuple(_question(rulebook, item) for item in items)))
    return tuple(found)


@lru_cache(maxsize=8)
def _harmless(rulebook: Rulebook) -> Mapping[str, Answer | None]:
    """The harmless answer to each question."""
    return {one.id: one.harmless for _, questions in _sections(rulebook) for one in questions}


def _question(rulebook: Rulebook, item: Item) -> _Question:
    whole = rulebook.questionnaire.items[item.among] if item.among else item
    choices = tuple(option for option in whole.options if option != item.benign)
    low, high = item.low or 0.0, item.high or 0.0
    closed, opened = (_states(item, opened=opened) for opened in (False, True))
    return _Question(
        id=item.id,
        kind=item.kind,
        harmless=(item.benign,) if item.benign and item.kind is Kind.MULTI else item.benign,
        above=item.follows,
        among=item.among,
        choices=choices,
        lone=tuple(option for option in choices if option in item.alone),
        ticks=tuple(option for option in item.options if option not in item.alone),
        low=low,
        step=item.step,
        places=round((high - low) / item.step) + 1,
        closed=closed,
        opened=opened,
    )


def pack(rulebook: Rulebook, values: Mapping[str, Answer]) -> int:
    """Checked answers as a number, free text left out."""
    decisions: list[tuple[Among, int]] = []

    def note(among: Among, wanted: int) -> int:
        decisions.append((among, wanted))
        return wanted

    _walk(rulebook, values, note)
    number = 0
    for among, symbol in reversed(decisions):
        if isinstance(among, int):
            number = number * among + symbol
        else:
            whole, rest = divmod(number, among[symbol])
            total, before = _summed(among)
            number = whole * total + before[symbol] + rest
    return number


@lru_cache(maxsize=256)
def _summed(weights: Weights) -> tuple[int, Weights]:
    """All weights together, and for each symbol those before it."""
    return sum(weights), tuple(sum(weights[:symbol]) for symbol in range(len(weights)))


def unpack(rulebook: Rulebook, number: int) -> dict[str, Answer]:
    """The answers that a number was made from, not yet checked against each other.

    Raises:
        NotPacked: for a number that :func:`pack` never gives.

    """
    left = number

    def take(among: Among, _wanted: int) -> int:
        nonlocal left
        if isinstance(among, int):
            if among == 0:
                raise NotPacked
            left, symbol = divmod(left, among)
            return symbol
        whole, rest = divmod(left, _summed(among)[0])
        symbol = 0
        while rest >= among[symbol]:
            rest -= among[symbol]
            symbol += 1
        left = whole * among[symbol] + rest
        return symbol

    values = _walk(rulebook, {}, take)
    if left:
        raise NotPacked
    return values


def _walk(rulebook: Rulebook, said: Mapping[str, Answer], decide: Decide) -> dict[str, Answer]:
    """All decisions in the order of the questionnaire, and the answers they stand for."""
    walk = _Walk(said, decide, {})
    harmless = _harmless(rulebook)
    going_on = True
    for expected, questions in _sections(rulebook):
        answered = walk.section(questions, expected=expected and going_on)
        going_on = answered if expected else going_on
        before = len(walk.found)
        for question in questions if answered else ():
            above = walk.found.get(question.above or "")
            walk.question(question, opened=above not in (None, harmless.get(question.above or "")))
        if answered and len(walk.found) == before:
            raise NotPacked
    return walk.found


class _Walk(Struct, frozen=True):
    """One way through the questionnaire: what was said (on the way there), what is found so far."""

    said: Mapping[str, Answer]
    decide: Decide
    found: dict[str, Answer]

    def section(self, questions: tuple[_Question, ...], *, expected: bool) -> bool:
        """Whether anything in a section is answered."""
        some = any(question.id in self.said for question in questions)
        if expected:
            return self.decide(SECTION_EXPECTED, 0 if some else 1) == 0
        return self.decide(SECTION_OPTIONAL, 1 if some else 0) == 1

    def question(self, question: _Question, *, opened: bool) -> None:
        """One question: first whether it is absent, harmless or something else, then what else."""
        value = self.said.get(question.id)
        weights, states = question.opened if opened else question.closed
        wanted = ABSENT if value is None else HARMLESS if value == question.harmless else OTHER
        state = states[self.decide(weights, states.index(wanted))]
        if state == HARMLESS and question.harmless is not None:
            self.found[question.id] = question.harmless
        elif state == OTHER:
            self.found[question.id] = self.other(question, value)

    def other(self, question: _Question, value: Answer | None) -> Answer:
        """An answer that is not the harmless one."""
        match question.kind:
            case Kind.SINGLE:
                ticked = self.found.get(question.among or "")
                choices = ticked if isinstance(ticked, tuple) and ticked else question.choices
                wanted = choices.index(value) if isinstance(value, str) else 0
                return choices[self.decide(len(choices), wanted)]
            case Kind.MULTI:
                return self.several(question, value if isinstance(value, tuple) else ())
            case _:
                wanted = round((value - question.low) / question.step) if is_number(value) else 0
                place = self.decide(question.places, wanted)
                number = round(question.low + place * question.step, DECIMALS)
                return int(number) if number == int(number) else number

    def several(self, question: _Question, value: tuple[str, ...]) -> Answer:
        """Ticks: one that stands alone, or each of the others ticked or not."""
        lone, ticks = question.lone, question.ticks
        wanted = lone.index(value[0]) + 1 if len(value) == 1 and value[0] in lone else 0
        chosen = self.decide((2 * len(lone) + 1, *(1 for _ in lone)), wanted)
        if chosen:
            return (lone[chosen - 1],)
        each = (max(len(ticks), TICKED), TICKED)
        found = tuple(option for option in ticks if self.decide(each, int(option in value)))
        if found == question.harmless:
            raise NotPacked
        return found


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
