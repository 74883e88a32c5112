"""A handout to one page of HTML that needs nothing else: style and fonts are in it."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selfcheck.places import STATIC, TEMPLATES

if TYPE_CHECKING:
    from selfcheck.handout.model import Handout
    from selfcheck.handout.pdf import Fit, Paper

STYLE = STATIC / "handout.css"


def to_html(handout: Handout, paper: Paper, fit: Fit) -> str:
    """The printed pages as one file."""
    return (
        _environment()
        .get_template("print/handout.html")
        .render(handout=handout, paper=paper, fit=fit, style=_style())
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _style() -> str:
    """The style sheet with its fonts inside."""
    style = STYLE.read_text(encoding="utf-8")
    for font in STATIC.glob("*.woff2"):
        style = style.replace(f'url("{font.name}")', f'url("data:font/woff2;base64,{_encoded(font)}")')
    return style


def _encoded(font: Path) -> str:
    return b64encode(font.read_bytes()).decode()
