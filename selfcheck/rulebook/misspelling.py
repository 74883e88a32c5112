"""Why a condition, or a whole file, cannot be read: the usual slips, in the words of somebody who writes rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Slip = tuple[str, int, int]
"""What is wrong, from where, and up to where."""

WRITTEN_OTHERWISE = (
    (re.compile(r"&&?"), "write 'and'"),
    (re.compile(r"\|\|?"), "write 'or'"),
    (re.compile(r"=>"), "write '>='"),
    (re.compile(r"=<"), "write '<='"),
    (re.compile(r"<>"), "write '!='"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "write '==' to compare"),
    (re.compile(r"!(?!=)"), "write 'not'"),
    (re.compile(r"\b(?:AND|OR|NOT|IN|And|Or|Not|In)\b"), "write this word in small letters"),
    (re.compile(r"[‘’‚“”„«»]"), "option names stand bare, without quotation marks"),  # noqa: RUF001 - what is looked for
)
CLOSING = {"(": ")", "[": "]", "{": "}"}


def slip_in(text: str) -> Slip | None:
    """The usual slip that keeps a condition from being read; ``None`` for any other."""
    if not text.strip():
        return "the condition is empty; leave the key out where there is none", 0, len(text)
    return next(_slips(text), None)


def _slips(text: str) -> Iterator[Slip]:
    for place, sign in enumerate(text):
        if sign not in " \n\r\t" and (sign.isspace() or unicodedata.category(sign) == "Cf"):
            yield (
                f"an invisible sign (U+{ord(sign):04X}) stands here; write an ordinary space",
                place,
                place + 1,
            )
    for pattern, instead in WRITTEN_OTHERWISE:
        for found in pattern.finditer(text):
            yield f"'{found[0]}' means nothing here; {instead}", *found.span()
    yield from _brackets(text)


def _brackets(text: str) -> Iterator[Slip]:
    open_ones: list[int] = []
    for place, sign in enumerate(text):
        if sign in CLOSING:
            open_ones.append(place)
        elif sign in CLOSING.values():
            if not open_ones:
                yield f"this '{sign}' closes a bracket that was never opened", place, place + 1
                return
            opened = open_ones.pop()
            if CLOSING[text[opened]] != sign:
                yield f"this '{sign}' does not close '{text[opened]}'", place, place + 1
                return
    if open_ones:
        yield "this bracket is never closed", open_ones[-1], open_ones[-1] + 1


CURLY = re.compile(r"[‘’‚“”„]")  # noqa: RUF001 - what is looked for
APOSTROPHE = re.compile(r"=\s*'[^']*'[A-Za-z]")
DECIMAL_COMMA = re.compile(r"=\s*-?\d+,\d+\s*$")
HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")


def toml_slip(words: str, lines: list[str], number: int) -> tuple[str, int]:
    """What is wrong with a text that is no TOML, and in which line: the parser's words where nothing better is known."""
    line = lines[number - 1]
    before = next((at for at in range(number - 1, 0, -1) if lines[at - 1].strip()), number)
    if APOSTROPHE.search(line):
        return (
            "the apostrophe ends this text; put a text with an apostrophe into double quotation marks",
            number,
        )
    if CURLY.search(line.partition("=")[2].lstrip()[:1]):
        return "these are curly quotation marks; write ' or \"", number
    if words == 'Expected "\'"':  # nothing closes it up to the end of the file
        number = next((at for at in range(number, 0, -1) if lines[at - 1].count("'") % 2), number)
        return "the quotation mark at the end of this text is missing", number
    if "'\\n'" in words or "unterminated" in words.lower():
        return "the quotation mark at the end of this text is missing", number
    if DECIMAL_COMMA.search(line):
        return "write a decimal point in place of the comma", number
    if "unclosed" in words.lower():
        return "a comma or a closing bracket is missing at the end of this line", before
    twice = _twice(words, lines, number)
    return (twice or f"not valid TOML: {words[:1].lower()}{words[1:]}"), number


def _twice(words: str, lines: list[str], number: int) -> str:
    """That a table or a key stands twice, and where it stood first."""
    table, key = HEADER.match(lines[number - 1]), KEY.match(lines[number - 1])
    if table is not None and "twice" in words:
        first = _first(lines, number, rf"^\s*\[\[?\s*{re.escape(table[2])}\s*\]")
        entry = HEADER.match(lines[first - 1]) if first else None
        if entry is not None and entry[1] == "[[" and table[1] == "[":
            return f"write [[{table[2]}]]: there are several"
        return f"[{table[2]}] stands twice; first in line {first}" if first else ""
    if key is not None and ("overwrite" in words or "duplicate" in words.lower()):
        first = _first(lines, number, rf"^\s*{re.escape(key[1])}\s*=")
        return f"'{key[1]}' stands twice; first in line {first}" if first else f"'{key[1]}' stands twice"
    return ""


def _first(lines: list[str], number: int, pattern: str) -> int:
    """The nearest line before that fits; 0 for none."""
    found = re.compile(pattern)
    return next((at for at in range(number - 1, 0, -1) if found.match(lines[at - 1])), 0)


def byte_place(raw: bytes, start: int) -> tuple[int, int, str]:
    """Line, column and text of the line of a byte that is not UTF-8."""
    begin = raw.rfind(b"\n", 0, start) + 1
    before = raw[begin:start].decode(errors="replace")
    end = raw.find(b"\n", start)
    line = raw[begin : len(raw) if end < 0 else end].decode(errors="replace")
    return raw.count(b"\n", 0, start) + 1, len(before) + 1, line
