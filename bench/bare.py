"""The least that Flask and Jinja need for a page: a template filled in, and a signed cookie.

``python -m bench.bare PORT`` serves one on waitress, to start beside ours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from flask import Flask, render_template, session
from jinja2 import DictLoader
from markupsafe import escape

TEXT = re.compile(r' (?:id|for|name|href|value)="([^"]+)"|>([^<>]*\S[^<>]*)(?=<)')
TOKEN = re.compile(r'(name="csrf_token" value=")[^"]+')
KEPT = ("csrf_token", "\0")
START = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul></body></html>"""


class Page(NamedTuple):
    """A template, and the words that go into it."""

    template: str
    words: Mapping[str, str]


def emptied(html: str) -> Page:
    """A page as a template: every text and every id, name, address and value in it is a variable that Jinja
    escapes, and a token for forms is made anew. What escaping would spell otherwise stays where it is.
    """
    words: dict[str, str] = {}

    def variable(found: re.Match[str]) -> str:
        written = found[1] or found[2]
        text = unescape(written)
        if str(escape(text)) != written or written in KEPT:
            return found[0]
        name = f"t{len(words)}"
        words[name] = text
        return found[0].replace(written, "{{ " + name + " }}")

    tokens = TOKEN.sub(r"\1" + "\0", html)
    head, body, rest = tokens.partition("<body")
    return Page((head + body + TEXT.sub(variable, rest)).replace("\0", "{{ csrf_token() }}"), words)


def bare_app(pages: Mapping[str, Page], constant: str = "") -> Flask:
    """An application with one address for each page; each reads the answers in the session's cookie."""
    from flask_wtf import CSRFProtect

    app = Flask("bare")
    app.config["SECRET_KEY"] = "the bare application keeps no secrets"  # noqa: S105 - it is said so
    app.jinja_env.loader = DictLoader({f"{name}.html": page.template for name, page in pages.items()})
    CSRFProtect(app)

    @app.get("/page/<name>")
    def page(name: str) -> str:
        if not session.get("answers"):
            return "Nothing was answered"
        return render_template(f"{name}.html", **pages[name].words)

    @app.get("/constant")
    def text() -> str:
        return constant

    return app


def start_app() -> Flask:
    """An application with one small page and nothing else."""
    app = Flask("bare")
    app.jinja_env.loader = DictLoader({"start.html": START})

    @app.get("/")
    def start() -> str:
        return render_template("start.html", title="Start", rows=range(100))

    return app


if __name__ == "__main__":
    import waitress

    waitress.serve(start_app(), host="127.0.0.1", port=int(sys.argv[1]), threads=8)
