"""Which page comes next: pure decisions about a rulebook, the answers so far and what was wished for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from selfcheck.answers import Answers
from selfcheck.assessment import Assessment, whole
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import Reading, apart, read
from selfcheck.assessment.urgency import Urgency, urgency
from selfcheck.questionnaire import Item, Section
from selfcheck.rulebook.conditions import Evaluation
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.home_tests import HomeTests, Judged
from selfcheck.web.layout import is_asked_here, page_of
from selfcheck.web.page import EACH, Page
from selfcheck.web.sections import Place, Row, ending, needed_by, places_of

SHORT_WAY = "short-way"


class Journey(Struct, frozen=True, dict=True):
    """One person on the way: what was said, which lines are still asked one by one, and which of the
    optional parts (and further home tests, and the short way) are wished for.
    """

    rulebook: Rulebook
    answers: Answers
    pending: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()

    @cached_property
    def reading(self) -> Reading:
        """The answers, ready for rules."""
        return self._readings[0]

    @cached_property
    def _readings(self) -> tuple[Reading, Reading]:
        """The answers read, once for pages and once for patterns to be weighed."""
        reading = read(self.rulebook, self.answers)
        return reading, apart(reading)

    @cached_property
    def assessment(self) -> Assessment:
        """All that the rules say so far."""
        judged = self.judged
        return whole(judged.reading, self.answers, judged.lowered, judged.urgency)

    @cached_property
    def judged(self) -> Judged:
        """How urgent it is and what it fits with, without a plan or what is still open: enough for every page but
        the result.
        """
        reading = self._readings[1]
        return Judged(reading, weigh_patterns(reading), urgency(reading))

    @property
    def urgency(self) -> Urgency:
        """How urgent it is so far."""
        return self.judged.urgency

    @property
    def interrupted(self) -> bool:
        """Whether nothing but help is shown until this is put right: an emergency."""
        return self.urgency.level.id == self.rulebook.file.triage.interrupts

    def asked(self, section: Section) -> tuple[Item, ...]:
        """The items of a page that are to be asked now and do not follow from other answers."""
        if section.id not in self._asked:
            self._asked[section.id] = self._asked_on(section)
        return self._asked[section.id]

    @cached_property
    def _asked(self) -> dict[str, tuple[Item, ...]]:
        return {}

    def _asked_on(self, section: Section) -> tuple[Item, ...]:
        return tuple(self._those_asked(section, places_of(self.rulebook)[section.id].items))

    def _those_asked(self, section: Section, items: Iterable[Row]) -> Iterator[Item]:
        absent = self.home_tests.items_left_out(section) if section.test else ()
        known, said = self.reading.strict.values, self.answers.values
        for item, name, always in items:
            known_otherwise = name in known and name not in said
            if name not in absent and not known_otherwise and (always or self.is_asked(item, section)):
                yield item

    def is_asked(self, item: Item, section: Section) -> bool:
        """Whether an item is to be asked on a page, and has not been answered elsewhere."""
        reading = self.reading
        if item.id in reading.strict.values and item.id not in self.answers.values:
            return False
        if item.section != section.id:
            return self.rulebook.also_if[item.id].holds(reading.strict) is True
        return is_asked_here(reading, item) or self.is_wished(item)

    def is_wished(self, item: Item) -> bool:
        """Whether an item is asked because an optional part was wished for."""
        tests = self.rulebook.file.journey.tests_wish
        return item.wish in self.wishes and (item.wish != tests or self.home_tests.offered)

    def page(self, section: Section) -> Page:
        """A page as it is drawn for this person."""
        return page_of(
            self.reading,
            section,
            self.answers,
            without=self.home_tests.items_left_out(section),
            offers=frozenset(self.wishes_on(section)),
        )

    def wishes_on(self, section: Section) -> tuple[str, ...]:
        """The wishes that a page offers a box for."""
        settings = self.rulebook.file.journey
        if section.id != settings.wish_page or self.shortened:
            return ()
        labels = settings.wish_labels
        return tuple(wish for wish in labels if wish != settings.tests_wish or self.home_tests.offered)

    def is_shown(self, section: Section) -> bool:
        """Whether a section is one of this person's pages."""
        place = places_of(self.rulebook)[section.id]
        if self.ends_early and not place.for_everyone:
            return False
        if place.condition is not None and place.condition.holds(self.reading.strict) is False:
            return False
        if self.shortened and place.part > self._last_whole_part and not self._stays(section):
            return False
        if place.wish is not None:
            tests = place.wish == self.rulebook.file.journey.tests_wish
            return place.wish in self.wishes and (not tests or self.home_tests.offered)
        if place.test is not None:
            return place.test in self.home_tests.chosen
        return not place.on_request and (place.always or self._asks_something(section))

    def _asks_something(self, section: Section) -> bool:
        items = places_of(self.rulebook)[section.id].items
        return next(self._those_asked(section, items), None) is not None

    @cached_property
    def shortened(self) -> bool:
        """Whether the person goes the short way, and there is still nothing to plan."""
        return SHORT_WAY in self.wishes and self.no_plan

    @cached_property
    def _last_whole_part(self) -> int:
        short_way = self.rulebook.file.journey.short_way
        return self.rulebook.questionnaire.sections[short_way.after].part if short_way else 0

    def _stays(self, section: Section) -> bool:
        """Whether the short way goes through a page: it is kept, or holds something that must be answered."""
        short_way = self.rulebook.file.journey.short_way
        kept = short_way is not None and section.id in short_way.keeps
        needed = places_of(self.rulebook)[section.id].needed
        return kept or next(self._those_asked(section, needed), None) is not None

    @cached_property
    def ends_early(self) -> bool:
        """Whether a gate ends the check after the warning signs."""
        return any(condition.holds(self.reading.strict) for condition in ending(self.rulebook))

    @cached_property
    def home_tests(self) -> HomeTests:
        """The home tests for these answers."""
        return HomeTests(self.reading, lambda: self.judged, self.wishes)

    @cached_property
    def no_plan(self) -> bool:
        """Whether these answers rule out a plan already."""
        settings, found = self.rulebook.file.triage, self.urgency
        high = self._rank(found.level.id) >= self._rank(settings.no_plan_from)
        outside = found.level.id == settings.out_of_scope
        return high or outside or found.stopped

    def _rank(self, disposition: str) -> int:
        return rank(self.rulebook.dispositions[disposition])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The person's sections, in order."""
        known = self.rulebook.questionnaire.sections.values()
        return tuple(section for section in known if self.is_shown(section))

    @cached_property
    def slugs(self) -> list[str]:
        """The person's pages, in order, one-by-one pages after the page they belong to."""
        found = []
        for section in self.sections:
            found.append(section.id)
            if self.still_pending(section.id):
                found.append(section.id + EACH)
        return found

    def still_pending(self, section: str) -> tuple[str, ...]:
        """The lines of a section that a person was not sure about and has not answered since."""
        unsure = self.pending.get(section)
        if not unsure:
            return ()
        asked = {item.id for item in self.asked(self.rulebook.questionnaire.sections[section])}
        return tuple(item for item in unsure if item in asked)

    def open_items(self, section: Section) -> tuple[str, ...]:
        """The items of a section without which the journey does not go on."""
        empty = self._empty(places_of(self.rulebook)[section.id])
        return tuple([item.id for item in self._those_asked(section, empty)] if empty else ())

    def _empty(self, place: Place) -> list[Row]:
        """What a section needs and has no answer, but for what is known not to be asked."""
        said, asked = self.answers.values, self.reading.strict.asked
        return [
            row
            for row in place.needed
            if row[1] not in said and (asked.get(row[1]) is not False or row[1] not in place.only_if_asked)
        ]

    @cached_property
    def first_open(self) -> str | None:
        """The first page with something that has to be answered, or none."""
        sections = list(self.rulebook.questionnaire.sections.values())
        not_asked = [item for item, verdict in self.reading.strict.asked.items() if verdict is False]
        for place in needed_by(self.rulebook).unmet(self.answers.values.keys(), not_asked):
            section = sections[place]
            items = set(self.open_items(section)) if self.is_shown(section) else None
            if items:
                pending = self.still_pending(section.id)
                known = self.rulebook.questionnaire.items
                below = all(item in pending or known[item].follows in pending for item in items)
                return section.id + EACH if below else section.id
        return None

    def after(self, slug: str) -> str | None:
        """The page after one, or none after the last. An earlier page with something open comes first."""
        slugs = self.slugs
        first = self.first_open
        section = slug.removesuffix(EACH)
        order = list(self.rulebook.questionnaire.sections)
        following = next(
            (other for other in slugs if (order.index(other.removesuffix(EACH)), other.endswith(EACH))
             > (order.index(section), slug.endswith(EACH))),
            None,
        )  # fmt: skip
        if first is not None and (following is None or slugs.index(first) < slugs.index(following)):
            return first
        return following

    def may_open(self, slug: str) -> bool:
        """Whether a page can be opened now: it is one of this person's, and nothing before it is open."""
        slugs = self.slugs
        if slug not in slugs:
            return self.first_open is None and self._is_offered(slug)
        first = self.first_open
        return first is None or slugs.index(slug) <= slugs.index(first)

    def _is_offered(self, slug: str) -> bool:
        """Whether a page that is not on the way can be asked for: with nothing open, the start page of the
        tests where they are offered, and pages about the plan where there may be one.
        """
        settings = self.rulebook.file.journey
        if settings.wishes.get(slug) == settings.tests_wish:
            return self.home_tests.offered
        return slug in settings.on_request and not self.no_plan

    def may_see_result(self) -> bool:
        """Whether there is a result to show: everything is answered, or help is needed today."""
        if self.first_open is None:
            return True
        level = self.urgency.level
        return rank(level) >= rank(self.rulebook.dispositions[self.rulebook.file.triage.block_a_needs])

    def tidied(self) -> tuple[Answers, tuple[str, ...]]:
        """The answers without those to questions that are no longer asked, and the items dropped."""
        answers = self.answers
        dropped: list[str] = []
        while True:
            strict: Evaluation = read(self.rulebook, answers).strict
            items = self.rulebook.questionnaire.items
            gone = [
                item
                for item in answers.values
                if not strict.is_asked(item) and not self.is_wished(items[item])
            ]
            if not gone:
                return answers, tuple(dropped)
            dropped.extend(gone)
            answers = answers.with_changes(dict.fromkeys(gone))
