"""The score sheets of a rulebook: what each finding gives each pattern, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.questionnaire import SIDES
from selfcheck.rulebook.conditions import all_items
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Scoring, Status

NEVER = 1_000_000
"""More points than any sheet has: what a pattern without a threshold needs."""


class Counted(Struct, frozen=True):
    """What a finding gives a pattern; ``family`` is the finding itself where it has none."""

    family: str
    group: str
    points: int
    item: PatternItem


class SelfTest(Struct, frozen=True):
    """The points of a home test's finding, its first and last key, and the test."""

    points: int
    first: str
    last: str
    test: str | None


class Sheet(Struct, frozen=True):
    """One side of a scored pattern, with the condition keys of its findings and what each counts.

    A finding with sides stands for its own side in a side pattern, for either in a body pattern: ``keys``
    has them by finding. ``counts`` has by key what is counted, of one family the most points.
    ``tests`` are the self-test items that speak for it, most points first.
    """

    pattern: Pattern
    side: str | None
    gate: frozenset[str]
    hallmark: frozenset[str]
    test_list: frozenset[str]
    keys: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[Counted, ...]]
    tests: tuple[SelfTest, ...]
    possible: int
    likely: int


class Sheets(Struct, frozen=True):
    """All score sheets by place.

    ``of_pattern`` has the places of each pattern, ``speaks_for`` for each condition key the places that it
    gives points and how many, ``opens`` the patterns with a side whose gate it opens. ``short`` says of
    each sheet, below 0, what it needs to be possible; ``empty`` the status of a pattern of which nothing counts.
    """

    sheets: tuple[Sheet, ...]
    of_pattern: Mapping[str, tuple[int, ...]]
    speaks_for: Mapping[str, tuple[tuple[int, int], ...]]
    opens: Mapping[str, tuple[str, ...]]
    short: tuple[int, ...]
    empty: Mapping[str, Status]
    scoring: Scoring
    most_points: Mapping[str, int]


def keys_of(rulebook: Rulebook, finding: str, side: str | None) -> tuple[str, ...]:
    """The condition keys of a finding as seen from one side, or from the body (side ``None``)."""
    if rulebook.findings[finding].scope == "body":
        return (finding,)
    return (f"{finding}:{side}",) if side else tuple(f"{finding}:{each}" for each in SIDES)


@lru_cache(maxsize=8)
def sheets_of(rulebook: Rulebook) -> Sheets:
    """The score sheets of a rulebook, made once."""
    sheets: list[Sheet] = []
    of_pattern: dict[str, tuple[int, ...]] = {}
    for pattern in rulebook.file.pattern:
        if pattern.kind in ("self_care", "refer"):
            sides = SIDES if pattern.scope == "side" else (None,)
            of_pattern[pattern.id] = tuple(range(len(sheets), len(sheets) + len(sides)))
            sheets += [_sheet(rulebook, pattern, side) for side in sides]
    speaks_for: dict[str, list[tuple[int, int]]] = {}
    opens: dict[str, list[str]] = {}
    for place, sheet in enumerate(sheets):
        for key, counts in sheet.counts.items():
            points = sum(count.points for count in counts if count.points > 0)
            if points:
                speaks_for.setdefault(key, []).append((place, points))
        for key in sheet.gate:
            opens.setdefault(key, []).append(sheet.pattern.id)
    return Sheets(
        tuple(sheets),
        of_pattern,
        {key: tuple(found) for key, found in speaks_for.items()},
        {key: tuple(found) for key, found in opens.items()},
        tuple(-sheet.possible for sheet in sheets),
        {
            name: Status.EXCLUDED if all(sheets[place].gate for place in places) else Status.UNLIKELY
            for name, places in of_pattern.items()
        },
        rulebook.file.scoring,
        {str(group): most for group, most in rulebook.file.scoring.most_points.items()},
    )


def _sheet(rulebook: Rulebook, pattern: Pattern, side: str | None) -> Sheet:
    def keys(findings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(key for finding in findings for key in keys_of(rulebook, finding, side))

    own = {item.finding: keys_of(rulebook, item.finding, side) for item in pattern.item}
    counts: dict[str, tuple[Counted, ...]] = {}
    for item in pattern.item:
        counted = Counted(item.family or item.finding, item.group, item.points, item)
        for key in own[item.finding]:
            counts[key] = (*counts.get(key, ()), counted)
    group = rulebook.file.scoring.test_group
    tests = sorted(
        (item for item in pattern.item if item.group == group and item.points > 0),
        key=lambda item: -item.points,
    )
    return Sheet(
        pattern,
        side,
        keys(pattern.gate),
        keys(pattern.hallmark),
        keys(pattern.test_list),
        own,
        counts,
        tuple(
            SelfTest(
                item.points, own[item.finding][0], own[item.finding][-1], test_of(rulebook, item.finding)
            )
            for item in tests
        ),
        pattern.possible or NEVER,
        pattern.likely or NEVER,
    )


@lru_cache(maxsize=8)
def _tests(rulebook: Rulebook) -> Mapping[str, str]:
    """The home test that answers each item."""
    sided = rulebook.questionnaire.sided
    return {
        stored: test.id
        for test in rulebook.file.home_test
        for item in test.items
        for stored in sided.get(item, (item,))
    }


def test_of(rulebook: Rulebook, finding: str) -> str | None:
    """The home test that a finding needs, if any."""
    tests = _tests(rulebook)
    condition = next(iter(rulebook.findings[finding].when.values()))
    return next(
        (tests[item] for item in sorted(all_items(rulebook.conditions, condition.node)) if item in tests),
        None,
    )
