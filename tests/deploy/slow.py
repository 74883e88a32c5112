"""Visitors who hold a server up: half-open connections, and requests that trickle in byte by byte."""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HEAD = b"GET /check/about-you HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = (
    b"POST /check/about-you HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 60000\r\n\r\nage="
)
TRICKLE_SECONDS = 0.25


class Crowd:
    """Connections to one port. ``open`` tells how many the server has not ended yet."""

    def __init__(self, port: int, *, tls: bool, address: str = "127.0.0.1") -> None:
        """Nobody has come yet; all of them will come from one ``address``."""
        self.port = port
        self.address = address
        self.tls = tls
        self.trickling: list[socket.socket] = []
        self.silent: list[socket.socket] = []
        self.ended = threading.Event()

    def come(self, each: int) -> None:
        """That many with a slow head, with a slow body, and with nothing said after connecting."""
        for begin in (HEAD, BODY):
            self.begin(begin, each)
        self.silent.extend(self._connected(tls=False) for _ in range(each))

    def begin(self, request: bytes, count: int) -> None:
        """That many with the beginning of a request."""
        for _ in range(count):
            slow = self._connected(tls=self.tls)
            slow.sendall(request)
            self.trickling.append(slow)

    def _connected(self, *, tls: bool) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), 60, (self.address, 0))
        if not tls:
            return plain
        trust = ssl.create_default_context()
        trust.check_hostname = False
        trust.verify_mode = ssl.CERT_NONE
        return trust.wrap_socket(plain)

    def trickle(self) -> None:
        """Send a byte on each connection, again and again."""
        for _ in itertools.takewhile(lambda _: not self.ended.wait(TRICKLE_SECONDS), itertools.count()):
            for slow in self.trickling:
                with suppress(OSError):
                    slow.send(b"x")

    @property
    def open(self) -> int:
        """How many connections with a slow request are still there."""
        return sum(_is_open(slow) for slow in self.trickling)

    def told(self) -> list[int]:
        """The status with which slow requests were answered, of those that were."""
        heads = [_told(slow) or b"" for slow in self.trickling]
        return [int(head.split()[1]) for head in heads if head]


def _is_open(slow: socket.socket) -> bool:
    return _told(slow) != b""


def _told(slow: socket.socket) -> bytes | None:
    """What the server said: nothing yet (``None``), or that this is the end (no bytes)."""
    try:
        slow.settimeout(0.01)
        return slow.recv(1024)
    except TimeoutError:
        return None
    except OSError:
        return b""


@contextmanager
def crowd(port: int, each: int, *, tls: bool = False, address: str = "127.0.0.1") -> Iterator[Crowd]:
    """A crowd that goes on until the block ends; all of it comes from one address."""
    found = Crowd(port, tls=tls, address=address)
    found.come(each)
    thread = threading.Thread(target=found.trickle, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.ended.set()
        thread.join(60)
        for each_one in (*found.trickling, *found.silent):
            each_one.close()
