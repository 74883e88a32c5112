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

    def __init__(self, port: int, *, tls: bool) -> None:
        """Nobody has come yet."""
        self.port = port
        self.tls = tls
        self.trickling: list[socket.socket] = []
        self.silent: list[socket.socket] = []
        self.ended = threading.Event()

    def come(self, each: int) -> None:
        """That many with a slow head, with a slow body, and with nothing said after connecting."""
        for begin in (HEAD, BODY):
            for _ in range(each):
                slow = self._connected(tls=self.tls)
                slow.sendall(begin)
                self.trickling.append(slow)
        self.silent.extend(self._connected(tls=False) for _ in range(each))

    def _connected(self, *, tls: bool) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60)
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


def _is_open(slow: socket.socket) -> bool:
    try:
        slow.settimeout(0.01)
        return slow.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


@contextmanager
def crowd(port: int, each: int, *, tls: bool = False) -> Iterator[Crowd]:
    """A crowd that goes on until the block ends."""
    found = Crowd(port, tls=tls)
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
