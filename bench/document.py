"""Sections to ``docs/benchmarks.md``: the table, what we do not win, and every row in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.results import Line, Section, goal, told, verdict

HEAD = """# Benchmarks

Written by `python -m bench -o docs/benchmarks.md`; not by hand. Everything is measured side by side in one run, the
contestants in turn, so the ratios count; the times belong to the machine. A ratio is ours over theirs: "less" is
better for us. `pip install '.[dev,bench]'` installs the peers; the style sheets come from npm.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """When and where: a date, the machine, the peers' versions, and whether it was a quick one."""

    date: str
    machine: str
    ours: str
    load: str
    quick: bool


def document(run: Run, sections: Mapping[str, Section], folder: str) -> str:
    """The whole document. ``folder`` is where its pictures are, seen from it."""
    parts = [HEAD, _where(run), _summary(sections), _lost(sections)]
    parts += [_section(name, section, folder) for name, section in sections.items()]
    return "\n".join(parts)


def _where(run: Run) -> str:
    warning = (
        "\n**A quick run: it shows that the command works. Its figures mean nothing.**\n" if run.quick else ""
    )
    return f"{run.date}; {run.machine}; {run.ours}; {run.load}.\n{warning}"


def _summary(sections: Mapping[str, Section]) -> str:
    rows = [
        (section.title, line.what, line.peer, told(line.ratio), goal(line.most), verdict(line))
        for section in sections.values()
        for line in section.lines
        if line.most is not None
    ]
    return "## Every goal\n\n" + table(("", "what", "beside", "ours is", "goal", ""), rows)


def _lost(sections: Mapping[str, Section]) -> str:
    """Every line in which a peer does better, or in which a goal was missed."""
    lines = [line for section in sections.values() for line in section.lines]
    lost = [line for line in lines if line.ratio is not None and (line.ratio > 1 or line.met is False)]
    unknown = [line for line in lines if line.ratio is None]
    told_lost = [f"- {_sentence(line)}" for line in lost] or ["- Nothing that was measured."]
    told_unknown = [f"- {line.what}, {line.peer}: {line.theirs}." for line in unknown]
    return "\n".join(
        (
            "## Where we do not win",
            "",
            *told_lost,
            *(("", "Not measured in this run:", "", *told_unknown) if unknown else ()),
            "",
        )
    )


def _sentence(line: Line) -> str:
    missed = "; the goal is missed" if line.met is False else "; the goal is met" if line.met else ""
    return f"{line.what}, {line.peer}: {told(line.ratio)} ({line.ours}, {line.theirs}){missed}."


def _section(name: str, section: Section, folder: str) -> str:
    rows = [(line.what, line.peer, line.ours, line.theirs, told(line.ratio)) for line in section.lines]
    pictures = [f"![{section.title}]({folder}/{picture}.svg)\n" for picture in section.pictures]
    return "\n".join(
        (
            f"## {section.title}",
            "",
            f"`python -m bench --only {name}`. {section.how}",
            "",
            table(("what", "beside", "ours", "theirs", "ours is"), rows),
            *(f"{note}\n" for note in section.notes),
            *pictures,
        )
    )


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    written = [list(head), *map(list, rows)]
    written.insert(1, ["---"] * len(written[0]))
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in written)
