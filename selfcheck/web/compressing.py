"""Pages and the style sheet, made small for the way to the browser."""

from __future__ import annotations

import gzip
import secrets
from functools import lru_cache
from io import BytesIO

from flask import Flask, Response, request

TYPES = frozenset({"text/html", "text/css", "image/svg+xml", "application/json", "text/plain"})
LEAST_BYTES = 700
MOST_BYTES = 1024 * 1024
FOUND = 200
MOST_PADDING = 48
LEVEL = 6


def compress(app: Flask) -> None:
    """Compress what a GET asks for. What a form was sent to, and what holds its words, goes out as it is:
    a length must not tell what stands on a page beside words that somebody else may have chosen.
    """

    @app.after_request
    def smaller(response: Response) -> Response:
        if response.mimetype not in TYPES:
            return response
        if "Vary" in response.headers:
            response.vary.add("Accept-Encoding")
        else:
            response.headers["Vary"] = "Accept-Encoding"
        if request.method != "GET" or response.status_code != FOUND or not _welcome(response):
            return response
        response.direct_passthrough = False
        whole = response.get_data()
        if LEAST_BYTES <= len(whole) <= MOST_BYTES:
            private = "no-store" in response.headers.get("Cache-Control", "")
            response.set_data(_padded(whole) if private else _once(whole))
            response.headers["Content-Encoding"] = "gzip"
            etag, weak = response.get_etag()
            if etag is not None and not weak:
                response.set_etag(etag, weak=True)
        return response


def _welcome(response: Response) -> bool:
    return "Content-Encoding" not in response.headers and request.accept_encodings["gzip"] > 0


def _padded(whole: bytes) -> bytes:
    """Compressed, with a file name of random length in the head, so that lengths say little."""
    return _packed(whole, secrets.token_hex(secrets.randbelow(MOST_PADDING // 2)))


@lru_cache(maxsize=64)
def _once(whole: bytes) -> bytes:
    return _packed(whole, "")


def _packed(whole: bytes, name: str) -> bytes:
    packed = BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(whole)
    return packed.getvalue()
