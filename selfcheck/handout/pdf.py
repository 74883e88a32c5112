"""A handout to PDF/UA pages, set by typst with fonts of our own; the same bytes for the same handout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from msgspec import Struct, to_builtins
from pydantic import BaseModel

from selfcheck.handout.legible import legible
from selfcheck.handout.model import Handout
from selfcheck.places import TEMPLATES

Paper = Literal["a4", "letter"]
Parts = Literal["all", "sheet"]
FONTS = Path(__file__).parent / "fonts"
PRINT = TEMPLATES / "print"
ENTRY = PRINT / "handout.typ"
NOTHING = PRINT / "empty.typ"
KEPT_TURNS = 10
_turn = Lock()


class Fit(Struct, frozen=True):
    """How the clinician's sheet was made to fit: lines that ``keep`` up to ``level`` are in the annex;
    ``ease`` says how
    loosely it is set: 2 line by line, 1 with the lines of a block run together, 0 with everything run together.
    """

    level: int = 0
    ease: int = 2


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@lru_cache(maxsize=1)
def _setter() -> typst.Compiler:
    """The typesetter with its fonts; it keeps what it has read for the next page."""
    return typst.Compiler(ENTRY, root=PRINT, font_paths=_fonts())


@lru_cache(maxsize=1)
def _empty() -> typst.Compiler:
    return typst.Compiler(NOTHING, root=PRINT, font_paths=_fonts())


def _forget() -> None:
    """Have the typesetter drop what it keeps of a sheet for the next one, and with it what somebody has said.

    It drops what it has not needed for ten pages, and only when it sets one: eleven empty ones take no time.
    """
    for _ in range(KEPT_TURNS + 1):
        _empty().compile(format="svg")


def to_pdf(handout: Handout, paper: Paper = "a4", *, parts: Parts = "all") -> bytes:
    """The printed pages, or the clinician's sheet alone (with its annex, where it has one).

    Letters that none of our fonts has stand as empty boxes, with a note of how many they are.
    """
    inputs = {**_inputs(handout, paper), "parts": parts}
    with _turn:
        try:
            made = _setter().compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=0)
        finally:
            _forget()
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


def sheet_fit(handout: Handout, paper: Paper = "a4", *, room: float = 1.0) -> Fit:
    """How much of the clinician's sheet fits on one page, of whose height ``room`` may be used."""
    with _turn:
        try:
            found = typst.query(
                ENTRY, "<fit>", field="value", root=PRINT, font_paths=_fonts(),
                sys_inputs={**_inputs(handout, paper), "room": str(room)},
            )  # fmt: skip
        finally:
            _forget()
    fits: list[Mapping[str, Any]] = json.loads(found) if isinstance(found, str) else list(found)
    return Fit(int(fits[0]["level"]), int(fits[0]["ease"])) if fits else Fit()


def _inputs(handout: Handout, paper: Paper) -> dict[str, str]:
    plain = legible(to_builtins(handout, enc_hook=_plain))
    return {"handout": json.dumps(plain), "paper": paper}


def _plain(value: object) -> object:
    """A row of the rules, which a handout carries whole."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    raise TypeError(type(value).__name__)
