"""A self-check for low back, hip and buttock pain: answers in, a safe and tailored result out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from selfcheck.places import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from selfcheck.assessment import assess
    from selfcheck.rulebook.model import Rulebook

__version__ = "0.1.0"
__all__ = ["__version__", "assess", "create_app", "load_rulebook"]


def load_rulebook(path: str | Path = RULES) -> Rulebook:
    """Read a rules file, by default the one that comes with the package.

    Raises:
        RulebookError: with every fault in it.
        OSError: where the file cannot be read.

    """
    from selfcheck.rulebook.loading import load_rulebook as load

    return load(Path(path))


def __getattr__(name: str) -> object:
    """``assess``, once it is asked for: what it needs takes long to read in."""
    if name != "assess":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from selfcheck.assessment import assess

    return assess


def create_app(config: Mapping[str, object] | None = None, *, rulebook: Rulebook | None = None) -> Flask:
    """The web questionnaire as a WSGI application. See :func:`selfcheck.web.app.create_app`."""
    from selfcheck.web.app import create_app as create

    return create(config, rulebook=rulebook)
