"""Work to times: contestants in turn, so that a busy machine is busy for all of them, and medians of rounds."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Effort:
    """How thoroughly to measure; ``quick`` only shows that everything works, asks no registry and no network."""

    quick: bool = False

    def rounds(self, number: int) -> int:
        """So many rounds, or one."""
        return 1 if self.quick else number


Times = Mapping[str, Sequence[float]]
"""What each contestant took, in seconds, round by round."""


def in_turn(
    contestants: Mapping[str, Work],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
    *,
    warm: bool = True,
) -> Times:
    """Everybody once in every round, each round beginning with another one; where ``warm``, after a first
    round that is not counted.
    """
    names = list(contestants)
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(-1 if warm else 0, rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            started = clock()
            contestants[name]()
            if number >= 0:
                times[name].append(clock() - started)
    return times


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median over the rounds of ours over theirs."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def machine() -> str:
    """The processor, its cores and the Python, in words."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )


def released(package: str) -> str:
    """A package with its version, as installed."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (not installed)"


def duration(seconds: float) -> str:
    """Seconds in the unit that suits them, with three figures."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1 or unit == "µs":
            amount = seconds * factor
            break
    return f"{amount:.0f} {unit}" if amount >= 100 else f"{amount:.3g} {unit}"  # noqa: PLR2004 - three figures


def say(words: str) -> None:
    """A line for whoever waits."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
