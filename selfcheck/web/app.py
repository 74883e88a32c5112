"""Settings and a rulebook to a Flask application."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from selfcheck.places import PAPERS, RULES, TEMPLATES
from selfcheck.rulebook.loading import load_rulebook
from selfcheck.web.blanks import furnish_blanks
from selfcheck.web.carrying import CLINIC, PAPER, carrying
from selfcheck.web.changes import changes
from selfcheck.web.compressing import compress
from selfcheck.web.drawings import furnish_drawings
from selfcheck.web.errors import answer_faults
from selfcheck.web.furnishing import furnish
from selfcheck.web.headers import CONTENT_POLICY, HEADERS, OWN_SCRIPTS, SCRIPTED, STRICT_TRANSPORT
from selfcheck.web.leaflets import leaflets
from selfcheck.web.notices import notices
from selfcheck.web.paper import papers
from selfcheck.web.pictures import furnish_pictures, pictures
from selfcheck.web.records import records
from selfcheck.web.resuming import ADDRESS, resuming
from selfcheck.web.rule_pages import rule_pages
from selfcheck.web.session import EncryptedCookie, holds_no_answers
from selfcheck.web.templates import Templates
from selfcheck.web.testing import testing
from selfcheck.web.views import pages

if TYPE_CHECKING:
    from selfcheck.rulebook.model import Rulebook
    from selfcheck.rulebook.parts.general import Region

PREFIX = "SELFCHECK_"
MOST_BYTES = 64 * 1024
MOST_FIELDS = 600
FIRST_ERROR = 400
PAGE_SECONDS = 300
STYLE_SECONDS = 365 * 24 * 3600
ADDRESSES = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?")

PARTS = (
    pages, changes, notices, testing, records, carrying, pictures, leaflets, rule_pages, resuming, papers,
)  # fmt: skip
"""Everything that answers requests."""


class SettingsError(ValueError):
    """A setting that is missing or wrong; the text says what to set."""


def settings(config: Mapping[str, object] | None) -> dict[str, str]:
    """The settings: ``SELFCHECK_...`` from the environment, then what is given, by short name."""
    found = {name[len(PREFIX) :]: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    found.update({name: str(value) for name, value in (config or {}).items() if name.isupper()})
    return found


def create_app(config: Mapping[str, object] | None = None, *, rulebook: Rulebook | None = None) -> Flask:
    """The questionnaire as a WSGI application.

    Settings (from the environment with the prefix ``SELFCHECK_``, or ``config`` without it):
    ``SECRET_KEY`` (several, newest first, separated by spaces, to change it), ``REGION``, ``RULES``,
    ``CLINIC_NAME``, ``CLINIC_PHONE``, ``PAPER`` (``a4`` or ``letter``), ``TRUSTED_PROXIES`` (how many),
    ``HTTPS`` (1 for Secure cookies), ``BASE_URL`` (where people reach this server, for the QR picture of an answers code).
    Without ``SECRET_KEY`` answers are readable by this process only.

    Raises:
        SettingsError: for a setting that cannot be used.
        RulebookError: with every fault of the rules file.

    """
    given = settings(config)
    app = Flask(
        "selfcheck", template_folder=str(TEMPLATES), static_folder=str(Path(__file__).parent / "static")
    )
    app.jinja_environment = Templates
    book = rulebook or load_rulebook(Path(given.get("RULES") or RULES))
    region = _region(book, given)
    _configure(app, book, given, testing=bool((config or {}).get("TESTING")))
    clinic = (given.get("CLINIC_NAME", ""), given.get("CLINIC_PHONE", ""))
    app.extensions |= {
        "selfcheck.rulebook": book,
        "selfcheck.region": region,
        ADDRESS: _address(given.get("BASE_URL", "")),
        PAPER: _paper(given),
        CLINIC: " ".join(clinic).strip(),
    }
    Babel(app)
    CSRFProtect(app)
    for part in PARTS:
        app.register_blueprint(part)
    _furnish(app, book, region, clinic)
    _guard(app)
    answer_faults(app)
    _trust_proxies(app, _whole_number(given, "TRUSTED_PROXIES"))
    return app


def _furnish(app: Flask, book: Rulebook, region: Region, clinic: tuple[str, str]) -> None:
    """What templates call, what is kept between requests, and how answers are sent."""
    compress(app)
    furnish(app, book, region, clinic)
    furnish_blanks(app)
    furnish_pictures(app, book)
    furnish_drawings(app, book)


def _trust_proxies(app: Flask, many: int) -> None:
    """Believe what so many proxies say of the visitor's address, scheme and host."""
    if many:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=many, x_proto=many, x_host=many)  # type: ignore[method-assign]


def _region(book: Rulebook, given: Mapping[str, str]) -> Region:
    name = given.get("REGION") or "intl"
    if name not in book.regions:
        raise SettingsError(f"{PREFIX}REGION: no region '{name}'; one of: {', '.join(book.regions)}")
    return book.regions[name]


def _configure(app: Flask, book: Rulebook, given: Mapping[str, str], *, testing: bool) -> None:
    """Limits, keys, the cookie, and templates that refuse what is not defined."""
    keys = tuple(given.get("SECRET_KEY", "").split()) or (secrets.token_hex(32),)
    app.config.update(
        TESTING=testing,
        SECRET_KEY=keys[0],
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE=book.file.meta.language,
    )
    # Else it leads to whatever host was asked for.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.session_interface = EncryptedCookie(keys, secure=given.get("HTTPS") == "1")


def _address(text: str) -> str:
    """The address of this server without its last slash; empty where nobody said."""
    if text and not ADDRESSES.fullmatch(text):
        raise SettingsError(f"{PREFIX}BASE_URL: '{text}' is no address like https://selfcheck.example.org")
    return text.rstrip("/")


def _paper(given: Mapping[str, str]) -> str:
    paper = given.get("PAPER") or PAPERS[0]
    if paper not in PAPERS:
        raise SettingsError(f"{PREFIX}PAPER: no paper '{paper}'; one of: {', '.join(PAPERS)}")
    return paper


def _whole_number(given: Mapping[str, str], name: str) -> int:
    text = given.get(name) or "0"
    if not text.isdigit():
        raise SettingsError(f"{PREFIX}{name}: '{text}' is not a whole number")
    return int(text)


def _guard(app: Flask) -> None:
    """Headers on every answer."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.extend(HEADERS)
        if g.get(SCRIPTED):
            response.headers[CONTENT_POLICY] = OWN_SCRIPTS
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        if not holds_no_answers() or response.status_code >= FIRST_ERROR:
            response.headers["Cache-Control"] = "no-store"
        else:
            kept = f"{STYLE_SECONDS}, immutable" if "v" in request.args else f"{PAGE_SECONDS}"
            response.headers["Cache-Control"] = f"public, max-age={kept}"
            if request.endpoint != "static":
                response.add_etag()
                response.make_conditional(request)
        return response
