"""What a rules file says about itself and its words: metadata, sources, regions, tags, names."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from selfcheck.part import Id, Part, Words
from selfcheck.rulebook.fields import ScopedNumber, ScopedWhen, When

Scope = Literal["body", "side"]


class Meta(Part):
    """What the file is, who has read it and when it has to be read again."""

    title: Words
    version: Words
    language: Words = "en"
    status: Literal["draft", "reviewed"]
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_due: date
    notice: Words
    not_a_service: Words
    not_examined: Words


class About(Part):
    """What the start page and the page about the check say; empty lists are left out there."""

    heading: Words
    gives: tuple[Words, ...] = ()
    not_for: tuple[Words, ...] = ()
    limits: tuple[Words, ...] = ()
    works: tuple[Words, ...] = ()
    science: tuple[Words, ...] = ()


class Source(Part):
    """Where a statement comes from. ``read`` says how much of it was read for these rules."""

    id: Id
    citation: Words
    read: Literal["seen", "secondary", "background", "unverified"]


class Region(Part):
    """Names and numbers that differ between countries; texts name them in braces."""

    id: Id
    name: Words
    emergency: Words
    emergency_tel: str = ""
    urgent_line: Words
    ed: Words
    gp: Words
    crisis_line: Words

    @property
    def words(self) -> Mapping[str, str]:
        """What stands for each name in braces, such as ``{GP}``."""
        return {
            "EMERGENCY": self.emergency,
            "URGENT_LINE": self.urgent_line,
            "ED": self.ed,
            "GP": self.gp,
            "CRISIS_LINE": self.crisis_line,
        }

    def __hash__(self) -> int:
        """Its id alone: what is kept for a region is looked up many times for one result."""
        return hash(self.id)

    def say(self, text: str | None) -> str:
        """A text with this region's names and numbers in place of the words in braces."""
        filled = text or ""
        if "{" not in filled:
            return filled
        for name, words in self.words.items():
            filled = filled.replace(f"{{{name}}}", words)
        return filled


class Tag(Part):
    """Something an exercise may not suit: a movement family (``fam_...``) or a condition of the person."""

    id: Id
    meaning: Words

    @property
    def family(self) -> bool:
        """Whether it is a movement family."""
        return self.id.startswith("fam_")


class Named(Part):
    """A condition with a name, defined once and used by it."""

    id: Id
    scope: Scope = "body"
    when: ScopedWhen
    plain: Words | None = None


class Computed(Part):
    """A number worked out from numbers; unknown if any part is."""

    id: Id
    scope: Scope = "body"
    value: ScopedNumber
    unit: Words


class StopRule(Part):
    """A rule printed with every plan about when to stop."""

    id: Id
    text: Words


class Light(Part):
    """One colour of the traffic light for pain during exercise."""

    id: Id
    during: Words
    next_morning: Words
    act: Words


class Week(Part):
    """One row of the six-week progression."""

    weeks: Words
    mobility: Words
    stretch: Words
    strength: Words
    walking: Words


class Recheck(Part):
    """What to look at on a re-check day, and what to decide; in some modes only, if it names them."""

    day: Words
    modes: tuple[Id, ...] = ()
    look_at: Words
    decide: Words


class Compared(Part):
    """Items that "then and now" puts side by side, under a title of their own or that of their page.

    A difference counts from ``counts_from`` in the item's unit, from ``counts_from_percent`` of the
    earlier value, or, of a lower value only, from ``less_from_percent``. Without any of them, and for
    answers that are no numbers, it is shown and not judged.
    """

    title: Words | None = None
    items: tuple[Id, ...] = Field(min_length=1)
    counts_from: float | None = None
    counts_from_percent: float | None = None
    less_from_percent: float | None = None
    counts_words: Words | None = None
    note: Words | None = None
    sources: tuple[Id, ...] = Field(min_length=1)


class PaperWords(Part):
    """What the questionnaire on paper says besides its questions: how to fill it in and how to score it."""

    fill_in: tuple[Words, ...] = ()
    score: tuple[Words, ...] = ()
    together: tuple[Words, ...] = ()
    meanings: Words | None = None


class Term(Part):
    """A word for a part of the body or a posture, explained."""

    id: Id
    name: Words
    text: Words
    sources: tuple[Id, ...] = Field(min_length=1)


class Advice(Part):
    """A text for the person, shown while its condition holds (always, if it has none)."""

    id: Annotated[str, Field(pattern=r"^ADV-[A-Z0-9-]+$")]
    when: When | None = None
    modes: tuple[Id, ...] = ()
    with_massage: bool = False
    text: Words
    clinical: Words | None = None
    small_print: bool = False
    sources: tuple[Id, ...] = Field(min_length=1)
