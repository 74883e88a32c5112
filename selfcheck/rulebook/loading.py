"""A rules file to a Rulebook, or every fault in it at once with line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path as FilePath
from typing import NamedTuple, Protocol, TypeVar

from msgspec.structs import replace
from pydantic import ValidationError

from selfcheck.part import Part
from selfcheck.questionnaire import AnswerType, Item, Must, Questionnaire, Section, questionnaire
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.faults import Fault, RulebookError, at_place, located, toml_fault
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.interpreter import compiled
from selfcheck.rulebook.language import parse_condition
from selfcheck.rulebook.misspelling import byte_place
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Named, Scope
from selfcheck.rulebook.parts.patterns import Finding
from selfcheck.rulebook.parts.safety import RedFlag
from selfcheck.rulebook.references import reference_faults
from selfcheck.rulebook.soundness import circle_faults, unanswered_faults
from selfcheck.rulebook.structure import ENDS, Raw, details_of, entries, fault_at, read_table, validated
from selfcheck.rulebook.tree import Every, Some
from selfcheck.rulebook.vocabulary import ConditionFault, Vocabulary
from selfcheck.toml import NotToml, read_toml

CONDITIONAL = ("named", "finding", "red_flag")
DRAWINGS = FilePath("rules") / "figures.toml"
PROOF = FilePath("rules") / "proof.json"
STAGED = ("answer_type", "section", "item")


Tables = Mapping[str, Sequence[Part]]
"""Entries by table."""


class Conditions(NamedTuple):
    """When items and pages are asked, by id."""

    ask_if: Mapping[str, Condition]
    page_if: Mapping[str, Condition]
    also_if: Mapping[str, Condition]


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Unique in its table."""


Entry = TypeVar("Entry", bound=HasId)


def load_rulebook(path: FilePath) -> Rulebook:
    """Read a rules file; its drawings are in ``rules/figures.toml`` beside it, if there are any, and the
    last proof in ``rules/proof.json``.

    Raises:
        RulebookError: with every fault in it. The drawings are read later, see ``Drawings``.
        OSError: where the file cannot be read.

    """
    rulebook = read_rulebook(rules_text(path), path.name)
    proof = path.parent / PROOF
    return replace(
        rulebook,
        drawings=drawings_beside(path, rulebook.file),
        proof=proof.read_bytes().decode(errors="replace") if proof.is_file() else None,
    )


def drawings_beside(path: FilePath, rules: RulesFile) -> Drawings | None:
    """The drawings of a rules file; ``None`` where there are none beside it."""
    beside = path.parent / DRAWINGS
    return Drawings(rules_text(beside), beside.name, rules) if beside.is_file() else None


def rules_text(path: FilePath) -> str:
    """The text of a rules file.

    Raises:
        RulebookError: where it is not UTF-8.
        OSError: where the file cannot be read.

    """
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column, shown = byte_place(raw, error.start)
        words = "this sign is not UTF-8; save the file as UTF-8"
        raise RulebookError((at_place(path.name, shown, line, column, words),)) from None


def read_rulebook(text: str, name: str = "rules.toml") -> Rulebook:
    """Read the text of a rules file; ``name`` stands in messages.

    Raises:
        RulebookError: with every fault in it.

    """
    try:
        raw = read_toml(text)
    except NotToml as error:
        raise RulebookError((toml_fault(error, text, name),)) from None
    faults: list[Fault] = []
    asked, broken, read = _questionnaire(raw, faults)
    vocabulary = _vocabulary(raw, asked, broken)
    file = _file(raw, vocabulary, read, faults)
    ask_if = _asked_if(raw, "item", vocabulary, faults)
    page_if = _asked_if(raw, "section", vocabulary, faults)
    also_if = _asked_if(raw, "item", vocabulary, faults, "also_if")
    faults.extend(reference_faults(raw, vocabulary))
    if faults or file is None:
        raise RulebookError(located(faults, text, name))
    pages = Conditions(ask_if, page_if, also_if)
    rulebook = _rulebook(file, asked, vocabulary, pages, text)
    late = tuple(circle_faults(rulebook)) or tuple(unanswered_faults(rulebook))
    if late:
        raise RulebookError(located(late, text, name))
    return rulebook


def _questionnaire(raw: Raw, faults: list[Fault]) -> tuple[Questionnaire, set[str], Tables]:
    """The questions, the ids of those that are faulty, and the tables as they were read."""
    types, _ = read_table(raw, "answer_type", AnswerType, faults)
    sections, _ = read_table(raw, "section", Section, faults)
    items, broken = read_table(raw, "item", Item, faults)
    read = {"answer_type": types, "section": sections, "item": items}
    known = {kind.id for kind in types}
    open_ended = [item for item in items if item.answer is not None and item.answer not in known]
    broken |= {item.id + end for item in open_ended for end in ENDS}
    items = [item for item in items if item not in open_ended]
    return questionnaire(tuple(sections), tuple(items), tuple(types)), broken, read


def _vocabulary(raw: Raw, asked: Questionnaire, broken: set[str]) -> Vocabulary:
    def ids(table: str) -> frozenset[str]:
        return frozenset(str(entry.get("id")) for entry in entries(raw, table))

    scopes: dict[str, Scope] = {
        str(entry.get("id")): "side" if entry.get("scope") == "side" else "body"
        for table in CONDITIONAL
        for entry in entries(raw, table)
    }
    return Vocabulary(
        asked,
        scopes,
        ids("red_flag"),
        ids("pattern"),
        ids("disposition"),
        broken=frozenset(broken | ids("computed")),
    )


def _file(raw: Raw, vocabulary: Vocabulary, read: Tables, faults: list[Fault]) -> RulesFile | None:
    """The whole file. Of tables that were read without a fault already only the first entry is read again."""
    whole = {
        name: tuple(table)
        for name, table in read.items()
        if isinstance(raw.get(name), list) and 0 < len(table) == len(raw[name])
    }
    try:
        file = validated(RulesFile, {**raw, **{name: raw[name][:1] for name in whole}}, vocabulary)
        return file.model_copy(update=whole)
    except ValidationError as error:
        faults.extend(
            fault_at(raw, detail)
            for detail in details_of(error)
            if detail["loc"][0] not in STAGED or len(detail["loc"]) == 1
        )
        return None


def _parsed(
    path: tuple[str | int, ...], text: str, who: str, vocabulary: Vocabulary, faults: list[Fault]
) -> Condition | None:
    try:
        return compiled(parse_condition(text, vocabulary), text)
    except ConditionFault as fault:
        faults.append(Fault(path, f"{who}: {fault.message}", (fault.start, fault.end)))
        return None


def _asked_if(
    raw: Raw, table: str, vocabulary: Vocabulary, faults: list[Fault], key: str = "ask_if"
) -> dict[str, Condition]:
    """The condition under a key of every entry of a table that has one, by id."""
    found = {}
    for index, entry in enumerate(entries(raw, table)):
        text = entry.get(key)
        if isinstance(text, str):
            name = str(entry.get("id"))
            condition = _parsed((table, index, key), text, f"{table} {name}", vocabulary, faults)
            if condition is not None:
                found[name] = condition
    return found


def _when_asked(pages: Conditions, asked: Questionnaire) -> dict[str, Condition]:
    """When each stored answer is asked: its page is, and its own condition holds. A sided item shares
    one condition between its sides.
    """
    own = {
        stored: condition
        for name, condition in pages.ask_if.items()
        for stored in asked.sided.get(name, (name,))
    }
    found: dict[str, Condition] = {}
    for item in asked.items.values():
        parts = [part for part in (pages.page_if.get(item.section), own.get(item.id)) if part is not None]
        if len(parts) == 1:
            found[item.id] = parts[0]
        elif parts:
            found[item.id] = compiled(Every(tuple(part.node for part in parts)), parts[-1].text)
    return found


def _named_conditions(file: RulesFile, vocabulary: Vocabulary) -> dict[str, Condition]:
    """Every condition that another can name, by the key the language gives it."""
    found: dict[str, Condition] = {}
    entries: tuple[Named | Finding, ...] = (*file.named, *file.finding)
    for entry in entries:
        found.update(
            (entry.id if side is None else f"{entry.id}:{side}", condition)
            for side, condition in entry.when.items()
        )
    ranks = {disposition.id: disposition.rank or 0 for disposition in file.disposition}
    for flag in file.red_flag:
        found[flag.id] = _any_row(flag, 0, ranks)
        found.update(
            (f"{name}@{level}", _any_row(flag, ranks[level], ranks))
            for name, level in vocabulary.reached
            if name == flag.id
        )
    return found


def _any_row(flag: RedFlag, least: int, ranks: Mapping[str, int]) -> Condition:
    rows = tuple(row.holds.node for row in flag.when if ranks.get(row.disposition, 0) >= least)
    return compiled(Some(rows), flag.id)


def _rulebook(
    file: RulesFile,
    asked: Questionnaire,
    vocabulary: Vocabulary,
    pages: Conditions,
    text: str,
) -> Rulebook:
    return Rulebook(
        file=file,
        questionnaire=asked,
        fingerprint=sha256(text.encode()).hexdigest()[:8],
        conditions=_named_conditions(file, vocabulary),
        ask_if=_when_asked(pages, asked),
        page_if=pages.page_if,
        also_if=pages.also_if,
        careful=frozenset(item.id for item in asked.items.values() if item.must is Must.CAREFUL),
        sources=by_id(file.source),
        regions=by_id(file.region),
        dispositions=by_id(file.disposition),
        red_flags=by_id(file.red_flag),
        clusters=by_id(file.cluster),
        cautions=by_id(file.caution),
        findings=by_id(file.finding),
        patterns=by_id(file.pattern),
        exercises=by_id(file.exercise),
        home_tests=by_id(file.home_test),
        advice=by_id(file.advice),
        risk_items=frozenset(item.id for item in asked.items.values() if item.risk),
        warning_items=tuple(item for item in asked.items.values() if item.block in ("A", "B")),
        reserved=tuple((item.id, item.reserved) for item in asked.items.values() if item.reserved),
    )


def by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entries by their id, in file order."""
    return {entry.id: entry for entry in entries}
