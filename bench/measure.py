"""Measures the shipped rules: assessing, loading, starting, memory. ``python -m bench.measure`` in a checkout.

Times depend on the machine; the fixed Python loop measured beside them says how fast that is.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from selfcheck import assess, load_rulebook
from selfcheck.answers import read_answers

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 1000
PORT = 8765
PATIENCE_SECONDS = 30
BASE: dict[str, object] = json.loads((ROOT / "tests" / "cases" / "base_answers.json").read_text("utf-8"))
PEOPLE: dict[str, dict[str, object]] = {
    "desk worker": {"sitting_hours_day": 9, "sitting_break_interval": "m61_120", "t_thomas_left": "clearly_above"},
    "sciatica": {"pain_sites": ["low_back_left", "below_knee_left"], "worst_site": "below_knee_left",
                 "leg_symptoms": ["pins_left"], "numbness_spreading": "no"},
    "emergency": {"rf_ces_saddle": "new_or_changing"},
}  # fmt: skip


def microseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median and 99th percentile of one call."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1e6)
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


def answers(address: str) -> bool:
    """Whether a page can be read."""
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as page:
            page.read()
    except URLError:
        return False
    return True


def start() -> tuple[float, int]:
    """Seconds from starting the server to its first page, and its memory then, in kB."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "selfcheck", "serve", "--port", str(PORT)], cwd=ROOT, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while not answers(f"http://127.0.0.1:{PORT}/"):
                if server.poll() is not None or time.perf_counter() - started > PATIENCE_SECONDS:
                    sys.exit(f"the server does not answer on port {PORT}")
                time.sleep(0.01)
            seconds = time.perf_counter() - started
            status = Path(f"/proc/{server.pid}/status").read_text("ascii")
            memory = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            return seconds, int(memory.split()[1])
        finally:
            server.terminate()


def main() -> None:
    """Print every figure, a line each."""
    loop, _ = microseconds(lambda: sum(range(10_000)))
    print(f"fixed loop, sum(range(10000)): {loop:.0f} us")
    started = time.perf_counter()
    book = load_rulebook()
    print(f"load the rules: {(time.perf_counter() - started) * 1000:.0f} ms")
    for name, changes in PEOPLE.items():
        answers = read_answers(book.questionnaire, {**BASE, **changes})
        median, slow = microseconds(lambda given=answers: assess(book, given))  # type: ignore[misc]
        print(
            f"assess, {name}: median {median:.0f} us, 99th percentile {slow:.0f} us, {median / loop:.1f} loops"
        )
    seconds, memory = start()
    print(f"start to first page: {seconds:.2f} s, memory {memory / 1024:.0f} MB")


if __name__ == "__main__":
    main()
