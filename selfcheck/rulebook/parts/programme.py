"""The tables of the programme: exercises, modes, slots and dose rules."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from selfcheck.part import Id, Part, Words
from selfcheck.rulebook.fields import When
from selfcheck.rulebook.parts.patterns import Plan


class Dose(Part):
    """How much of an exercise: holds in seconds; ``each_side`` doubles the time."""

    hold_seconds: int = Field(ge=0, le=300)
    reps: int = Field(ge=1, le=100)
    sets: int = Field(ge=1, le=10)
    each_side: bool
    days_per_week: int = Field(ge=1, le=7)
    words: Words | None = None


class Exercise(Part):
    """Something to do. ``level`` 1 starter, 2 standard, 3 demanding; ``supervised`` never enters a plan.

    ``tags`` name everything that withholds it; ``needs`` is what must be at home for it, ``without`` the
    exercise to give where that is missing. ``variants`` are other ways to do the same.
    """

    id: Id
    name: Words
    kind: Literal["stretch", "mobility", "strength", "self_massage", "habit"]
    level: Literal[1, 2, 3, "supervised"] = 1
    key: Id | None = None
    targets: Words | None = None
    position: Words | None = None
    equipment: Words | None = None
    needs: Id | None = None
    without: Id | None = None
    steps: tuple[Words, ...] = Field(min_length=1)
    dose: Dose | None = None
    feel: Words | None = None
    stop_if: Words | None = None
    note: Words | None = None
    easier: Id | None = None
    harder: Id | None = None
    swap: Id | None = None
    variants: tuple[Id, ...] = ()
    tags: tuple[Id, ...] = ()
    untagged_because: Words | None = None
    sources: tuple[Id, ...] = Field(min_length=1)


class Mode(Part):
    """How hard the programme may be; modes stand in order from least to most. ``harder_later`` names
    harder forms for the last weeks.
    """

    id: Id
    when: When | None = None
    slots: Mapping[Id, int] = {}
    focus: Literal["none", "calm", "refer_first", "self_care"] = "none"
    level_at_most: int = 3
    extras: bool = False
    massage: bool = False
    harder_later: bool = False
    recheck_days: tuple[int, ...] = ()
    schedule: Words | None = None


class StartLevel(Part):
    """A start level and when it applies: ``when`` holds and ``unless`` does not (unknown is not).

    The first that applies counts; the last has no condition.
    """

    level: Literal[1, 2, 3]
    when: When | None = None
    unless: When | None = None
    disposition_below: Id | None = None


class FocusChange(Part):
    """An exercise that goes first in one slot of some patterns' plans while a condition holds."""

    when: When
    patterns: tuple[Id, ...]
    slot: Id
    exercise: Id


class Extra(Part):
    """One more exercise while a condition holds and the time allows."""

    id: Id
    when: When
    unless: When | None = None
    exercise: Id
    replaces_last_in: Id | None = None
    replaces_above: int = 2


class Service(Part):
    """Something that somebody else does, offered while a condition holds in modes that have massage."""

    when: When
    exercise: Id


class Contributor(Part):
    """A habit advised for a finding, whatever the patterns."""

    when: When
    habit: Id
    modes: tuple[Id, ...] = ()


class DoseChange(Part):
    """A fixed dose of one exercise in one mode."""

    mode: Id
    exercise: Id
    hold_seconds: int = Field(ge=0, le=300)
    reps: int = Field(ge=1, le=100)
    words: Words


class Timing(Part):
    """Numbers of the time formula, in seconds."""

    counted_sets: int
    between_reps_seconds: int
    between_sets_seconds: int
    change_seconds: int
    spare_seconds: int
    default_minutes: int
    minutes_item: Id


class FormWords(Part):
    """What introduces another form of an exercise, ``{name}``; ``service`` something beside the plan."""

    easier: Words
    harder: Words
    variant: Words
    service: Words


class Programme(Part):
    """How patterns and cautions become a plan."""

    mode: tuple[Mode, ...] = Field(min_length=2)
    start_level: tuple[StartLevel, ...] = Field(min_length=1)
    slot_order: tuple[Id, ...]
    trim_order: tuple[Id, ...]
    trim_keeps: int
    harder_slot: Id
    repeat_key_slot: Id
    harder_from_level: int
    later_order: tuple[Id, ...]
    most_later: int
    later_levels: int
    most_extras: int
    most_habits: int
    fewest: int
    few_words: Words
    calm_patterns: tuple[Id, ...]
    possible_refer: tuple[Id, ...] = ()
    focus_most: int
    focus_fill: int
    equipment_item: Id
    equipment_default: tuple[Id, ...]
    massage_when: When
    timing: Timing
    focus_change: tuple[FocusChange, ...] = ()
    seated_when: When
    seated_slots: Mapping[Id, int]
    seated: Plan
    extra: tuple[Extra, ...] = ()
    service: tuple[Service, ...] = ()
    contributor: tuple[Contributor, ...] = ()
    dose_change: tuple[DoseChange, ...] = ()
    session_order: tuple[Words, ...] = ()
    pairing: Words
    forms: FormWords
    stronger_side: Words
