"""What is being checked, what a check says about it, and every condition of a file with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.questionnaire import Part
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.faults import Fault
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.style import HouseStyle
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.structure import Raw
from selfcheck.rulebook.tree import Node, Refer, items_of, parts_of

MOST_NAMED = 6
SIDE_ENDS = re.compile(r"_(left|right)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A rulebook that loads, the text and the raw tables it was read from, the name of its file and the day
    on which it is checked.
    """

    rulebook: Rulebook
    text: str
    raw: Raw
    name: str
    today: date

    @property
    def style(self) -> HouseStyle | None:
        """The house style of the file, if it has one."""
        return self.rulebook.file.house_style


def subject_of(text: str, name: str, today: date) -> Subject:
    """The text of a rules file, read so that it can be checked.

    Raises:
        RulebookError: with every fault that keeps it from loading.

    """
    return Subject(read_rulebook(text, name), text, tomllib.loads(text), name, today)


@dataclass(frozen=True, slots=True)
class Remark:
    """What one check found. A grave one is a fault; any other is a note."""

    check: str
    fault: Fault
    grave: bool = True


def remark(check: str, path: Path, message: str, span: tuple[int, int] | None = None) -> Remark:
    """A fault that a check found."""
    return Remark(check, Fault(path, message, span))


def note(check: str, path: Path, message: str) -> Remark:
    """Something to know that is no fault."""
    return Remark(check, Fault(path, message), grave=False)


def together(check: str, table: str, found: Sequence[tuple[int, str]], what: str) -> Iterator[Remark]:
    """One note about several entries of a table, given by place and id, at the first of them."""
    if found:
        names = ", ".join(name for _, name in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield note(check, (table, found[0][0], "id"), f"{table}: {len(found)} {what}: {names}{more}")


def conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """Every condition of the file with its place; of one with sides, that of the left."""
    yield from _inside(rulebook.file, ())
    places = {section.id: number for number, section in enumerate(rulebook.file.section)}
    yield from ((("section", places[name], "ask_if"), found) for name, found in rulebook.page_if.items())
    for number, item in enumerate(rulebook.file.item):
        if item.ask_if is not None:
            stored = f"{item.id}_left" if item.sided else item.id
            yield ("item", number, "ask_if"), rulebook.ask_if[stored]
        if item.also_if is not None:
            yield ("item", number, "also_if"), rulebook.also_if[item.id]


def _inside(value: object, path: Path) -> Iterator[tuple[Path, Condition]]:
    if isinstance(value, Condition):
        yield path, value
    elif isinstance(value, Part):
        for key in type(value).model_fields:
            yield from _inside(getattr(value, key), (*path, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _inside(part, (*path, index))
    elif isinstance(value, Mapping):
        found = next((part for part in value.values() if isinstance(part, Condition)), None)
        if found is not None:
            yield path, found


def nodes(node: Node) -> Iterator[Node]:
    """A tree's nodes, itself first."""
    yield node
    for part in parts_of(node):
        yield from nodes(part)


def read_by(rulebook: Rulebook, node: Node) -> frozenset[str]:
    """Every item that a tree reads, those of the conditions that it names included."""
    found: set[str] = set()
    for part in nodes(node):
        if isinstance(part, Refer):
            found |= read_by(rulebook, rulebook.conditions[part.key].node)
        elif not parts_of(part):
            found |= items_of(part)
    return frozenset(found)


def bare(item: str) -> str:
    """The id of an item as the file has it, without the side of a stored answer."""
    return SIDE_ENDS.sub("", item)
