"""The tables about patterns: findings, scores, interactions and home tests."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from selfcheck.part import Id, Part, Words
from selfcheck.rulebook.fields import ScopedWhen, When

Scope = Literal["body", "side"]
Group = Literal["H", "L", "B", "P", "T"]


class Status(StrEnum):
    """How well a pattern fits, from most to least."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    EXCLUDED = "excluded"


class Together(Part):
    """Patterns that are told of together where all of them are shown and fit ``at_least`` so well, on one and the
    same side with ``same_side``: on one card, the first one leading; under other names; with one text for what
    happens in them (``mechanism``); or with a sentence more (``text``). Nothing is scored by it.
    """

    id: Id
    patterns: tuple[Id, ...] = Field(min_length=2)
    at_least: Literal[Status.POSSIBLE, Status.LIKELY]
    same_side: bool = False
    one_card: bool = False
    names: Mapping[Id, Words] = {}
    clinician_names: Mapping[Id, Words] = {}
    mechanism: Words | None = None
    text: Words | None = None


class Scoring(Part):
    """How points become a score: group caps, the groups a pattern needs, and how much is shown."""

    most_points: Mapping[Group, int]
    groups_needed: int
    most_reasons: int
    most_shown: int
    test_group: Group
    together: tuple[Together, ...] = ()


class Finding(Part):
    """One observation that patterns count; true, false or unknown, per side where it has sides."""

    id: Id
    scope: Scope = "body"
    when: ScopedWhen
    label: Words
    sources: tuple[Id, ...] = Field(min_length=1)


class PatternItem(Part):
    """Points a finding gives; items of one ``family`` count once, the highest."""

    finding: Id
    group: Group
    points: int
    family: Id | None = None
    because: Words


class Evidence(Part):
    """How good the science is, what speaks for it and what against."""

    grade: Words
    supports: Words
    limits: Words


class Plan(Part):
    """Exercises for a pattern by slot, in order of preference."""

    mobility: tuple[Id, ...] = ()
    stretch: tuple[Id, ...] = ()
    strength: tuple[Id, ...] = ()
    massage: tuple[Id, ...] = ()
    habit: tuple[Id, ...] = ()

    def slot(self, name: str) -> tuple[str, ...]:
        """The list of one slot, by its name."""
        chosen: tuple[str, ...] = getattr(self, name)
        return chosen


class Floor(Part):
    """A least disposition that a pattern's status gives."""

    status: Status
    disposition: Id


class Pattern(Part):
    """A picture that answers can fit.

    Kinds: ``self_care`` and ``refer`` are scored from their items; ``rule`` and ``heading`` have
    conditions in place of points; ``fallback`` is shown when nothing else fits. ``advice_time`` says by
    when to be seen, and is told only at the disposition ``advice_for``. A heading stands above its ``members``.
    """

    id: Id
    name: Words
    clinician_name: Words
    kind: Literal["self_care", "refer", "rule", "heading", "fallback"]
    scope: Scope = "body"
    possible: int | None = None
    likely: int | None = None
    urgency: float | None = None
    gate: tuple[Id, ...] = ()
    hallmark: tuple[Id, ...] = ()
    test_list: tuple[Id, ...] = ()
    applies_when: When | None = None
    likely_when: When | None = None
    possible_when: When | None = None
    item: tuple[PatternItem, ...] = ()
    mechanism: Words
    evidence: Evidence
    differential: Words
    advice: Words | None = None
    advice_time: Words | None = None
    advice_for: Id | None = None
    floor: tuple[Floor, ...] = ()
    plan: Plan = Plan()
    members: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = Field(min_length=1)


class Interaction(Part):
    """A cap on patterns while a condition on patterns or answers holds; applied in file order."""

    id: Id
    when: When
    patterns: tuple[Id, ...] = Field(min_length=1)
    at_most: Status
    reason: Words


class TestPart(Part):
    """Some questions of a home test that are left out by themselves, and what is said instead."""

    items: tuple[Id, ...] = Field(min_length=1)
    left_out_when: When
    words: Words


class HomeTest(Part):
    """A test a person can do at home: steps, cut-offs, published values, error, and when it is left out.

    ``sheet_name``, ``sheet_cut_off`` and ``sheet_error`` say the same in a few words on the clinician's
    sheet. ``careful`` is said to those who are offered the careful set.
    """

    id: Id
    name: Words
    sheet_name: Words | None = None
    sheet_cut_off: Words | None = None
    sheet_error: Words | None = None
    shows: Words
    you_need: Words | None = None
    steps: tuple[Words, ...] = Field(min_length=1)
    items: tuple[Id, ...] = Field(min_length=1)
    cut_offs: Words
    norms: Words
    error: Words
    safety: Words
    careful: Words | None = None
    part: tuple[TestPart, ...] = ()
    left_out_with: tuple[Id, ...] = ()
    left_out_when: When | None = None
    sources: tuple[Id, ...] = Field(min_length=1)
