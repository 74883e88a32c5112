"""Scores to patterns: weighed against each other, ranked, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import attrgetter, gt

from selfcheck.assessment.model import NearMiss, PatternResult, Point, Reasons, SideResult
from selfcheck.assessment.pattern_rules import pattern_rules
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.score_sheets import Counted, SelfTest, Sheet, sheets_of
from selfcheck.assessment.scoring import (
    FITTING,
    LIKELY,
    ORDER,
    POSSIBLE,
    STATUSES,
    UNLIKELY,
    Scored,
    Tally,
    fitting_names,
    ruled,
    tally,
    verdicts,
)
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.rulebook.parts.patterns import Pattern, Status
from selfcheck.rulebook.tree import Count

WEIGHT = attrgetter("weight")

Lowered = Mapping[str, tuple[str, ...]]
"""Which interactions lowered which pattern."""


def weigh_patterns(reading: Reading) -> Lowered:
    """Give every pattern its status, weighed against the others."""
    rulebook, evaluation = reading.rulebook, reading.strict
    layout, rules, statuses = reading.layout, pattern_rules(rulebook), evaluation.statuses
    statuses.update(tally(rulebook, evaluation).statuses)
    for pattern in rules.rules:
        statuses[pattern.id] = ruled(layout, evaluation, pattern)
    lowered = _weigh(reading)
    nothing = FITTING.isdisjoint(statuses.values())
    for pattern in rules.headings:
        statuses[pattern.id] = ruled(layout, evaluation, pattern)
    for pattern in rules.fallbacks:
        applies = nothing and (
            pattern.applies_when is None or pattern.applies_when.holds(evaluation) is not False
        )
        statuses[pattern.id] = LIKELY if applies else UNLIKELY
    evaluation.open_ways = layout.sieve.still_open(evaluation.open_ways, statuses)
    return lowered


def fitting_patterns(reading: Reading, lowered: Lowered, suited: SuitedTests) -> tuple[PatternResult, ...]:
    """All patterns that are at least possible, in the order in which they are shown, once all are weighed.

    Refer patterns come first, by urgency; then those for self-care, likely before possible, by score
    over threshold, self-test points and place in the file; then the fallback; then headings.
    """
    rulebook = reading.rulebook
    fitting = [rulebook.patterns[name] for name in fitting_names(reading.strict.statuses)]
    if len(fitting) > 1:
        fitting.sort(key=lambda pattern: _place(reading, pattern))
    return tuple([_result(reading, pattern, lowered.get(pattern.id, ()), suited) for pattern in fitting])


def _weigh(reading: Reading) -> Lowered:
    """Apply the interactions in order; which of them lowered which pattern."""
    statuses = reading.strict.statuses
    fitting = set(fitting_names(statuses))
    lowered: dict[str, tuple[str, ...]] = {}
    for cap in pattern_rules(reading.rulebook).caps:
        if cap.causes and cap.causes.isdisjoint(fitting):
            continue
        among = cap.patterns & fitting if cap.fitting_only else cap.patterns
        if among and cap.when.holds(reading.strict):
            for name in among:
                if ORDER[STATUSES[statuses[name]]] > ORDER[cap.at_most]:
                    statuses[name] = cap.at_most
                    lowered[name] = (*lowered.get(name, ()), cap.id)
    return lowered


def _place(reading: Reading, pattern: Pattern) -> tuple[float, ...]:
    """The sorting key of a pattern; lower comes first."""
    order = pattern_rules(reading.rulebook).order[pattern.id]
    if pattern.kind == "heading":
        return (3, order)
    if pattern.kind == "fallback":
        return (2, order)
    if pattern.urgency is not None:
        return (0, pattern.urgency, order)
    _, score, test_points, _, _ = tally(reading.rulebook, reading.strict).sides(pattern.id)[0]
    part = round(score / pattern.likely, 3) if pattern.likely else 0.0
    status = STATUSES[reading.strict.statuses[pattern.id]]
    return (1, -ORDER[status], -part, -test_points, order)


def _result(
    reading: Reading, pattern: Pattern, lowered: tuple[str, ...], suited: SuitedTests
) -> PatternResult:
    rulebook = reading.rulebook
    status = STATUSES[reading.strict.statuses[pattern.id]]
    sheets = sheets_of(rulebook)
    if pattern.id not in sheets.of_pattern:
        count = _count(reading, pattern)
        return PatternResult(pattern, status, (SideResult(None, status, count, 0, ()),), capped_by=lowered)
    scored = tally(rulebook, reading.strict).sides(pattern.id)
    best, sheet = scored[0], sheets.sheets[scored[0][4]]
    supports: list[Point] = []
    limits: list[Point] = []
    for counted in sorted(best[3], key=WEIGHT):
        point = Point(counted.item, _because(reading, counted))
        (supports if counted.points > 0 else limits).append(point)
    return PatternResult(
        pattern,
        status,
        tuple([_side(sheets.sheets[found[4]].side, found, status) for found in scored]),
        tuple(supports),
        tuple(limits),
        _next_best_test(reading, sheet, suited) if status is POSSIBLE else None,
        lowered,
    )


def _side(side: str | None, found: Scored, most: Status) -> SideResult:
    status = found[0] if ORDER[found[0]] <= ORDER[most] else most
    return SideResult(side, status, found[1], found[2], tuple([counted.item for counted in found[3]]))


def _count(reading: Reading, pattern: Pattern) -> int:
    """How many criteria of a counting rule hold: its score."""
    condition = pattern.likely_when
    if condition is None or not isinstance(condition.node, Count):
        return 0
    return sum(part.holds(reading.strict) is True for part in condition.parts)


def _because(reading: Reading, counted: Counted) -> Reasons:
    """The answers behind a counted finding: of the side it was true on, or of both."""
    conditions, evaluation = reading.rulebook.conditions, reading.strict
    held = [key for key in counted.keys if evaluation.memo.get(key)]
    if len(held) == 1:
        return conditions[held[0]].because(evaluation)
    return tuple(dict.fromkeys(reason for key in held for reason in conditions[key].because(evaluation)))


def _not_done(reading: Reading, sheet: Sheet) -> list[SelfTest]:
    """The self-tests of a pattern that would help and have no answer yet, most points first."""
    memo = reading.strict.memo
    return [test for test in sheet.tests if memo[test.first] is None and memo[test.last] is None]


def _next_best_test(reading: Reading, sheet: Sheet, suited: SuitedTests) -> str | None:
    tests = (suited.first(test.tests) for test in _not_done(reading, sheet))
    return next(filter(None, tests), None)


def near_misses(reading: Reading, suited: SuitedTests) -> tuple[NearMiss, ...]:
    """Scored patterns that do not fit now, but could if tests that may be done and are not done yet turned out so;
    nearest first.

    Those that are nearest at best are looked at first, so that most need not be.
    """
    points = tally(reading.rulebook, reading.strict)
    most, sheets = points.sheets.most_shown, points.sheets.sheets
    found: list[tuple[int, int, NearMiss]] = []
    seen: set[str] = set()
    for missing, place, pattern in _nearest_first(points):
        if len(found) >= most and found[most - 1][:2] < (missing, place):
            break
        if pattern in seen:
            continue
        seen.add(pattern)
        best = points.sides(pattern)[0]
        miss = near_miss(reading, best, suited)
        if miss is not None:
            found.append((sheets[best[4]].possible - miss.score, place, miss))
            found.sort()
    return tuple([miss for _, _, miss in found[:most]])


def _nearest_first(points: Tally) -> list[tuple[int, int, str]]:
    """The sheets of unlikely patterns that something speaks for: the points that they lack at best, and the
    pattern's place and id.
    """
    sheets, statuses, short, found = points.sheets, points.statuses, points.short, []
    for sheet in compress(sheets.to_reach, map(gt, short, sheets.short)):
        place, order, name = sheet
        if statuses[name] is UNLIKELY:
            found.append((-short[place], order, name))
    found.sort()
    return found


def near_miss(reading: Reading, best: Scored, suited: SuitedTests) -> NearMiss | None:
    """A pattern as a near miss, if it does not fit and home tests could make it fit."""
    status, score, test_points, _, place = best
    sheets = sheets_of(reading.rulebook)
    sheet = sheets.sheets[place]
    lacking = sheet.possible - score
    open_points = sheets.most_points[sheets.test_group] - test_points
    if status is not UNLIKELY or score < 1 or open_points < lacking:
        return None
    could, needs = _to_do(reading, sheet, suited)
    if could < lacking or not _hallmark_open(reading, sheet.hallmark):
        return None
    return NearMiss(sheet.pattern, score, needs)


def _to_do(reading: Reading, sheet: Sheet, suited: SuitedTests) -> tuple[int, tuple[str, ...]]:
    """The points that tests not done yet could give a pattern, and the tests. What may be known without a test
    counts, too.
    """
    points, needs = 0, []
    for test in _not_done(reading, sheet):
        name = suited.first(test.tests) if test.tests else None
        if name is not None:
            needs.append(name)
        if name is not None or not test.tests:
            points += test.points
    return points, tuple(dict.fromkeys(needs))


def _hallmark_open(reading: Reading, hallmark: frozenset[str]) -> bool:
    memo = reading.strict.memo
    for key in hallmark:
        if memo.get(key) is not False:
            return True
    return not hallmark


def finding_table(reading: Reading) -> Mapping[str, bool | None]:
    """Every finding with its verdict; one with sides is true if either is, unknown if both are."""
    found, layout = verdicts(reading.rulebook, reading.strict), reading.layout.findings
    table = {**layout.table, **reading.strict.findings}
    for key in layout.sides.keys() & reading.strict.findings.keys():
        del table[key]
        name, left_key, right_key = layout.sides[key]
        left, right = found[left_key], found[right_key]
        table[name] = right if not left and (left is None or right) else left
    return table
