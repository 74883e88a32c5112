"""Send malformed requests: ``python -m tests.fuzz --requests 50000 --seed 1``. ``--only N`` repeats one visit."""

from __future__ import annotations

import argparse
import logging
import sys
import time

from selfcheck import create_app, load_rulebook
from tests.fuzz.running import Fuzzer, Tally

MOST_SHOWN = 20
MOST_GROWTH_KB = 40 * 1024


def report(tally: Tally, seconds: float, plans: int) -> list[str]:
    """What happened, in lines."""
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses.items()))
    memory = " ".join(f"{kilobytes / 1024:.0f}" for kilobytes in tally.memory)
    return [
        f"{tally.requests} requests in {seconds:.0f} s; by status: {statuses}",
        f"{len(tally.attacked)} of {plans} pairs of a field and a fault tried",
        f"slowest: {tally.slowest[0]:.2f} s, {tally.slowest[1]!r}",
        f"memory in MB at each tenth: {memory}; growth after the first: {growth(tally) / 1024:.1f} MB",
        f"{len(tally.findings)} findings",
        *(str(finding) for finding in tally.findings[:MOST_SHOWN]),
    ]


def growth(tally: Tally) -> int:
    """How much more memory is held at the end than after the first tenth, in kB."""
    return tally.memory[-1] - tally.memory[0] if tally.memory else 0


def main() -> int:
    """Send them; 1 if something came that must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="VISIT")
    given = parser.parse_args()
    rulebook = load_rulebook()
    logging.getLogger("selfcheck").propagate = False
    fuzzer = Fuzzer(create_app({"SECRET_KEY": "fuzz"}, rulebook=rulebook), rulebook, given.seed)
    started = time.monotonic()
    if given.only is not None:
        fuzzer.visit(given.only)
    else:
        fuzzer.run(given.requests)
    print("\n".join(report(fuzzer.tally, time.monotonic() - started, len(fuzzer.plans))))
    return 1 if fuzzer.tally.findings or growth(fuzzer.tally) > MOST_GROWTH_KB else 0


if __name__ == "__main__":
    sys.exit(main())
