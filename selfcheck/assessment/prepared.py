"""A rulebook laid out for fast reading: rules with what rules them out, and lists that never change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition, Evaluation, Holds, Value
from selfcheck.rulebook.guards import Guard, Guards, Silencers
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Advice
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Contributor, Extra
from selfcheck.rulebook.parts.safety import Caution, Cluster, Disposition, Note, RedFlag, Row
from selfcheck.rulebook.tree import Node, Refer, Some, items_of, parts_of

Rule = TypeVar("Rule")
AnyRule = TypeVar("AnyRule", RedFlag, Cluster)


@dataclass(frozen=True, slots=True)
class Silenced(Generic[Rule]):
    """Rules in file order, each with the items that silence it while they are all quiet, and its guard."""

    entries: tuple[tuple[frozenset[str] | None, Guard, Rule], ...]

    def that_may_hold(self, signals: set[str], values: Mapping[str, Value]) -> list[Rule]:
        """The rules that are not silent (one of their items signals, or nothing silences them) and that
        their guards let pass.
        """
        return [
            rule
            for quiet, guarded, rule in self.entries
            if (quiet is None or not quiet.isdisjoint(signals)) and guarded.may_hold(values)
        ]


Finding = tuple[str, Holds]
"""A finding's condition key and its interpreter."""

GuardedFinding = tuple[str, Holds, str, frozenset[Value], bool, bool]
"""The same with its guard (item, options, whether several-choice), and whether it reads that item alone
and the item is always asked, so that it is unknown while the item is not answered."""


@dataclass(frozen=True, slots=True)
class Level:
    """A row of a trigger with its disposition looked up, and its guard."""

    row: Row
    holds: Holds
    disposition: Disposition
    rank: int
    guard: Guard


@dataclass(frozen=True, slots=True)
class Trigger(Generic[Rule]):
    """A rule with its rows."""

    rule: Rule
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything about a rulebook that assessing would otherwise work out again for each person.

    ``quiet`` are the items with a harmless answer, ``loud`` those without one that are not always asked.
    ``verdicts`` are those of all findings before anything is answered: unknown for home tests, else
    false. ``test_findings`` maps each home-test item to the findings that read it.
    """

    quiet: tuple[tuple[str, Value], ...]
    loud: frozenset[str]
    sometimes_asked: tuple[tuple[str, str, frozenset[str] | None, Guard, Holds], ...]
    flags: Silenced[Trigger[RedFlag]]
    clusters: Silenced[Trigger[Cluster]]
    cautions: Silenced[Caution]
    notes: Silenced[tuple[str, Note]]
    advice: Silenced[Advice]
    contributors: Silenced[Contributor]
    extras: Silenced[Extra]
    verdicts: Mapping[str, bool | None]
    last_finding: str
    findings: tuple[GuardedFinding, ...]
    test_items: frozenset[str]
    test_findings: Mapping[str, tuple[Finding, ...]]
    body_findings: tuple[str, ...]
    sided_findings: tuple[tuple[str, str, str], ...]
    asked_flags: tuple[tuple[str, frozenset[str]], ...]
    derived_flags: tuple[str, ...]
    tags: Mapping[str, frozenset[str]]
    order: Mapping[str, int]
    unscored: tuple[Pattern, ...]


@lru_cache(maxsize=8)
def prepared(rulebook: Rulebook) -> Prepared:
    """The layout of a rulebook, made once."""
    file, items = rulebook.file, rulebook.questionnaire.items
    silencers = Silencers(rulebook.conditions, items, rulebook.ask_if)
    findings = _findings(rulebook)
    tests = frozenset(
        stored
        for test in file.home_test
        for item in test.items
        for stored in rulebook.questionnaire.sided.get(item, (item,))
    )
    read_by = {key: _all_items(rulebook, condition.node) for key, condition in findings.items()}
    of_tests = {key for key in findings if read_by[key] & tests}
    by_test: dict[str, list[Finding]] = {}
    for key, condition in findings.items():
        for item in read_by[key] & tests:
            by_test.setdefault(item, []).append((key, condition.holds))
    sometimes = tuple(
        (item, f"?{item}", silencers.of(asks.node), _guard(rulebook, asks.node), asks.holds)
        for item, asks in rulebook.ask_if.items()
    )
    rules: tuple[RedFlag | Cluster, ...] = (*file.red_flag, *file.cluster)
    return Prepared(
        quiet=tuple((item.id, quiet_answer(item)) for item in items.values() if item.benign),
        loud=frozenset(item for item in rulebook.ask_if if not items[item].benign),
        sometimes_asked=sometimes,
        flags=Silenced(tuple(_trigger(rulebook, silencers, flag) for flag in file.red_flag)),
        clusters=Silenced(tuple(_trigger(rulebook, silencers, cluster) for cluster in file.cluster)),
        cautions=Silenced(tuple(_caution(rulebook, silencers, caution) for caution in file.caution)),
        notes=_of(
            rulebook, silencers, ((note.holds, (rule.id, note)) for rule in rules for note in rule.note)
        ),
        advice=_of(rulebook, silencers, ((advice.when, advice) for advice in file.advice)),
        contributors=_of(rulebook, silencers, ((one.when, one) for one in file.programme.contributor)),
        extras=_of(rulebook, silencers, ((extra.when, extra) for extra in file.programme.extra)),
        verdicts={key: None if key in of_tests else False for key in findings},
        last_finding=list(findings)[-1],
        findings=tuple(
            _guarded(rulebook, key, condition, read_by[key])
            for key, condition in findings.items()
            if key not in of_tests
        ),
        test_items=tests,
        test_findings={item: tuple(found) for item, found in by_test.items()},
        body_findings=tuple(finding.id for finding in file.finding if finding.scope == "body"),
        sided_findings=tuple(
            (finding.id, f"{finding.id}:left", f"{finding.id}:right")
            for finding in file.finding
            if finding.scope == "side"
        ),
        asked_flags=tuple((flag.id, items[flag.id].reserved) for flag in file.red_flag if flag.id in items),
        derived_flags=tuple(flag.id for flag in file.red_flag if flag.id not in items),
        tags={exercise.id: frozenset(exercise.tags) for exercise in file.exercise},
        unscored=tuple(pattern for pattern in file.pattern if pattern.kind not in ("self_care", "refer")),
        order={pattern.id: place for place, pattern in enumerate(file.pattern)},
    )


def quiet_answer(item: Item) -> Value:
    """The harmless answer of an item, as rules read it."""
    benign = item.benign or ""
    return frozenset({benign}) if item.kind is Kind.MULTI else benign


def _trigger(
    rulebook: Rulebook, silencers: Silencers, rule: AnyRule
) -> tuple[frozenset[str] | None, Guard, Trigger[AnyRule]]:
    levels = tuple(
        Level(
            row,
            row.holds.holds,
            rulebook.dispositions[row.disposition],
            rulebook.dispositions[row.disposition].rank or 0,
            _guard(rulebook, row.holds.node),
        )
        for row in rule.when
    )
    any_row = Some(tuple(row.holds.node for row in rule.when))
    return silencers.of(any_row), _guard(rulebook, any_row), Trigger(rule, levels)


def _caution(
    rulebook: Rulebook, silencers: Silencers, caution: Caution
) -> tuple[frozenset[str] | None, Guard, Caution]:
    any_row = Some(tuple(row.holds.node for row in caution.when))
    return silencers.of(any_row), _guard(rulebook, any_row), caution


def _guard(rulebook: Rulebook, node: Node) -> Guard:
    return _guards(rulebook).of(node)


@lru_cache(maxsize=8)
def _guards(rulebook: Rulebook) -> Guards:
    return Guards(rulebook.conditions, rulebook.questionnaire.items)


def _of(
    rulebook: Rulebook, silencers: Silencers, rules: Iterable[tuple[Condition | None, Rule]]
) -> Silenced[Rule]:
    return Silenced(
        tuple(
            (silencers.of(condition.node), _guard(rulebook, condition.node), rule)
            if condition
            else (None, Guard(), rule)
            for condition, rule in rules
        )
    )


def _findings(rulebook: Rulebook) -> dict[str, Condition]:
    return {
        f"{finding.id}:{side}" if side else finding.id: condition
        for finding in rulebook.file.finding
        for side, condition in finding.when.items()
    }


def _guarded(rulebook: Rulebook, key: str, condition: Condition, reads: frozenset[str]) -> GuardedFinding:
    found = _guard(rulebook, condition.node)
    nothing = Evaluation({}, rulebook.conditions, rulebook.ask_if, rulebook.careful, lambda *_: None)
    alone = reads == {found.item} and reads.isdisjoint(rulebook.ask_if) and condition.holds(nothing) is None
    return (key, condition.holds, found.item, found.options, found.many, alone)


def _all_items(rulebook: Rulebook, node: Node) -> frozenset[str]:
    """Every item that a tree reads, in the conditions that it names, too."""
    if isinstance(node, Refer):
        return _all_items(rulebook, rulebook.conditions[node.key].node)
    return items_of(node).union(*(_all_items(rulebook, part) for part in parts_of(node)))
