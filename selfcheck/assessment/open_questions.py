"""What is still open: the questions without an answer that could raise how urgent it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import filterfalse

from selfcheck.assessment.model import FiredFlag
from selfcheck.assessment.ranks import levels_of, rank
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.urgency import RuleReading, counted_flags, soft_flags
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Disposition, RedFlag


def missing_answers(reading: Reading, *, ends_check: bool) -> list[str]:
    """The warning-sign questions that are to be asked and have no answer."""
    warnings = reading.layout.warnings
    return [
        name
        for name in filterfalse(reading.strict.values.__contains__, warnings.items)
        if reading.is_asked(name) and (not ends_check or name in warnings.for_everyone)
    ]


def open_items(reading: Reading, readings: Iterable[RuleReading]) -> tuple[tuple[str, str], ...]:
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


def open_soft_flags(
    reading: Reading, readings: Iterable[RuleReading], flags: Sequence[FiredFlag]
) -> tuple[tuple[str, str], ...]:
    """The unanswered items through which more soft flags could together make a cluster, as Block B."""
    rulebook = reading.rulebook
    level = levels_of(rulebook).soft
    rows = [
        (found.rule.soft_group, unknown)
        for found in readings
        if isinstance(found.rule, RedFlag) and found.rule.soft_group and _may_still_count(found, level)
        for unknown, _ in found.unknown
        if unknown.disposition is level and not unknown.row.soft
    ]
    if not rows:
        return ()
    groups = {group for group, _ in rows} | {
        fired.flag.soft_group for fired in counted_flags(rulebook, flags)
    }
    open_clusters = any(
        cluster.soft_flags_from_groups is not None
        and len(groups) >= cluster.soft_flags_from_groups
        and not soft_flags(rulebook, cluster, flags)
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


def is_complete(
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
