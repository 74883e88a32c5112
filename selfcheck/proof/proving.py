"""A rulebook to a proof: all properties, two at a time, with how long it took and how much memory."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable

from msgspec import Struct

from selfcheck.proof.case import Case
from selfcheck.proof.properties.alarms import monotone, promised_levels
from selfcheck.proof.properties.exercises import none_withheld
from selfcheck.proof.properties.questions import none_useless
from selfcheck.proof.properties.reaching import everything_reached, no_dead_rule
from selfcheck.proof.properties.results import exactly_one, most_urgent_wins, nothing_planned
from selfcheck.proof.properties.silence import never_no
from selfcheck.proof.report import Proof, Property
from selfcheck.proof.sampling import Seen
from selfcheck.rulebook.model import Rulebook

SAMPLED = 250
PROCESSES = 2
MEGABYTE = 1 << 20

Proves = Callable[[Case], Property]
PROPERTIES: dict[str, Proves] = {
    "alarm_level": promised_levels,
    "monotone": monotone,
    "one_result": exactly_one,
    "no_plan": nothing_planned,
    "none_withheld": none_withheld,
    "flag_wins": most_urgent_wins,
    "never_no": never_no,
    "no_useless_question": none_useless,
}
"""Those that the circuit decides alone, by id."""

Reaches = Callable[[Case, Seen], Property]
REACHING: dict[str, Reaches] = {
    "reachable": everything_reached,
    "no_dead_rule": no_dead_rule,
}
"""Those that begin with answer sets tried on the program itself."""

ORDER = (
    "alarm_level", "monotone", "one_result", "no_plan", "none_withheld", "flag_wins", "never_no", "reachable",
    "no_dead_rule", "no_useless_question",
)  # fmt: skip

TASKS = ("reaching", "never_no", "monotone", "none_withheld", "no_useless_question", "flag_wins", "no_plan",
         "alarm_level", "one_result")  # fmt: skip
"""What is worked on at the same time, the longest first; "reaching" is all of REACHING."""


class Part(Struct, frozen=True):
    """What one task found, with the answer sets tried and the size of the circuit."""

    properties: tuple[Property, ...]
    sampled: int
    nodes: int
    solver: str
    megabytes: float


def prove(rulebook: Rulebook, only: frozenset[str] = frozenset(ORDER)) -> Proof:
    """Prove the properties with these ids, or find what breaks them, in two processes where that can be.

    Raises:
        ImportError: if z3 is not installed.
        NotModelledError: if the rules use something that the proof cannot read.

    """
    started = time.perf_counter()
    parts = _parts(rulebook, only)
    found = {one.id: one for part in parts for one in part.properties}
    meta = rulebook.file.meta
    return Proof(
        version=meta.version,
        fingerprint=rulebook.fingerprint,
        status=meta.status,
        properties=tuple(found[name] for name in ORDER if name in found),
        sampled=sum(part.sampled for part in parts),
        nodes=max(part.nodes for part in parts),
        seconds=time.perf_counter() - started,
        megabytes=max(part.megabytes for part in parts),
        solver=parts[0].solver,
    )


def _parts(rulebook: Rulebook, only: frozenset[str]) -> list[Part]:
    tasks = [name for name in TASKS if name in only or (name == "reaching" and only & REACHING.keys())]
    if len(tasks) < PROCESSES or "fork" not in multiprocessing.get_all_start_methods():
        worker = _Worker(rulebook)
        return [worker.part(task, only) for task in tasks]
    forking = multiprocessing.get_context("fork")
    with forking.Pool(PROCESSES, initializer=_begin, initargs=(rulebook,)) as pool:
        return pool.starmap(_part, [(task, only) for task in tasks], chunksize=1)


class _Worker:
    """One process: its circuit is made once, by the first task."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.case = Case(rulebook)

    def part(self, task: str, only: frozenset[str]) -> Part:
        """Work on one task."""
        seen = Seen(self.rulebook)
        self.case.forget()
        if task == "reaching":
            seen.sample(SAMPLED)
            found = [reaches(self.case, seen) for name, reaches in REACHING.items() if name in only]
        else:
            found = [PROPERTIES[task](self.case)]
        solver = self.case.solver.version
        return Part(tuple(found), seen.tried, len(self.case.circuit), solver, peak_memory())


_rules: list[Rulebook] = []
_working: list[_Worker] = []


def _begin(rulebook: Rulebook) -> None:
    _rules.append(rulebook)


def _part(task: str, only: frozenset[str]) -> Part:
    if not _working:  # not in _begin: a pool whose processes fail to begin would try for ever
        _working.append(_Worker(_rules[-1]))
    return _working[0].part(task, only)


def peak_memory() -> float:
    """The most memory that this process has used, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most * 1024 / MEGABYTE
