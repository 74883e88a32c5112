"""The addresses of pages, each made once: they follow from names of the rules, and from where the application is
mounted.
"""

from __future__ import annotations

from collections.abc import Hashable
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

MOST_KEPT = 8192
MOUNTED: ContextVar[str] = ContextVar("mounted", default="")
"""Where the application is mounted, of the request under way; to ask Flask takes longer than to make a link."""


def note_where_mounted(app: Flask) -> None:
    """Have it noted before anything else of a request is looked at."""

    @app.url_value_preprocessor
    def note(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        MOUNTED.set(request.script_root)


def address(endpoint: str, **named: Hashable) -> str:
    """The address of a page."""
    return _below(MOUNTED.get(), endpoint, *named.items())


@lru_cache(MOST_KEPT)
def _below(_root: str, endpoint: str, *named: tuple[str, Hashable]) -> str:
    values: dict[str, Any] = dict(named)
    return url_for(endpoint, **values)
