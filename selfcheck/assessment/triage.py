"""Answers to a disposition: how urgent it is, what is still open, and what was said to each red flag."""

from __future__ import annotations

from collections.abc import Iterable

from selfcheck.answers import Answers
from selfcheck.assessment.cautions import open_caution
from selfcheck.assessment.model import FiredCluster, FiredFlag, Triage
from selfcheck.assessment.open_questions import is_complete, missing_answers, open_items, open_soft_flags
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.urgency import RuleReading, Urgency
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, Disposition, RedFlag


def triage(reading: Reading, answers: Answers, found: Urgency) -> Triage:
    """The disposition of a person, once it is known how urgent it is: that, or that something is missing to
    know.
    """
    rulebook = reading.rulebook
    ends_check = any(caution.ends_check for caution in found.cautions)
    missing = tuple(missing_answers(reading, ends_check=ends_check))
    still_open: tuple[tuple[str, str], ...] = ()
    if not ends_check:
        still_open = open_items(reading, (*found.read_flags, *found.read_clusters))
        still_open += open_soft_flags(reading, found.read_flags, found.flags)
    disposition = found.level
    if not is_complete(rulebook, found.level, missing, still_open):
        disposition = rulebook.dispositions[rulebook.file.triage.incomplete]
        missing = tuple(dict.fromkeys((*missing, *(item for item, _ in still_open))))
    return Triage(
        disposition=disposition,
        level=found.level,
        channel=_channel(rulebook, disposition, found.flags, found.clusters),
        flags=found.flags,
        clusters=found.clusters,
        cautions=found.cautions,
        open_cautions=tuple([open_caution(reading, *each) for each in found.undecided]),
        flag_answers=_flag_answers(reading, answers, found.read_flags),
        missing=missing,
        open_items=tuple(dict.fromkeys(item for item, _ in still_open)),
        pattern_floors=tuple([pattern for pattern, _ in found.floors]),
    )


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
    asked, said = reading.layout.warnings, answers.values
    found: dict[str, str | tuple[str, ...]] = dict(asked.unanswered)
    for name in asked.own:
        if name in said:
            found[name] = said[name]  # type: ignore[assignment] # a warning sign is asked with options
        elif not reading.is_asked(name):
            found[name] = "not_asked"
    for name, reserved in asked.reserved:
        if found[name] in reserved:
            found[name] = "not_answered"
    for rule_reading in readings:
        name = rule_reading.rule.id
        if name not in said and found.get(name) == "no":
            if rule_reading.row is not None:
                found[name] = "yes"
            elif rule_reading.unknown:
                found[name] = "not_answered"
    return found
