"""A browser that counts bytes: every answer exactly as the built-in server sends it, head and body."""

from __future__ import annotations

import gzip
import re
import socket
from collections.abc import Mapping
from urllib.parse import urlencode

LINKED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Answer:
    """One answer: the bytes on the wire, its head and its text."""

    def __init__(self, raw: bytes) -> None:
        """Split what a server sent."""
        self.size = len(raw)
        head, _, body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        self.head = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        self.text = (gzip.decompress(body) if self.head.get("content-encoding") == "gzip" else body).decode()


class Wire:
    """Asks over a plain connection, keeps the cookie and what may be kept, and adds up what came back."""

    def __init__(self, address: str) -> None:
        """Talk to the server at ``http://host:port``."""
        self.host, _, port = address.removeprefix("http://").partition(":")
        self.port = int(port)
        self.cookie = ""
        self.kept: set[str] = set()
        self.sizes: list[tuple[str, int]] = []

    @property
    def total(self) -> int:
        """All bytes received so far."""
        return sum(size for _, size in self.sizes)

    def ask(self, method: str, path: str, body: str = "", **more: str) -> Answer:
        """Send one request and read the answer to its end."""
        head = {"Host": self.host, "Connection": "close", "Accept-Encoding": "gzip, deflate, br", **more}
        if self.cookie:
            head["Cookie"] = self.cookie
        if method == "POST":
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        with socket.create_connection((self.host, self.port), timeout=20) as connection:
            connection.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
            raw = b"".join(iter(lambda: connection.recv(65536), b""))
        answer = Answer(raw)
        self.sizes.append((f"{method} {path}", answer.size))
        if "set-cookie" in answer.head:
            self.cookie = answer.head["set-cookie"].partition(";")[0]
        return answer

    def open(self, path: str) -> Answer:
        """Open a page as a browser does: follow where it leads, and fetch its style sheets once."""
        answer = self.ask("GET", path)
        while answer.status in (302, 303):
            answer = self.ask("GET", answer.head["location"])
        for linked in LINKED.findall(answer.text):
            if linked not in self.kept:
                found = self.ask("GET", linked)
                if "immutable" in found.head["cache-control"]:
                    self.kept.add(linked)
        return answer

    def send(self, page: Answer, path: str, fields: Mapping[str, object]) -> Answer:
        """Send the form of a page, and open what comes after it."""
        token = TOKEN.search(page.text)
        data = {"csrf_token": token[1] if token else "", **fields}
        answer = self.ask("POST", path, urlencode(data, doseq=True))
        return self.open(answer.head["location"]) if answer.status in (302, 303) else answer
