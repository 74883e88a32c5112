"""Measures answers codes: how long they are, and how fast. ``python -m bench.codes`` in a checkout."""

from __future__ import annotations

import statistics
import time

from bench.measuring import duration
from selfcheck import load_rulebook
from selfcheck.handout.code import answers_code, qr_picture, read_code
from tests.cases.case_files import all_cases, answers_of

ADDRESS = "https://selfcheck.example.org"


def main() -> None:
    """Print every figure, a line each."""
    book = load_rulebook()
    people = [(case.id, answers_of(book, case)) for case in all_cases()]
    started = time.process_time()
    codes = sorted((len(answers_code(book, answers).replace("-", "")), name) for name, answers in people)
    written = (time.process_time() - started) / len(people)
    lengths = [length for length, _ in codes]
    tenths = statistics.quantiles(lengths, n=10)
    print(f"codes of {len(people)} test cases: median {statistics.median(lengths):.0f} letters, nine of ten")
    print(
        f"up to {tenths[-1]:.0f}, shortest {codes[0][0]} ({codes[0][1]}), longest {codes[-1][0]} ({codes[-1][1]})"
    )
    texts = [answers_code(book, answers) for _, answers in people]
    started = time.process_time()
    for text in texts:
        read_code(book, text)
    read = (time.process_time() - started) / len(people)
    print(f"write {duration(written)}, read {duration(read)}")
    for address in ("", ADDRESS):
        widths = [qr_picture(text, address).millimetres for text in texts[::10]]
        print(f"QR {'with an address' if address else 'of the letters'}: {min(widths)} to {max(widths)} mm")


if __name__ == "__main__":
    main()
