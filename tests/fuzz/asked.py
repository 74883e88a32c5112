"""Chance -> one request: a form with faults in it, or a request that is odd as a whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

from tests.fuzz.forms import Field, Form
from tests.fuzz.wrong import MARK, WRONG

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = b"fuzzfuzz"
TYPES = (
    URLENCODED, f"{URLENCODED}; charset=utf-7", f"{URLENCODED}; charset=nothing", "application/json", "text/plain", "",
    "multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={BOUNDARY.decode()}",
    "multipart/form-data; boundary=" + "x" * 300, "multipart/mixed; boundary=a", "\x00", "a/b/c; =;=", "image/svg+xml",
)  # fmt: skip
METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "X" * 300,
    "",
)
PATHS = (
    "/", "/check", "/check/", "/check//", "/check/answers", "/check/nothing", "/check/-each", "/check/about-you-each-each",
    "/check/\x00", "/check/..%2f", "/../etc/passwd", "//x.example/check", "/check/" + "a" * 5000, "/\xff\xfe", "/check/\xc3\x28",
    "/result", "/result/", "/result/handout", "/result/handout.txt", "/result/fhir.json", "/resume/compare", "/resume?",
    "/rules", "/rules/", "/rules/kind/x", "/rules/kind/pattern", "/rules/\u202e", "/rules/" + "%00", "/paper", "/about", "/privacy",
    "/accessibility", "/healthz", "/static/", "/static/../app.py", "/static/selfcheck.css", "/static/\x00", "/map.css",
    "/clear", "/favicon.ico", "/robots.txt", "/.env", "/check/test-stopped", "/check/test-thomas", "*", "", "http://x/",
)  # fmt: skip
QUERIES = (
    "",
    "change=1",
    "cleared=1",
    "v=1",
    "change=" + "x" * 9000,
    "%",
    "a=%ff%fe",
    "a[]=1&a[]=2",
    "\x00",
    f"cleared={MARK}",
    "&&&==",
)
HEADERS: Mapping[str, tuple[str, ...]] = {
    "HTTP_HOST": ("", "x.example", "localhost:99999", "[::1", "a b", "\xff", "x" * 5000, "127.0.0.1:\x00", MARK),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=NaN", "gzip;q=-1", "*;q=0", "br, zstd", "\x00", "gzip," * 500),
    "HTTP_ACCEPT_LANGUAGE": ("xx", "*", "de;q=9", "\xff\xfe", "en-" + "x" * 900, "," * 900),
    "HTTP_ACCEPT": ("", "*/*;q=x", "application/json", "\x00"),
    "HTTP_IF_NONE_MATCH": ("*", '"', "W/", '"a",' * 300, "\xff"),
    "HTTP_IF_MODIFIED_SINCE": ("never", "Thu, 99 Foo 9999 99:99:99 GMT", "0", "\x00"),
    "HTTP_RANGE": ("bytes=-1", "bytes=5-2", "bytes=0-" + "9" * 400, "lines=1-2", "bytes=0-0," * 300),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "x" * 3000, "\x00", ",,,,"),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher", "\xff"),
    "HTTP_X_FORWARDED_HOST": ("x.example", "[", "a b", "\xff"),
    "HTTP_X_FORWARDED_PREFIX": ("/x", "//", "\x00"),
    "HTTP_AUTHORIZATION": ("Basic", "Basic ====", "Digest x=", "Bearer \xff", "\x00"),
    "HTTP_REFERER": (MARK, "http://x.example/", "\xff"),
    "HTTP_ORIGIN": ("null", "http://x.example", MARK),
    "HTTP_USER_AGENT": (MARK, "", "\xff" * 500),
    "HTTP_EXPECT": ("100-continue", "200-ok"),
    "HTTP_TRANSFER_ENCODING": ("chunked", "gzip, chunked", "\x00"),
    "HTTP_CACHE_CONTROL": ("max-age=x", "no-store, =,", "max-age=" + "9" * 400),
    "HTTP_COOKIE": ("", "=", ";;;;", "selfcheck", "a=b; " * 900, "selfcheck=\xff", 'selfcheck="', "\x00=\x00", "session=x"),
}  # fmt: skip
LENGTHS = ("", "-1", "0", "x", "1e3", "\x00", "9" * 30, "5", "64", "65536", "65537", "+5", " 5")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a server hands it on. ``length`` is what it says of its body; ``None`` says nothing."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    type: str = ""
    length: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()

    def environ(self, cookie: str) -> dict[str, Any]:
        """As WSGI has it: texts hold bytes as Latin-1."""
        found: dict[str, Any] = {
            "REQUEST_METHOD": self.method, "SCRIPT_NAME": "", "PATH_INFO": _latin(self.path), "QUERY_STRING": _latin(self.query),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000", "CONTENT_TYPE": _latin(self.type), "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(self.body), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False, "wsgi.input_terminated": True,
        }  # fmt: skip
        if self.length is not None:
            found["CONTENT_LENGTH"] = self.length
        if cookie:
            found["HTTP_COOKIE"] = f"selfcheck={cookie}"
        return {**found, **{name: _latin(value) for name, value in self.headers}}


def _latin(text: str) -> str:
    return text.encode("utf-8").decode("latin-1") if any(ord(sign) > 255 for sign in text) else text


def form_body(pairs: Iterable[tuple[str, bytes]]) -> bytes:
    """Fields as a browser sends them."""
    return "&".join(f"{name}={quote_from_bytes(value, safe='')}" for name, value in pairs).encode()


def multipart(pairs: Iterable[tuple[str, bytes]]) -> bytes:
    """Fields as a form with files sends them."""
    parts = [
        b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
        for name, value in pairs
    ]  # fmt: skip
    return b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"


def sent(path: str, pairs: list[tuple[str, bytes]], faults: tuple[str, ...] = ()) -> Asked:
    """A form that is sent as it should be."""
    body = form_body(pairs)
    return Asked("POST", path, body=body, type=URLENCODED, length=str(len(body)), faults=faults)


def with_faults(
    chance: Random, form: Form, said: Mapping[str, list[str]], faulty: Iterable[tuple[Field, str]]
) -> Asked:
    """What a person would send, with some fields wrong, and often with names that no page has."""
    values = {name: [one.encode() for one in value] for name, value in said.items()}
    faults = []
    for field, fault in faulty:
        values[field.name] = WRONG[fault](chance, field)
        faults.append(f"{field.name}: {fault}")
    if chance.random() < 0.05:
        values[chance.choice(("", "a[b]", "\x00", "rf_", "__proto__", "answers", "x" * 3000))] = [b"1"]
    if chance.random() < 0.02:
        values.update({f"f{number}": [b"1"] for number in range(chance.choice((599, 601, 3000)))})
    pairs = [(name, value) for name, several in values.items() for value in several]
    return sent(form.path, pairs, tuple(faults))


def bent(chance: Random, asked: Asked) -> Asked:
    """A request that is odd as a whole: another method, type, length, cut off, of random bytes."""
    bends: dict[str, Callable[[], dict[str, Any]]] = {
        "method": lambda: {"method": chance.choice(METHODS)},
        "type": lambda: {"type": chance.choice(TYPES)},
        "length": lambda: {"length": chance.choice(LENGTHS)},
        "cut": lambda: {"body": asked.body[: chance.randrange(len(asked.body) + 1)]},
        "bytes": lambda: {"body": chance.randbytes(chance.choice((1, 100, 5000, 70_000))), "length": None},
        "files": lambda: _as_files(chance, asked),
        "query": lambda: {"query": chance.choice(QUERIES)},
        "no length": lambda: {"length": None},
    }
    bend = chance.choice(tuple(bends))
    return replace(asked, **bends[bend](), faults=(*asked.faults, bend))


def _as_files(chance: Random, asked: Asked) -> dict[str, Any]:
    pairs = [(pair.partition(b"=")[0].decode("latin-1"), b"x") for pair in asked.body.split(b"&")]
    body = multipart(pairs) * chance.choice((1, 1, 2))
    body = body[: chance.choice((len(body), len(body) // 2, 10))]
    return {"body": body, "type": TYPES[8], "length": str(len(body))}


def wandering(chance: Random) -> Asked:
    """A request for an address that may not be there."""
    path = chance.choice(PATHS)
    if chance.random() < 0.3:
        path = "/" + "".join(
            chance.choice("/.%\\?#;:a\x00\xe9\u202e") for _ in range(chance.choice((1, 8, 60)))
        )
    method = "GET" if chance.random() < 0.7 else chance.choice(METHODS)
    return Asked(method, path, chance.choice(QUERIES), faults=("path",))


def with_headers(chance: Random, asked: Asked) -> Asked:
    """The same with some headers that are wrong."""
    names = chance.sample(sorted(HEADERS), chance.choice((1, 1, 2, 5)))
    headers = tuple((name, chance.choice(HEADERS[name])) for name in names)
    return replace(asked, headers=headers, faults=(*asked.faults, *names))
