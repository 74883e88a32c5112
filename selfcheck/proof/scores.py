"""Findings to the status of every pattern: points, caps, sides, interactions, in the programme's order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from selfcheck.assessment.score_sheets import Sheet, keys_of, sheets_of
from selfcheck.proof.circuit import FALSE, TRUE, Circuit, Literal
from selfcheck.proof.conditions import Reader
from selfcheck.proof.numbers import NotModelledError
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status
from selfcheck.rulebook.tree import Fits, Node, Refer, parts_of


class Standing(Struct, frozen=True):
    """When a pattern is likely, and when it is at least possible."""

    likely: Literal
    possible: Literal

    def capped(self, circuit: Circuit, when: Literal, most: Status) -> Standing:
        """The same, at most ``most`` while something holds."""
        if most is Status.LIKELY:
            return self
        likely = circuit.both(self.likely, when ^ 1)
        possible = self.possible if most is Status.POSSIBLE else circuit.both(self.possible, when ^ 1)
        return Standing(likely, possible)


NEVER = Standing(FALSE, FALSE)


class Standings:
    """The status of every pattern as ``patterns.weigh_patterns`` leaves it."""

    def __init__(self, reader: Reader) -> None:
        """Work it all out, and let the reader know the final statuses."""
        self.reader = reader
        self.circuit = reader.circuit
        self.rulebook = reader.rulebook
        self.before: dict[str, Standing] = {}
        self._now: dict[str, Standing] = {}
        self._read_before_the_end()
        file = self.rulebook.file
        for pattern in file.pattern:
            if pattern.kind in ("self_care", "refer"):
                self._now[pattern.id] = self._scored(pattern)
        reader.fits = self._stands
        for pattern in file.pattern:
            if pattern.kind == "rule":
                self._now[pattern.id] = self._ruled(pattern)
        self.before = dict(self._now)
        self.lowering = tuple(self._weigh())
        nothing = self.circuit.some(one.possible for one in self._now.values()) ^ 1
        for pattern in file.pattern:
            if pattern.kind == "heading":
                self._now[pattern.id] = self._ruled(pattern)
            elif pattern.kind == "fallback":
                applies = self._verdict(pattern.applies_when, TRUE, unknown=True)
                holds = self.circuit.both(nothing, applies)
                self._now[pattern.id] = Standing(holds, holds)

    def __getitem__(self, pattern: str) -> Standing:
        """How a pattern stands in the end."""
        return self._now.get(pattern, NEVER)

    def _stands(self, pattern: str, likely: bool) -> Literal:  # noqa: FBT001
        if pattern not in self._now:
            raise NotModelledError(f"a condition asks about '{pattern}' before it has a status")
        return self._now[pattern].likely if likely else self._now[pattern].possible

    def _read_before_the_end(self) -> None:
        """A named condition keeps its first verdict. One that asks about patterns must therefore not be
        read before all interactions are done.
        """
        file = self.rulebook.file
        early: list[Condition | None] = [interaction.when for interaction in file.interaction]
        for pattern in file.pattern:
            if pattern.kind == "rule":
                early += [pattern.applies_when, pattern.likely_when, pattern.possible_when]
        for condition in early:
            if condition is not None and self._names_patterns(condition.node):
                raise NotModelledError(
                    f"'{condition.text}' names a condition about patterns before they stand"
                )

    def _names_patterns(self, node: Node, *, inside: bool = False) -> bool:
        if isinstance(node, Refer):
            return self._names_patterns(self.rulebook.conditions[node.key].node, inside=True)
        if isinstance(node, Fits):
            return inside
        return any(self._names_patterns(part, inside=inside) for part in parts_of(node))

    def _verdict(self, condition: Condition | None, default: Literal, *, unknown: bool = False) -> Literal:
        """When a condition holds (or, with ``unknown``, is not false); without one the default."""
        if condition is None:
            return default
        verdict = self.reader.condition(condition)
        return verdict.false ^ 1 if unknown else verdict.true

    def _ruled(self, pattern: Pattern) -> Standing:
        circuit = self.circuit
        applies = self._verdict(pattern.applies_when, TRUE)
        likely = circuit.both(applies, self._verdict(pattern.likely_when, FALSE))
        possible = circuit.both(applies, self._verdict(pattern.possible_when, FALSE))
        return Standing(likely, circuit.either(likely, possible))

    def _weigh(self) -> Iterator[tuple[str, Literal]]:
        """Apply the interactions in order; each with when it lowers a pattern."""
        for interaction in self.rulebook.file.interaction:
            when = self.reader.condition(interaction.when).true
            most = interaction.at_most
            lowered: list[Literal] = []
            for name in interaction.patterns:
                stood = self._now[name]
                lowered.append(stood.likely if most is Status.POSSIBLE else stood.possible)
                self._now[name] = stood.capped(self.circuit, when, most)
            yield interaction.id, self.circuit.both(when, self.circuit.some(lowered))

    def _scored(self, pattern: Pattern) -> Standing:
        """The better of the sides."""
        sheets = sheets_of(self.rulebook)
        sides = [self._sheet(sheets.sheets[place]) for place in sheets.of_pattern[pattern.id]]
        return Standing(
            self.circuit.some(side.likely for side in sides),
            self.circuit.some(side.possible for side in sides),
        )

    def _finding(self, key: str) -> Literal:
        return self.reader.named(key).true

    def _sheet(self, sheet: Sheet) -> Standing:
        circuit, pattern = self.circuit, sheet.pattern
        if pattern.possible is None:
            return NEVER
        counted = self._counted(sheet)
        points = self._points(counted)
        groups = {item.group for item, _ in counted if item.points > 0}
        present = (
            circuit.some(one for item, one in counted if item.group == group and item.points > 0)
            for group in sorted(groups)
        )
        enough = circuit.counts(present, self.rulebook.file.scoring.groups_needed)[-1]
        possible = circuit.every(
            (enough, points(pattern.possible), self._one_of(sheet.gate), self._one_of(sheet.hallmark))
        )
        if pattern.likely is None:
            return Standing(FALSE, possible)
        likely = circuit.every((possible, points(pattern.likely), self._one_of(sheet.test_list)))
        return Standing(likely, possible)

    def _one_of(self, keys: frozenset[str]) -> Literal:
        return self.circuit.some(self._finding(key) for key in sorted(keys)) if keys else TRUE

    def _counted(self, sheet: Sheet) -> list[tuple[PatternItem, Literal]]:
        """The items of a sheet, each with when its points count: once per family, the highest."""
        families: dict[str, list[tuple[PatternItem, Literal]]] = {}
        for item in sheet.pattern.item:
            keys = keys_of(self.rulebook, item.finding, sheet.side)
            holds = self.circuit.some(self._finding(key) for key in keys)
            families.setdefault(item.family or item.finding, []).append((item, holds))
        counted = []
        for family in families.values():
            family.sort(key=lambda pair: -pair[0].points)
            higher = FALSE
            for item, holds in family:
                counted.append((item, self.circuit.both(holds, higher ^ 1)))
                higher = self.circuit.either(higher, holds)
            _same_group_for_same_points(family)
        return counted

    def _points(self, counted: list[tuple[PatternItem, Literal]]) -> _Total:
        circuit, settings = self.circuit, self.rulebook.file.scoring
        gained = [TRUE]
        for group, cap in sorted(settings.most_points.items()):
            weighted = [
                (one, item.points) for item, one in counted if item.group == group and item.points > 0
            ]
            if weighted:
                gained = _sum(circuit, gained, circuit.totals(weighted, cap))
        lost = [(one, -item.points) for item, one in counted if item.points < 0]
        return _Total(circuit, gained, circuit.totals(lost, sum(weight for _, weight in lost)))


def _same_group_for_same_points(family: list[tuple[PatternItem, Literal]]) -> None:
    """Refuse a family in which it would matter which of two items with equal points counts."""
    groups: dict[int, str] = {}
    for item, _ in family:
        if groups.setdefault(item.points, item.group) != item.group:
            raise NotModelledError(f"family '{item.family}' gives {item.points} points in two groups")


def _sum(circuit: Circuit, one: list[Literal], other: list[Literal]) -> list[Literal]:
    """Two sums given as "at least 0, 1, 2 ..." added up."""
    most = len(one) + len(other) - 2
    return [
        circuit.some(
            circuit.both(one[part], other[total - part])
            for part in range(max(0, total - len(other) + 1), min(total, len(one) - 1) + 1)
        )
        for total in range(most + 1)
    ]


class _Total(Struct, frozen=True):
    """A score: points gained less points lost, each given as "at least 0, 1, 2 ..."."""

    circuit: Circuit
    gained: list[Literal]
    lost: list[Literal]

    def __call__(self, threshold: int) -> Literal:
        """Whether the score reaches a threshold."""
        parts = []
        for lost in range(len(self.lost)):
            needed = max(threshold + lost, 0)
            no_more = self.lost[lost + 1] ^ 1 if lost + 1 < len(self.lost) else TRUE
            if needed < len(self.gained):
                parts.append(self.circuit.both(self.gained[needed], no_more))
        return self.circuit.some(parts)
