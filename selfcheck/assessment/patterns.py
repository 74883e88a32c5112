"""Scores to patterns: weighed against each other, ranked, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from selfcheck.assessment.model import NearMiss, PatternResult, Point, Reasons, SideResult
from selfcheck.assessment.prepared import prepared
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.scoring import (
    FITTING,
    ORDER,
    Scored,
    Sheet,
    keys_of,
    ruled,
    scores,
    sheets_of,
    verdicts,
)
from selfcheck.rulebook.conditions import all_items
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status
from selfcheck.rulebook.tree import Count


def rank_patterns(reading: Reading) -> tuple[PatternResult, ...]:
    """All patterns that are at least possible, in the order in which they are shown.

    Refer patterns come first, by urgency; then those for self-care, likely before possible, by score
    over threshold, self-test points and place in the file; then the fallback; then headings.
    """
    rulebook, evaluation = reading.rulebook, reading.strict
    statuses = evaluation.statuses
    scored = scores(rulebook, evaluation)
    statuses.update((name, sides[0][0]) for name, sides in scored.items())
    unscored = prepared(rulebook).unscored
    for pattern in unscored:
        if pattern.kind == "rule":
            statuses[pattern.id] = ruled(evaluation, pattern)
    lowered = _weigh(reading)
    nothing = FITTING.isdisjoint(statuses.values())
    for pattern in unscored:
        if pattern.kind == "heading":
            statuses[pattern.id] = ruled(evaluation, pattern)
        elif pattern.kind == "fallback":
            applies = pattern.applies_when is None or pattern.applies_when.holds(evaluation) is not False
            statuses[pattern.id] = Status.LIKELY if nothing and applies else Status.UNLIKELY
    evaluation.open_ways = prepared(rulebook).sieve.still_open(evaluation.open_ways, statuses)
    fitting = [rulebook.patterns[name] for name, status in statuses.items() if status in FITTING]
    fitting.sort(key=lambda pattern: _place(reading, pattern))
    return tuple(_result(reading, pattern, lowered.get(pattern.id, ())) for pattern in fitting)


def _weigh(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Apply the interactions in order; which of them lowered which pattern."""
    statuses = reading.strict.statuses
    lowered: dict[str, tuple[str, ...]] = {}
    for interaction in reading.rulebook.file.interaction:
        most = ORDER[interaction.at_most]
        higher = [name for name in interaction.patterns if ORDER[statuses[name]] > most]  # type: ignore[index]
        if higher and interaction.when.holds(reading.strict):
            for name in higher:
                statuses[name] = interaction.at_most
                lowered[name] = (*lowered.get(name, ()), interaction.id)
    return lowered


def _place(reading: Reading, pattern: Pattern) -> tuple[float, ...]:
    """The sorting key of a pattern; lower comes first."""
    order = prepared(reading.rulebook).order[pattern.id]
    if pattern.kind == "heading":
        return (3, order)
    if pattern.kind == "fallback":
        return (2, order)
    if pattern.urgency is not None:
        return (0, pattern.urgency, order)
    _, score, test_points, _, _ = reading.strict.scores[pattern.id][0]
    part = round(score / pattern.likely, 3) if pattern.likely else 0.0
    status = reading.strict.statuses[pattern.id]
    return (1, -ORDER[status], -part, -test_points, order)  # type: ignore[index]


def _result(reading: Reading, pattern: Pattern, lowered: tuple[str, ...]) -> PatternResult:
    status = Status(reading.strict.statuses[pattern.id])
    scored: tuple[Scored, ...] | None = reading.strict.scores.get(pattern.id)
    if scored is None:
        count = _count(reading, pattern)
        return PatternResult(pattern, status, (SideResult(None, status, count, 0, ()),), capped_by=lowered)
    sheets = sheets_of(reading.rulebook).sheets
    best = scored[0]
    points = sorted(best[3], key=lambda item: -abs(item.points))
    side = sheets[best[4]].side
    counted = [Point(item, _because(reading, item, side)) for item in points]
    return PatternResult(
        pattern,
        status,
        tuple(_side(sheets[found[4]].side, found, status) for found in scored),
        tuple(point for point in counted if point.item.points > 0),
        tuple(point for point in counted if point.item.points < 0),
        _next_best_test(reading, best) if status is Status.POSSIBLE else None,
        lowered,
    )


def _side(side: str | None, found: Scored, most: Status) -> SideResult:
    status = found[0] if ORDER[found[0]] <= ORDER[most] else most
    return SideResult(side, status, found[1], found[2], found[3])


def _count(reading: Reading, pattern: Pattern) -> int:
    """How many criteria of a counting rule hold: its score."""
    condition = pattern.likely_when
    if condition is None or not isinstance(condition.node, Count):
        return 0
    return sum(part.holds(reading.strict) is True for part in condition.parts)


def _because(reading: Reading, item: PatternItem, side: str | None) -> Reasons:
    """The answers behind a counted finding: of the side it was true on, or of both."""
    rulebook, evaluation = reading.rulebook, reading.strict
    return tuple(
        dict.fromkeys(
            reason
            for key in keys_of(rulebook, item.finding, side)
            if evaluation.memo.get(key)
            for reason in rulebook.conditions[key].because(evaluation)
        )
    )


def _unknown_tests(reading: Reading, sheet: Sheet) -> list[PatternItem]:
    """The self-test items of a pattern that would help and have no answer yet, most points first."""
    memo = reading.strict.memo
    return [item for item, keys in sheet.tests if memo[keys[0]] is None and memo[keys[-1]] is None]


def _next_best_test(reading: Reading, best: Scored) -> str | None:
    unknown = _unknown_tests(reading, sheets_of(reading.rulebook).sheets[best[4]])
    return next((test for item in unknown if (test := test_of(reading.rulebook, item.finding))), None)


def near_misses(reading: Reading) -> tuple[NearMiss, ...]:
    """Scored patterns that do not fit now, but could if tests not done yet turned out so; nearest first."""
    rulebook = reading.rulebook
    settings, sheets = rulebook.file.scoring, sheets_of(rulebook).sheets
    found = []
    for sides in scores(rulebook, reading.strict).values():
        status, score, test_points, _, place = sides[0]
        pattern = sheets[place].pattern
        open_points = settings.most_points[settings.test_group] - test_points
        if status is not Status.UNLIKELY or score < 1 or score + open_points < (pattern.possible or 0):
            continue
        unknown = _unknown_tests(reading, sheets[place])
        gain = min(open_points, sum(item.points for item in unknown))
        if score + gain >= (pattern.possible or 0) and _hallmark_open(reading, sheets[place].hallmark):
            found.append(((pattern.possible or 0) - score, pattern, score, unknown))
    found.sort(key=lambda miss: miss[0])
    return tuple(
        NearMiss(pattern, score, _tests_for(rulebook, unknown))
        for _, pattern, score, unknown in found[: settings.most_shown]
    )


def _tests_for(rulebook: Rulebook, items: Iterable[PatternItem]) -> tuple[str, ...]:
    tests = dict.fromkeys(test_of(rulebook, item.finding) for item in items)
    return tuple(test for test in tests if test)


def _hallmark_open(reading: Reading, hallmark: frozenset[str]) -> bool:
    memo = reading.strict.memo
    return not hallmark or any(memo.get(key) is not False for key in hallmark)


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


@lru_cache(maxsize=1024)
def test_of(rulebook: Rulebook, finding: str) -> str | None:
    """The home test that a finding needs, if any."""
    tests = _tests(rulebook)
    condition = next(iter(rulebook.findings[finding].when.values()))
    return next(
        (tests[item] for item in sorted(all_items(rulebook.conditions, condition.node)) if item in tests),
        None,
    )


def finding_table(reading: Reading) -> Mapping[str, bool | None]:
    """Every finding with its verdict; one with sides is true if either is, unknown if both are."""
    found, layout = verdicts(reading.rulebook, reading.strict), prepared(reading.rulebook)
    table = dict(layout.table)
    for key in reading.strict.findings:
        name, keys = layout.sides[key]
        left, right = found[keys[0]], found[keys[-1]]
        table[name] = right if not left and (left is None or right) else left
    return table
