"""Texts to what the fonts of the printed pages can show, so that nothing vanishes without a word."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from selfcheck.rulebook.catalogue import ngettext

COVERAGE = Path(__file__).parent / "fonts" / "coverage.txt"
BOX = "\u25a1"
ANY = TypeVar("ANY")


def legible(value: ANY) -> ANY:
    """The same value; in every text an empty box for each sign that no font has, and how many there are."""
    found: object = value
    if isinstance(value, str):
        found = _shown(value)
    elif isinstance(value, dict):
        found = {key: legible(one) for key, one in value.items()}
    elif isinstance(value, list | tuple):
        found = type(value)(legible(one) for one in value)
    return found  # type: ignore[return-value] # of the kind that was given


def _shown(text: str) -> str:
    if text.isascii():
        return text
    known = _known()
    lost = sum(sign not in known for sign in text)
    if not lost:
        return text
    said = ngettext("(%(n)s sign without a letter here)", "(%(n)s signs without a letter here)", lost)
    return "".join(sign if sign in known else BOX for sign in text) + " " + said % {"n": lost}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every sign that one of the fonts has."""
    signs: set[str] = set()
    for line in COVERAGE.read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        signs.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(signs)
