"""Measures every row of the table: ``python -m bench -o docs/benchmarks.md`` in a checkout."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.document import Run, document
from bench.measuring import Effort, duration, machine, say
from bench.people import shipped
from bench.results import Section
from selfcheck import __version__

ROWS = {
    "assess": "bench.assessing",
    "growth": "bench.growth",
    "pages": "bench.pages",
    "start": "bench.starting",
    "pdf": "bench.sheets",
    "bytes": "bench.weight",
}


def main(words: list[str] | None = None) -> int:
    """Measure, and write or print the document."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "-o", "--output", type=Path, help="the document; its pictures go into a folder beside it"
    )
    parser.add_argument("--only", choices=ROWS, action="append", help="one row; may be given again")
    parser.add_argument("--quick", action="store_true", help="one round of everything: figures mean nothing")
    given = parser.parse_args(words)
    if given.only and given.output:
        parser.error("-o writes every row in one run; leave out --only, or read what it prints")
    began = os.getloadavg()
    sections = measured(given.only or list(ROWS), Effort(given.quick))
    run = Run(
        f"{datetime.now(UTC):%Y-%m-%d}",
        machine(),
        f"selfcheck {__version__}, rules {shipped().fingerprint}",
        f"load of the machine before and after {began[0]:.1f} and {os.getloadavg()[0]:.1f}",
        given.quick,
    )
    write(run, sections, given.output)
    return 0


def measured(names: list[str], effort: Effort) -> dict[str, Section]:
    """The sections of these rows, in the order of the table."""
    found = {}
    for name, module in ROWS.items():
        if name in names:
            say(f"{name}:")
            started = time.perf_counter()
            measure: Callable[[Effort], Section] = import_module(module).measure
            found[name] = measure(effort)
            say(f"  done in {duration(time.perf_counter() - started)}")
    return found


def write(run: Run, sections: Mapping[str, Section], output: Path | None) -> None:
    """The document and its pictures, or the document alone to standard output."""
    folder = output.with_suffix("") if output else Path("benchmarks")
    text = document(run, sections, folder.name)
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8")
    for section in sections.values():
        for name, picture in section.pictures.items():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
    say(f"Wrote {output}")


if __name__ == "__main__":
    sys.exit(main())
