"""The printed sheets: the PDF by typst beside WeasyPrint on the print page."""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from bench.measuring import Effort, Times, duration, in_turn, ratio, released, say
from bench.people import shipped
from bench.results import Line, Section, unmeasured
from selfcheck import assess
from selfcheck.handout.case import Occasion
from selfcheck.handout.content import handout
from selfcheck.handout.html import to_html
from selfcheck.handout.model import Handout
from selfcheck.handout.pdf import Fit, to_pdf
from tests.cases.case_files import harmless_base

ROOT = Path(__file__).resolve().parent.parent
WARM_ROUNDS, COLD_ROUNDS = 3, 2
LEAST_TIMES_FASTER = 5
PEER = "weasyprint"
COLD = {
    "typst": "import pickle, sys; from selfcheck.handout.pdf import to_pdf; to_pdf(pickle.load(sys.stdin.buffer))",
    PEER: "import sys; from weasyprint import HTML; HTML(sys.stdin.buffer).write_pdf(pdf_variant='pdf/ua-1')",
}
"""What a new process runs: ours is given the handout, WeasyPrint the finished HTML."""


def measure(effort: Effort) -> Section:
    """The row of the table."""
    most = 1 / LEAST_TIMES_FASTER
    how = (
        "The sheets of a desk worker, A4: our typst writes tagged PDF/UA; WeasyPrint is given the print page of the same "
        "handout as HTML and asked for PDF/UA, too. Warm: no two documents the same, in one process, "
        f"medians of {effort.rounds(WARM_ROUNDS)} rounds in turn. Cold: a new process that imports what it needs and "
        "writes its first document; ours is handed the handout, WeasyPrint the finished HTML; "
        f"medians of {effort.rounds(COLD_ROUNDS)} rounds in turn. Processor time of all threads."
    )
    why = "--quick leaves it out, a sheet takes it seconds" if effort.quick else _missing()
    if why:
        lines = (unmeasured("warm PDF", "WeasyPrint", why, most), unmeasured("cold PDF", "WeasyPrint", why))
        return Section("The sheets as PDF", how, lines)
    warm = _warm(effort)
    cold = _cold(effort)
    return Section(
        "The sheets as PDF",
        how,
        (_line("warm PDF", warm, most), _line("cold PDF", cold, None)),
    )


def _missing() -> str:
    """Why there is no WeasyPrint; empty if there is one."""
    try:
        import weasyprint  # noqa: F401 - is it there?
    except ImportError:
        say(f"  WeasyPrint is missing: pip install {PEER}")
        return f"`pip install {PEER}`, or the extra `bench`"
    return ""


def _line(what: str, times: Times, most: float | None) -> Line:
    ours, theirs = (statistics.median(times[name]) for name in SHEETS)
    return Line(
        what, released(PEER), duration(ours), duration(theirs), ratio(times["typst"], times[PEER]), most
    )


def _warm(effort: Effort) -> Times:
    """Seconds for one document after another; none like the last, so that nothing can be kept from it."""
    turns = {name: _numbers() for name in SHEETS}

    def next_one(name: str) -> Callable[[], object]:
        return lambda: SHEETS[name](person(next(turns[name])))

    say(f"  {effort.rounds(WARM_ROUNDS)} warm rounds")
    for number in range(effort.rounds(WARM_ROUNDS) + 1):
        person(number)
    return in_turn({name: next_one(name) for name in SHEETS}, effort.rounds(WARM_ROUNDS))


def _numbers() -> Iterator[int]:
    yield from range(1_000)


def _cold(effort: Effort) -> Times:
    say(f"  {effort.rounds(COLD_ROUNDS)} cold rounds")
    one = person(0)
    given = {"typst": pickle.dumps(one), PEER: to_html(one, "a4", Fit()).encode()}
    return in_turn(
        {name: lambda name=name: _process(COLD[name], given[name]) for name in SHEETS},  # type: ignore[misc]
        effort.rounds(COLD_ROUNDS),
        lambda: sum(getrusage(RUSAGE_CHILDREN)[:2]),
        warm=False,
    )


def _process(code: str, given: bytes) -> None:
    subprocess.run([sys.executable, "-c", code], input=given, cwd=ROOT, check=True)


@lru_cache(maxsize=64)
def person(number: int) -> Handout:
    """One of many people, no two the same."""
    rulebook = shipped()
    answers = {**harmless_base(), "age": 30 + number, "own_problem": f"Problem number {number}"}
    occasion = Occasion(datetime(2026, 11, 22, 7, number, tzinfo=UTC))
    return handout(rulebook, assess(rulebook, answers), rulebook.regions["gb"], occasion)


def _weasyprint(one: Handout) -> object:
    from weasyprint import HTML

    return HTML(string=to_html(one, "a4", Fit())).write_pdf(pdf_variant="pdf/ua-1")


SHEETS: dict[str, Callable[[Handout], object]] = {"typst": to_pdf, PEER: _weasyprint}
