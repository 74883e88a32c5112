"""Crowds that are sent to a server."""

from __future__ import annotations

import asyncio
import os

import pytest

from bench.load import BROKEN, Client, Measured, Site, built_in, crowd, document, row
from tests.web.conftest import DESK_WORKER

LONG = 60.0


async def closing(port: asyncio.Future[int]) -> None:
    """A server that hangs up on the first who asks."""
    asked = asyncio.Event()

    def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        asked.set()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port.set_result(server.sockets[0].getsockname()[1])
    async with server:
        await asked.wait()


def test_a_crowd_gets_nothing_but_pages_and_the_way_to_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    with built_in() as site:
        measured = asyncio.run(crowd(site, 2, 3.0, warm=0.0))
        line = row(site, 2, measured)
    assert measured.wrong == 0
    assert len(measured.times) >= len(DESK_WORKER)
    assert {200, 303} <= set(measured.statuses)
    assert line.endswith("| 0 |")
    assert line in document([line], 3.0)
    assert capsys.readouterr().out == ""


def test_whoever_walks_to_the_end_sees_the_result() -> None:
    asked: list[str] = []

    class Noting(Client):
        async def _ask(self, path: str, body: str | None = None) -> None:  # noqa: ARG002 - what is sent does not matter here
            asked.append(path)
            if len(asked) > 2 * len(DESK_WORKER) + 2:
                self.measured.ends = 0.0

    asyncio.run(Noting(Site("nowhere", 0, ()), Measured(0.0, float("inf"))).walk())
    assert asked[2 * len(DESK_WORKER) : 2 * len(DESK_WORKER) + 2] == ["/check/answers", "/result"]


def test_a_connection_that_breaks_counts_as_a_failure() -> None:
    async def ask() -> Measured:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        server = asyncio.create_task(closing(port))
        measured = Measured(0.0, float("inf"))
        await Client(Site("closing", await port, (os.getpid(),)), measured)._ask("/")  # noqa: SLF001 - one request
        await asyncio.wait_for(server, LONG)
        return measured

    measured = asyncio.run(ask())
    assert measured.statuses == {BROKEN: 1}
    assert measured.wrong == 1
