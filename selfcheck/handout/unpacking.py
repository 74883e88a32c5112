"""A whole number back to the answers that :mod:`selfcheck.handout.packing` made it from."""

from __future__ import annotations

from msgspec import Struct, field

from selfcheck.answers import Answer
from selfcheck.handout.coded_questions import (
    DECIMALS,
    HARMLESS,
    OTHER,
    SECTION_EXPECTED,
    SECTION_OPTIONAL,
    TICKED,
    Question,
    Weights,
    harmless,
    lone_weights,
    sections,
)
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook


class NotPacked(ValueError):
    """A number that no answers give."""


def unpack(rulebook: Rulebook, number: int) -> dict[str, Answer]:
    """The answers that a number was made from, not yet checked against each other.

    Raises:
        NotPacked: for a number that packing never gives.

    """
    walk = _Walk(number)
    known = harmless(rulebook)
    going_on = True
    for expected, questions in sections(rulebook):
        answered = walk.section(expected=expected and going_on)
        going_on = answered if expected else going_on
        before = len(walk.found)
        for question in questions if answered else ():
            above = walk.found.get(question.above or "")
            walk.question(question, opened=above not in (None, known.get(question.above or "")))
        if answered and len(walk.found) == before:
            raise NotPacked
    if walk.left:
        raise NotPacked
    return walk.found


class _Walk(Struct):
    """One way through the questionnaire: what is left of the number, and the answers found so far."""

    left: int
    found: dict[str, Answer] = field(default_factory=dict)

    def weighed(self, weights: Weights) -> int:
        """The next symbol out of some with weights."""
        whole, rest = divmod(self.left, sum(weights))
        symbol = 0
        while rest >= weights[symbol]:
            rest -= weights[symbol]
            symbol += 1
        self.left = whole * weights[symbol] + rest
        return symbol

    def one_of(self, many: int) -> int:
        """The next symbol out of that many of weight 1."""
        if many == 0:
            raise NotPacked
        self.left, symbol = divmod(self.left, many)
        return symbol

    def section(self, *, expected: bool) -> bool:
        """Whether anything in a section is answered."""
        return self.weighed(SECTION_EXPECTED) == 0 if expected else self.weighed(SECTION_OPTIONAL) == 1

    def question(self, question: Question, *, opened: bool) -> None:
        """One question: first whether it is absent, harmless or something else, then what else."""
        weights, states = question.opened if opened else question.closed
        state = states[self.weighed(weights)]
        if state == HARMLESS and question.harmless is not None:
            self.found[question.id] = question.harmless
        elif state == OTHER:
            self.found[question.id] = self.other(question)

    def other(self, question: Question) -> Answer:
        """An answer that is not the harmless one."""
        match question.kind:
            case Kind.SINGLE:
                ticked = self.found.get(question.among or "")
                choices = ticked if isinstance(ticked, tuple) and ticked else question.choices
                return choices[self.one_of(len(choices))]
            case Kind.MULTI:
                return self.several(question)
            case _:
                number = round(question.low + self.one_of(question.places) * question.step, DECIMALS)
                return int(number) if number == int(number) else number

    def several(self, question: Question) -> Answer:
        """Ticks: one that stands alone, or each of the others ticked or not."""
        chosen = self.weighed(lone_weights(question))
        if chosen:
            return (question.lone[chosen - 1],)
        each = (max(len(question.ticks), TICKED), TICKED)
        found = tuple(option for option in question.ticks if self.weighed(each))
        if found == question.harmless:
            raise NotPacked
        return found
