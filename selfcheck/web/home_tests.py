"""Which home tests a person is offered, which are left out, and which would tell the most next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from selfcheck.assessment.model import PatternResult
from selfcheck.assessment.patterns import Lowered, fitting_patterns
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.suited_tests import SuitedTests, answers_left_out, parts_left_out
from selfcheck.assessment.urgency import Urgency
from selfcheck.questionnaire import Section
from selfcheck.rulebook.parts.patterns import HomeTest, TestPart


class Judged(Struct, frozen=True, dict=True):
    """What the rules say so far, as far as it decides which pages there are."""

    reading: Reading
    lowered: Lowered
    urgency: Urgency

    @cached_property
    def patterns(self) -> tuple[PatternResult, ...]:
        """What it fits with."""
        return fitting_patterns(self.reading, self.lowered, self.suited)

    @cached_property
    def suited(self) -> SuitedTests:
        """The home tests that may be done."""
        return SuitedTests(self.reading, self.urgency)


class HomeTests(Struct, frozen=True, dict=True):
    """The home tests for one person's answers; ``wishes`` names the wish for tests and further tests."""

    reading: Reading
    judge: Callable[[], Judged]
    wishes: tuple[str, ...]

    @cached_property
    def judged(self) -> Judged:
        """What the rules say so far, asked for only where it matters: most pages have no tests."""
        return self.judge()

    @cached_property
    def offered(self) -> bool:
        """Whether any may be offered: no warning sign, no stop, and pain that allows them."""
        return self.judged.suited.offered

    @cached_property
    def careful(self) -> bool:
        """Whether the careful set is offered in place of the short one."""
        return self.reading.rulebook.file.journey.careful_when.holds(self.reading.strict) is True

    @cached_property
    def short(self) -> tuple[str, ...]:
        """The short set in the order of the pages, those that are left out among them."""
        settings = self.reading.rulebook.file.journey
        listed = settings.careful_tests if self.careful else settings.short_tests
        return tuple(test for test in self._in_order() if test in listed)

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The tests wished for and suitable, in the order of the pages."""
        if self.reading.rulebook.file.journey.tests_wish not in self.wishes or not self.offered:
            return ()
        wished = {*self.short, *self.wishes}
        return tuple(test for test in self._in_order() if test in wished and not self.left_out(test))

    @cached_property
    def next_best(self) -> tuple[str, ...]:
        """The suitable tests that would tell most about the patterns shown, best first."""
        named = (result.next_best_test for result in self.judged.patterns)
        return tuple(dict.fromkeys(test for test in named if test))

    @cached_property
    def further(self) -> tuple[str, ...]:
        """The suitable tests beside the short set, the next best ones first."""
        others = [test for test in self._in_order() if test not in self.short and not self.left_out(test)]
        return tuple(sorted(others, key=self._place))

    def _place(self, test: str) -> int:
        return self.next_best.index(test) if test in self.next_best else len(self.next_best)

    def _in_order(self) -> Iterator[str]:
        sections = self.reading.rulebook.questionnaire.sections.values()
        return (section.test for section in sections if section.test is not None)

    def left_out(self, name: str) -> bool:
        """Whether a test does not suit this person, or may not."""
        return self.judged.suited.left_out[name]

    def parts_left_out(self, section: Section) -> tuple[TestPart, ...]:
        """The parts of a page's test that do not suit this person, or may not."""
        return () if section.test is None else parts_left_out(self.reading, self._test(section.test))

    def items_left_out(self, section: Section) -> frozenset[str]:
        """The stored answers that a page's test does not ask for."""
        if section.test is None:
            return frozenset()
        return frozenset(answers_left_out(self.reading, self._test(section.test)))

    def _test(self, name: str) -> HomeTest:
        return self.reading.rulebook.home_tests[name]
