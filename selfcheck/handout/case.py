"""One person's result together with everything that is needed to write it down."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct

from selfcheck.answers import Answer
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import Reading, read
from selfcheck.handout.words import clinical_words
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.conditions import Value
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.parts.sheet import ClinicianSheet


class Occasion(Struct, frozen=True):
    """What only the outside knows. ``when`` is the time with its zone; ``remarks`` tell which warning signs
    were taken back; ``code`` is the answers code and ``qr`` its picture as SVG.
    """

    when: datetime | None = None
    clinic: str = ""
    remarks: tuple[str, ...] = ()
    code: str = ""
    qr: str = ""


class Case(Struct, frozen=True, dict=True):
    """One result, for one region, on one occasion; ``read_already`` are its answers, if they have been read."""

    rulebook: Rulebook
    assessment: Assessment
    region: Region
    occasion: Occasion = Occasion()
    read_already: Reading | None = None

    @cached_property
    def reading(self) -> Reading:
        """The answers, ready for rules."""
        return self.read_already or read(self.rulebook, self.assessment.answers)

    @property
    def time(self) -> str:
        """When this is, in words with the zone; empty where it is not known."""
        when = self.occasion.when
        return f"{_day(when)}, {when:%H:%M} (UTC{when:%z})".replace("(UTC+0000)", "UTC") if when else ""

    @property
    def rechecks(self) -> tuple[str, ...]:
        """The dates of the re-check days in words; none where it is not known which day it is."""
        when = self.occasion.when
        return tuple(_day(when + timedelta(days)) for days in self.assessment.recheck_days) if when else ()

    @cached_property
    def private_flags(self) -> frozenset[str]:
        """The red flags that may not be printed as these answers stand."""
        return frozenset(
            flag.id
            for flag in self.rulebook.file.red_flag
            if flag.private_unless is not None and not flag.private_unless.holds(self.reading.strict)
        )

    @property
    def lead_is_private(self) -> bool:
        """Whether the first sentence of the result may tell of a red flag that may not be printed: one of the level,
        unless the sentence is another rule's own.
        """
        triage = self.assessment.triage
        flags = [one.flag for one in triage.flags if one.disposition is triage.level]
        printed = [flag for flag in flags if flag.id not in self.private_flags]
        texts = {text.text for flag in printed for text in flag.advice}
        texts |= {text.text for one in triage.clusters for text in one.cluster.advice}
        return len(printed) < len(flags) and self.assessment.lead not in texts

    @property
    def rows(self) -> ClinicianSheet:
        """What the rules say about the sheet."""
        return self.rulebook.file.sheet

    def say(self, text: str | None) -> str:
        """A text with the region's names and numbers in place of the words in braces."""
        return self.region.say(text)

    def answer(self, item: str | None) -> Answer | None:
        """What was said to a question; ``None`` where nothing was, or nothing that may be printed."""
        if item is None or item in self.rulebook.file.triage.private_items:
            return None
        return self.assessment.answers.values.get(item)

    def words(self, item: str | None, at_most: int | None = None) -> str:
        """The clinical words of an answer, empty where there is none."""
        value: Answer | Value | None = self.answer(item)
        if item is None or value is None:
            return ""
        asked = self.rulebook.questionnaire.items[item]
        return self.say(clinical_words(asked, value, self.rulebook, at_most)) or _("none")


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"
