"""A file or standard input to an object of answers, or one clear line about what is wrong with it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import tomli

MOST_INPUT = 1_000_000


class Unusable(Exception):
    """Input that cannot be used; the text says why and what would be right."""


def _text(name: str) -> str:
    """The text of a file or of standard input, up to a sensible size."""
    raw = sys.stdin.buffer.read(MOST_INPUT + 1) if name == "-" else Path(name).read_bytes()
    if len(raw) > MOST_INPUT:
        raise Unusable(f"more than {MOST_INPUT} bytes; an object of answers is expected")
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """The text of UTF-8 bytes.

    Raises:
        Unusable: where they are not, with the place.

    """
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Unusable(f"not UTF-8 text (byte {error.start})") from None


def parse_object(text: str, *, toml: bool) -> dict[str, object]:
    """An object from JSON, or from TOML.

    Raises:
        Unusable: for anything else, with the place of the mistake.

    """
    try:
        content = tomli.loads(text) if toml else json.loads(text, parse_constant=_no_constant)
    except tomli.TOMLDecodeError as error:
        raise Unusable(f"not TOML: {error}") from None
    except json.JSONDecodeError as error:
        raise Unusable(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unusable("not an object of answers: nested too deeply") from None
    except ValueError:
        raise Unusable("not an object of answers: a number has too many digits") from None
    if not isinstance(content, dict):
        raise Unusable('an object of answers is expected, such as {"age": 35}')
    return content


def _no_constant(word: str) -> float:
    raise Unusable(f"not JSON: {word} is not a number that can be used")


def read_object(name: str) -> dict[str, object]:
    """The object in a file, or on standard input for ``-``; TOML where it looks like TOML.

    Raises:
        Unusable: as for its text.
        OSError: where the file cannot be read.

    """
    text = _text(name)
    looks_like_toml = name.endswith(".toml") or (name == "-" and not text.lstrip().startswith(("{", "[")))
    return parse_object(text, toml=looks_like_toml and bool(text.strip()))
