"""A file or standard input to answers, or to an assessment for each line; else one clear line about what is wrong."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selfcheck.answers import AnswersError, spelt_out
from selfcheck.assessment import assess
from selfcheck.assessment.plain import to_plain
from selfcheck.places import RULES
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.toml import NotToml, read_toml

OK, FAULTY, UNUSABLE = 0, 1, 2
"""How a command ends: as it should, with something wrong in what it looked at, or with input it cannot use."""

MOST_INPUT, MOST_NAME = 1_000_000, 40


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
        content = read_toml(text) if toml else _read_json(text)
    except NotToml as error:
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


def _read_json(text: str) -> object:
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys are all different: of two answers to one question neither may be lost unseen."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Unusable(
                f"{spelt_out(name, MOST_NAME)}: answered twice; an object that says everything once is expected"
            )
        found[name] = value
    return found


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


@contextmanager
def given_lines(name: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file or of standard input."""
    if name == "-":
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as lines:
            yield lines


def assessed_lines(rulebook: Rulebook, lines: Iterable[bytes]) -> Iterator[tuple[bool, str]]:
    """An assessment as JSON for each line of answers, in order, and whether it could be made; else an
    object with its error in its place. Empty lines are left out.
    """
    for line in lines:
        if not line.strip():
            continue
        try:
            result = to_plain(assess(rulebook, parse_object(decoded(line), toml=False)))
        except (Unusable, AnswersError) as error:
            yield False, json.dumps({"error": str(error)}, ensure_ascii=False)
        else:
            yield True, json.dumps(result, ensure_ascii=False)


def chosen_rules(path: Path | None) -> Rulebook:
    """The rules of a file that was named, else of the one that the environment names, else the shipped ones.

    Raises:
        RulebookError: with every fault of the file.

    """
    from selfcheck import load_rulebook

    return load_rulebook(path or os.environ.get("SELFCHECK_RULES") or RULES)


def chosen_region(book: Rulebook) -> Region:
    """The region that the environment names, else the neutral one.

    Raises:
        Unusable: for a region that the rules do not have.

    """
    name = os.environ.get("SELFCHECK_REGION") or "intl"
    if name not in book.regions:
        raise Unusable(f"SELFCHECK_REGION: no region '{name}'; one of: {', '.join(book.regions)}")
    return book.regions[name]
