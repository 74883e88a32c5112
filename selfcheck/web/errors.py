"""A page for everything that can go wrong, so that nobody sees a stack trace or loses an answer."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from flask import Flask, render_template, request, session
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from selfcheck.web.views import show_again

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FIRST_ERROR = 400


class WithoutWords(logging.Filter):
    """Takes the words and the trace of a fault out of what is logged: they can hold what somebody has said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Leave the kind of the fault and its place."""
        kind, _error, trace = record.exc_info or (None, None, None)
        if kind is not None:
            record.msg, record.args = f"{record.getMessage()}: {kind.__name__} at {_place(trace)}", ()
            record.exc_info = record.exc_text = None
        return True


WITHOUT_WORDS = WithoutWords()


def _place(trace: TracebackType | None) -> str:
    """File and line at which a fault arose."""
    frames = traceback.extract_tb(trace)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"


def answer_faults(app: Flask) -> None:
    """Register the pages. A fault of ours is logged with its kind, its place and a reference, and no answers."""
    app.logger.addFilter(WITHOUT_WORDS)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> ResponseReturnValue:
        if not session.get("answers"):
            return render_template("errors/cleared.html")
        return show_again(request.view_args), 400

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
        return render_template("errors/error.html", title=_("That was too much at once"), code=413,
                               words=_("What was sent is too large. Your answers so far are kept. Please go back and write less.")), 413  # fmt: skip

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < FIRST_ERROR:
            return error
        title, words = _words(error.code)
        if (
            request_ctx.url_adapter is None
        ):  # the host name cannot be read: there is nothing to build links from
            return render_template("errors/bare.html", title=title), error.code
        return render_template("errors/error.html", title=title, words=words, code=error.code), error.code

    @app.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        reference = secrets.token_hex(4)
        place = _place(error.__traceback__)
        app.logger.error("%s: %s on %s at %s", reference, type(error).__name__, request.endpoint, place)
        title, words = _words(500)
        return render_template(
            "errors/error.html", title=title, words=words, code=500, reference=reference
        ), 500


def _words(code: int) -> tuple[str, str]:
    """A title and what to do, for a status code."""
    known = {
        400: (
            _("This page could not be read"),
            _("Please go back and try again. Your answers so far are kept."),
        ),
        404: (_("Page not found"), _("There is no page at this address. Your answers so far are kept.")),
        405: (
            _("This page could not be read"),
            _("Please go back and try again. Your answers so far are kept."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("Your answers so far are kept in this browser. Please go back and try again."),
        ),
    }
    return known.get(code, known[400])
