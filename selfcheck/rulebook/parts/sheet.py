"""The table of the clinician's sheet: which answers stand in which line, and which line leaves first."""

from typing import Literal

from selfcheck.part import Id, Part, Words


class SheetPart(Part):
    """The clinical words of one answer, with words around it; left out while ``unless`` is answered.

    ``join`` stands between it and what comes before. ``at_most`` limits how many ticks of a
    several-choice answer are named here.
    """

    item: Id
    join: Literal["", ",", ";"] = ";"
    before: Words | None = None
    after: Words | None = None
    unless: Id | None = None
    at_most: int | None = None


class SheetLine(Part):
    """A line of the background. Lines with the lowest ``keep`` leave a full sheet first."""

    label: Words
    keep: int
    part: tuple[SheetPart, ...]


class RunItem(Part):
    """A yes-or-no question by its short clinical name."""

    item: Id
    words: Words


class SheetRun(Part):
    """Questions that are told together: those with yes, with not sure, and with no."""

    label: Words
    keep: int
    items: tuple[RunItem, ...]


class SheetGoal(Part):
    """An activity in the person's own words, and how well it goes."""

    item: Id
    score: Id


class SheetKeep(Part):
    """How long the lines of the blocks that are not background stay on a full sheet."""

    clusters: int = 0
    details: int = 0
    own: int = 0
    goals: int = 0
    tests: int = 0
    reading: int = 0
    sharper: int = 0
    exercises: int = 0
    withheld: int = 0
    set_by: int = 0
    other: int = 0


class ClinicianSheet(Part):
    """What the clinician's sheet is made of. Ages are told in bands that begin at ``age_bands``.

    ``most_patterns`` and ``most_reasons`` limit the tool's reading, ``most_rules`` the rules
    that are named as having set the level.
    """

    age: Id | None = None
    age_bands: tuple[int, ...] = ()
    sex: Id | None = None
    filled_by: Id | None = None
    sites: Id | None = None
    duration: Id | None = None
    situation: tuple[SheetPart, ...] = ()
    own_words: tuple[Id, ...] = ()
    own_notes: tuple[Id, ...] = ()
    goal: tuple[SheetGoal, ...] = ()
    line: tuple[SheetLine, ...] = ()
    run: tuple[SheetRun, ...] = ()
    unsaid: tuple[Id, ...] = ()
    most_patterns: int = 3
    most_reasons: int = 2
    most_rules: int = 6
    keep: SheetKeep = SheetKeep()
