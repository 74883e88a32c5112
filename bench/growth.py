"""How assessing grows with the number of rules: the shipped ones, ten times and a hundred times as many.

``python -m bench.growth`` in a checkout; ``--times 10`` for fewer. Warning signs, clusters, cautions, findings,
patterns and exercises are repeated under other ids; the questions and the answers stay the same.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from pathlib import Path

from bench.measure import BASE, PEOPLE, microseconds
from selfcheck import assess, load_rulebook
from selfcheck.answers import read_answers

ROOT = Path(__file__).resolve().parent.parent
REPEATED = ("red_flag", "cluster", "caution", "finding", "pattern", "exercise")
REFERRING = re.compile(r"(finding|gate|hallmark|test_list) = ")
TIMES = (10, 100)


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


def measured(path: Path) -> tuple[float, float, float]:
    """Seconds to load, then median and 99th percentile of an assessment in microseconds."""
    started = time.perf_counter()
    book = load_rulebook(path)
    loading = time.perf_counter() - started
    answers = read_answers(book.questionnaire, {**BASE, **PEOPLE["desk worker"]})
    assess(book, answers)
    median, slow = microseconds(lambda: assess(book, answers))
    return loading, median, slow


def main() -> None:
    """A line for each size, with its share of the first times the number of repetitions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="*", default=TIMES)
    shipped = (ROOT / "rules.toml").read_text(encoding="utf-8")
    first = 0.0
    for times in (1, *parser.parse_args().times):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rules.toml"
            path.write_text(repeated(shipped, times), encoding="utf-8")
            loading, median, slow = measured(path)
        first = first or median
        print(
            f"{times:>3} times the rules: loaded in {loading:.1f} s, median {median:.0f} us, 99th percentile {slow:.0f} us,"
            f" {median / first:.1f} times the shipped rules' median",
            flush=True,
        )
    loop = statistics.median(microseconds(lambda: sum(range(10_000)))[:1])
    print(f"fixed loop, sum(range(10000)): {loop:.0f} us")


if __name__ == "__main__":
    main()
