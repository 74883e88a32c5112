"""Which home tests may be done: none with a warning sign or much pain, and none that does not suit the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from selfcheck.assessment.ranks import levels_of, rank
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.urgency import Urgency
from selfcheck.rulebook.parts.patterns import HomeTest, TestPart

Ways = Mapping[str, frozenset[str]]
"""The home tests that decide something, with those of their stored answers that do."""


def parts_left_out(reading: Reading, test: HomeTest) -> tuple[TestPart, ...]:
    """The parts of a home test that do not suit this person, or may not."""
    return tuple([part for part in test.part if part.left_out_when.holds(reading.lenient) is not False])


def answers_left_out(reading: Reading, test: HomeTest) -> Iterator[str]:
    """The stored answers of a home test that are not asked for."""
    sided = reading.rulebook.questionnaire.sided
    for part in parts_left_out(reading, test):
        for item in part.items:
            yield from sided.get(item, (item,))


class _LeftOut(dict[str, bool]):
    """Whether each test does not suit a person, or may not; worked out when it is asked for."""

    def __init__(self, reading: Reading, withheld: frozenset[str]) -> None:
        super().__init__()
        self.reading, self.withheld = reading, withheld

    def __missing__(self, name: str) -> bool:
        test = self.reading.rulebook.home_tests[name]
        found = not self.withheld.isdisjoint(test.left_out_with)
        if not found and test.left_out_when is not None:
            found = test.left_out_when.holds(self.reading.lenient) is not False
        self[name] = found
        return found


class SuitedTests(Struct, frozen=True, dict=True):
    """The home tests for one person's answers, once it is known how urgent it is."""

    reading: Reading
    urgency: Urgency

    @cached_property
    def offered(self) -> bool:
        """Whether any may be offered: no warning sign, no stop, and pain that allows them."""
        rulebook, urgency = self.reading.rulebook, self.urgency
        if urgency.stopped or rank(urgency.level) >= levels_of(rulebook).no_plan_from:
            return False
        return not rulebook.file.journey.no_tests_when.holds(self.reading.lenient)

    @cached_property
    def left_out(self) -> Mapping[str, bool]:
        """Whether each test does not suit this person, or may not."""
        return _LeftOut(self.reading, self.urgency.withholds)

    def first(self, ways: Ways) -> str | None:
        """The first of some tests that may be done and still asks something that decides."""
        if self.offered:
            left_out = self.left_out
            for name, items in ways.items():
                if not left_out[name] and self._asks(name, items):
                    return name
        return None

    def _asks(self, name: str, items: frozenset[str]) -> bool:
        test = self.reading.rulebook.home_tests[name]
        return not test.part or not items.issubset(answers_left_out(self.reading, test))
