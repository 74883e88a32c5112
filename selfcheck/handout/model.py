"""The parts of a handout: plain strings in reading order, and nothing that decides anything."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from selfcheck.handout.furniture import Furniture
from selfcheck.handout.sheet_model import FlagGroupLines, Sheet
from selfcheck.rulebook.parts.general import Light, Recheck, Week


class Call(Struct, frozen=True):
    """Whom to call: what the button says and the number, empty where there is none to dial."""

    words: str
    number: str


class Said(Struct, frozen=True):
    """One answer in the person's words, and where it can be changed."""

    item: str
    section: str
    question: str
    answer: str


class Net(Struct, frozen=True, cache_hash=True):
    """One line of the safety net: what to do, and for which signs."""

    act: str
    signs: tuple[str, ...]


class Move(Struct, frozen=True, cache_hash=True):
    """One exercise of the plan. ``times`` is how often a week; ``drawing`` an SVG, empty where there is
    none, and ``drawing_said`` what it shows.
    """

    id: str
    name: str
    kind: str
    dose: str
    steps: tuple[str, ...]
    feel: str
    stop_if: str
    note: str
    first_side: str
    times: int = 0
    drawing: str = ""
    drawing_said: str = ""

    everyones: ClassVar[bool] = True


class Form(Struct, frozen=True, cache_hash=True):
    """Another form of an exercise; ``instead`` says when to take it."""

    instead: str
    id: str
    name: str
    dose: str
    steps: tuple[str, ...]

    everyones: ClassVar[bool] = True


class PlanWords(Struct, frozen=True):
    """The plan, ready to print. ``said`` tells how long a session takes, rounded up to minutes, ``dates`` the
    re-check days, empty where today is not known.
    """

    mode: str
    minutes: int
    said: str
    slots: tuple[tuple[str, tuple[Move, ...]], ...]
    habits: tuple[Move, ...]
    forms: tuple[Form, ...]
    withheld: tuple[str, ...]
    few: str
    session: tuple[str, ...]
    weeks: tuple[Week, ...]
    lights: tuple[Light, ...]
    stops: tuple[str, ...]
    rechecks: tuple[Recheck, ...]
    dates: str


class Picture(Struct, frozen=True):
    """One pattern: how it fits, why, why not, what else it could be, and how good the science is.

    ``beside`` are patterns that stand on the same card, ``together`` what is said because of others that fit, too;
    a heading has ``members``.
    """

    id: str
    name: str
    clinician_name: str
    fits: str
    sides: str
    mechanism: str
    supports: tuple[str, ...]
    limits: tuple[str, ...]
    differential: str
    grade: str
    evidence_for: str
    evidence_against: str
    next_test: str
    score: str
    members: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    beside: tuple[Picture, ...] = ()


class Result(Struct, frozen=True):
    """Everything that a person is shown for one assessment, in order.

    ``reached`` is the heading of the level that an unfinished check has reached already, ``interrupts``
    whether the result is an emergency. ``help`` says whom to ask and under which number.
    """

    language: str
    title: str
    disposition: str
    letter: str
    interrupts: bool
    heading: str
    lead: str
    reached: str
    instruction: str
    call: Call | None
    crisis: str
    crisis_unasked: str
    when: str
    who: str
    because: tuple[Said, ...]
    meanwhile: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]
    small_print: tuple[str, ...]
    missing: tuple[Said, ...]
    left_open: tuple[Said, ...]
    safety_net: tuple[Net, ...]
    plan: PlanWords | None
    pictures: tuple[Picture, ...]
    more_patterns: tuple[str, ...]
    nothing_fits: bool
    nothing_fits_said: str
    sharper: tuple[str, ...]
    own_words: tuple[Said, ...]
    flags: tuple[FlagGroupLines, ...]
    help: tuple[tuple[str, str], ...]
    furniture: Furniture
    notices: tuple[str, ...]
    version: str


class Handout(Result, frozen=True):
    """A result together with the clinician's sheet: everything that is printed. In an emergency the sheet
    follows on paper only if more than the warning signs was asked (``sheet_follows``).
    """

    sheet: Sheet
    sheet_follows: bool
