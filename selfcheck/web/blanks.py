"""Pages drawn without anybody's answers, and the answers put in for each request.

A page looks the same to everybody who is asked the same questions, but for what was ticked and typed. So it is drawn
with a mark at each place where an answer may stand. The drawing is kept, and holds no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from flask import Flask, current_app, g, request
from markupsafe import Markup, escape
from msgspec import Struct

from selfcheck.web.headers import SCRIPTED

SIGN = "\0"
"""Around the name of each place. Rules cannot hold it, and of what was typed it is left out."""

UNSHOWN = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Control characters, which no page can hold, whatever was sent."""
BLANKS = "selfcheck.blanks"
MOST_BLANKS = 256


class Blank(Struct, frozen=True):
    """A page in pieces: texts, and between them the names of the places. ``scripted``: it loads a script."""

    pieces: tuple[str, ...]
    scripted: bool


def furnish_blanks(app: Flask) -> None:
    """Let templates mark the places, and keep the drawings of an application."""
    app.extensions[BLANKS] = {}
    app.jinja_env.globals.update(ticked=_ticked, typed=_typed, opened=_opened)


def _ticked(name: str, value: str) -> Markup:
    """Where a circle or box with this value says that it is ticked."""
    return Markup(f"{SIGN}{name}={value}{SIGN}")  # noqa: S704 - names of the rules


def _typed(name: str) -> Markup:
    """Where the text of a field stands."""
    return Markup(f"{SIGN}{name}{SIGN}")  # noqa: S704 - names of the rules


def _opened(name: str) -> Markup:
    """Where something folded says that it is open."""
    return Markup(f"{SIGN}open {name}{SIGN}")  # noqa: S704 - names of the rules


def drawn(draw: Callable[[], str]) -> Blank:
    """A page drawn for this request only."""
    return Blank(tuple(draw().split(SIGN)), bool(g.get(SCRIPTED)))


def kept(variant: Hashable, draw: Callable[[], str]) -> Blank:
    """A page that is drawn once for all who see the same. ``variant`` says what makes it another page; so does
    where the application is mounted, for its links begin there.
    """
    blanks: dict[Hashable, Blank] = current_app.extensions[BLANKS]
    variant = (request.script_root, variant)
    found = blanks.get(variant)
    if found is None:
        if len(blanks) >= MOST_BLANKS:
            blanks.clear()
        found = blanks[variant] = drawn(draw)
    return found


def filled(blank: Blank, values: Mapping[str, object], opened: Iterable[str]) -> str:
    """A page with what was ticked and typed, by the names of the fields, and with what stands open."""
    if blank.scripted:
        setattr(g, SCRIPTED, True)
    said = {f"open {name}": " open" for name in opened}
    for name, value in values.items():
        for one in value if isinstance(value, list) else (value,):
            said[f"{name}={1 if one is True else one}"] = " checked"
            said[name] = str(escape(one or "")).translate(UNSHOWN)
    pieces = list(blank.pieces)
    pieces[1::2] = [said.get(place, "") for place in pieces[1::2]]
    return "".join(pieces)
