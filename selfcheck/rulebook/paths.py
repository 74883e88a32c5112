"""Dotted patterns to the places of raw TOML that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from selfcheck.rulebook.positions import Path


def walk(value: Any, pattern: str, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value under a dotted pattern, where ``*`` stands for each element or each key."""
    step, _, rest = pattern.partition(".")
    steps: Iterable[Any]
    if step == "*":
        steps = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    else:
        steps = (step,) if isinstance(value, dict) and step in value else ()
    for key in steps:
        if rest:
            yield from walk(value[key], rest, (*path, key))
        else:
            yield (*path, key), value[key]


class Values:
    """What stands under dotted patterns, without its places: a quick look before a long one."""

    def __init__(self, raw: Any) -> None:
        """Look in one raw table."""
        self._found: dict[str, list[Any]] = {"": [raw]}

    def under(self, pattern: str) -> list[Any]:
        """Every value under a pattern, as :func:`walk` has them; of a table there, its keys."""
        return [
            each for value in self._at(pattern) for each in (value if isinstance(value, dict) else (value,))
        ]

    def _at(self, pattern: str) -> list[Any]:
        found = self._found.get(pattern)
        if found is None:
            before, _, step = pattern.rpartition(".")
            found = self._found[pattern] = list(_step(self._at(before), step))
        return found


def _step(values: Iterable[Any], step: str) -> Iterator[Any]:
    if step != "*":
        return (value[step] for value in values if isinstance(value, dict) and step in value)
    return (
        part
        for value in values
        for part in (value if isinstance(value, list) else value.values() if isinstance(value, dict) else ())
    )


def texts_of(raw: Any) -> list[str]:
    """Every text in raw TOML, in no certain order."""
    found: list[str] = []
    waiting = [raw]
    for value in waiting:
        parts = value.values() if isinstance(value, dict) else value
        for part in parts:
            if isinstance(part, str):
                found.append(part)
            elif isinstance(part, dict | list):
                waiting.append(part)
    return found


def entry_name(raw: Any, path: Path) -> str:
    """The table and the id of the entry that a path leads into."""
    entry: Any = raw
    for step in path[:2]:
        entry = entry[step]
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{path[0]} {name}" if name else str(path[0])


def dotted(raw: Any, path: Path) -> str:
    """A path in words: entries by their id, or by the finding they count, else by their number from 1."""
    value, steps = raw, []
    for step in path:
        value = value[step]
        name = step + 1 if isinstance(step, int) else step
        if isinstance(step, int) and isinstance(value, dict):
            name = value.get("id") or value.get("finding") or name
        steps.append(str(name))
    return ".".join(steps)


def entries_of(raw: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    """The entries of a table; one that is no table is an empty one."""
    entries = raw.get(table)
    return (
        [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
    )
