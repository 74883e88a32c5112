"""Faults that only a whole rulebook shows: circles, and conditions that hold when nothing is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from selfcheck.rulebook.conditions import Condition, Evaluation, Verdict
from selfcheck.rulebook.faults import Fault
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.safety import Caution, CautionRow, Cluster, RedFlag, Row
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.tree import Fits, Node, Refer, items_of, parts_of


def circle_faults(rulebook: Rulebook) -> Iterator[Fault]:
    """A fault for each condition that, in the end, asks for itself."""
    graph = _graph(rulebook)
    settled: set[str] = set()
    for start in graph:
        circle = _circle(graph, start, settled)
        if circle:
            names = " -> ".join(name.lstrip("?=") for name in circle)
            yield Fault(_path(rulebook, circle[0]), f"a circle: {names}")
            return


def _graph(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """What each named condition, item's ``ask_if`` (marked ``?``) and pattern (``=``) asks for."""
    graph = {key: tuple(_needs(rulebook, condition.node)) for key, condition in rulebook.conditions.items()}
    graph.update(
        (f"?{item}", tuple(_needs(rulebook, condition.node))) for item, condition in rulebook.ask_if.items()
    )
    findings = tuple(key for key in rulebook.conditions if key.split(":")[0] in rulebook.findings)
    for name, pattern in rulebook.patterns.items():
        scored = findings if pattern.kind in ("self_care", "refer") else ()
        graph[f"={name}"] = (*scored, *_decides(rulebook, pattern))
    return graph


def _decides(rulebook: Rulebook, pattern: Pattern) -> Iterator[str]:
    """What a pattern's status rests on beside the findings, which are read all at once."""
    for condition in (pattern.applies_when, pattern.likely_when, pattern.possible_when):
        if condition is not None:
            yield from _needs(rulebook, condition.node)


def _needs(rulebook: Rulebook, node: Node) -> Iterator[str]:
    match node:
        case Refer(key):
            yield key
        case Fits(pattern):
            yield f"={pattern}"
        case _:
            for part in parts_of(node):
                yield from _needs(rulebook, part)
            if not parts_of(node):
                yield from (f"?{item}" for item in items_of(node) if item in rulebook.ask_if)


def _circle(graph: Mapping[str, tuple[str, ...]], start: str, settled: set[str]) -> list[str]:
    """The names of a circle that can be reached from ``start``, the first again at the end."""
    if start in settled:
        return []
    trail = [start]
    waiting = [iter(graph.get(start, ()))]
    while waiting:
        following = next((name for name in waiting[-1] if name not in settled), None)
        if following is None:
            waiting.pop()
            settled.add(trail.pop())
        elif following in trail:
            return [*trail[trail.index(following) :], following]
        else:
            trail.append(following)
            waiting.append(iter(graph.get(following, ())))
    return []


def _path(rulebook: Rulebook, key: str) -> Path:
    file = rulebook.file
    if key.startswith("?"):
        return _at(file.item, "item", key[1:].removesuffix("_left").removesuffix("_right"), "ask_if")
    if key.startswith("="):
        return _at(file.pattern, "pattern", key[1:], "id")
    name = key.split(":", maxsplit=1)[0].split("@", maxsplit=1)[0]
    for table, entries in (("named", file.named), ("finding", file.finding), ("red_flag", file.red_flag)):
        if any(entry.id == name for entry in entries):
            return _at(entries, table, name, "when")
    return ()


def _at(entries: Iterable[object], table: str, name: str, key: str) -> Path:
    for index, entry in enumerate(entries):
        if getattr(entry, "id", None) == name:
            return (table, index, key)
    return ()


def unanswered_faults(rulebook: Rulebook) -> Iterator[Fault]:
    """A fault for each rule that would act on a person who has not said anything yet."""
    nothing = Evaluation({}, rulebook.conditions, rulebook.ask_if, rulebook.careful, _unknown)
    for path, condition in _acting(rulebook):
        if condition.holds(nothing):
            name = f"{path[0]} {getattr(getattr(rulebook.file, str(path[0]))[path[1]], 'id', '')}"
            yield Fault(path, f"{name}: this holds when nothing is answered", (0, len(condition.text)))


def _unknown(evaluation: Evaluation, pattern: str, likely: bool) -> Verdict:  # noqa: FBT001, ARG001 - the shape of fits
    return None


def _acting(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    file = rulebook.file
    tables: tuple[tuple[str, tuple[RedFlag | Cluster | Caution, ...]], ...] = (
        ("red_flag", file.red_flag),
        ("cluster", file.cluster),
        ("caution", file.caution),
    )
    for table, entries in tables:
        for index, entry in enumerate(entries):
            rows: tuple[Row | CautionRow, ...] = entry.when
            for number, row in enumerate(rows):
                yield (table, index, "when", number, "holds"), row.holds
    for index, finding in enumerate(file.finding):
        for condition in finding.when.values():
            yield ("finding", index, "when"), condition
    for index, interaction in enumerate(file.interaction):
        yield ("interaction", index, "when"), interaction.when
