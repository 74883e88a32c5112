"""What is being checked, and what a check says about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from selfcheck.rulebook.faults import Fault
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.style import HouseStyle
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.structure import Raw

MOST_NAMED = 6
SIDE_ENDS = re.compile(r"_(left|right)$")


class Subject(Struct, frozen=True):
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


class Remark(Struct, frozen=True):
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


def bare(item: str) -> str:
    """The id of an item as the file has it, without the side of a stored answer."""
    return SIDE_ENDS.sub("", item)
