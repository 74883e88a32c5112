"""The parts of the clinician's sheet: plain strings in reading order, and nothing that decides anything."""

from __future__ import annotations

from msgspec import Struct

YES, NO, UNSURE, NOT_ASKED = "Y", "N", "?", "-"


class Line(Struct, frozen=True):
    """One line of a block. ``own`` are the person's own words, to be quoted.

    ``keep`` is 0 for a line that never leaves the sheet; of the others the lowest leaves first, and no two
    lines have the same.
    """

    label: str
    text: str
    keep: int = 0
    own: bool = False


class Block(Struct, frozen=True):
    """A titled part of the sheet. ``note`` says how its lines came about."""

    id: str
    title: str
    note: str
    lines: tuple[Line, ...]


class FlagLine(Struct, frozen=True, cache_hash=True):
    """One red flag with exactly one mark: Y yes, N no, ? not sure, - not asked or not answered.

    ``short`` is its name on the sheet. ``remark`` says in words that it was asked and not answered;
    ``star`` is the sign for that beside the mark. ``derived`` is one that has no question of its own: its "no" says
    that the rule behind it does not apply, not that somebody denied it.
    """

    id: str
    label: str
    short: str
    mark: str
    answer: str
    remark: str = ""
    star: str = ""
    derived: bool = False

    @property
    def everyones(self) -> bool:
        """Whether it tells nothing that anybody said: then it looks the same for all."""
        return self.mark in (NO, NOT_ASKED) and not self.star


class FlagGroupLines(Struct, frozen=True, cache_hash=True):
    """The red flags of one group, in file order; ``short`` is the group's name on the sheet."""

    label: str
    short: str
    lines: tuple[FlagLine, ...]

    @property
    def everyones(self) -> bool:
        """Whether no line tells anything that anybody said."""
        return all(line.everyones for line in self.lines)


class Place(Struct, frozen=True):
    """One place of the body outline, with the number that it bears in the picture."""

    number: int
    words: str


class Chart(Struct, frozen=True):
    """Where and since when. ``drawing`` is an SVG, ``said`` the same in words.

    ``steps`` are the spans of the timeline from the shortest; ``reached`` of them are filled, 0 if it is
    not known how long it has lasted.
    """

    title: str
    drawing: str
    said: str
    places: tuple[Place, ...]
    none: str
    timeline: str
    steps: tuple[str, ...]
    reached: int


class Foot(Struct, frozen=True):
    """The end of the sheet: what the person treating may tick, the versions, and the answers code.

    ``code`` is empty where there is none; ``qr`` is its picture as SVG, ``qr_said`` what that picture is.
    """

    verdict: str
    choices: tuple[str, ...]
    found: str
    answered: str
    version: str
    code_title: str = ""
    code: str = ""
    qr: str = ""
    qr_said: str = ""


class Sheet(Struct, frozen=True):
    """The clinician's sheet. ``more`` stands where lines have moved to the annex, ``annex`` is its title;
    ``more_on_paper`` where they found no room in the text.

    ``key`` explains the marks of the red flags; ``reported`` are the flags with Y or ?, in words.
    """

    title: str
    notices: tuple[str, ...]
    facts: tuple[str, ...]
    blanks: tuple[str, ...]
    situation_title: str
    situation: str
    flags_title: str
    verdict: str
    alarm: bool
    reported: tuple[Line, ...]
    key: str
    flags: tuple[FlagGroupLines, ...]
    own_words: Block
    chart: Chart
    background: Block
    tests: Block
    reading: Block
    told: Block
    foot: Foot
    more: str
    more_on_paper: str
    annex: str
