"""Measures the printed sheets: the PDF by typst, beside WeasyPrint on the same pages as HTML.

``python -m bench.sheets`` in a checkout, with WeasyPrint installed beside it. The ratio counts, not the times.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from selfcheck import assess, load_rulebook
from selfcheck.handout.case import Occasion
from selfcheck.handout.content import handout
from selfcheck.handout.html import to_html
from selfcheck.handout.model import Handout
from selfcheck.handout.pdf import Fit, to_pdf

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 4
BASE: dict[str, object] = json.loads((ROOT / "tests" / "cases" / "base_answers.json").read_text("utf-8"))
COLD = "from bench.sheets import person; from selfcheck.handout.pdf import to_pdf; to_pdf(person(0))"


def person(number: int) -> Handout:
    """One of many people: no two the same, so that nothing can be kept from the last."""
    rulebook = load_rulebook()
    answers = {**BASE, "age": 30 + number, "own_problem": f"Problem number {number}"}
    occasion = Occasion(datetime(2026, 11, 22, 7, number, tzinfo=UTC))
    return handout(rulebook, assess(rulebook, answers), rulebook.regions["gb"], occasion)


def milliseconds(work: Callable[[Handout], object], people: list[Handout]) -> float:
    """Median processor time of one call, after a first that is not counted."""
    work(people[0])
    times = []
    for one in people[1:]:
        started = time.process_time()
        work(one)
        times.append((time.process_time() - started) * 1e3)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    from weasyprint import HTML

    people = [person(number) for number in range(ROUNDS)]
    ours = milliseconds(to_pdf, people)
    theirs = milliseconds(
        lambda one: HTML(string=to_html(one, "a4", Fit())).write_pdf(pdf_variant="pdf/ua-1"), people
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], cwd=ROOT, check=True)
    cold = (time.perf_counter() - started) * 1e3
    sys.stdout.write(
        f"typst {ours:.0f} ms, WeasyPrint {theirs:.0f} ms: typst is {theirs / ours:.1f} times as fast\n"
    )
    sys.stdout.write(f"a process from its start to the first PDF: {cold:.0f} ms\n")


if __name__ == "__main__":
    main()
