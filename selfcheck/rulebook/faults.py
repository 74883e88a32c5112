"""What is wrong with a rules file: faults by path, then by file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from pydantic_core import ErrorDetails

from selfcheck.part import Part
from selfcheck.rulebook.misspelling import toml_slip
from selfcheck.rulebook.positions import Path, Positions, positions
from selfcheck.rulebook.vocabulary import suggestion
from selfcheck.toml import NotToml

WIDEST = 110
PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


class Fault(Struct, frozen=True):
    """One fault at a path of the file.

    ``span`` are character offsets inside a string value, ``at_key`` points at the key instead.
    """

    path: Path
    message: str
    span: tuple[int, int] | None = None
    at_key: bool = False


class Message(Struct, frozen=True):
    """A fault with its place: line and column from 1, the line's text and where the caret goes."""

    file: str
    line: int
    column: int
    text: str
    excerpt: str = ""
    caret: tuple[int, int] = (0, 0)

    @property
    def place(self) -> str:
        """``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """The place and the text, the line and the caret under it."""
        head = f"{self.place}: {self.text}"
        if not self.excerpt:
            return head
        return f"{head}\n    {self.excerpt}\n    {' ' * self.caret[0]}{'^' * max(self.caret[1], 1)}"


class RulebookError(ValueError):
    """A rules file that cannot be used. ``messages`` holds every fault, in file order."""

    def __init__(self, messages: tuple[Message, ...]) -> None:
        """Keep them all; the text of the error is all of them."""
        super().__init__("\n".join(str(message) for message in messages))
        self.messages = messages


def located(faults: Iterable[Fault], text: str, file: str) -> tuple[Message, ...]:
    """The faults with line and column, in file order, each once."""
    found = positions(text)
    messages = {_located(fault, found, file) for fault in faults}
    return tuple(sorted(messages, key=lambda message: (message.line, message.column, message.text)))


def _located(fault: Fault, found: Positions, file: str) -> Message:
    place, exact = found.nearest(fault.path)
    start, end = place.key if fault.at_key or not exact else place.value
    if fault.span is not None and exact:
        start, end = (found.character(place, offset) for offset in fault.span)
    line, column = found.line_and_column(start)
    text = found.line(line)
    last_line, last_column = found.line_and_column(end)
    width = last_column - column if last_line == line else len(text) - column + 1
    return at_place(file, text, line, column, fault.message, width)


def at_place(file: str, text: str, line: int, column: int, message: str, width: int = 1) -> Message:
    """A message about some characters of a line, with as much of the line as can be shown."""
    excerpt, before = _window(text, column - 1)
    caret = (column - 1 - before, min(width, len(excerpt) - (column - 1 - before)))
    return Message(file, line, column, message, excerpt, caret)


def toml_fault(error: NotToml, text: str, name: str) -> Message:
    """That a text is no TOML, and where."""
    words = str(error).split(" (at ")[0]
    place, lines = PLACE.search(str(error)), text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place else (len(lines), 1)
    message, there = toml_slip(words, lines, line)
    return at_place(
        name, lines[there - 1], there, column if there == line else len(lines[there - 1]), message
    )


def _window(text: str, column: int) -> tuple[str, int]:
    """The part of a line to show around a column, and how many characters stand before it."""
    indent = len(text) - len(text.lstrip())
    start = indent if column < WIDEST else column - WIDEST // 2
    return text[start : start + WIDEST].rstrip(), start


def structure_fault(detail: ErrorDetails, who: str, path: Path, known: type[Part] | None) -> Fault:
    """One fault that validation found, in the words of the rules file.

    ``path`` is where it is, ``known`` the class whose keys were allowed there, to name the one meant.
    """
    context = detail.get("ctx", {})
    last = path[-1]
    match detail["type"]:
        case "condition":
            return Fault(path, f"{who}: {detail['msg']}", (context["start"], context["end"]))
        case "extra_forbidden":
            hint = suggestion(str(last), known.model_fields if known else ())
            return Fault(path, f"{who}: unknown key '{last}'.{hint}", at_key=True)
        case "missing":
            return Fault(path, f"{who}: '{last}' is missing", at_key=True)
        case "too_short":
            return Fault(path, f"{who}: '{last}' needs at least {context['min_length']} of its entries")
        case "string_pattern_mismatch":
            form = "small letters, figures and _" if "_" in context["pattern"] else context["pattern"]
            return Fault(path, f"{who}: '{last}': '{detail['input']}' should be made of {form}")
        case "value_error":
            return Fault(path, f"{who}: '{last}': {context['error']}")
        case _:
            message = detail["msg"].replace("Input should be", "should be")
            return Fault(path, f"{who}: '{last}': {message[:1].lower()}{message[1:]}")
