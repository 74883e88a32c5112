"""Two rules files to the entries that differ, and the questions and numbers that those are about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from selfcheck.authoring.people import Aim
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.everywhere import conditions, read_by, told_apart
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.structure import entries

Entries = Mapping[tuple[str, str], Mapping[str, Any]]


class EntryChange(Struct, frozen=True):
    """An entry that differs: ``new``, ``gone``, or with the keys that are not the same; ``values`` has the place in
    the entry of each value that differs, as it was and as it is.
    """

    table: str
    id: str
    keys: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        """As a line of a report."""
        return f"{self.table} {self.id}".strip() + f": {', '.join(self.keys)}"


def entry_changes(old: str, new: str) -> tuple[EntryChange, ...]:
    """Every entry that is not the same in both texts, in the order of the new one."""
    before, after = _by_name(old), _by_name(new)
    found = []
    for name in {**after, **before}:
        if name not in before or name not in after:
            found.append(EntryChange(*name, ("gone",) if name in before else ("new",)))
        elif before[name] != after[name]:
            keys = [
                key
                for key in {**before[name], **after[name]}
                if before[name].get(key) != after[name].get(key)
            ]
            found.append(EntryChange(*name, tuple(keys), tuple(_values(before[name], after[name]))))
    return tuple(found)


def _values(before: object, after: object, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Every single value that differs, with its place: entries of lists by their id, else by their number."""
    if before == after:
        return
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        yield place, _shown(before), _shown(after)
        return
    for name in {**old, **new}:
        yield from _values(old.get(name), new.get(name), f"{place} {name}".strip())


def _parts(value: object) -> Mapping[str, object] | None:
    """What a value is made of, by name; ``None`` for a single one and for a plain list of words."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        return {str(one.get("id", number)): one for number, one in enumerate(value, 1)}
    return None


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "nothing"
    return "nothing" if value is None else str(value)


def _by_name(text: str) -> Entries:
    """Every entry by table and id (or number); a table without entries as one."""
    raw = tomllib.loads(text)
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for table, value in raw.items():
        if isinstance(value, list):
            for number, entry in enumerate(entries(raw, table), 1):
                found[table, str(entry.get("id", number))] = entry
        else:
            found[table, ""] = value
    return found


def aims(old: Rulebook, new: Rulebook, changes: tuple[EntryChange, ...]) -> Iterator[Aim]:
    """For each changed entry the questions that it reads, before and after; with the numbers at which rules
    begin to say something else, and the answers just below and above those.
    """
    for change in changes:
        items = sorted({item for book in (old, new) for item in _items(book, change)})
        if items:
            yield Aim(
                tuple(items), {name: numbers for name in items if (numbers := _numbers(old, new, name))}
            )


def conditions_of(
    rulebook: Rulebook, changes: Iterable[EntryChange]
) -> dict[EntryChange, tuple[Condition, ...]]:
    """The conditions in each changed entry that has some; a pattern that is counted has none of its own."""
    every = list(conditions(rulebook))
    found = {
        change: tuple(condition for path, condition in every if _is_at(rulebook, path, change))
        for change in changes
        if change.keys != ("gone",)
    }
    return {change: own for change, own in found.items() if own or change.table == "pattern"}


def _items(rulebook: Rulebook, change: EntryChange) -> frozenset[str]:
    """The stored answers that an entry is about: the question itself, or what its conditions read."""
    asked = rulebook.questionnaire
    if change.table == "item":
        return frozenset(asked.sided.get(change.id, (change.id,))) & asked.items.keys()
    found = [condition for path, condition in conditions(rulebook) if _is_at(rulebook, path, change)]
    if change.table == "pattern" and change.id in rulebook.patterns:
        counted = {item.finding for item in rulebook.patterns[change.id].item}
        found += [next(iter(rulebook.findings[name].when.values())) for name in counted]
    return frozenset().union(*(read_by(rulebook, condition.node) for condition in found))


def _is_at(rulebook: Rulebook, path: Path, change: EntryChange) -> bool:
    """Whether a place of the file lies in the changed entry."""
    if path[0] != change.table:
        return False
    table = getattr(rulebook.file, change.table)
    return not isinstance(table, tuple) or getattr(table[int(path[1])], "id", "") == change.id


def _numbers(old: Rulebook, new: Rulebook, name: str) -> tuple[float, ...]:
    """The answers to a number question at which one file begins to say something else and the other does not,
    and those just below and above.
    """
    item = new.questionnaire.items.get(name) or old.questionnaire.items[name]
    if item.kind not in (Kind.NUMBER, Kind.SCALE):
        return ()
    near = {
        round(number + step * item.step, 6)
        for book in (old, new)
        for number in told_apart(book, item)
        for step in (-1, 0, 1)
    }
    return tuple(sorted(number for number in near if (item.low or 0) <= number <= (item.high or 0)))
