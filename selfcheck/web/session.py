"""The answers between two pages: one encrypted cookie in the browser, and nothing on the server."""

from __future__ import annotations

import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin

COOKIE = "selfcheck"
IDLE_SECONDS = 60 * 60
FRESH_SECONDS = 60
MOST_COOKIE_BYTES = 3900
MOST_PLAIN_BYTES = 64 * 1024
SURE_TO_FIT = MOST_COOKIE_BYTES * 3 // 4 - 128
"""So many bytes fit even where they do not become fewer: base64 makes four of three, the seal adds less than 128."""


Fits = Callable[[Any], bool]


def _is_text(value: Any) -> bool:  # noqa: ANN401 - a cookie of another version can hold anything
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, list) and all(map(_is_text, value))


def _mapping_of(*fits: Fits) -> Fits:
    """Whether something maps texts to what one of these takes."""
    return lambda value: (
        isinstance(value, dict) and all(any(fit(one) for fit in fits) for one in value.values())
    )


SHAPES: Mapping[str, Fits] = {
    "answers": lambda value: isinstance(value, dict),
    "pending": _mapping_of(_are_texts),
    "changed": _mapping_of(_is_text, _are_texts),
    "remarks": _mapping_of(_is_text),
    "dropped": lambda value: _mapping_of(_are_texts)(value) and value.keys() == {"changed", "what"},
    "compared": lambda value: _are_texts(value) and len(value) == 2,  # noqa: PLR2004 - then and now
    **dict.fromkeys(("wishes", "noticed", "easier", "looked"), _are_texts),
    **dict.fromkeys(("rules", "stopped_at", "csrf_token"), _is_text),
}
"""What the pages expect under each name. Another version of this program may have written something else."""


def holds_no_answers() -> bool:
    """Whether the request is for something that is the same for everybody: cacheable, and without a cookie."""
    return (request.endpoint or "").partition(".")[0] in ("static", "leaflets", "pictures", "rules")


def leaves_the_cookie() -> bool:
    """Whether an answer never writes the cookie. A picture may come after the page that was asked for next:
    it must not bring back what that page has cleared.
    """
    return holds_no_answers() or request.endpoint == "resuming.picture"


class Answering(dict[str, Any], SessionMixin):
    """What one browser carries. ``sent`` tells a browser that sent a cookie, ``expired`` one too old or not ours.

    ``fresh`` is the content of a cookie made less than a minute ago with today's secret: it need not be sent
    again.
    """

    sent = False
    expired = False
    fresh = b""
    modified = True
    accessed = True


class EncryptedCookie(SessionInterface):
    """Writes the session into one encrypted, signed cookie and reads it back.

    The first secret encrypts; all of them decrypt, so that a secret can be changed without losing anybody.
    """

    def __init__(self, secrets: tuple[str, ...], *, secure: bool) -> None:
        """Derive one key from each secret."""
        keys = [
            urlsafe_b64encode(sha256(b"selfcheck cookie" + secret.encode()).digest()) for secret in secrets
        ]
        self._boxes = [Fernet(key) for key in keys]
        self._secure = secure

    def open_session(
        self,
        app: Flask,  # noqa: ARG002 - the shape that Flask calls
        request: Request,
    ) -> Answering:
        """The answers a request brings; empty for a cookie that is missing, old, forged or broken."""
        found = Answering()
        sent = request.cookies.get(COOKIE)
        if not sent:
            return found
        found.sent = True
        try:
            packed, fresh = self.opened(sent.encode("ascii", "replace"))
            plain = zlib.decompressobj().decompress(packed, MOST_PLAIN_BYTES)
            content = msgspec.json.decode(plain)
        except (InvalidToken, zlib.error, ValueError, msgspec.DecodeError):
            found.expired = True
            return found
        if isinstance(content, dict):
            found.update(
                {name: value for name, value in content.items() if name not in SHAPES or SHAPES[name](value)}
            )
        found.fresh = plain if fresh else b""
        return found

    def opened(self, token: bytes) -> tuple[bytes, bool]:
        """What a token holds, and whether it was made just now and with today's secret.

        Raises:
            InvalidToken: for one that is too old, or not ours.

        """
        now = int(time.time())
        for box in self._boxes:
            try:
                packed = box.decrypt_at_time(token, IDLE_SECONDS, now)
            except InvalidToken:
                continue
            return packed, box is self._boxes[0] and now - _made_at(token) <= FRESH_SECONDS
        raise InvalidToken

    def sealed(self, session: Mapping[str, Any]) -> str:
        """The session as the text of a cookie."""
        return self._boxes[0].encrypt_at_time(zlib.compress(_plain(session), 9), int(time.time())).decode()

    def fits(self, session: Mapping[str, Any]) -> bool:
        """Whether a session fits into a cookie; what does not is refused before it is kept."""
        return len(_plain(session)) <= SURE_TO_FIT or len(self.sealed(session)) <= MOST_COOKIE_BYTES

    def save_session(
        self,
        app: Flask,  # noqa: ARG002 - the shape that Flask calls
        session: SessionMixin,
        response: Response,
    ) -> None:
        """Send the answers back to the browser, with a fresh time; or end the cookie if there are none."""
        if leaves_the_cookie() or (isinstance(session, Answering) and session.fresh == _plain(session)):
            return
        if session:
            sealed = self.sealed(session)
            response.set_cookie(COOKIE, sealed, secure=self._secure, httponly=True, samesite="Lax")
        elif isinstance(session, Answering) and session.sent:
            response.delete_cookie(COOKIE, secure=self._secure, httponly=True, samesite="Lax")


def _made_at(token: bytes) -> int:
    """When a token was made, in seconds: a Fernet token begins with one byte of version and eight of time."""
    return int.from_bytes(urlsafe_b64decode(token[:12])[1:], "big")


def _plain(session: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(dict(session))
