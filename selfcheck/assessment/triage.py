"""Answers to a disposition: red flags, clusters, cautions, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from selfcheck.answers import Answers
from selfcheck.assessment.cautions import active_cautions
from selfcheck.assessment.model import (
    FiredCluster,
    FiredFlag,
    PatternResult,
    Reasons,
    Triage,
)
from selfcheck.assessment.prepared import Level, Trigger, prepared
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import Reading
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, Disposition, RedFlag, Row


def triage(reading: Reading, answers: Answers, patterns: Sequence[PatternResult]) -> Triage:
    """The disposition of a person, raised by everything that fired and lowered by nothing.

    Source: the levels, clusters and gates are data; this is the evaluation order they were written for.
    """
    rulebook, layout = reading.rulebook, prepared(reading.rulebook)
    may_hold = reading.strict.open_ways
    flag_readings = [_read_rule(reading, flag) for flag in layout.flags.that_may_hold(may_hold)]
    cluster_readings = [_read_rule(reading, cluster) for cluster in layout.clusters.that_may_hold(may_hold)]
    flags = tuple(fired_flags(flag_readings, reading))
    clusters = tuple(fired_clusters(cluster_readings, reading, flags))
    cautions, open_cautions = active_cautions(reading)
    floors = tuple(pattern_floors(rulebook, patterns))
    raised = [flag.disposition for flag in flags] + [cluster.disposition for cluster in clusters]
    raised += [caution.floor for caution in cautions if caution.floor]
    raised += [disposition for _, disposition in floors]
    level = highest(rulebook, raised)
    ends_check = any(caution.ends_check for caution in cautions)
    missing = tuple(_missing(reading, ends_check=ends_check))
    open_items: tuple[tuple[str, str], ...] = ()
    if not ends_check:
        open_items = _open_items(reading, (*flag_readings, *cluster_readings))
        open_items += _open_soft_flags(reading, flag_readings, flags)
    disposition = level
    if not _complete(rulebook, level, missing, open_items):
        disposition = rulebook.dispositions[rulebook.file.triage.incomplete]
        missing = tuple(dict.fromkeys((*missing, *(item for item, _ in open_items))))
    return Triage(
        disposition=disposition,
        level=level,
        channel=_channel(rulebook, disposition, flags, clusters),
        flags=flags,
        clusters=clusters,
        cautions=cautions,
        open_cautions=open_cautions,
        flag_answers=_flag_answers(reading, answers, flag_readings),
        missing=missing,
        open_items=tuple(dict.fromkeys(item for item, _ in open_items)),
        pattern_floors=tuple(pattern for pattern, _ in floors),
    )


def highest(rulebook: Rulebook, levels: Iterable[Disposition]) -> Disposition:
    """The highest of some levels, at least "nothing found"."""
    return max((rulebook.dispositions[rulebook.file.triage.nothing_found], *levels), key=rank)


class RuleReading(Struct, frozen=True):
    """The row of a rule that gives its level (or ``None``), and the rows that are still unknown with the
    rank that they could reach.
    """

    rule: RedFlag | Cluster
    row: Row | None
    level: Disposition | None
    unknown: tuple[tuple[Level, int], ...]


def _read_rule(reading: Reading, trigger: Trigger[RedFlag] | Trigger[Cluster]) -> RuleReading:
    """The row that gives the highest level; among equals one that is not soft, then the first.

    A row that holds only because "not sure" is read as yes gives less, unless it says otherwise. It is
    then still unknown whether it gives its full level, if an unanswered question could decide that.
    """
    settings, dispositions = reading.rulebook.file.triage, reading.rulebook.dispositions
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
                disposition = min(disposition, dispositions[settings.unsure_at_most], key=rank)
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
        elif soft := _soft_flags(reading.rulebook, found.rule, flags):
            because = tuple(dict.fromkeys(reason for flag in soft for reason in flag.because))
            yield FiredCluster(found.rule, found.level, because)


def _counted(rulebook: Rulebook, flags: Sequence[FiredFlag]) -> tuple[FiredFlag, ...]:
    """The flags at exactly the level that clusters of soft flags count."""
    level = rulebook.file.triage.soft_level
    return tuple(
        flag for flag in flags if flag.flag.soft_group and not flag.soft and flag.disposition.id == level
    )


def _soft_flags(rulebook: Rulebook, cluster: Cluster, flags: Sequence[FiredFlag]) -> tuple[FiredFlag, ...]:
    """The soft flags that together make a cluster, or none."""
    counted = _counted(rulebook, flags)
    groups = {flag.flag.soft_group for flag in counted}
    return counted if len(groups) >= (cluster.soft_flags_from_groups or 0) else ()


def pattern_floors(
    rulebook: Rulebook, patterns: Iterable[PatternResult]
) -> Iterator[tuple[str, Disposition]]:
    """The least dispositions that patterns themselves give."""
    order = ("likely", "possible")
    for result in patterns:
        for floor in result.pattern.floor:
            if result.status in order[: order.index(floor.status) + 1]:
                yield result.pattern.id, rulebook.dispositions[floor.disposition]


def _missing(reading: Reading, *, ends_check: bool) -> list[str]:
    """The warning-sign questions that are to be asked and have no answer."""
    values, not_asked = reading.strict.values, reading.not_asked
    return [
        name
        for name, for_everyone in prepared(reading.rulebook).warnings.items
        if name not in values and name not in not_asked and (for_everyone or not ends_check)
    ]


def _open_items(reading: Reading, readings: Iterable[RuleReading]) -> tuple[tuple[str, str], ...]:
    """The unanswered items that could still raise a flag of Block A or B, or a cluster, above its own
    level; with the block. Clusters count as Block B.
    """
    found: dict[tuple[str, str], None] = {}
    for rule_reading in readings:
        rule = rule_reading.rule
        block = rule.block if isinstance(rule, RedFlag) else "B"
        if block == "C" or not rule_reading.unknown:
            continue
        reached = rank_of(rule_reading)
        for level, could_reach in rule_reading.unknown:
            if could_reach > reached and reading.is_open(level.row.holds):
                found.update(((item, block), None) for item in reading.unanswered(level.row.holds))
    return tuple(found)


def _open_soft_flags(
    reading: Reading, readings: Iterable[RuleReading], flags: Sequence[FiredFlag]
) -> tuple[tuple[str, str], ...]:
    """The unanswered items through which more soft flags could together make a cluster, as Block B."""
    rulebook = reading.rulebook
    level = rulebook.dispositions[rulebook.file.triage.soft_level]
    rows = [
        (found.rule.soft_group, unknown)
        for found in readings
        if isinstance(found.rule, RedFlag) and found.rule.soft_group and _may_still_count(found, level)
        for unknown, _ in found.unknown
        if unknown.disposition is level and not unknown.row.soft
    ]
    if not rows:
        return ()
    groups = {group for group, _ in rows} | {fired.flag.soft_group for fired in _counted(rulebook, flags)}
    open_clusters = any(
        cluster.soft_flags_from_groups is not None
        and len(groups) >= cluster.soft_flags_from_groups
        and not _soft_flags(rulebook, cluster, flags)
        for cluster in rulebook.file.cluster
    )
    if not open_clusters:
        return ()
    found = (item for _, unknown in rows for item in reading.unanswered(unknown.row.holds))
    return tuple(dict.fromkeys((item, "B") for item in found))


def _may_still_count(reading: RuleReading, level: Disposition) -> bool:
    """Whether a flag is not counted as a soft one yet: below that level, or there by a row that is not counted."""
    reached = rank_of(reading)
    return reached < rank(level) or (reached == rank(level) and reading.row is not None and reading.row.soft)


def rank_of(reading: RuleReading) -> int:
    """The rank of the level that a rule has reached; 0 if none."""
    return rank(reading.level) if reading.level else 0


def _complete(
    rulebook: Rulebook, level: Disposition, missing: Sequence[str], open_items: Sequence[tuple[str, str]]
) -> bool:
    """Whether everything that could raise the level far enough has been answered."""
    if not missing and not open_items:
        return True
    needs = {
        "A": rank(rulebook.dispositions[rulebook.file.triage.block_a_needs]),
        "B": rank(rulebook.dispositions[rulebook.file.triage.block_b_needs]),
    }
    items = rulebook.questionnaire.items
    blocks = {str(items[item].block) for item in missing} | {block for _, block in open_items}
    return all(rank(level) >= needs.get(block, 0) for block in blocks)


def _channel(
    rulebook: Rulebook,
    disposition: Disposition,
    flags: Iterable[FiredFlag],
    clusters: Iterable[FiredCluster],
) -> str | None:
    """Where an emergency goes: the first channel, in file order, that a rule of that level names."""
    settings = rulebook.file.triage
    if disposition.id != settings.interrupts:
        return None
    rules: list[RedFlag | Cluster] = [fired.flag for fired in flags if fired.disposition is disposition]
    rules += [fired.cluster for fired in clusters if fired.disposition is disposition]
    named = {rule.channel or settings.default_channel for rule in rules}
    return next(
        (channel.id for channel in rulebook.file.channel if channel.id in named), settings.default_channel
    )


def _flag_answers(
    reading: Reading, answers: Answers, readings: Iterable[RuleReading]
) -> dict[str, str | tuple[str, ...]]:
    """What was said to each flag's own question, or for a derived flag whether it fired."""
    asked, said = prepared(reading.rulebook).warnings, answers.values
    found: dict[str, str | tuple[str, ...]] = dict(asked.unanswered)
    for name, reserved in asked.reserved.items():
        value = said.get(name)
        if value is None:
            if not reading.is_asked(name):
                found[name] = "not_asked"
        elif value not in reserved:
            found[name] = value if isinstance(value, (str, tuple)) else str(value)
    for rule_reading in readings:
        name = rule_reading.rule.id
        if name not in said and found.get(name) == "no":
            if rule_reading.row is not None:
                found[name] = "yes"
            elif rule_reading.unknown:
                found[name] = "not_answered"
    return found
