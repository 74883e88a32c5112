"""Many people at once: ``python -m bench.load -o docs/load.md`` in a checkout.

Keep-alive clients walk whole journeys, page after page without a pause, against the built-in server and against
three processes behind nginx with TLS. Clients and servers share the machine, so the figures are those of a server
that has less than all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import re
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.measuring import machine, released, say
from selfcheck import __version__
from tests.boxed import boxed
from tests.deploy.cluster import running
from tests.web.conftest import DESK_WORKER

CLIENTS = (16, 64, 256)
WARM_SECONDS = 4.0
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
LAST = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
GZIP = b"\x1f\x8b"
FORM = "application/x-www-form-urlencoded"
BROKEN = 599
RIGHT = (200, 302, 303)
"""A page, and the way to the next one."""
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True, slots=True)
class Site:
    """Where to ask, and the processes that answer."""

    name: str
    port: int
    processes: tuple[int, ...]
    tls: bool = False

    @property
    def memory(self) -> float:
        """What its processes hold, in MB."""
        pages = [int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1]) for one in self.processes]
        return sum(pages) * PAGE_KB / 1024


@dataclass(slots=True)
class Measured:
    """The answers that came between two moments: how long each took in seconds, and how many by status."""

    begins: float
    ends: float
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def wrong(self) -> int:
        """How many were not what a browser should get."""
        return sum(number for status, number in self.statuses.items() if status not in RIGHT)

    def note(self, started: float, now: float, status: int) -> None:
        """Count an answer, unless it came too early."""
        if self.begins <= now <= self.ends:
            self.times.append(now - started)
            self.statuses[status] += 1


class Client:
    """One keep-alive connection of somebody who answers page after page, and then begins anew."""

    def __init__(self, site: Site, measured: Measured) -> None:
        """Nothing is open yet."""
        self.site = site
        self.measured = measured
        self.cookie = b""
        self.token = ""
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def walk(self) -> None:
        """Go on until time is up."""
        for slug, said in cycle(DESK_WORKER.items()):
            if time.perf_counter() > self.measured.ends:
                break
            if slug == next(iter(DESK_WORKER)):
                self.cookie, self.token = b"", ""
            await self._ask(f"/check/{slug}")
            await self._ask(f"/check/{slug}", urlencode({"csrf_token": self.token, **said}, doseq=True))
            if slug == next(reversed(DESK_WORKER)):
                await self._ask("/check/answers")
                await self._ask("/result")
        self._hang_up()

    async def _ask(self, path: str, body: str | None = None) -> None:
        """One request; a connection that breaks counts as one that failed, and is opened anew."""
        method = "GET" if body is None else "POST"
        kind = f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n" if body else ""
        cookie = f"Cookie: {self.cookie.decode()}\r\n" if self.cookie else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{kind}{cookie}\r\n"
        started = time.perf_counter()
        try:
            answer, page = await self._exchange((head + (body or "")).encode())
        except (OSError, asyncio.IncompleteReadError):
            self.measured.note(started, time.perf_counter(), BROKEN)
            self._hang_up()
            return
        self.measured.note(started, time.perf_counter(), int(answer[9:12]))
        sent = COOKIE.search(answer)
        self.cookie = sent[1] if sent else self.cookie
        if not self.token:
            found = TOKEN.search(gzip.decompress(page) if page.startswith(GZIP) else page)
            self.token = found[1].decode() if found else ""
        if LAST.search(answer):
            self._hang_up()

    async def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        """The head and the body of the answer."""
        if self.connection is None:
            self.connection = await asyncio.open_connection(
                "127.0.0.1", self.site.port, ssl=trusting() if self.site.tls else None
            )
        reader, writer = self.connection
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(answer)
        return answer, await reader.readexactly(int(length[1]) if length else 0)

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection[1].close()
            self.connection = None


@lru_cache(maxsize=1)
def trusting() -> ssl.SSLContext:
    """TLS that believes the certificate of this run."""
    trust = ssl.create_default_context()
    trust.check_hostname = False
    trust.verify_mode = ssl.CERT_NONE
    return trust


async def crowd(site: Site, clients: int, seconds: float, warm: float = WARM_SECONDS) -> Measured:
    """So many clients at once, for so long after warming up."""
    begins = time.perf_counter() + warm
    measured = Measured(begins, begins + seconds)
    await asyncio.gather(*(Client(site, measured).walk() for _ in range(clients)))
    return measured


@contextmanager
def built_in() -> Iterator[Site]:
    """The server as the README starts it."""
    with tempfile.TemporaryDirectory() as folder, boxed(Path(folder)) as server:
        port = urlsplit(server.address).port or 0
        yield Site("built-in server, one process", port, (server.process.pid,))


@contextmanager
def behind_nginx() -> Iterator[Site]:
    """Three processes as they are deployed."""
    with running() as cluster:
        processes = tuple(process.pid for process in cluster.processes.values())
        yield Site("three processes behind nginx, TLS", cluster.tls, processes, tls=True)


def row(site: Site, clients: int, measured: Measured) -> str:
    """A line of the table."""
    count = len(measured.times)
    hundredths = statistics.quantiles(measured.times, n=100) if count > 1 else [0.0] * 99
    return (
        f"| {site.name} | {clients} | {count / (measured.ends - measured.begins):.0f} | {hundredths[49] * 1000:.0f} ms "
        f"| {hundredths[98] * 1000:.0f} ms | {site.memory:.0f} MB | {measured.wrong} |"
    )


def nginx_version() -> str:
    """What nginx calls itself."""
    done = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=False)  # noqa: S607 - found on the path, as the deployment finds it
    return done.stderr.strip().rpartition(" ")[2]


def document(rows: list[str], seconds: float) -> str:
    """The table with the circumstances it was made in."""
    about = [
        "# Many people at once", "",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}. selfcheck {__version__}, {released('waitress')}, {released('flask')}, {nginx_version()}.",
        f"Clients keep their connection and walk whole journeys without a pause, {seconds:.0f} s after {WARM_SECONDS:.0f} s of warming up;",
        "they run on the same cores as the servers. Memory is the sum over the processes. Made by `python -m bench.load -o docs/load.md`.", "",
        "| server | clients | requests a second | median | 99th percentile | memory | failed |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*about, *rows, ""])


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each row is measured")
    given = parser.parse_args()
    rows = []
    for place in (built_in, behind_nginx):
        with place() as site:
            for clients in CLIENTS:
                rows.append(row(site, clients, asyncio.run(crowd(site, clients, given.seconds))))
                say(rows[-1])
    text = document(rows, given.seconds)
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
