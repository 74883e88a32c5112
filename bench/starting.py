"""From starting a server to its first answer, and its memory then, beside a bare Flask on the same server."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench.measuring import Effort, duration, ratio, released, say
from bench.results import Line, Section

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.005
ROUNDS = 9
MOST_TIMES_BARE, MOST_SECONDS, MOST_MEGABYTES = 2.0, 1.0, 80
COMMANDS: Mapping[str, Sequence[str]] = {
    "ours": ("selfcheck", "serve", "--port"),
    "bare": ("bench.bare",),
}
Start = tuple[float, float]
"""Seconds, and megabytes."""


class SilentServer(Exception):
    """A server that does not answer in time."""


def measure(effort: Effort) -> Section:
    """The row of the table."""
    rounds = effort.rounds(ROUNDS)
    found: dict[str, list[Start]] = {name: [] for name in COMMANDS}
    with TemporaryDirectory() as kept:
        for number in range(-1 if rounds > 1 else 0, rounds):
            for name in sorted(COMMANDS, reverse=bool(number % 2)):
                one = start(COMMANDS[name], Path(kept))
                if number >= 0:
                    found[name].append(one)
                    say(f"  {name}: {duration(one[0])}, {one[1]:.0f} MB")
    seconds = {name: [one[0] for one in starts] for name, starts in found.items()}
    megabytes = {name: statistics.median(one[1] for one in starts) for name, starts in found.items()}
    return Section(
        "Start and memory",
        "Both as a new process on the same server and Python: wall clock from starting the process until its "
        "first page has come, asking every few milliseconds, and the memory it then holds (resident). "
        f"In turn, medians of {rounds} rounds after one that compiles the modules.",
        _lines(seconds, megabytes),
    )


def _lines(seconds: Mapping[str, Sequence[float]], megabytes: Mapping[str, float]) -> tuple[Line, ...]:
    peer = f"a bare {released('flask')} under {released('waitress')}"
    ours, bare = (statistics.median(seconds[name]) for name in ("ours", "bare"))
    return (
        Line(
            "start to first answered request",
            peer,
            duration(ours),
            duration(bare),
            ratio(seconds["ours"], seconds["bare"]),
            MOST_TIMES_BARE,
        ),
        Line(
            "start to first answered request",
            f"the goal of {duration(MOST_SECONDS)}",
            duration(ours),
            duration(MOST_SECONDS),
            ours / MOST_SECONDS,
            1.0,
        ),
        Line(
            "memory after it",
            peer,
            f"{megabytes['ours']:.0f} MB",
            f"{megabytes['bare']:.0f} MB",
            megabytes["ours"] / megabytes["bare"],
        ),
        Line(
            "memory after it",
            f"the goal of {MOST_MEGABYTES} MB",
            f"{megabytes['ours']:.0f} MB",
            f"{MOST_MEGABYTES} MB",
            megabytes["ours"] / MOST_MEGABYTES,
            1.0,
        ),
    )


def start(command: Sequence[str], kept: Path) -> Start:
    """Start a server, ask it once and end it. Compiled modules are kept in a folder, as Python keeps them
    beside the modules after the first start, also where this machine's Python is told to keep none.

    Raises:
        SilentServer: where it does not answer.

    """
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", *command, str(port)],
        cwd=ROOT,
        env=environment | {"PYTHONPYCACHEPREFIX": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            while not _answers(port):
                if server.poll() is not None or time.perf_counter() - started > PATIENCE_SECONDS:
                    raise SilentServer(f"'{' '.join(command)}' does not answer on port {port}")
                time.sleep(PAUSE_SECONDS)
            return time.perf_counter() - started, _megabytes(server.pid)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE_SECONDS) as page:
            return bool(page.read())
    except (URLError, ConnectionError):
        return False


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
