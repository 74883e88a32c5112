"""Levels and cautions to what may be planned: the mode, the start level, and each exercise that may be given."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.assessment.candidates import layout_of
from selfcheck.assessment.ranks import rank
from selfcheck.proof.circuit import FALSE, TRUE, Literal
from selfcheck.proof.levels import Levels
from selfcheck.proof.rows import CautionReading, RuleReading
from selfcheck.rulebook.parts.programme import Exercise, StartLevel
from selfcheck.rulebook.parts.safety import CautionRow, Disposition, RedFlag


class Plans:
    """What ``programme.plan`` decides before it fills slots, as literals."""

    def __init__(self, levels: Levels) -> None:
        """Work out the mode, what is withheld and why."""
        self.levels = levels
        self.circuit = levels.circuit
        self.rulebook = levels.rulebook
        self.programme = levels.rulebook.file.programme
        self.everything = self.circuit.some(
            one.holds for one in levels.cautions if one.row.action in ("stop", "refer")
        )
        self.modes = tuple(self._modes())
        self.withheld_tags = self._withheld_tags()
        self.all_withheld = self.circuit.some(
            self.circuit.either(one.holds, one.unknown)
            for one in levels.cautions
            if one.row.action in ("stop", "refer")
        )

    @property
    def planned(self) -> Literal:
        """When there is a plan at all."""
        modes = zip(self.modes, self.programme.mode, strict=True)
        return self.circuit.some(holds for holds, mode in modes if mode.slots)

    @property
    def no_mode(self) -> Literal:
        """When no mode fits, which must never be."""
        return self.circuit.some(self._wanted()) ^ 1

    def _wanted(self) -> list[Literal]:
        """For each mode whether it is the one wanted: the first, after "none", whose condition holds."""
        circuit, earlier, wanted = self.circuit, FALSE, [FALSE]
        for mode in self.programme.mode[1:]:
            holds = TRUE if mode.when is None else self.levels.strict.condition(mode.when).true
            wanted.append(circuit.both(holds, earlier ^ 1))
            earlier = circuit.either(earlier, holds)
        return wanted

    def _modes(self) -> Iterator[Literal]:
        """For each mode whether it is the person's: the one wanted, at most what the result allows."""
        circuit, levels, file = self.circuit, self.levels, self.rulebook.file
        no_plan = levels.from_rank(rank(self.rulebook.dispositions[file.triage.no_plan_from]))
        none = circuit.either(no_plan, self.everything)
        names = [mode.id for mode in self.programme.mode]
        most = [FALSE] * len(names)
        for disposition in file.disposition:
            here, place = levels.at(disposition), names.index(disposition.mode_at_most)
            keeps = self._keeps_mode() if place else FALSE
            most[-1] = circuit.either(most[-1], circuit.both(here, keeps))
            most[place] = circuit.either(most[place], circuit.both(here, keeps ^ 1))
        wanted = self._wanted()
        for place in range(len(names)):
            at_least = circuit.both(circuit.some(most[place:]), circuit.some(wanted[place:]))
            more = circuit.both(circuit.some(most[place + 1 :]), circuit.some(wanted[place + 1 :]))
            fits = circuit.both(at_least, more ^ 1)
            yield circuit.either(fits, none) if place == 0 else circuit.both(fits, none ^ 1)

    def _keeps_mode(self) -> Literal:
        """Whether everything that gives the level leaves the mode as it is."""
        circuit, levels = self.circuit, self.levels
        found = []
        for disposition in self.rulebook.file.disposition:
            here = circuit.both(
                levels.from_rank(rank(disposition)), levels.from_rank(rank(disposition) + 1) ^ 1
            )
            rules = [self._at(rule, disposition) for rule in levels.rules]
            some_rule = circuit.some(holds for holds, _ in rules)
            gentler = circuit.some(lowers for _, lowers in rules)
            gate = circuit.some(one.holds for one in levels.cautions if one.row.floor == disposition.id)
            found.append(circuit.every((here, some_rule, gentler ^ 1, gate ^ 1)))
        patterns = {pattern.id for pattern in self.rulebook.file.pattern}
        floors = circuit.some(source.holds for source in levels.sources if source.rule in patterns)
        return circuit.both(circuit.some(found), floors ^ 1)

    def _at(self, rule: RuleReading, disposition: Disposition) -> tuple[Literal, Literal]:
        """When a rule gives exactly this level, and when it does so by a row that lowers the mode."""
        circuit = self.circuit
        together = self.levels.together(rule.rule)
        higher = circuit.some(row.from_rank(circuit, rank(disposition) + 1) for row in rule.rows)
        earlier, lowering = FALSE, FALSE
        for row in sorted(rule.rows, key=lambda row: row.row.soft):
            holds = row.at(circuit, disposition)
            if not (rule.rule.keeps_mode or (isinstance(rule.rule, RedFlag) and row.row.keeps_mode)):
                lowering = circuit.either(lowering, circuit.both(holds, earlier ^ 1))
            earlier = circuit.either(earlier, holds)
        fires = circuit.every((earlier, higher ^ 1, together))
        return fires, circuit.both(fires, lowering)

    def tags_of(self, row: CautionRow) -> frozenset[str]:
        """The tags that a row of a caution withholds."""
        if not row.withholds_all_but:
            return frozenset(row.withholds)
        families = frozenset(tag.id for tag in self.rulebook.file.tag if tag.family)
        return (families - frozenset(row.withholds_all_but)) | frozenset(row.withholds)

    def _withheld_tags(self) -> dict[str, Literal]:
        """For each tag when a caution that holds, or may hold, withholds it."""
        found: dict[str, Literal] = {}
        for one in self.levels.cautions:
            for tag in self.tags_of(one.row):
                either = self.circuit.either(one.holds, one.unknown)
                found[tag] = self.circuit.either(found.get(tag, FALSE), either)
        return found

    def withheld(self, exercise: Exercise) -> Literal:
        """When a caution takes an exercise away, or may."""
        tags = (self.withheld_tags.get(tag, FALSE) for tag in sorted(exercise.tags))
        return self.circuit.some((self.all_withheld, *tags))

    def given(self, exercise: Exercise, least: int = 1) -> Literal:
        """When the exercise itself may be given; ``least`` is the level that an extra starts from."""
        if exercise.level == "supervised":
            return FALSE
        fits = TRUE if exercise.level <= least else self.level_from(exercise.level)
        return self.circuit.every(
            (self.planned, fits, self.at_home(exercise.needs), self.withheld(exercise) ^ 1)
        )

    def at_home(self, needs: str | None) -> Literal:
        """When what an exercise needs is at home."""
        if needs is None:
            return TRUE
        item = self.programme.equipment_item
        said = self.levels.space.is_said(item)
        default = TRUE if needs in self.programme.equipment_default else FALSE
        return self.circuit.choose(said, self.levels.space.has(item, needs), default)

    def level_from(self, least: int) -> Literal:
        """When the start level is at least this."""
        circuit, earlier, found = self.circuit, FALSE, FALSE
        for start in self.programme.start_level:
            applies = circuit.both(self._applies(start), earlier ^ 1)
            if start.level >= least:
                found = circuit.either(found, applies)
            earlier = circuit.either(earlier, applies)
        modes = zip(self.modes, self.programme.mode, strict=True)
        return circuit.both(found, circuit.some(one for one, mode in modes if mode.level_at_most >= least))

    def _applies(self, start: StartLevel) -> Literal:
        strict, levels = self.levels.strict, self.levels
        when = TRUE if start.when is None else strict.condition(start.when).true
        unless = FALSE if start.unless is None else strict.condition(start.unless).true
        below = self.rulebook.dispositions.get(start.disposition_below or "")
        calm = TRUE if below is None else levels.from_rank(rank(below)) ^ 1
        return self.circuit.every((when, unless ^ 1, calm))


def withholds(plans: Plans, one: CautionReading, exercise: Exercise) -> bool:
    """Whether a row of a caution is about an exercise at all."""
    tags = layout_of(plans.rulebook).candidates[exercise.id].tags
    return one.row.action in ("stop", "refer") or not tags.isdisjoint(plans.tags_of(one.row))
