"""A rulebook laid out for fast reading: rules with what rules them out, and lists that never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from selfcheck.assessment.finding_layout import FindingLayout, finding_layout
from selfcheck.assessment.model import AdviceText
from selfcheck.assessment.ranks import rank
from selfcheck.rulebook.conditions import Condition, Evaluation, Holds, Verdict
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.guards import Guards
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.programme import Extra
from selfcheck.rulebook.parts.safety import Caution, CautionRow, Cluster, Disposition, Note, RedFlag, Row
from selfcheck.rulebook.sieve import Ruler, Sieve, Sifted
from selfcheck.rulebook.tree import Not

Rule = TypeVar("Rule")
AnyRule = TypeVar("AnyRule", RedFlag, Cluster)


class Level(Struct, frozen=True):
    """A row of a trigger with its disposition looked up, and the bits of its ways."""

    row: Row
    holds: Holds
    disposition: Disposition
    rank: int
    ways: int


class Trigger(Struct, Generic[Rule], frozen=True):
    """A rule with its rows."""

    rule: Rule
    levels: tuple[Level, ...]


class Gate(Struct, frozen=True):
    """A caution with its rows, each with its interpreter and the bits of its ways."""

    caution: Caution
    rows: tuple[tuple[CautionRow, Holds, int], ...]


class Asking(Struct, frozen=True):
    """The items with an ``ask_if``: item, bits of the ways of the condition, and the ways left where the item is
    neither asked nor answered; and what is noted if none is asked.
    """

    items: tuple[tuple[str, int, int], ...]
    none: Mapping[str, Verdict]


class Advised(Struct, frozen=True):
    """A general advice: when it is given (``unless`` is false), and its text."""

    when: Condition | None
    unless: Condition | None
    modes: frozenset[str]
    with_massage: bool
    text: AdviceText


class Contributing(Struct, frozen=True):
    """A habit advised for a finding, and the modes in which it is, if not in all."""

    when: Condition
    habit: str
    modes: frozenset[str]


class WarningAnswers(Struct, frozen=True):
    """The questions about warning signs, and those of them that everybody is asked; and what is said of a flag
    before any is answered. ``own`` are the flags that have a question of their own, ``reserved`` those with
    answers to it that count as none.
    """

    items: tuple[str, ...]
    for_everyone: frozenset[str]
    unanswered: Mapping[str, str]
    own: tuple[str, ...]
    reserved: tuple[tuple[str, frozenset[str]], ...]


class Prepared(Struct, frozen=True):
    """Everything about a rulebook that assessing would otherwise work out again for each person.

    ``asking`` are the questions that are not always asked. ``alone`` has the bits of conditions that are asked
    one by one, not in a list, ``named`` those of flags that other rules name.
    """

    sieve: Sieve
    asking: Asking
    flags: Sifted[Trigger[RedFlag]]
    clusters: Sifted[Trigger[Cluster]]
    gates: Sifted[Gate]
    notes: Sifted[tuple[str, Note]]
    advice: Sifted[Advised]
    contributors: Sifted[Contributing]
    extras: Sifted[Extra]
    findings: FindingLayout
    alone: Mapping[Condition, int]
    named: Mapping[str, int]
    warnings: WarningAnswers

    def verdict(self, condition: Condition, evaluation: Evaluation) -> Verdict:
        """A condition's verdict, without reading it where the answers rule it out at a glance."""
        if not evaluation.open_ways & self.alone.get(condition, -1):
            return False
        return condition.holds(evaluation)


@lru_cache(maxsize=8)
def prepared(rulebook: Rulebook) -> Prepared:
    """The layout of a rulebook, made once. The order in which rules get their bits is the order here."""
    file, programme = rulebook.file, rulebook.file.programme
    ruler = Ruler(Guards(rulebook.conditions, rulebook.questionnaire.items))
    asks = [(item, ruler.bits(each.node)) for item, each in rulebook.ask_if.items()]
    flags = ruler.sifted([_trigger(rulebook, ruler, flag) for flag in file.red_flag])
    clusters = ruler.sifted([_trigger(rulebook, ruler, cluster) for cluster in file.cluster])
    gates = ruler.sifted([_gate(ruler, caution) for caution in file.caution])
    notes = ruler.listed(_notes((*file.red_flag, *file.cluster)))
    advice = ruler.listed(_advised(file))
    contributors = ruler.listed(
        (one.when, Contributing(one.when, one.habit, frozenset(one.modes))) for one in programme.contributor
    )
    extras = ruler.listed((extra.when, extra) for extra in programme.extra)
    findings = finding_layout(rulebook, ruler)
    alone = {condition: ruler.bits(condition.node) for condition in _asked_alone(file)}
    sieve, gone = ruler.sieve(), ruler.needing()
    return Prepared(
        sieve=sieve,
        asking=Asking(
            tuple((item, ways, sieve.every & ~gone.get(item, 0)) for item, ways in asks),
            {item: False for item, _ in asks},
        ),
        flags=flags,
        clusters=clusters,
        gates=gates,
        notes=notes,
        advice=advice,
        contributors=contributors,
        extras=extras,
        findings=findings,
        alone=alone,
        named=_named(rulebook, flags.rules),
        warnings=_warnings(rulebook),
    )


def _trigger(rulebook: Rulebook, ruler: Ruler, rule: AnyRule) -> tuple[int, Trigger[AnyRule]]:
    levels = tuple(
        Level(
            row,
            row.holds.holds,
            rulebook.dispositions[row.disposition],
            rank(rulebook.dispositions[row.disposition]),
            ruler.bits(row.holds.node),
        )
        for row in rule.when
    )
    return sum(level.ways for level in levels), Trigger(rule, levels)


def _named(rulebook: Rulebook, flags: Iterable[Trigger[RedFlag]]) -> dict[str, int]:
    """The bits of "this flag", and of "this flag at such a level", where a rule names that."""
    found = {}
    levels = {trigger.rule.id: trigger.levels for trigger in flags}
    for key in rulebook.conditions:
        name, _, least = key.partition("@")
        if name in levels:
            lowest = rank(rulebook.dispositions[least]) if least else 0
            found[key] = sum(level.ways for level in levels[name] if level.rank >= lowest)
    return found


def _gate(ruler: Ruler, caution: Caution) -> tuple[int, Gate]:
    rows = tuple((row, row.holds.holds, ruler.bits(row.holds.node)) for row in caution.when)
    return sum(ways for _, _, ways in rows), Gate(caution, rows)


def _notes(rules: Iterable[RedFlag | Cluster]) -> Iterator[tuple[Condition, tuple[str, Note]]]:
    return ((note.holds, (rule.id, note)) for rule in rules for note in rule.note)


def _advised(file: RulesFile) -> Iterator[tuple[Condition | None, Advised]]:
    for one in file.advice:
        text = AdviceText(one.id, one.text, one.clinical, one.small_print)
        negated = one.when is not None and isinstance(one.when.node, Not)
        when = None if negated else one.when
        unless = one.when.parts[0] if one.when is not None and negated else None
        yield when, Advised(when, unless, frozenset(one.modes), one.with_massage, text)


def _asked_alone(file: RulesFile) -> Iterator[Condition]:
    """The conditions of the programme and of patterns without points, and what general advice must not meet."""
    programme = file.programme
    found: list[Condition | None] = [programme.seated_when, programme.massage_when]
    found += [advised.unless for _, advised in _advised(file)]
    found += [mode.when for mode in programme.mode]
    found += [condition for start in programme.start_level for condition in (start.when, start.unless)]
    found += [extra.unless for extra in programme.extra]
    found += [change.when for change in programme.focus_change]
    found += [service.when for service in programme.service]
    for pattern in file.pattern:
        found += [pattern.applies_when, pattern.likely_when, pattern.possible_when]
    return (condition for condition in found if condition is not None)


def _warnings(rulebook: Rulebook) -> WarningAnswers:
    items, sections = rulebook.questionnaire.items, rulebook.questionnaire.sections
    own = [flag.id for flag in rulebook.file.red_flag if flag.id in items]
    derived = [flag.id for flag in rulebook.file.red_flag if flag.id not in items]
    return WarningAnswers(
        tuple(item.id for item in rulebook.warning_items),
        frozenset(item.id for item in rulebook.warning_items if sections[item.section].for_everyone),
        dict.fromkeys(derived, "no") | dict.fromkeys(own, "not_answered"),
        tuple(own),
        tuple((name, items[name].reserved) for name in own if items[name].reserved),
    )
