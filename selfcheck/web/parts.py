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
Known = dict[Any, str]
Kept = dict[tuple[str, str, str], Known]
"""By where the application is mounted, template and macro: what a part is about, and the part."""


class Parts:
    """The parts of one application's pages."""

    def __init__(self, app: Flask) -> None:
        """With those kept that the application has drawn already."""
        self.kept: Kept = app.extensions.setdefault(PARTS, {})
        self._app = app
        self.part = lru_cache(MOST_PARTS)(self._part)

    def _part(self, template: str, macro: str, *about: Hashable) -> Markup:
        """A part without links. It is kept by what it is about: never a text, a number or a list of ticks of anybody."""
        made: Markup = getattr(self._app.jinja_env.get_template(template).module, macro)(*about)
        return made

    def parts(self, template: str, macro: str, these: Iterable[Any]) -> Markup:
        """The parts of a list. Kept are those that are ``everyones``: they tell nothing that somebody said."""
        known, draw = self._known(template, macro)
        drawn = []
        for one in these:
            found = known.get(one)
            if found is None:
                found = draw(one)
                if one.everyones and len(known) < MOST_PARTS:
                    known[one] = found
            drawn.append(found)
        return Markup("".join(drawn))  # noqa: S704 - joined from what templates drew

    def told(self, template: str, macro: str, these: Iterable[Any]) -> Markup:
        """The parts of a list that look the same to everybody but for the ``answer`` and one of a few ``forms``. Of
        what was ``asked`` all forms are drawn and kept together, each with a mark in place of the answer.
        """
        known, draw = self._known(template, macro)
        drawn = []
        for one in these:
            found = known.get((one.asked, one.form))
            if found is None:
                blanks = {(one.asked, form): draw(replace(one, answer=SIGN, form=form)) for form in one.forms}
                known.update(blanks if len(known) < MOST_PARTS else {})
                found = blanks[one.asked, one.form]
            drawn.append(found.replace(SIGN, escape(one.answer)))
        return Markup("".join(drawn))  # noqa: S704 - joined from what templates drew, and escaped

    def _known(self, template: str, macro: str) -> tuple[Known, Callable[[Any], str]]:
        """The parts that are kept of a macro, and the macro."""
        if len(self.kept) > MOST_LISTS:
            self.kept.clear()
        known = self.kept.setdefault((MOUNTED.get(), template, macro), {})
        return known, lambda about: str(
            getattr(self._app.jinja_env.get_template(template).module, macro)(about)
        )


def furnish_parts(app: Flask) -> None:
    """Let templates keep their parts."""
    known = Parts(app)
    choice = partial(known.part, "components/choice.html", "choice")
    app.jinja_env.globals.update(part=known.part, parts=known.parts, told=known.told, choice=choice)
