"""The parts of a handout: plain strings in reading order, and nothing that decides anything."""

from __future__ import annotations

from dataclasses import dataclass

from selfcheck.rulebook.parts.general import Light, Recheck, Week


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call: what the button says and the number, empty where there is none to dial."""

    words: str
    number: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in the person's words, and where it can be changed."""

    item: str
    section: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Net:
    """One line of the safety net: what to do, and for which signs."""

    act: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise of the plan."""

    id: str
    name: str
    kind: str
    dose: str
    steps: tuple[str, ...]
    feel: str
    stop_if: str
    note: str
    first_side: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The plan, ready to print. ``minutes`` is rounded up."""

    mode: str
    minutes: int
    slots: tuple[tuple[str, tuple[Move, ...]], ...]
    habits: tuple[Move, ...]
    withheld: tuple[str, ...]
    few: str
    session: tuple[str, ...]
    weeks: tuple[Week, ...]
    lights: tuple[Light, ...]
    stops: tuple[str, ...]
    rechecks: tuple[Recheck, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One pattern: how it fits, why, why not, what else it could be, and how good the science is."""

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


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One red flag with exactly one mark: Y yes, N no, ? not sure, - not asked or not answered."""

    id: str
    label: str
    mark: str
    answer: str


@dataclass(frozen=True, slots=True)
class Handout:
    """Everything that is shown or printed for one assessment, in order.

    ``reached`` is the heading of the level that an unfinished check has reached already.
    """

    disposition: str
    letter: str
    heading: str
    lead: str
    reached: str
    instruction: str
    call: Call | None
    crisis: str
    when: str
    who: str
    because: tuple[Said, ...]
    meanwhile: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]
    small_print: tuple[str, ...]
    missing: tuple[Said, ...]
    safety_net: tuple[Net, ...]
    plan: PlanWords | None
    pictures: tuple[Picture, ...]
    nothing_fits: bool
    sharper: tuple[str, ...]
    own_words: tuple[Said, ...]
    flags: tuple[tuple[str, tuple[FlagLine, ...]], ...]
    answers: tuple[Said, ...]
    notices: tuple[str, ...]
    version: str
