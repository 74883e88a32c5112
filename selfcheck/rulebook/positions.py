"""Where things stand in a TOML text: a path of keys and indexes to line, column and text.

Only needed to say where a fault is, so the parser that keeps positions is imported on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from tree_sitter import Node

Path = tuple[str | int, ...]
JOINED = r"(?:\\[ \t]*\r?\n\s*)*"
OPENING = re.compile(r"'''(?:\r?\n)?|'")
OPENING_ESCAPED = re.compile(r'(?:"""(?:\r?\n)?|")' + JOINED)
SIGN = re.compile(r"\r\n|.", re.DOTALL)
SIGN_ESCAPED = re.compile(r"(?:\r\n|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|.)" + JOINED, re.DOTALL)


class Place(Struct, frozen=True):
    """Byte offsets of a key (or table header) and of its value in the text."""

    key: tuple[int, int]
    value: tuple[int, int]


class Positions(Struct):
    """The places of every key and array element of one text."""

    text: str
    data: bytes = b""
    places: dict[Path, Place] = field(default_factory=dict)

    def nearest(self, path: Path) -> tuple[Place, bool]:
        """The place of the path, or of its longest known beginning; and whether it is the path itself."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]], length == len(path)
        return Place((0, 0), (0, 0)), False

    def character(self, place: Place, offset: int) -> int:
        """The byte position of a character of a string value, as it is written there: opening quotes left
        out, an escape as one character, a joined line as none.
        """
        start, end = place.value
        raw = self.data[start:end].decode()
        sign, opening = (SIGN_ESCAPED, OPENING_ESCAPED) if raw.startswith('"') else (SIGN, OPENING)
        quotes = opening.match(raw)
        position = quotes.end() if quotes else 0
        for _ in range(offset):
            found = sign.match(raw, position)
            position = found.end() if found else position
        return start + len(raw[:position].encode())

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Line and column of a byte position, both counted from 1, columns in characters."""
        before = self.data[:position]
        line = before.count(b"\n") + 1
        return line, len(before[before.rfind(b"\n") + 1 :].decode(errors="ignore")) + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1."""
        lines = self.text.split("\n")
        return lines[number - 1] if number <= len(lines) else ""


def positions(text: str) -> Positions:
    """Read the places of a valid TOML text."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    data = text.encode()
    tree = Parser(Language(tree_sitter_toml.language())).parse(data)
    found = Positions(text, data)
    found.places.update(_document(tree.root_node))
    return found


def _document(root: Node) -> Iterator[tuple[Path, Place]]:
    counts: dict[Path, int] = {}
    for child in root.named_children:
        if child.type == "pair":
            yield from _pair(child, ())
        elif child.type in ("table", "table_array_element"):
            yield from _table(child, counts)


def _table(node: Node, counts: dict[Path, int]) -> Iterator[tuple[Path, Place]]:
    header, *pairs = node.named_children
    path: Path = ()
    names = _key(header)
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if node.type == "table_array_element":
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    span = (header.start_byte, header.end_byte)
    if path[-1] == 0:
        yield path[:-1], Place(span, span)
    yield path, Place(span, span)
    for pair in pairs:
        if pair.type == "pair":
            yield from _pair(pair, path)


def _pair(node: Node, path: Path) -> Iterator[tuple[Path, Place]]:
    key, value = node.named_children[0], node.named_children[-1]
    where = (*path, *_key(key))
    yield where, Place((key.start_byte, key.end_byte), (value.start_byte, value.end_byte))
    yield from _value(value, where)


def _value(node: Node, path: Path) -> Iterator[tuple[Path, Place]]:
    if node.type == "inline_table":
        for pair in node.named_children:
            if pair.type == "pair":
                yield from _pair(pair, path)
    elif node.type == "array":
        elements = [child for child in node.named_children if child.type != "comment"]
        for index, element in enumerate(elements):
            span = (element.start_byte, element.end_byte)
            yield (*path, index), Place(span, span)
            yield from _value(element, (*path, index))


def _key(node: Node) -> tuple[str, ...]:
    if node.type == "dotted_key":
        return tuple(name for child in node.named_children for name in _key(child))
    text = (node.text or b"").decode()
    return (text[1:-1] if node.type == "quoted_key" else text,)
