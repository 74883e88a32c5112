"""A rulebook laid out for fast reading: rules with what rules them out, and lists that never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from selfcheck.assessment.finding_layout import FindingLayout, finding_layout
from selfcheck.assessment.model import AdviceText
from selfcheck.rulebook.conditions import Condition, Evaluation, Holds, Verdict
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.guards import Guards
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, Status
from selfcheck.rulebook.parts.programme import Contributor, Extra
from selfcheck.rulebook.parts.safety import Caution, CautionRow, Cluster, Disposition, Note, RedFlag, Row
from selfcheck.rulebook.sieve import Ruler, Sieve, Sifted

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


class Cap(Struct, frozen=True):
    """An interaction: when which patterns are lowered to what. Patterns that do not fit are left out of
    account where it lowers them no further.
    """

    id: str
    when: Condition
    patterns: frozenset[str]
    at_most: Status
    fitting_only: bool


class Advised(Struct, frozen=True):
    """A general advice: when it is given, and its text."""

    when: Condition | None
    modes: frozenset[str]
    with_massage: bool
    text: AdviceText


class WarningAnswers(Struct, frozen=True):
    """The questions about warning signs: all with whether everybody is asked; and what is said of a flag
    before any is answered, and the answers to each flag's own question that count as none.
    """

    items: tuple[tuple[str, bool], ...]
    unanswered: Mapping[str, str]
    reserved: Mapping[str, frozenset[str]]


class Prepared(Struct, frozen=True):
    """Everything about a rulebook that assessing would otherwise work out again for each person.

    ``sometimes_asked`` are the items with an ``ask_if``: item, key of what is noted, bits of the ways of
    the condition, the ways left where the item is neither asked nor answered, and the interpreter.
    ``alone`` has the bits of conditions that are asked one by one, not in a list, ``named`` those of flags
    that other rules name.
    """

    sieve: Sieve
    sometimes_asked: tuple[tuple[str, str, int, int, Holds], ...]
    flags: Sifted[Trigger[RedFlag]]
    clusters: Sifted[Trigger[Cluster]]
    gates: Sifted[Gate]
    notes: Sifted[tuple[str, Note]]
    advice: Sifted[Advised]
    contributors: Sifted[Contributor]
    extras: Sifted[Extra]
    findings: FindingLayout
    alone: Mapping[Condition, int]
    named: Mapping[str, int]
    warnings: WarningAnswers
    caps: tuple[Cap, ...]
    order: Mapping[str, int]
    unscored: tuple[Pattern, ...]
    floored: tuple[Pattern, ...]

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
    asks = [(item, ruler.bits(each.node), each.holds) for item, each in rulebook.ask_if.items()]
    flags = ruler.sifted([_trigger(rulebook, ruler, flag) for flag in file.red_flag])
    clusters = ruler.sifted([_trigger(rulebook, ruler, cluster) for cluster in file.cluster])
    gates = ruler.sifted([_gate(ruler, caution) for caution in file.caution])
    notes = ruler.listed(_notes((*file.red_flag, *file.cluster)))
    advice = ruler.listed(_advised(file))
    contributors = ruler.listed((one.when, one) for one in programme.contributor)
    extras = ruler.listed((extra.when, extra) for extra in programme.extra)
    findings = finding_layout(rulebook, ruler)
    alone = {condition: ruler.bits(condition.node) for condition in _asked_alone(file)}
    sieve = ruler.sieve()
    return Prepared(
        sieve=sieve,
        sometimes_asked=tuple(
            (item, f"?{item}", ways, sieve.not_asked.get(item, sieve.every), holds)
            for item, ways, holds in asks
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
        caps=tuple(
            Cap(one.id, one.when, frozenset(one.patterns), one.at_most, one.at_most is not Status.EXCLUDED)
            for one in file.interaction
        ),
        order={pattern.id: place for place, pattern in enumerate(file.pattern)},
        unscored=tuple(pattern for pattern in file.pattern if pattern.kind not in ("self_care", "refer")),
        floored=tuple(sorted((one for one in file.pattern if one.floor), key=lambda one: one.urgency or 0)),
    )


def _trigger(rulebook: Rulebook, ruler: Ruler, rule: AnyRule) -> tuple[int, Trigger[AnyRule]]:
    levels = tuple(
        Level(
            row,
            row.holds.holds,
            rulebook.dispositions[row.disposition],
            rulebook.dispositions[row.disposition].rank or 0,
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
            lowest = rulebook.dispositions[least].rank or 0 if least else 0
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
        yield one.when, Advised(one.when, frozenset(one.modes), one.with_massage, text)


def _asked_alone(file: RulesFile) -> Iterator[Condition]:
    """The conditions of the programme and of patterns without points."""
    programme = file.programme
    found: list[Condition | None] = [programme.seated_when, programme.massage_when]
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
        tuple((item.id, sections[item.section].for_everyone) for item in rulebook.warning_items),
        dict.fromkeys(derived, "no") | dict.fromkeys(own, "not_answered"),
        {name: items[name].reserved for name in own},
    )
