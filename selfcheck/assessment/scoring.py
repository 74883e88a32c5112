"""Findings to scores: the points of every pattern, before patterns are weighed against each other.

A finding counts only where it is true; unknown gives no points and takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.assessment.prepared import prepared
from selfcheck.questionnaire import SIDES
from selfcheck.rulebook.conditions import Evaluation, Verdict
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status

AT_LEAST = {
    Status.LIKELY: frozenset({Status.LIKELY}),
    Status.POSSIBLE: frozenset({Status.LIKELY, Status.POSSIBLE}),
}
FITTING = AT_LEAST[Status.POSSIBLE]
ORDER = {Status.LIKELY: 3, Status.POSSIBLE: 2, Status.UNLIKELY: 1, Status.EXCLUDED: 0}


class Sheet(Struct, frozen=True):
    """One side of a scored pattern, with the condition keys of its findings.

    A finding with sides stands for its own side in a side pattern, for either in a body pattern.
    ``tests`` are its self-test items that speak for it, most points first, with their keys.
    """

    pattern: Pattern
    side: str | None
    gate: frozenset[str]
    hallmark: frozenset[str]
    test_list: frozenset[str]
    tests: tuple[tuple[PatternItem, tuple[str, ...]], ...]


class Sheets(Struct, frozen=True):
    """All score sheets by place, and for each condition key the places where its finding counts, and
    those whose gate it opens. ``empty`` are the scores of patterns of which nothing counts.
    """

    sheets: tuple[Sheet, ...]
    of_pattern: Mapping[str, tuple[int, ...]]
    counts_in: Mapping[str, tuple[tuple[int, PatternItem], ...]]
    opens: Mapping[str, tuple[int, ...]]
    empty: Mapping[str, tuple[Scored, ...]]


Scored = tuple[Status, int, int, tuple[PatternItem, ...], int]
"""Status, score, self-test points, counted items, and the place of the sheet."""


def keys_of(rulebook: Rulebook, finding: str, side: str | None) -> tuple[str, ...]:
    """The condition keys of a finding as seen from one side, or from the body (side ``None``)."""
    if rulebook.findings[finding].scope == "body":
        return (finding,)
    return (f"{finding}:{side}",) if side else tuple(f"{finding}:{each}" for each in SIDES)


@lru_cache(maxsize=8)
def sheets_of(rulebook: Rulebook) -> Sheets:
    """The score sheets of a rulebook, made once."""
    sheets: list[Sheet] = []
    counts_in: dict[str, list[tuple[int, PatternItem]]] = {}
    of_pattern: dict[str, tuple[int, ...]] = {}
    for pattern in rulebook.file.pattern:
        if pattern.kind not in ("self_care", "refer"):
            continue
        first = len(sheets)
        for side in SIDES if pattern.scope == "side" else (None,):
            for item in pattern.item:
                for key in keys_of(rulebook, item.finding, side):
                    counts_in.setdefault(key, []).append((len(sheets), item))
            sheets.append(_sheet(rulebook, pattern, side))
        of_pattern[pattern.id] = tuple(range(first, len(sheets)))
    opens: dict[str, tuple[int, ...]] = {}
    for place, sheet in enumerate(sheets):
        for key in sheet.gate:
            opens[key] = (*opens.get(key, ()), place)
    return Sheets(
        tuple(sheets),
        of_pattern,
        {key: tuple(found) for key, found in counts_in.items()},
        opens,
        {
            name: tuple(_empty(sheets[place], place) for place in places)
            for name, places in of_pattern.items()
        },
    )


def _empty(sheet: Sheet, place: int) -> Scored:
    return (Status.EXCLUDED if sheet.gate else Status.UNLIKELY, 0, 0, (), place)


def _sheet(rulebook: Rulebook, pattern: Pattern, side: str | None) -> Sheet:
    def keys(findings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(key for finding in findings for key in keys_of(rulebook, finding, side))

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
        tuple((item, keys_of(rulebook, item.finding, side)) for item in tests),
    )


def verdicts(rulebook: Rulebook, evaluation: Evaluation) -> Mapping[str, Verdict]:
    """The verdict of every finding, by condition key.

    Read are those that may hold and those of the home tests that were done; the others are as
    :attr:`Prepared.verdicts` has them.
    """
    if evaluation.findings:
        return evaluation.memo
    layout = prepared(rulebook)
    read = layout.findings.that_may_hold(evaluation.open_ways)
    for item in layout.by_test.keys() & evaluation.values.keys():
        read.extend(layout.by_test[item])
    known = {key: holds(evaluation) for key, holds in read}
    for item, by_answer in layout.by_answer.items():
        known.update(by_answer[evaluation.values.get(item)])
    evaluation.memo = {**layout.verdicts, **evaluation.memo, **known}
    evaluation.findings.extend(sorted(known, key=layout.places.__getitem__))
    return evaluation.memo


def scores(rulebook: Rulebook, evaluation: Evaluation) -> Mapping[str, tuple[Scored, ...]]:
    """Every scored pattern's sides, better side first, as their points alone have it."""
    known = evaluation.scores
    if known:
        return known
    sheets, found = sheets_of(rulebook), verdicts(rulebook, evaluation)
    known.update(sheets.empty)
    held = [key for key in evaluation.findings if found[key]]
    true = frozenset(held)
    counted: dict[int, list[PatternItem]] = {}
    for key in held:
        for place in sheets.opens.get(key, ()):
            counted.setdefault(place, [])
        for place, item in sheets.counts_in.get(key, ()):
            counted.setdefault(place, []).append(item)
    for pattern in dict.fromkeys(sheets.sheets[place].pattern.id for place in counted):
        places = sheets.of_pattern[pattern]
        scored = [_score(rulebook, sheets, true, place, counted.get(place, [])) for place in places]
        if len(scored) > 1 and _ahead(scored[1], scored[0]):
            scored.reverse()
        known[pattern] = tuple(scored)
    return known


def _ahead(one: Scored, other: Scored) -> bool:
    return (ORDER[one[0]], *one[1:3]) > (ORDER[other[0]], *other[1:3])


def _score(
    rulebook: Rulebook, sheets: Sheets, true: frozenset[str], place: int, items: list[PatternItem]
) -> Scored:
    """One sheet's score and status. Items of one family count once, positive points up to their group's
    cap, negative points in full. A side that its gate excludes has no score.
    """
    sheet = sheets.sheets[place]
    if sheet.gate and sheet.gate.isdisjoint(true):
        return (Status.EXCLUDED, 0, 0, (), place)
    if not items:
        return (Status.UNLIKELY, 0, 0, (), place)
    settings = rulebook.file.scoring
    counted = _once_per_family(items)
    groups: dict[str, int] = {}
    total = 0
    for item in counted:
        points = item.points
        if points > 0:
            groups[item.group] = groups.get(item.group, 0) + points
        else:
            total += points
    most = settings.most_points
    for group, points in groups.items():
        cap = most[group]  # type: ignore[index]
        total += min(cap, points)
    status = _status(sheet, true, total, len(groups) >= settings.groups_needed)
    return (status, total, groups.get(settings.test_group, 0), counted, place)


def _once_per_family(items: list[PatternItem]) -> tuple[PatternItem, ...]:
    best: dict[str, PatternItem] = {}
    for item in items:
        key = item.family or item.finding
        before = best.get(key)
        if before is None or item.points > before.points:
            best[key] = item
    return tuple(best.values())


def _status(sheet: Sheet, true: frozenset[str], total: int, enough_groups: bool) -> Status:  # noqa: FBT001
    pattern = sheet.pattern
    if not enough_groups or pattern.possible is None or total < pattern.possible:
        return Status.UNLIKELY
    if sheet.hallmark and sheet.hallmark.isdisjoint(true):
        return Status.UNLIKELY
    tested = not sheet.test_list or not sheet.test_list.isdisjoint(true)
    return (
        Status.LIKELY
        if pattern.likely is not None and total >= pattern.likely and tested
        else Status.POSSIBLE
    )


def fits(rulebook: Rulebook) -> Callable[[Evaluation, str, bool], Verdict]:
    """What rules mean by ``likely(pattern)`` and ``possible(pattern)``, as the statuses stand just then."""

    def holds(evaluation: Evaluation, pattern: str, likely: bool) -> Verdict:  # noqa: FBT001
        least = Status.LIKELY if likely else Status.POSSIBLE
        status = evaluation.statuses.get(pattern) or _current(rulebook, evaluation, pattern)
        return status in AT_LEAST[least]

    return holds


def _current(rulebook: Rulebook, evaluation: Evaluation, pattern: str) -> Status:
    sides = scores(rulebook, evaluation).get(pattern)
    if sides is not None:
        return sides[0][0]
    return ruled(evaluation, rulebook.patterns[pattern])


def ruled(evaluation: Evaluation, pattern: Pattern) -> Status:
    """The status of a pattern that has conditions in place of points."""
    if pattern.applies_when is not None and not pattern.applies_when.holds(evaluation):
        return Status.EXCLUDED
    if pattern.likely_when is not None and pattern.likely_when.holds(evaluation):
        return Status.LIKELY
    if pattern.possible_when is not None and pattern.possible_when.holds(evaluation):
        return Status.POSSIBLE
    return Status.UNLIKELY
