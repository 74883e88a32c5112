"""How assessing grows with the number of rules: the shipped ones beside the same many times over.

Warning signs, clusters, cautions, findings, patterns and exercises are repeated under other ids; the
questions and the answers stay the same.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measuring import Effort, duration, in_turn, ratio, say
from bench.people import desk_worker
from bench.picture import curve
from bench.results import Line, Section
from selfcheck import assess, load_rulebook
from selfcheck.places import RULES
from selfcheck.rulebook.model import Rulebook

REPEATED = ("red_flag", "cluster", "caution", "finding", "pattern", "exercise")
REFERRING = re.compile(r"(finding|gate|hallmark|test_list) = ")
TIMES, QUICK_TIMES = (3, 10, 30, 100), (2,)
ROUNDS = 25


def measure(effort: Effort) -> Section:
    """The row of the table."""
    shipped = RULES.read_text(encoding="utf-8")
    books, loading = {}, {}
    for times in (1, *(QUICK_TIMES if effort.quick else TIMES)):
        books[times], loading[times] = _loaded(repeated(shipped, times))
        say(f"  {times} times the rules, loaded in {duration(loading[times])}")
    answers = desk_worker(books[1])
    found = in_turn(
        {str(times): lambda book=book: assess(book, answers) for times, book in books.items()},  # type: ignore[misc]
        effort.rounds(ROUNDS),
    )
    medians = {times: statistics.median(found[str(times)]) for times in books}
    grown = {times: ratio(found[str(times)], found["1"]) for times in books}
    more = [times for times in books if times > 1]
    return Section(
        "Growth with the rules",
        "The rules file with every warning sign, cluster, caution, finding, pattern and exercise repeated under other ids. "
        "Processor time of `assess` for one desk worker, the sizes in turn, "
        f"medians of {effort.rounds(ROUNDS)} rounds. So many times the rules may take so many times the time, and no more. "
        "Loading is parsing with all checks, wall clock, once.",
        tuple(
            [_assessing(times, medians, grown[times]) for times in more]
            + [_loading(times, loading) for times in more]
        ),
        (),
        {
            "growth": curve(
                "Time of an assessment as the rules grow",
                "times the shipped rules",
                "times the time",
                [(float(times), grown[times]) for times in books],
            )
        },
    )


def _assessing(times: int, medians: Mapping[int, float], grown: float) -> Line:
    return Line(
        f"assess, {times} times the rules",
        f"the shipped rules, times {times}",
        duration(medians[times]),
        duration(medians[1] * times),
        grown / times,
        1.0,
    )


def _loading(times: int, loading: Mapping[int, float]) -> Line:
    linear = loading[1] * times
    return Line(
        f"loading, {times} times the rules",
        f"the shipped rules, times {times}",
        duration(loading[times]),
        duration(linear),
        loading[times] / linear,
    )


def _loaded(text: str) -> tuple[Rulebook, float]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(text, encoding="utf-8")
        started = time.perf_counter()
        book = load_rulebook(path)
        return book, time.perf_counter() - started


def repeated(text: str, times: int) -> str:
    """The rules with every entry of the repeated tables that many times."""
    blocks = re.split(r"(?m)^(?=\[)", text)
    chosen = [block for block in blocks if block.startswith(tuple(f"[[{name}]]" for name in REPEATED))]
    copies = (_renamed(block, number) for number in range(2, times + 1) for block in chosen)
    return text + "\n" + "".join(copies)


def _renamed(block: str, number: int) -> str:
    """A copy of an entry under another id; a pattern's copy counts the copies of its findings."""
    block = re.sub(r"(?m)^id = '([^']+)'", rf"id = '\1_{number}'", block, count=1)
    if not block.startswith("[[pattern]]"):
        return block
    lines = (
        re.sub(r"'(f_\w+)'", rf"'\1_{number}'", line) if REFERRING.search(line) else line
        for line in block.splitlines(keepends=True)
    )
    return "".join(lines)
