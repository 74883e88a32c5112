"""Every condition of a rulebook with its place, what it reads, and the numbers it tells apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from selfcheck.part import Part
from selfcheck.questionnaire import Item
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.tree import Compare, Measure, Node, Refer, items_of, parts_of


def conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """Every condition of the file with its place; of one with sides, that of the left."""
    yield from _inside(rulebook.file, ())
    places = {section.id: number for number, section in enumerate(rulebook.file.section)}
    yield from ((("section", places[name], "ask_if"), found) for name, found in rulebook.page_if.items())
    for number, item in enumerate(rulebook.file.item):
        if item.ask_if is not None:
            stored = f"{item.id}_left" if item.sided else item.id
            yield ("item", number, "ask_if"), rulebook.ask_if[stored]
        if item.also_if is not None:
            yield ("item", number, "also_if"), rulebook.also_if[item.id]


def _inside(value: object, path: Path) -> Iterator[tuple[Path, Condition]]:
    if isinstance(value, Condition):
        yield path, value
    elif isinstance(value, Part):
        for key in type(value).model_fields:
            yield from _inside(getattr(value, key), (*path, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _inside(part, (*path, index))
    elif isinstance(value, Mapping):
        found = next((part for part in value.values() if isinstance(part, Condition)), None)
        if found is not None:
            yield path, found


def nodes(node: Node) -> Iterator[Node]:
    """A tree's nodes, itself first."""
    yield node
    for part in parts_of(node):
        yield from nodes(part)


def read_by(rulebook: Rulebook, node: Node) -> frozenset[str]:
    """Every item that a tree reads, those of the conditions that it names included."""
    found: set[str] = set()
    for part in nodes(node):
        if isinstance(part, Refer):
            found |= read_by(rulebook, rulebook.conditions[part.key].node)
        elif not parts_of(part):
            found |= items_of(part)
    return frozenset(found)


@lru_cache(maxsize=4096)
def told_apart(rulebook: Rulebook, item: Item) -> tuple[float, ...]:
    """The answers to a number question that stand for all others, in order: of each stretch of numbers that no
    condition tells apart the first.
    """
    low, high = item.low or 0.0, item.high or 0.0
    compared = comparisons(rulebook).get(item.id, frozenset())
    near: set[float] = {low}
    for _, bound in compared:
        step = round((bound - low) / item.step)
        near |= {round(low + number * item.step, 6) for number in (step - 1, step, step + 1)}
    first: dict[tuple[bool, ...], float] = {}
    for number in sorted(number for number in near if low <= number <= high):
        first.setdefault(tuple(COMPARISONS[sign](number, bound) for sign, bound in sorted(compared)), number)
    return tuple(first.values())


@lru_cache(maxsize=8)
def comparisons(rulebook: Rulebook) -> Mapping[str, frozenset[tuple[str, float]]]:
    """What some condition compares each number question with: sign and number."""
    found: dict[str, set[tuple[str, float]]] = {}
    every = (*rulebook.conditions.values(), *rulebook.ask_if.values())
    for condition in (*every, *(condition for _, condition in conditions(rulebook))):
        for node in nodes(condition.node):
            if isinstance(node, Compare) and isinstance(node.quantity, Measure):
                found.setdefault(node.quantity.item, set()).add((node.operator, node.bound))
    return {item: frozenset(pairs) for item, pairs in found.items()}
