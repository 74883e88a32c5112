"""All drawings of a rulebook to one page, for the eye."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from selfcheck.figures import figure

if TYPE_CHECKING:
    from selfcheck.rulebook.model import Rulebook

STYLE = (
    "body{font:1rem/1.4 system-ui,sans-serif;margin:1rem;color:#123;background:#fff}"
    "main{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem;align-items:end}"
    "figure{margin:0;padding:.5rem;border:1px solid #bcc;break-inside:avoid}"
    "svg{display:block;width:100%;height:auto}figcaption{margin-top:.5rem}code{font-size:.8rem}"
)


def contact_sheet(rulebook: Rulebook) -> str:
    """One HTML page with every drawing, its name, its id and its words; exercises first, then tests.

    Raises:
        RulebookError: with every fault of the file of drawings.

    """
    named = {each.id: each.name for each in rulebook.file.exercise}
    named |= {each.id: each.name for each in rulebook.file.home_test}
    known = rulebook.drawings.figures if rulebook.drawings is not None else {}
    drawn = ((name, words, figure(rulebook, name)) for name, words in named.items() if name in known)
    cells = "\n".join(
        f"<figure>{svg}<figcaption>{escape(words)}<br><code>{name}</code></figcaption></figure>"
        for name, words, svg in drawn
    )
    language, version = escape(rulebook.file.meta.language), escape(rulebook.file.meta.version)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>Drawings</title><style>{STYLE}</style></head>\n"
        f"<body><h1>Drawings of the rules {version}</h1><main>\n{cells}\n</main></body></html>\n"
    )
