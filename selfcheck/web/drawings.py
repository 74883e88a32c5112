"""Drawings of exercises and home tests on pages: the picture itself, in the page."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from selfcheck.figures import figure
from selfcheck.rulebook.model import Rulebook


def furnish_drawings(app: Flask, rulebook: Rulebook) -> None:
    """Make the drawings known to the templates. Their file is read with the first; the log says where it is
    broken.
    """

    def drawing(name: str) -> Markup:
        drawn = figure(rulebook, name)
        if drawn is None and rulebook.drawings is not None and rulebook.drawings.broken:
            app.logger.error("no drawings: %s", rulebook.drawings.broken)
        return Markup(drawn or "")  # noqa: S704 - drawn by us, its words escaped

    app.jinja_env.globals["drawing"] = drawing
