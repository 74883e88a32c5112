"""Findings to scores: the points of every pattern, before patterns are weighed against each other.

A finding counts only where it is true; unknown gives no points and takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from selfcheck.assessment.prepared import Prepared, prepared
from selfcheck.assessment.score_sheets import Counted, Sheet, Sheets, sheets_of
from selfcheck.rulebook.conditions import Evaluation, Verdict
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status

LIKELY, POSSIBLE, UNLIKELY, EXCLUDED = Status
"""The statuses by name: in Python 3.11 an attribute of an enumeration costs as much as a call."""

AT_LEAST = {
    LIKELY: frozenset({LIKELY}),
    POSSIBLE: frozenset({LIKELY, POSSIBLE}),
}
FITTING = AT_LEAST[POSSIBLE]
STATUSES: Mapping[str, Status] = {str(status): status for status in Status}
ORDER = {LIKELY: 3, POSSIBLE: 2, UNLIKELY: 1, EXCLUDED: 0}


Scored = tuple[Status, int, int, tuple[PatternItem, ...], int]
"""Status, score, self-test points, counted items, and the place of the sheet."""


def verdicts(rulebook: Rulebook, evaluation: Evaluation) -> Mapping[str, Verdict]:
    """The verdict of every finding, by condition key.

    Read are those that may hold and those of the home tests that were done; the others are as
    :attr:`FindingLayout.verdicts` has them.
    """
    if evaluation.findings:
        return evaluation.memo
    layout = prepared(rulebook).findings
    read = layout.others.that_may_hold(evaluation.open_ways)
    for item in layout.by_test.keys() & evaluation.values.keys():
        read.extend(layout.by_test[item])
    known = evaluation.findings
    for key, holds in read:
        known[key] = holds(evaluation)
    said = evaluation.values.get
    for item, by_answer in layout.by_answer.items():
        found = by_answer[said(item)]
        if found:
            known.update(found)
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
        self.held = [key for key, verdict in evaluation.findings.items() if verdict]
        self.held.sort(key=prepared(rulebook).findings.places.__getitem__)
        self.true = frozenset(self.held)
        self.known: dict[str, tuple[Scored, ...]] = {}
        self.short = list(self.sheets.short)
        short, speaks_for = self.short, self.sheets.speaks_for
        for key in self.held:
            for place, points in speaks_for.get(key, ()):
                short[place] += points
        self.statuses = self._statuses()

    def _statuses(self) -> dict[str, Status]:
        """Every scored pattern's status, as its points alone have it."""
        found, sheets = dict(self.sheets.empty), self.sheets
        for key in self.held:
            for name in sheets.opens.get(key, ()):
                found[name] = UNLIKELY
        for place, points in enumerate(self.short):
            if points >= 0:
                name = sheets.sheets[place].pattern.id
                found[name] = self.sides(name)[0][0]
        return found

    def sides(self, pattern: str) -> tuple[Scored, ...]:
        """A scored pattern's sides, the better side first."""
        if pattern not in self.known:
            scored = [_score(self.sheets, self, place) for place in self.sheets.of_pattern[pattern]]
            if len(scored) > 1 and _ahead(scored[1], scored[0]):
                scored.reverse()
            self.known[pattern] = tuple(scored)
        return self.known[pattern]


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
    sheet, scoring = sheets.sheets[place], sheets.scoring
    if sheet.gate and sheet.gate.isdisjoint(known.true):
        return (EXCLUDED, 0, 0, (), place)
    best = _once_per_family(sheet.counts, known.held)
    groups: dict[str, int] = {}
    total = 0
    for counted in best:
        if counted.points > 0:
            groups[counted.group] = groups.get(counted.group, 0) + counted.points
        else:
            total += counted.points
    most = sheets.most_points
    total += sum([min(most[group], points) for group, points in groups.items()])
    status = UNLIKELY
    if total >= sheet.possible and len(groups) >= scoring.groups_needed:
        status = _status(sheet, known.true, total)
    return (status, total, groups.get(scoring.test_group, 0), tuple([one.item for one in best]), place)


def _once_per_family(counts: Mapping[str, tuple[Counted, ...]], held: list[str]) -> Iterable[Counted]:
    best: dict[str, Counted] = {}
    for key in held:
        for counted in counts.get(key, ()):
            before = best.get(counted.family)
            if before is None or counted.points > before.points:
                best[counted.family] = counted
    return best.values()


def _status(sheet: Sheet, true: frozenset[str], total: int) -> Status:
    """The status of a sheet with enough points and groups to be possible."""
    if sheet.hallmark and sheet.hallmark.isdisjoint(true):
        return UNLIKELY
    tested = not sheet.test_list or not sheet.test_list.isdisjoint(true)
    return LIKELY if total >= sheet.likely and tested else POSSIBLE


def fits(rulebook: Rulebook) -> Callable[[Evaluation, str, bool], Verdict]:
    """What rules mean by ``likely(pattern)`` and ``possible(pattern)``, as the statuses stand just then."""

    def holds(evaluation: Evaluation, pattern: str, likely: bool) -> Verdict:  # noqa: FBT001
        least = LIKELY if likely else POSSIBLE
        status = evaluation.statuses.get(pattern) or _current(rulebook, evaluation, pattern)
        return status in AT_LEAST[least]

    return holds


def _current(rulebook: Rulebook, evaluation: Evaluation, pattern: str) -> Status:
    if pattern in sheets_of(rulebook).of_pattern:
        return tally(rulebook, evaluation).statuses[pattern]
    return ruled(prepared(rulebook), evaluation, rulebook.patterns[pattern])


def ruled(layout: Prepared, evaluation: Evaluation, pattern: Pattern) -> Status:
    """The status of a pattern that has conditions in place of points."""
    if pattern.applies_when is not None and not layout.verdict(pattern.applies_when, evaluation):
        return EXCLUDED
    if pattern.likely_when is not None and layout.verdict(pattern.likely_when, evaluation):
        return LIKELY
    if pattern.possible_when is not None and layout.verdict(pattern.possible_when, evaluation):
        return POSSIBLE
    return UNLIKELY
