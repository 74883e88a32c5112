"""A rulebook laid out for fast reading: rules with what rules them out, and lists that never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Condition, Evaluation, Holds, Value, all_items
from selfcheck.rulebook.guards import Guards
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Advice
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Contributor, Extra
from selfcheck.rulebook.parts.safety import Caution, Cluster, Disposition, Note, RedFlag, Row
from selfcheck.rulebook.sieve import Ruler, Sieve, Sifted
from selfcheck.rulebook.tree import Fits, Node, Refer, Some, parts_of

Rule = TypeVar("Rule")
AnyRule = TypeVar("AnyRule", RedFlag, Cluster)


Finding = tuple[str, Holds]
"""A finding's condition key and its interpreter."""

ByAnswer = dict[Value | None, dict[str, bool | None]]
"""Verdicts by condition key for each answer to an item, and for none."""


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


class Prepared(Struct, frozen=True):
    """Everything about a rulebook that assessing would otherwise work out again for each person.

    ``sometimes_asked`` are the items with an ``ask_if``: item, key of what is noted, bits of the ways of
    the condition, the ways left where the item is neither asked nor answered, and the interpreter.
    ``by_test`` has for each home-test item the findings that read it. ``by_answer`` has for each
    single-choice item that is always asked the verdicts, by its answer, of the findings that read nothing
    else, ``findings`` are all others.
    ``verdicts`` are those of all findings before anything is read: unknown for home tests, else false;
    ``table`` the same by id of the finding, ``sides`` the id and all keys of each key, ``places`` the
    order of keys in the file.
    """

    sieve: Sieve
    sometimes_asked: tuple[tuple[str, str, int, int, Holds], ...]
    flags: Sifted[Trigger[RedFlag]]
    clusters: Sifted[Trigger[Cluster]]
    cautions: Sifted[Caution]
    notes: Sifted[tuple[str, Note]]
    advice: Sifted[Advice]
    contributors: Sifted[Contributor]
    extras: Sifted[Extra]
    findings: Sifted[Finding]
    by_test: Mapping[str, tuple[Finding, ...]]
    by_answer: Mapping[str, ByAnswer]
    verdicts: Mapping[str, bool | None]
    sides: Mapping[str, tuple[str, tuple[str, ...]]]
    table: Mapping[str, bool | None]
    places: Mapping[str, int]
    asked_flags: tuple[tuple[str, frozenset[str]], ...]
    derived_flags: tuple[str, ...]
    tags: Mapping[str, frozenset[str]]
    order: Mapping[str, int]
    unscored: tuple[Pattern, ...]


@lru_cache(maxsize=8)
def prepared(rulebook: Rulebook) -> Prepared:
    """The layout of a rulebook, made once."""
    file, items = rulebook.file, rulebook.questionnaire.items
    ruler = Ruler(Guards(rulebook.conditions, items))
    asks = [(item, ruler.bits(each.node), each.holds) for item, each in rulebook.ask_if.items()]
    flags = ruler.sifted([_trigger(rulebook, ruler, flag) for flag in file.red_flag])
    clusters = ruler.sifted([_trigger(rulebook, ruler, cluster) for cluster in file.cluster])
    cautions = ruler.sifted([(ruler.bits(_any_row(caution)), caution) for caution in file.caution])
    notes = _of(ruler, _notes((*file.red_flag, *file.cluster)))
    advice = _of(ruler, ((advice.when, advice) for advice in file.advice))
    contributors = _of(ruler, ((one.when, one) for one in file.programme.contributor))
    extras = _of(ruler, ((extra.when, extra) for extra in file.programme.extra))
    found, by_test = _findings(rulebook), _by_test(rulebook)
    of_tests = {key for tested in by_test.values() for key, _ in tested}
    alone = _alone(rulebook, {key: each for key, each in found.items() if key not in of_tests})
    elsewhere = of_tests | alone.keys()
    findings = _of(ruler, ((each, (key, each.holds)) for key, each in found.items() if key not in elsewhere))
    sieve = ruler.sieve()
    verdicts = {key: None if key in of_tests else False for key in found}
    return Prepared(
        sieve=sieve,
        sometimes_asked=tuple(
            (item, f"?{item}", ways, sieve.not_asked.get(item, sieve.every), holds)
            for item, ways, holds in asks
        ),
        flags=flags,
        clusters=clusters,
        cautions=cautions,
        notes=notes,
        advice=advice,
        contributors=contributors,
        extras=extras,
        findings=findings,
        by_test=by_test,
        by_answer=_by_answer(rulebook, alone),
        verdicts=verdicts,
        sides={key: (name, keys) for name, keys in _sides(rulebook) for key in keys},
        table={name: verdicts[keys[0]] for name, keys in _sides(rulebook)},
        places={key: place for place, key in enumerate(found)},
        asked_flags=tuple((flag.id, items[flag.id].reserved) for flag in file.red_flag if flag.id in items),
        derived_flags=tuple(flag.id for flag in file.red_flag if flag.id not in items),
        tags={exercise.id: frozenset(exercise.tags) for exercise in file.exercise},
        unscored=tuple(pattern for pattern in file.pattern if pattern.kind not in ("self_care", "refer")),
        order={pattern.id: place for place, pattern in enumerate(file.pattern)},
    )


def _notes(rules: Iterable[RedFlag | Cluster]) -> Iterator[tuple[Condition, tuple[str, Note]]]:
    return ((note.holds, (rule.id, note)) for rule in rules for note in rule.note)


def _sides(rulebook: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every finding with its condition keys: one, or one for each side."""
    for finding in rulebook.file.finding:
        yield finding.id, tuple(f"{finding.id}:{side}" if side else finding.id for side in finding.when)


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


def _any_row(caution: Caution) -> Node:
    return Some(tuple(row.holds.node for row in caution.when))


def _of(ruler: Ruler, rules: Iterable[tuple[Condition | None, Rule]]) -> Sifted[Rule]:
    return ruler.sifted(
        (ruler.bits(condition.node if condition else None), rule) for condition, rule in rules
    )


def _findings(rulebook: Rulebook) -> dict[str, Condition]:
    return {
        f"{finding.id}:{side}" if side else finding.id: condition
        for finding in rulebook.file.finding
        for side, condition in finding.when.items()
    }


def _by_test(rulebook: Rulebook) -> dict[str, tuple[Finding, ...]]:
    """For each home-test item the findings that read it."""
    sided = rulebook.questionnaire.sided
    tests = {
        stored
        for test in rulebook.file.home_test
        for item in test.items
        for stored in sided.get(item, (item,))
    }
    found: dict[str, list[Finding]] = {item: [] for item in tests}
    for key, condition in _findings(rulebook).items():
        for item in all_items(rulebook.conditions, condition.node) & tests:
            found[item].append((key, condition.holds))
    return {item: tuple(findings) for item, findings in found.items()}


def _alone(rulebook: Rulebook, findings: Mapping[str, Condition]) -> dict[str, str]:
    """The findings that read one single-choice question that is always asked and nothing else."""
    found = {}
    for key, condition in findings.items():
        read = all_items(rulebook.conditions, condition.node)
        item = rulebook.questionnaire.items[min(read)] if len(read) == 1 else None
        if item is None or item.kind is not Kind.SINGLE or item.id in rulebook.ask_if:
            continue
        if not _reads_patterns(rulebook, condition.node):
            found[key] = item.id
    return found


def _by_answer(rulebook: Rulebook, alone: Mapping[str, str]) -> dict[str, ByAnswer]:
    """For each item of those findings the verdicts by its answer, those that are false left out."""
    found: dict[str, ByAnswer] = {}
    for key, item in alone.items():
        for answer in (None, *rulebook.questionnaire.items[item].options):
            verdicts = found.setdefault(item, {}).setdefault(answer, {})
            verdict = rulebook.conditions[key].holds(_only(rulebook, item, answer))
            if verdict is not False:
                verdicts[key] = verdict
    return found


def _only(rulebook: Rulebook, item: str, answer: Value | None) -> Evaluation:
    values = {} if answer is None else {item: answer}
    return Evaluation(values, rulebook.conditions, rulebook.ask_if, rulebook.careful, lambda *_: None)


def _reads_patterns(rulebook: Rulebook, node: Node) -> bool:
    if isinstance(node, Refer):
        return _reads_patterns(rulebook, rulebook.conditions[node.key].node)
    return isinstance(node, Fits) or any(_reads_patterns(rulebook, part) for part in parts_of(node))
