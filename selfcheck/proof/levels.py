"""Flags, clusters, cautions and patterns to levels: what raises the result, and what keeps it incomplete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.assessment.ranks import rank
from selfcheck.proof.circuit import FALSE, Circuit, Literal
from selfcheck.proof.conditions import Reader, Way
from selfcheck.proof.rows import CautionReading, RowReading, RuleReading, Source, Waiting
from selfcheck.proof.scores import Standings
from selfcheck.proof.space import Space
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Status
from selfcheck.rulebook.parts.safety import Cluster, Disposition, RedFlag, Row


class Levels:
    """Everything that ``triage.triage`` works out, as literals."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Read the whole rulebook; a second or so."""
        self.rulebook = rulebook
        self.circuit = Circuit()
        self.space = Space(rulebook, self.circuit)
        self.strict = Reader(self.space, Way.STRICT)
        self.lenient = Reader(self.space, Way.LENIENT, self.strict)
        self.silent = Reader(self.space, Way.SILENT, self.strict)
        self.standings = Standings(self.strict)
        self.silent_lenient = Reader(self.space, Way.SILENT_LENIENT, self.strict)
        for reader in (self.lenient, self.silent, self.silent_lenient):
            reader.fits = self.strict.fits
        self.rules = tuple(self._rule(rule) for rule in all_rules(rulebook))
        self.cautions = tuple(self._cautions())
        self.soft = tuple(self._soft_flags())
        self.soft_groups = self._groups((flag.soft_group, holds) for flag, holds in self.soft)
        self.sources = tuple(self._sources())
        self.ends_check = self.circuit.some(one.holds for one in self.cautions if one.row.ends_check)
        self.waiting = tuple(self._waiting())
        self.incomplete = self._incomplete()

    def from_rank(self, least: int, sources: Iterable[Source] | None = None) -> Literal:
        """When the level has at least this rank; "nothing found" always holds."""
        nothing = self.rulebook.dispositions[self.rulebook.file.triage.nothing_found]
        if least <= rank(nothing):
            return 1
        raised = self.sources if sources is None else sources
        return self.circuit.some(source.holds for source in raised if source.rank >= least)

    def at(self, disposition: Disposition) -> Literal:
        """When the result is this disposition."""
        if disposition.id == self.rulebook.file.triage.incomplete:
            return self.incomplete
        here = self.circuit.both(self.from_rank(rank(disposition)), self.from_rank(rank(disposition) + 1) ^ 1)
        return self.circuit.both(here, self.incomplete ^ 1)

    def _rule(self, rule: RedFlag | Cluster) -> RuleReading:
        return RuleReading(rule, tuple(self._row(row) for row in rule.when))

    def _row(self, row: Row) -> RowReading:
        dispositions = self.rulebook.dispositions
        disposition = dispositions[row.disposition]
        most = dispositions[self.rulebook.file.triage.unsure_at_most]
        strict, lenient = self.strict.condition(row.holds), self.lenient.condition(row.holds)
        return RowReading(
            row=row,
            disposition=disposition,
            capped=min(disposition, most, key=rank) if row.unsure == "capped" else disposition,
            strict=strict.true,
            lenient=self.circuit.both(strict.true ^ 1, lenient.true),
            unknown=self.circuit.both(strict.true ^ 1, strict.false ^ 1),
            unknown_lenient=self.circuit.every((strict.false, lenient.true ^ 1, lenient.false ^ 1)),
        )

    def _cautions(self) -> Iterator[CautionReading]:
        for caution in self.rulebook.file.caution:
            for row in caution.when:
                verdict = self.lenient.condition(row.holds)
                unknown = self.circuit.both(verdict.true ^ 1, verdict.false ^ 1)
                yield CautionReading(caution, row, verdict.true, unknown)

    def _soft_flags(self) -> Iterator[tuple[RedFlag, Literal]]:
        """The flags that a cluster of soft flags counts, with when it counts them: at exactly that level,
        by a row that is not soft.
        """
        circuit = self.circuit
        level = self.rulebook.dispositions[self.rulebook.file.triage.soft_level]
        for rule in self.rules:
            if isinstance(rule.rule, RedFlag) and rule.rule.soft_group:
                here = circuit.some(row.at(circuit, level) for row in rule.rows if not row.row.soft)
                higher = circuit.some(row.from_rank(circuit, rank(level) + 1) for row in rule.rows)
                yield rule.rule, circuit.both(here, higher ^ 1)

    def _groups(self, flags: Iterable[tuple[str | None, Literal]]) -> dict[str, Literal]:
        found: dict[str, Literal] = {}
        for group, holds in flags:
            if group:
                found[group] = self.circuit.either(found.get(group, FALSE), holds)
        return found

    def _enough_groups(self, groups: dict[str, Literal], number: int) -> Literal:
        return self.circuit.counts((groups[group] for group in sorted(groups)), number)[number]

    def together(self, rule: RedFlag | Cluster) -> Literal:
        """What a rule needs beside its rows."""
        if isinstance(rule, Cluster) and rule.soft_flags_from_groups is not None:
            return self._enough_groups(self.soft_groups, rule.soft_flags_from_groups)
        return 1

    def _sources(self) -> Iterator[Source]:
        circuit, dispositions = self.circuit, self.rulebook.dispositions
        for rule in self.rules:
            together = self.together(rule.rule)
            explains = isinstance(rule.rule, Cluster) and rule.rule.explains_only
            for place, row in enumerate(rule.rows):
                for level, holds in ((row.disposition, row.strict), (row.capped, row.lenient)):
                    both = circuit.both(holds, together)
                    if both != FALSE:
                        yield Source(rule.rule.id, place, level, both, rule.block, explains)
        for caution in self.cautions:
            if caution.row.floor and caution.holds != FALSE:
                place = caution.caution.when.index(caution.row)
                yield Source(caution.caution.id, place, dispositions[caution.row.floor], caution.holds)
        for pattern in self.rulebook.file.pattern:
            for place, floor in enumerate(pattern.floor):
                standing = self.standings[pattern.id]
                holds = standing.likely if floor.status is Status.LIKELY else standing.possible
                yield Source(pattern.id, place, dispositions[floor.disposition], holds)

    def _waiting(self) -> Iterator[Waiting]:
        yield from self._missing()
        for rule in self.rules:
            yield from self._open(rule)
        yield from self._open_soft_flags()

    def _missing(self) -> Iterator[Waiting]:
        sections = self.rulebook.questionnaire.sections
        for item in self.rulebook.warning_items:
            unanswered = self.circuit.both(self.space.is_said(item.id) ^ 1, self.strict.is_asked(item.id))
            if not sections[item.section].for_everyone:
                unanswered = self.circuit.both(unanswered, self.ends_check ^ 1)
            yield Waiting(item.id, str(item.block), unanswered)

    def _open(self, rule: RuleReading) -> Iterator[Waiting]:
        circuit = self.circuit
        if rule.block == "C":
            return
        for row in rule.rows:
            ways = ((row.unknown, row.disposition), (row.unknown_lenient, row.capped))
            could_rise = circuit.some(
                circuit.both(unknown, self._reaches(rule, rank(level)) ^ 1) for unknown, level in ways
            )
            still = circuit.every((could_rise, self._is_open(row), self.ends_check ^ 1))
            for holds, item in self._open_in(row):
                yield Waiting(item, rule.block, circuit.both(still, holds))

    def _reaches(self, rule: RuleReading, least: int) -> Literal:
        return self.circuit.some(row.from_rank(self.circuit, least) for row in rule.rows)

    def _is_open(self, row: RowReading) -> Literal:
        """See :meth:`Reading.is_open`."""
        readers = ((self.strict, self.silent), (self.lenient, self.silent_lenient))
        return self.circuit.some(
            self.circuit.every(
                literal ^ 1
                for verdict in (one.condition(row.row.holds) for one in pair)
                for literal in (verdict.true, verdict.false)
            )
            for pair in readers
        )

    def _open_in(self, row: RowReading) -> Iterator[tuple[Literal, str]]:
        """See :meth:`Reading.unanswered`."""
        yield from self.strict.open(row.row.holds)
        yield from self.lenient.open(row.row.holds)

    def _open_soft_flags(self) -> Iterator[Waiting]:
        circuit = self.circuit
        level = self.rulebook.dispositions[self.rulebook.file.triage.soft_level]
        counts = {flag.id: holds for flag, holds in self.soft}
        rows: list[tuple[str, RowReading, Literal]] = []
        for rule in self.rules:
            if isinstance(rule.rule, RedFlag) and rule.rule.soft_group:
                counted = counts[rule.rule.id]
                higher = self._reaches(rule, rank(level) + 1)
                not_yet = circuit.both(counted ^ 1, higher ^ 1)
                unknown = [circuit.either(row.unknown, row.unknown_lenient) for row in rule.rows]
                rows += [
                    (rule.rule.soft_group, row, circuit.both(unknown[place], not_yet))
                    for place, row in enumerate(rule.rows)
                    if row.disposition is level and not row.row.soft
                ]
        together = self._groups((group, holds) for group, _, holds in rows)
        for group, holds in self.soft_groups.items():
            together[group] = circuit.either(together.get(group, FALSE), holds)
        numbers = [
            one.soft_flags_from_groups for one in self.rulebook.file.cluster if one.soft_flags_from_groups
        ]
        could = circuit.some(
            circuit.both(
                self._enough_groups(together, number), self._enough_groups(self.soft_groups, number) ^ 1
            )
            for number in numbers
        )
        for _, row, holds in rows:
            still = circuit.every((could, holds, self.ends_check ^ 1))
            for opened, item in self._open_in(row):
                yield Waiting(item, "B", circuit.both(still, opened))

    def needs(self, block: str) -> int:
        """The rank from which a result stands although a question of this block is open."""
        triage, dispositions = self.rulebook.file.triage, self.rulebook.dispositions
        needed = {"A": triage.block_a_needs, "B": triage.block_b_needs}
        return rank(dispositions[needed[block]]) if block in needed else 0

    def _incomplete(self) -> Literal:
        circuit = self.circuit
        return circuit.some(
            circuit.both(
                circuit.some(one.holds for one in self.waiting if one.block == block),
                self.from_rank(self.needs(block)) ^ 1,
            )
            for block in ("A", "B")
        )


def all_rules(rulebook: Rulebook) -> tuple[RedFlag | Cluster, ...]:
    """Flags, then clusters, in the order of the file."""
    return (*rulebook.file.red_flag, *rulebook.file.cluster)
