"""A visitor who notes every address asked for or led to, and every head that came back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SECONDS = 60
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Seen:
    """One answer: where it was asked for, its status, its head in lower case, its body."""

    path: str
    status: int
    head: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body of a page."""
        return self.body.decode()


@dataclass
class Trail:
    """A browser with one cookie, over plain HTTP. ``seen`` is all that came back, ``cookies`` all that were set."""

    address: str
    cookie: str = ""
    seen: list[Seen] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """Every address asked for, and every one that the server led to."""
        return [one for seen in self.seen for one in (seen.path, seen.head.get("location", ""))]

    def ask(self, path: str, body: bytes | None = None) -> Seen:
        """One request, as it is."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS)
        head = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", path, body, head)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        found = Seen(path, answer.status, names, answer.read())
        connection.close()
        self.seen.append(found)
        sent = names.get("set-cookie", "")
        if sent:
            self.cookies.append(sent)
            kept = "Max-Age=0" not in sent and "01 Jan 1970" not in sent
            self.cookie = sent.partition(";")[0] if kept else ""
        return found

    def open(self, path: str) -> Seen:
        """A page, after its redirects."""
        found = self.ask(path)
        for _ in range(MOST_REDIRECTS):
            if "location" not in found.head:
                break
            found = self.ask(found.head["location"])
        return found

    def send(self, path: str, fields: Mapping[str, object]) -> Seen:
        """Open a page, fill it in, press its button, and see what comes."""
        token = TOKEN.search(self.open(path).text)
        said = {"csrf_token": token[1] if token else "", **fields}
        answer = self.ask(path, urlencode(said, doseq=True).encode())
        return self.open(answer.head["location"]) if "location" in answer.head else answer
