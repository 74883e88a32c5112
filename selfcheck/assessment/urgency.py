"""Answers to how urgent it is: red flags, clusters, cautions and the level they give together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from selfcheck.assessment.cautions import Undecided, held_and_undecided, withheld_tags
from selfcheck.assessment.model import ActiveCaution, FiredCluster, FiredFlag, Reasons
from selfcheck.assessment.pattern_rules import pattern_rules
from selfcheck.assessment.prepared import Level, Trigger
from selfcheck.assessment.ranks import levels_of, rank
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.scoring import AT_LEAST
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, Disposition, RedFlag, Row


class RuleReading(Struct, frozen=True):
    """The row of a rule that gives its level (or ``None``), and the rows that are still unknown with the
    rank that they could reach.
    """

    rule: RedFlag | Cluster
    row: Row | None
    level: Disposition | None
    unknown: tuple[tuple[Level, int], ...]


class Urgency(Struct, frozen=True):
    """How urgent it is, with everything that says so. What is still open is not worked out.

    ``undecided`` are the cautions of which it is not known whether they hold, with their open rows;
    ``read_flags`` and ``read_clusters`` are the rules that could hold, ``floors`` the levels that patterns give.
    """

    rulebook: Rulebook
    level: Disposition
    flags: tuple[FiredFlag, ...]
    clusters: tuple[FiredCluster, ...]
    cautions: tuple[ActiveCaution, ...]
    undecided: tuple[Undecided, ...]
    floors: tuple[tuple[str, Disposition], ...]
    read_flags: tuple[RuleReading, ...]
    read_clusters: tuple[RuleReading, ...]

    @property
    def stopped(self) -> bool:
        """Whether a caution withholds everything."""
        return any(caution.everything for caution in self.cautions)

    @property
    def withholds(self) -> frozenset[str]:
        """The tags of exercises that cautions withhold, or may."""
        certain = (caution.withholds for caution in self.cautions)
        return frozenset().union(
            *certain, *(withheld_tags(self.rulebook, rows) for _, rows in self.undecided)
        )


def urgency(reading: Reading) -> Urgency:
    """How urgent it is, once the patterns are weighed: raised by everything that fired and lowered by nothing.

    Source: the levels, clusters and gates are data; this is the evaluation order they were written for.
    """
    rulebook, layout = reading.rulebook, reading.layout
    may_hold = reading.strict.open_ways
    read_flags = tuple([_read_rule(reading, flag) for flag in layout.flags.that_may_hold(may_hold)])
    read_clusters = tuple([_read_rule(reading, one) for one in layout.clusters.that_may_hold(may_hold)])
    flags = tuple(fired_flags(read_flags, reading))
    clusters = tuple(fired_clusters(read_clusters, reading, flags))
    cautions, undecided = held_and_undecided(reading)
    floors = tuple(pattern_floors(reading))
    raised = [flag.disposition for flag in flags] + [cluster.disposition for cluster in clusters]
    raised += [caution.floor for caution in cautions if caution.floor]
    raised += [disposition for _, disposition in floors]
    return Urgency(
        rulebook=rulebook,
        level=highest(rulebook, raised),
        flags=flags,
        clusters=clusters,
        cautions=cautions,
        undecided=undecided,
        floors=floors,
        read_flags=read_flags,
        read_clusters=read_clusters,
    )


def highest(rulebook: Rulebook, levels: Iterable[Disposition]) -> Disposition:
    """The highest of some levels, at least "nothing found"."""
    return max((levels_of(rulebook).nothing_found, *levels), key=rank)


def _read_rule(reading: Reading, trigger: Trigger[RedFlag] | Trigger[Cluster]) -> RuleReading:
    """The row that gives the highest level; among equals one that is not soft, then the first.

    A row that holds only because "not sure" is read as yes gives less, unless it says otherwise. It is
    then still unknown whether it gives its full level, if an unanswered question could decide that.
    """
    strict, lenient = reading.strict, reading.lenient
    best: tuple[int, bool] = (0, False)
    row: Row | None = None
    found: Disposition | None = None
    unknown: list[tuple[Level, int]] = []
    for level in trigger.levels:
        if not level.ways & strict.open_ways:
            continue
        strictly, disposition = level.holds(strict), level.disposition
        verdict = strictly
        if not strictly and lenient is not strict:
            verdict = level.holds(lenient)
            if level.row.unsure == "capped":
                disposition = min(disposition, levels_of(reading.rulebook).unsure_at_most, key=rank)
        if strictly is None or verdict is None:
            unknown.append((level, rank(level.disposition if strictly is None else disposition)))
        if verdict and (rank(disposition), not level.row.soft) > best:
            best, row, found = (rank(disposition), not level.row.soft), level.row, disposition
    return RuleReading(trigger.rule, row, found, tuple(unknown))


def _because(reading: Reading, condition: Condition) -> Reasons:
    evaluation = reading.strict if condition.holds(reading.strict) else reading.lenient
    return condition.because(evaluation)


def fired_flags(readings: Iterable[RuleReading], reading: Reading) -> Iterator[FiredFlag]:
    """Every red flag of which a row holds, in file order."""
    for found in readings:
        if found.row is not None and found.level is not None and isinstance(found.rule, RedFlag):
            keeps = found.rule.keeps_mode or found.row.keeps_mode
            because = _because(reading, found.row.holds)
            yield FiredFlag(found.rule, found.level, because, found.row.soft, keeps)


def fired_clusters(
    readings: Iterable[RuleReading], reading: Reading, flags: Sequence[FiredFlag]
) -> Iterator[FiredCluster]:
    """Every cluster that raises or explains a level, in file order."""
    for found in readings:
        if found.row is None or found.level is None or not isinstance(found.rule, Cluster):
            continue
        if found.rule.soft_flags_from_groups is None:
            yield FiredCluster(found.rule, found.level, _because(reading, found.row.holds))
        elif soft := soft_flags(reading.rulebook, found.rule, flags):
            because = tuple(dict.fromkeys(reason for flag in soft for reason in flag.because))
            yield FiredCluster(found.rule, found.level, because)


def counted_flags(rulebook: Rulebook, flags: Sequence[FiredFlag]) -> tuple[FiredFlag, ...]:
    """The flags at exactly the level that clusters of soft flags count."""
    level = levels_of(rulebook).soft
    return tuple(
        [flag for flag in flags if flag.flag.soft_group and not flag.soft and flag.disposition is level]
    )


def soft_flags(rulebook: Rulebook, cluster: Cluster, flags: Sequence[FiredFlag]) -> tuple[FiredFlag, ...]:
    """The soft flags that together make a cluster, or none."""
    counted = counted_flags(rulebook, flags)
    groups = {flag.flag.soft_group for flag in counted}
    return counted if len(groups) >= (cluster.soft_flags_from_groups or 0) else ()


def pattern_floors(reading: Reading) -> Iterator[tuple[str, Disposition]]:
    """The least dispositions that patterns themselves give, the most urgent patterns first."""
    statuses = reading.strict.statuses
    for pattern in pattern_rules(reading.rulebook).floored:
        for least, disposition in pattern.floors:
            if statuses[pattern.id] in AT_LEAST[least]:
                yield pattern.id, disposition
