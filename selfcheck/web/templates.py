"""Templates with the furniture of an application in them."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_babel import get_translations, ngettext
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

MOST_TEXTS = 4096


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


def furnish_texts(app: Flask) -> None:
    """The furniture that has words to fill in, each text looked up once: an application has one language."""
    pattern = lru_cache(MOST_TEXTS)(_said)

    def translated(text: str, **words: object) -> Markup:
        return pattern(text) % words

    app.jinja_env.globals.update(_=translated, _n=ngettext)


def _said(text: str) -> Markup:
    """A text of the furniture in the application's language, with its places for words."""
    return Markup(get_translations().ugettext(text))  # noqa: S704 - our own texts
