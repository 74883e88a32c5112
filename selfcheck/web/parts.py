"""Parts of pages that look the same to everybody who is shown them, each drawn once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, partial
from typing import Any

from flask import Flask
from markupsafe import Markup, escape
from msgspec.structs import replace

from selfcheck.web.addresses import MOUNTED
from selfcheck.web.blanks import SIGN

PARTS = "selfcheck.parts"
MOST_PARTS = 8192
MOST_LISTS = 128
Kept = dict[tuple[str, str, str], dict[Any, str]]
"""By where the application is mounted, template and macro: what a part is about, and the part."""


def furnish_parts(app: Flask) -> None:
    """Let templates keep their parts."""
    kept: Kept = app.extensions.setdefault(PARTS, {})

    @lru_cache(MOST_PARTS)
    def part(template: str, macro: str, *about: Hashable) -> Markup:
        """A part without links. It is kept by what it is about: never a text, a number or a list of ticks of anybody."""
        made: Markup = getattr(app.jinja_env.get_template(template).module, macro)(*about)
        return made

    def known_of(template: str, macro: str) -> tuple[dict[Any, str], Callable[[Any], str]]:
        """The parts that are kept of a macro, and the macro."""
        if len(kept) > MOST_LISTS:
            kept.clear()
        known = kept.setdefault((MOUNTED.get(), template, macro), {})
        return known, lambda about: str(getattr(app.jinja_env.get_template(template).module, macro)(about))

    def parts(template: str, macro: str, these: Iterable[Any]) -> Markup:
        """The parts of a list. Kept are those that are ``everyones``: they tell nothing that somebody said."""
        known, draw = known_of(template, macro)
        drawn = []
        for one in these:
            found = known.get(one)
            if found is None:
                found = draw(one)
                if one.everyones and len(known) < MOST_PARTS:
                    known[one] = found
            drawn.append(found)
        return Markup("".join(drawn))  # noqa: S704 - joined from what templates drew

    def told(template: str, macro: str, these: Iterable[Any]) -> Markup:
        """The parts of a list that look the same to everybody but for the ``answer`` and one of a few ``forms``. Of
        what was ``asked`` all forms are drawn and kept together, each with a mark in place of the answer.
        """
        known, draw = known_of(template, macro)
        drawn = []
        for one in these:
            found = known.get((one.asked, one.form))
            if found is None:
                blanks = {(one.asked, form): draw(replace(one, answer=SIGN, form=form)) for form in one.forms}
                known.update(blanks if len(known) < MOST_PARTS else {})
                found = blanks[one.asked, one.form]
            drawn.append(found.replace(SIGN, escape(one.answer)))
        return Markup("".join(drawn))  # noqa: S704 - joined from what templates drew, and escaped

    app.jinja_env.globals.update(
        part=part, parts=parts, told=told, choice=partial(part, "components/choice.html", "choice")
    )
