"""What every template can use: words of the region and the rules, our scripts, and inputs drawn once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, MutableMapping
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g, render_template
from flask.templating import Environment
from flask_babel import get_translations, ngettext
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.web.addresses import MOUNTED, address, note_where_mounted
from selfcheck.web.headers import SCRIPTED

MOST_TEXTS = 4096
MOST_PARTS = 8192
MOST_ROOTS, MOST_LISTS = 8, 16


class Spoken(NodeTransformer):
    """Puts the furniture into a template when it is compiled: its texts, ``_('...')``, in the application's
    language, so that nothing is left to look up when it is drawn.
    """

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named after the class of the node
        """A text of the furniture without words to fill in becomes what it says."""
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                return nodes.Const(_said(text) % {}, lineno=node.lineno)
        return node


class Templates(Environment):
    """Templates in the application's language that look up what all of them know in one dict. Jinja chains two, for
    templates with something of their own, and the way through the chain costs more than most of them draw.
    """

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = Spoken().visit(super()._parse(source, name, filename))
        return parsed

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows before it is told anything."""
        return self.globals if not d else super().make_globals(d)


def furnish(app: Flask, rulebook: Rulebook, region: Region, clinic: tuple[str, str]) -> None:
    """Make it known to the templates of an application; ``clinic`` is its name and telephone number."""

    @app.url_defaults
    def fingerprinted(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values["v"] = _fingerprint(str(app.static_folder), str(values["filename"]))

    @lru_cache(MOST_PARTS)
    def part(template: str, macro: str, *about: Hashable) -> Markup:
        """A part of a page that looks the same to everybody who is shown it, drawn once. It is kept by what it
        is about: never a text, a number or a list of ticks of anybody.
        """
        made: Markup = getattr(app.jinja_env.get_template(template).module, macro)(*about)
        return made

    kept: dict[tuple[str, str, str], dict[Hashable, str]] = {}

    def parts(template: str, macro: str, these: Iterable[Any]) -> Markup:
        """A list of parts; kept are those that are ``everyones``, which tell nothing that somebody said, by where the
        application is mounted, for their links begin there.
        """
        if len(kept) > MOST_ROOTS * MOST_LISTS:
            kept.clear()
        known = kept.setdefault((MOUNTED.get(), template, macro), {})
        drawn = []
        for one in these:
            found = known.get(one)
            if found is None:
                found = getattr(app.jinja_env.get_template(template).module, macro)(one)
                if one.everyones and len(known) < MOST_PARTS:
                    known[one] = found
            drawn.append(found)
        return Markup("".join(drawn))  # noqa: S704 - joined from what templates drew

    @lru_cache(MOST_ROOTS)
    def footer_below(_root: str) -> Markup:
        return Markup(render_template("layouts/footer.html"))  # noqa: S704 - drawn by us, its words escaped

    def footer() -> Markup:
        """The foot of every page, the same for everybody; its links begin where the application is mounted."""
        return footer_below(MOUNTED.get())

    def script(name: str) -> Markup:
        """The element that loads one of our scripts, which from then on this answer allows."""
        setattr(g, SCRIPTED, True)
        return Markup('<script src="{}" defer></script>').format(address("static", filename=name))

    note_where_mounted(app)
    _translate(app)
    app.jinja_env.globals.update(
        say=region.say,
        choice=partial(part, "components/choice.html", "choice"),
        part=part,
        parts=parts,
        footer=footer,
        url_for=address,
        script=script,
        region=region,
        meta=rulebook.file.meta,
        about=rulebook.file.about,
        fingerprint=rulebook.fingerprint,
        clinic_name=clinic[0],
        clinic_phone=clinic[1],
        _n=ngettext,
    )


def _said(text: str) -> Markup:
    """A text of the furniture in the application's language, with its places for words."""
    return Markup(get_translations().ugettext(text))  # noqa: S704 - our own texts


def _translate(app: Flask) -> None:
    """The furniture that has words to fill in, each text looked up once: an application has one language."""
    pattern = lru_cache(MOST_TEXTS)(_said)

    def translated(text: str, **words: object) -> Markup:
        return pattern(text) % words

    app.jinja_env.globals["_"] = translated


@lru_cache(maxsize=32)
def _fingerprint(folder: str, name: str) -> str:
    """Eight digits that change with a file, so that a browser may keep it for good."""
    return sha256((Path(folder) / name).read_bytes()).hexdigest()[:8]
