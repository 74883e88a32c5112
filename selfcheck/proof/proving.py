"""A rulebook to a proof: all properties, one after the other, with how long it took and how much memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from selfcheck.proof.case import Case
from selfcheck.proof.properties.alarms import monotone, promised_levels
from selfcheck.proof.properties.exercises import none_withheld
from selfcheck.proof.properties.questions import none_useless
from selfcheck.proof.properties.reaching import every_exercise, everything_reached, no_dead_rule
from selfcheck.proof.properties.results import exactly_one, most_urgent_wins, nothing_planned
from selfcheck.proof.properties.silence import never_no
from selfcheck.proof.report import Proof, Property
from selfcheck.proof.sampling import Seen
from selfcheck.rulebook.model import Rulebook

SAMPLED = 250
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
    "every_exercise": every_exercise,
    "no_dead_rule": no_dead_rule,
}
"""Those that begin with answer sets tried on the program itself."""

ORDER = (
    "alarm_level", "monotone", "one_result", "no_plan", "none_withheld", "flag_wins", "never_no", "reachable",
    "every_exercise", "no_dead_rule", "no_useless_question",
)  # fmt: skip

BY_DEFAULT = tuple(name for name in ORDER if name != "every_exercise")
"""Those that are proved unless others are asked for; a plan with every exercise takes minutes to find."""


def prove(rulebook: Rulebook, only: frozenset[str] = frozenset(BY_DEFAULT)) -> Proof:
    """Prove the properties with these ids, or find what breaks them.

    Raises:
        ImportError: if z3 is not installed.
        NotModelledError: if the rules use something that the proof cannot read.

    """
    started = time.perf_counter()
    case = Case(rulebook)
    seen = Seen(rulebook)
    if only & REACHING.keys():
        seen.sample(SAMPLED)
    found = {one.id: one for one in _properties(case, seen, only)}
    meta = rulebook.file.meta
    return Proof(
        version=meta.version,
        fingerprint=rulebook.fingerprint,
        status=meta.status,
        properties=tuple(found[name] for name in ORDER if name in found),
        sampled=seen.tried,
        nodes=len(case.circuit),
        seconds=time.perf_counter() - started,
        megabytes=peak_memory(),
        solver=case.solver.version,
    )


def _properties(case: Case, seen: Seen, only: frozenset[str]) -> Iterator[Property]:
    """What the circuit as it stands decides first, then what needs it changed."""
    for name, reaches in REACHING.items():
        if name in only:
            yield reaches(case, seen)
    for name, proves in PROPERTIES.items():
        if name in only:
            case.forget()
            yield proves(case)


def peak_memory() -> float:
    """The most memory that this process has used, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most * 1024 / MEGABYTE
