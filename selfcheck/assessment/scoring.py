"""Findings to scores: the points of every pattern, before patterns are weighed against each other.

A finding counts only where it is true; unknown gives no points and takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import compress

from selfcheck.assessment.pattern_rules import Ruled, pattern_rules
from selfcheck.assessment.prepared import Prepared, prepared
from selfcheck.assessment.score_sheets import Counted, Sheet, Sheets, sheets_of
from selfcheck.rulebook.conditions import Evaluation, Verdict
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Status

LIKELY, POSSIBLE, UNLIKELY, EXCLUDED = Status
"""The statuses by name: in Python 3.11 an attribute of an enumeration costs as much as a call."""

AT_LEAST = {
    LIKELY: frozenset({LIKELY}),
    POSSIBLE: frozenset({LIKELY, POSSIBLE}),
}
FITTING = AT_LEAST[POSSIBLE]
STATUSES: Mapping[str, Status] = {str(status): status for status in Status}
ORDER = {LIKELY: 3, POSSIBLE: 2, UNLIKELY: 1, EXCLUDED: 0}


def fitting_names(statuses: Mapping[str, str]) -> Iterable[str]:
    """The patterns that are at least possible, in order."""
    return compress(statuses, map(FITTING.__contains__, statuses.values()))


Scored = tuple[Status, int, int, tuple[Counted, ...], int]
"""Status, score, self-test points, what was counted, and the place of the sheet."""


def verdicts(rulebook: Rulebook, evaluation: Evaluation) -> Mapping[str, Verdict]:
    """The verdict of every finding, by condition key.

    Read are those that may hold and those of the home tests that were done; the others are as
    :attr:`FindingLayout.verdicts` has them.
    """
    if evaluation.findings:
        return evaluation.memo
    layout = prepared(rulebook).findings
    read = layout.others.that_may_hold(evaluation.open_ways)
    for item in filter(evaluation.values.__contains__, layout.by_test):
        read.extend(layout.by_test[item])
    known = evaluation.findings
    for key, holds in read:
        known[key] = holds(evaluation)
    said = evaluation.values.get
    for item, by_answer in layout.by_answer.items():
        for key, verdict in by_answer[said(item)]:
            known[key] = verdict
    evaluation.memo = {**layout.verdicts, **evaluation.memo, **known}
    return evaluation.memo


class Tally:
    """One person's points. Most patterns cannot be reached with all points that speak for them, so a sheet
    is added up in full only where it can, or when somebody asks.
    """

    __slots__ = ("held", "known", "sheets", "short", "statuses", "true")

    def __init__(self, rulebook: Rulebook, evaluation: Evaluation) -> None:
        """Count what speaks for each sheet, without caps and families: no sheet has more."""
        verdicts(rulebook, evaluation)
        self.sheets = sheets_of(rulebook)
        self.held = list(compress(evaluation.findings, evaluation.findings.values()))
        self.held.sort(key=prepared(rulebook).findings.places.__getitem__)
        self.true = frozenset(self.held)
        self.known: dict[str, tuple[Scored, ...]] = {}
        points = self.sheets.points
        self.short = points.all(points.of.keys() & self.true)
        self.statuses = self._statuses()

    def _statuses(self) -> dict[str, Status]:
        """Every scored pattern's status, as its points alone have it."""
        found, sheets = dict(self.sheets.empty), self.sheets
        for key in sheets.opens.keys() & self.true:
            for name in sheets.opens[key]:
                found[name] = UNLIKELY
        for name in compress(sheets.names, map((0).__le__, self.short)):
            found[name] = self.sides(name)[0][0]
        return found

    def sides(self, pattern: str) -> tuple[Scored, ...]:
        """A scored pattern's sides, the better side first."""
        if pattern not in self.known:
            self.known[pattern] = self._sides(self.sheets.of_pattern[pattern])
        return self.known[pattern]

    def _sides(self, places: tuple[int, ...]) -> tuple[Scored, ...]:
        first = _score(self.sheets, self, places[0])
        if len(places) == 1:
            return (first,)
        if self.true.isdisjoint(self.sheets.sheets[places[0]].one_sided):
            return first, (*first[:4], places[1])
        second = _score(self.sheets, self, places[1])
        return (second, first) if _ahead(second, first) else (first, second)


def tally(rulebook: Rulebook, evaluation: Evaluation) -> Tally:
    """The points that these answers give, counted once."""
    if evaluation.tally is None:
        evaluation.tally = Tally(rulebook, evaluation)
    found: Tally = evaluation.tally
    return found


def _ahead(one: Scored, other: Scored) -> bool:
    return (ORDER[one[0]], *one[1:3]) > (ORDER[other[0]], *other[1:3])


def _score(sheets: Sheets, known: Tally, place: int) -> Scored:
    """One sheet's score and status. Items of one family count once, positive points up to their group's
    cap, negative points in full. A side that its gate excludes has no score.
    """
    sheet = sheets.sheets[place]
    if sheet.gate and sheet.gate.isdisjoint(known.true):
        return (EXCLUDED, 0, 0, (), place)
    best: dict[str, Counted] = {}
    counts = sheet.counts
    for key in known.held:
        if key in counts:
            for counted in counts[key]:
                before = best.get(counted.family)
                if before is None or counted.points > before.points:
                    best[counted.family] = counted
    groups: dict[str, int] = {}
    total = 0
    for counted in best.values():
        points, group = counted.points, counted.group
        if points > 0:
            groups[group] = groups[group] + points if group in groups else points
        else:
            total += points
    most = sheets.most_points
    for group, points in groups.items():
        total += points
        if points > most[group]:
            total += most[group] - points
    status = UNLIKELY
    if total >= sheet.possible and len(groups) >= sheets.groups_needed:
        status = _status(sheet, known.true, total)
    return (status, total, groups.get(sheets.test_group, 0), tuple(best.values()), place)


def _status(sheet: Sheet, true: frozenset[str], total: int) -> Status:
    """The status of a sheet with enough points and groups to be possible."""
    if sheet.hallmark and sheet.hallmark.isdisjoint(true):
        return UNLIKELY
    tested = not sheet.test_list or not sheet.test_list.isdisjoint(true)
    return LIKELY if total >= sheet.likely and tested else POSSIBLE


def fits(rulebook: Rulebook) -> Callable[[Evaluation, str, bool], Verdict]:
    """What rules mean by ``likely(pattern)`` and ``possible(pattern)``, as the statuses stand just then."""

    def holds(evaluation: Evaluation, pattern: str, likely: bool) -> Verdict:  # noqa: FBT001 - the shape of fits
        least = LIKELY if likely else POSSIBLE
        status = evaluation.statuses.get(pattern) or _current(rulebook, evaluation, pattern)
        return status in AT_LEAST[least]

    return holds


def _current(rulebook: Rulebook, evaluation: Evaluation, pattern: str) -> Status:
    if pattern in sheets_of(rulebook).of_pattern:
        return tally(rulebook, evaluation).statuses[pattern]
    return ruled(prepared(rulebook), evaluation, pattern_rules(rulebook).without_points(pattern))


def ruled(layout: Prepared, evaluation: Evaluation, pattern: Ruled) -> Status:
    """The status of a pattern that has conditions in place of points."""
    if pattern.applies_when is not None and not layout.verdict(pattern.applies_when, evaluation):
        return EXCLUDED
    if pattern.likely_when is not None and layout.verdict(pattern.likely_when, evaluation):
        return LIKELY
    if pattern.possible_when is not None and layout.verdict(pattern.possible_when, evaluation):
        return POSSIBLE
    return UNLIKELY
