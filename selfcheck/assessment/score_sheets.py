"""The score sheets of a rulebook: what each finding gives each pattern, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from struct import Struct as Lanes

from msgspec import Struct

from selfcheck.questionnaire import SIDES
from selfcheck.rulebook.conditions import all_items
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status

NEVER = 10_000
"""More points than any sheet has: what a pattern without a threshold needs."""


LANE = 16
"""The bits of one sheet where the points of all are counted at once: its points stay far below 2**15."""


class Counted(Struct, frozen=True):
    """What a finding gives a pattern; ``family`` is the finding itself where it has none, ``weight`` less the
    more it counts, ``keys`` the condition keys of the finding.
    """

    family: str
    group: str
    points: int
    weight: int
    item: PatternItem
    keys: tuple[str, ...]


class SelfTest(Struct, frozen=True):
    """The points of a home test's finding, its first and last key, and the tests that decide it, with those of their
    stored answers that do; the test that asks most of them first.
    """

    points: int
    first: str
    last: str
    tests: Mapping[str, frozenset[str]]


class Sheet(Struct, frozen=True):
    """One side of a scored pattern, with the condition keys of its findings and what each counts.

    A finding with sides stands for its own side in a side pattern, for either in a body pattern.
    ``one_sided`` are the keys of both sides of its findings with sides: while none of them is true, both sides
    come to the same. ``counts`` has by key what is counted, of one family the most points.
    ``tests`` are the self-test items that speak for it, most points first.
    """

    pattern: Pattern
    name: str
    side: str | None
    one_sided: frozenset[str]
    gate: frozenset[str]
    hallmark: frozenset[str]
    test_list: frozenset[str]
    counts: Mapping[str, tuple[Counted, ...]]
    tests: tuple[SelfTest, ...]
    possible: int
    likely: int


class Points(Struct, frozen=True):
    """What each finding (``of``, by condition key) gives all sheets, side by side in one number of 16 bits each,
    so that one addition counts it for all of them. ``start`` is what all sheets start with, ``signs`` the
    highest bits of each, ``lanes`` reads the single sums.
    """

    of: Mapping[str, int]
    start: int
    signs: int
    lanes: Lanes

    def all(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The points of every sheet once these findings count."""
        total = sum(map(self.of.__getitem__, keys), self.start)
        return self.lanes.unpack(((total + self.signs) ^ self.signs).to_bytes(self.lanes.size, "little"))


def side_by_side(points: Iterable[tuple[int, int]]) -> int:
    """Points of some sheets, by place, as one number."""
    return sum(number << LANE * place for place, number in points)


class Sheets(Struct, frozen=True):
    """All score sheets by place.

    ``of_pattern`` has the places of each pattern, ``points`` what speaks for each sheet, ``opens`` for each
    condition key the patterns with a side whose gate it opens. ``short`` says of
    each sheet, below 0, what it needs to be possible; ``empty`` the status of a pattern of which nothing counts.
    ``to_reach`` are all sheets: place, the pattern's place in the file, and its id.
    """

    sheets: tuple[Sheet, ...]
    of_pattern: Mapping[str, tuple[int, ...]]
    points: Points
    opens: Mapping[str, tuple[str, ...]]
    short: tuple[int, ...]
    empty: Mapping[str, Status]
    to_reach: tuple[tuple[int, int, str], ...]
    names: tuple[str, ...]
    groups_needed: int
    most_shown: int
    test_group: str
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
    opens: dict[str, list[str]] = {}
    for sheet in sheets:
        for key in sheet.gate:
            opens.setdefault(key, []).append(sheet.pattern.id)
    short = tuple(-sheet.possible for sheet in sheets)
    return Sheets(
        tuple(sheets),
        of_pattern,
        _points(sheets, short),
        {key: tuple(found) for key, found in opens.items()},
        short,
        {
            name: Status.EXCLUDED if all(sheets[place].gate for place in places) else Status.UNLIKELY
            for name, places in of_pattern.items()
        },
        tuple((at, place, name) for place, (name, ats) in enumerate(of_pattern.items()) for at in ats),
        tuple(sheet.name for sheet in sheets),
        rulebook.file.scoring.groups_needed,
        rulebook.file.scoring.most_shown,
        rulebook.file.scoring.test_group,
        {str(group): most for group, most in rulebook.file.scoring.most_points.items()},
    )


def _points(sheets: Sequence[Sheet], short: Sequence[int]) -> Points:
    """What speaks for the sheets, side by side."""
    speaks_for: dict[str, list[tuple[int, int]]] = {}
    for place, sheet in enumerate(sheets):
        for key, counts in sheet.counts.items():
            points = sum(count.points for count in counts if count.points > 0)
            if points:
                speaks_for.setdefault(key, []).append((place, points))
    return Points(
        {key: side_by_side(found) for key, found in speaks_for.items()},
        side_by_side(enumerate(short)),
        side_by_side((place, 1 << (LANE - 1)) for place in range(len(sheets))),
        Lanes(f"<{len(sheets)}h"),
    )


def _sheet(rulebook: Rulebook, pattern: Pattern, side: str | None) -> Sheet:
    def keys(findings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(key for finding in findings for key in keys_of(rulebook, finding, side))

    own = {item.finding: keys_of(rulebook, item.finding, side) for item in pattern.item}
    counts: dict[str, tuple[Counted, ...]] = {}
    for item in pattern.item:
        counted = Counted(
            item.family or item.finding, item.group, item.points, -abs(item.points), item, own[item.finding]
        )
        for key in own[item.finding]:
            counts[key] = (*counts.get(key, ()), counted)
    group = rulebook.file.scoring.test_group
    tests = sorted(
        (item for item in pattern.item if item.group == group and item.points > 0),
        key=lambda item: -item.points,
    )
    self_tests = tuple(
        SelfTest(item.points, own[item.finding][0], own[item.finding][-1], tests_of(rulebook, item.finding))
        for item in tests
    )
    return Sheet(
        pattern,
        pattern.id,
        side,
        frozenset(
            key
            for finding in (*own, *pattern.gate, *pattern.hallmark, *pattern.test_list)
            for key in keys_of(rulebook, finding, None)
            if key != finding
        ),
        keys(pattern.gate),
        keys(pattern.hallmark),
        keys(pattern.test_list),
        counts,
        self_tests,
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


def tests_of(rulebook: Rulebook, finding: str) -> Mapping[str, frozenset[str]]:
    """The home tests that a finding needs one of, with the answers that it reads; the one it reads most of first."""
    tests = _tests(rulebook)
    found: dict[str, set[str]] = {}
    for condition in rulebook.findings[finding].when.values():
        for item in sorted(all_items(rulebook.conditions, condition.node)):
            if item in tests:
                found.setdefault(tests[item], set()).add(item)
    most_first = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return {test: frozenset(items) for test, items in most_first}
