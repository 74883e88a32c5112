"""Every entry of a rulebook by id, what names it, and a search in their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.listing import TABLES, title
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.spoken import bare_ids
from selfcheck.rulebook.tree import Compare, Fits, Node, Refer, items_of, measures, parts_of

NAMES_ANOTHER = frozenset({
    "advice_for", "among", "at_most", "disposition", "easier", "exercise", "finding", "floor", "follows", "gate",
    "habit", "hallmark", "harder", "items", "left_out_with", "massage", "mobility", "own_items", "patterns",
    "shown_if", "sources", "strength", "stretch", "swap", "tags", "test_list", "variants",
    "withholds", "withholds_all_but", "without",
})  # fmt: skip
"""Fields whose texts are ids of other entries."""


class Entry(Struct, frozen=True):
    """One entry of one table. ``part`` is the entry itself, as the file has it."""

    table: str
    id: str
    title: str
    part: Any


class Entries(Struct, frozen=True):
    """All entries: by table in the order of the file, by id, and for each id the entries that name it."""

    by_table: Mapping[str, tuple[Entry, ...]]
    by_id: Mapping[str, tuple[Entry, ...]]
    named_by: Mapping[str, tuple[Entry, ...]]


@lru_cache(maxsize=4)
def entries(rulebook: Rulebook) -> Entries:
    """The entries of a rulebook."""
    by_table: dict[str, tuple[Entry, ...]] = {}
    by_id: dict[str, tuple[Entry, ...]] = {}
    for table in TABLES:
        parts = getattr(rulebook.file, table)
        by_table[table] = tuple(
            Entry(table, part.id, title(part) or _spaced(part.id), part) for part in parts
        )
        for entry in by_table[table]:
            by_id[entry.id] = (*by_id.get(entry.id, ()), entry)
    named_by: dict[str, dict[tuple[str, str], Entry]] = {}
    for found in by_id.values():
        for entry in found:
            for name in names_in(rulebook, entry):
                if name in by_id and name != entry.id:
                    named_by.setdefault(name, {})[entry.table, entry.id] = entry
    return Entries(by_table, by_id, {name: tuple(found.values()) for name, found in named_by.items()})


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def names_in(rulebook: Rulebook, entry: Entry) -> frozenset[str]:
    """The ids that an entry names, in its conditions or by its fields."""
    found = set(_names(rulebook, entry.part))
    if entry.table == "item":
        for name in (entry.id, *rulebook.questionnaire.sided.get(entry.id, ())):
            for conditions in (rulebook.ask_if, rulebook.also_if):
                if name in conditions:
                    found.update(read_by(rulebook, conditions[name].node))
    if entry.table == "computed":
        found.update(name for value in entry.part.value.values() for name in _bare(rulebook, measures(value)))
    return frozenset(found)


def _names(rulebook: Rulebook, part: BaseModel) -> Iterator[str]:
    for key in type(part).model_fields:
        for value in _each(getattr(part, key)):
            if isinstance(value, Condition):
                yield from read_by(rulebook, value.node)
            elif isinstance(value, BaseModel):
                yield from _names(rulebook, value)
            elif key in NAMES_ANOTHER and isinstance(value, str):
                yield value


def _each(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, Mapping):
        yield from value.values()
    else:
        yield value


def read_by(rulebook: Rulebook, node: Node) -> Iterator[str]:
    """The ids of everything that a condition reads itself: questions, conditions, patterns, computed values."""
    yield from _bare(rulebook, items_of(node))
    for part in _all_parts(node):
        if isinstance(part, Refer):
            yield part.key.partition("@")[0].partition(":")[0]
        elif isinstance(part, Fits):
            yield part.pattern
        elif isinstance(part, Compare):
            for computed in rulebook.file.computed:
                if part.quantity in computed.value.values():
                    yield computed.id


def _all_parts(node: Node) -> Iterator[Node]:
    yield node
    for part in parts_of(node):
        yield from _all_parts(part)


def _bare(rulebook: Rulebook, items: Iterator[str] | frozenset[str]) -> Iterator[str]:
    for item in items:
        yield bare_ids(rulebook)[item]


def withheld_for(rulebook: Rulebook, tags: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The cautions that withhold an exercise with these tags, and the tags they do it for."""
    found: dict[str, tuple[str, ...]] = {}
    for caution in rulebook.file.caution:
        named = {tag for row in caution.when for tag in row.withholds}
        hit = tuple(tag for tag in tags if tag in named)
        if hit:
            found[caution.id] = hit
    return found


def search(rulebook: Rulebook, wanted: str) -> tuple[Entry, ...]:
    """The entries that hold every word of a text: those that hold them in id or title first."""
    words = wanted.casefold().split()
    if not words:
        return ()
    ranked: list[tuple[int, int, Entry]] = []
    for place, (entry, named, whole) in enumerate(_texts(rulebook)):
        if all(word in whole for word in words):
            near = 0 if entry.id == words[0] else 1 if all(word in named for word in words) else 2
            ranked.append((near, place, entry))
    return tuple(entry for _near, _place, entry in sorted(ranked, key=lambda found: found[:2]))


@lru_cache(maxsize=4)
def _texts(rulebook: Rulebook) -> tuple[tuple[Entry, str, str], ...]:
    """Every entry with its id and title, and with all its words."""
    return tuple(
        (entry, named, f"{named} {' '.join(_words(entry.part))}".casefold())
        for found in entries(rulebook).by_table.values()
        for entry in found
        for named in [f"{entry.id} {entry.title}".casefold()]
    )


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _words(getattr(value, key))
    elif isinstance(value, tuple | Mapping):
        for part in _each(value):
            yield from _words(part)
