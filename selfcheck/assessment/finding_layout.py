"""A rulebook's findings laid out for fast reading: which answers can decide which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Condition, Evaluation, Holds, Value, all_items
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.sieve import Ruler, Sifted
from selfcheck.rulebook.tree import Fits, Node, Refer, parts_of

Finding = tuple[str, Holds]
"""A finding's condition key and its interpreter."""

ByAnswer = dict[Value | None, tuple[tuple[str, bool | None], ...]]
"""Condition keys with their verdicts for each answer to an item, and for none."""


class FindingLayout(Struct, frozen=True):
    """All findings, by what has to be looked at to know them.

    ``by_test`` has for each home-test item the findings that read it. ``by_answer`` has for each
    single-choice item that is always asked the verdicts, by its answer, of the findings that read nothing
    else; ``others`` are all others.
    ``verdicts`` are those of all findings before anything is read: unknown for home tests, else false;
    ``table`` the same by id of the finding, ``sides`` the id and both keys of each key of one with sides,
    ``places`` the order of keys in the file.
    """

    others: Sifted[Finding]
    by_test: Mapping[str, tuple[Finding, ...]]
    by_answer: Mapping[str, ByAnswer]
    verdicts: Mapping[str, bool | None]
    sides: Mapping[str, tuple[str, str, str]]
    table: Mapping[str, bool | None]
    places: Mapping[str, int]


def finding_layout(rulebook: Rulebook, ruler: Ruler) -> FindingLayout:
    """The layout of a rulebook's findings."""
    found, by_test = _findings(rulebook), _by_test(rulebook)
    of_tests = {key for tested in by_test.values() for key, _ in tested}
    alone = _alone(rulebook, {key: each for key, each in found.items() if key not in of_tests})
    elsewhere = of_tests | alone.keys()
    verdicts = {key: None if key in of_tests else False for key in found}
    return FindingLayout(
        others=ruler.listed((each, (key, each.holds)) for key, each in found.items() if key not in elsewhere),
        by_test=by_test,
        by_answer=_by_answer(rulebook, alone),
        verdicts=verdicts,
        sides={
            key: (name, keys[0], keys[1]) for name, keys in _sides(rulebook) if len(keys) > 1 for key in keys
        },
        table={name: verdicts[keys[0]] for name, keys in _sides(rulebook)},
        places={key: place for place, key in enumerate(found)},
    )


def _sides(rulebook: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every finding with its condition keys: one, or one for each side."""
    for finding in rulebook.file.finding:
        yield finding.id, tuple(f"{finding.id}:{side}" if side else finding.id for side in finding.when)


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
            verdicts = found.setdefault(item, {})
            verdict = rulebook.conditions[key].holds(_only(rulebook, item, answer))
            said = ((key, verdict),) if verdict is not False else ()
            verdicts[answer] = (*verdicts.get(answer, ()), *said)
    return found


def _only(rulebook: Rulebook, item: str, answer: Value | None) -> Evaluation:
    values = {} if answer is None else {item: answer}
    return Evaluation(values, rulebook.conditions, rulebook.ask_if, rulebook.careful, lambda *_: None)


def _reads_patterns(rulebook: Rulebook, node: Node) -> bool:
    if isinstance(node, Refer):
        return _reads_patterns(rulebook, rulebook.conditions[node.key].node)
    return isinstance(node, Fits) or any(_reads_patterns(rulebook, part) for part in parts_of(node))
