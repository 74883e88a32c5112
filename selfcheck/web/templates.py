"""Templates with the furniture of an application in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from flask_babel import get_translations, ngettext
from jinja2 import Template, nodes, pass_context
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from selfcheck.web.addresses import address

MOST_TEXTS = 4096


DIRECT = frozenset({"_", "part", "parts", "told", "say", "url_for"})
"""What templates ask us for most often."""


class Spoken(NodeTransformer):
    """Puts the furniture into a template when it is compiled: its texts, ``_('...')``, in the application's
    language, so that nothing is left to look up when it is drawn.
    """

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named after the class of the node
        """A text of the furniture without words to fill in becomes what it says. What else is asked of us becomes a
        filter: Jinja calls that directly, while it looks into everything else before it is called.
        """
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                return nodes.Const(Markup(_said(text) % {}), lineno=node.lineno)  # noqa: S704 - our own texts
            case nodes.Call(
                node=nodes.Name(name=name), args=[first, *rest], kwargs=named, dyn_args=None, dyn_kwargs=None
            ) if name in DIRECT:
                return nodes.Filter(first, name, rest, named, None, None, lineno=node.lineno)
        return node


class Templates(Environment):
    """Templates in the application's language that look up what all of them know in one dict. Jinja chains two, for
    templates with something of their own, and the way through the chain costs more than most of them draw.
    """

    def __init__(self, app: App, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        """With no template read yet."""
        super().__init__(app, **options)
        self._read: dict[str, Template] = {}

    def _load_template(
        self,
        name: str,
        globals: MutableMapping[str, Any] | None,  # noqa: A002 - named by Jinja
    ) -> Template:
        """A template, found by its name alone once it is read: nobody changes one while it is in use."""
        if globals or self.auto_reload:
            return super()._load_template(name, globals)
        if name not in self._read:
            self._read[name] = super()._load_template(name, globals)
        return self._read[name]

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
        safe = {name: word if type(word) is int else escape(word) for name, word in words.items()}
        return Markup(pattern(text) % safe)  # noqa: S704 - our own texts, the words escaped

    app.jinja_env.globals.update(_=translated, _n=ngettext)


def furnish_calls(app: Flask) -> None:
    """What templates ask directly, as filters of the same names."""
    known: Mapping[str, Any] = app.jinja_env.globals
    app.jinja_env.filters.update({name: known[name] for name in DIRECT})

    @app.template_filter("url_for")
    @pass_context
    def below(_context: Context, endpoint: str, **named: Hashable) -> str:
        """An address is never made while a template is compiled: it begins where this request says."""
        return address(endpoint, **named)


def _said(text: str) -> str:
    """A text of the furniture in the application's language, with its places for words."""
    return str(get_translations().ugettext(text))
