"""Whether answers exist for which a condition holds: a search that narrows answers down until it is sure.

It never says "no" wrongly. It gives up after :data:`MOST_STEPS` steps, and then says that there may be some.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from selfcheck.rulebook.interpreter import COMPARISONS
from selfcheck.rulebook.lint.possible import (
    FALSE,
    TRUE,
    UNKNOWN,
    Answer,
    Open,
    Space,
    Variable,
    variable_of,
)
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Answered, Compare, Has, Is, Measure, Node, Not, Refer, Risk, parts_of

MOST_STEPS = 150
Goal = tuple[Node, int]
"""A condition and the verdicts that it should have."""


def may_be(rulebook: Rulebook, goals: Sequence[Goal], *, lenient: bool = True) -> bool:
    """Whether answers exist with which every goal is met, or none were ruled out in the steps there are."""
    waiting = [Space(rulebook, lenient, {})]
    steps = 0
    while waiting and steps < MOST_STEPS:
        steps += 1
        space = waiting.pop()
        all_goals = (*goals, *_asked(space))
        verdicts = [(node, wanted, space.verdicts(node)) for node, wanted in all_goals]
        if any(not found & wanted for _, wanted, found in verdicts):
            continue
        undecided = ((node, wanted & TRUE) for node, wanted, found in verdicts if found & ~wanted)
        parts = next((part for node, hold in undecided for part in _splits(space, node, bool(hold))), None)
        if parts is None:
            return True
        variable, better, other = parts
        waiting += [space.split(variable, other), space.split(variable, better)]
    return bool(waiting)


def _asked(space: Space) -> Iterator[Goal]:
    """What is answered has been asked, unless it follows from another answer."""
    for (item, option), values in space.open.items():
        condition = space.rulebook.ask_if.get(item)
        answered = not option and None not in values
        if answered and condition is not None and item not in _set_by_others(space.rulebook):
            yield condition.node, TRUE | UNKNOWN


@lru_cache(maxsize=8)
def _set_by_others(rulebook: Rulebook) -> frozenset[str]:
    found = (target for pairs in rulebook.questionnaire.sets.values() for target, _ in pairs)
    return frozenset(found) | rulebook.questionnaire.among.keys()


Split = tuple[Variable, Open, Open]
"""A question, and two halves of the answers to it; the one tried first stands first."""


def _splits(space: Space, node: Node, hold: bool, above: frozenset[int] = frozenset()) -> Iterator[Split]:  # noqa: FBT001 - passed on from node to node
    """Ways to split the answers that an undecided condition rests on; ``hold`` says what is wished of it."""
    if space.verdicts(node) in (TRUE, FALSE, UNKNOWN) or id(node) in above:
        return
    below = above | {id(node)}
    if isinstance(node, Refer):
        yield from _splits(space, space.rulebook.conditions[node.key].node, hold, below)
    for part in parts_of(node):
        yield from _splits(space, part, hold is not isinstance(node, Not), below)
    if isinstance(node, Has):
        yield from (_turned(split, hold) for split in _of_ticks(space, node))
        yield from _of_asking(space, node.item, below)
    variable = variable_of(node)
    if variable is not None:
        values = space.values(variable)
        meeting = frozenset(value for value in values if _meets(node, value))
        if not hold:
            yield from _halves(variable, values & {None}, values - {None})
        yield from (_turned(split, hold) for split in _halves(variable, meeting, values - meeting))
        yield from _halves(variable, values - {None}, values & {None})
        yield from _of_asking(space, variable[0], below)


def _turned(split: Split, hold: bool) -> Split:  # noqa: FBT001 - as above
    variable, first, second = split
    return split if hold else (variable, second, first)


def _of_ticks(space: Space, node: Has) -> Iterator[Split]:
    values = space.values((node.item, ""))
    yield from _halves((node.item, ""), values - {None}, values & {None})
    if None not in values:
        for option in sorted(node.options):
            ticks = space.ticked(node.item, option)
            yield from _halves((node.item, option), ticks & {True}, ticks & {False})


def _of_asking(space: Space, item: str, above: frozenset[int]) -> Iterator[Split]:
    condition = space.rulebook.ask_if.get(item)
    if condition is not None and None in space.values((item, "")):
        yield from _splits(space, condition.node, True, above)  # noqa: FBT003 - as above


def _halves(variable: Variable, first: Open, second: Open) -> Iterator[Split]:
    if first and second:
        yield variable, first, second


def _meets(node: Node, value: Answer) -> bool:
    match node:
        case Is(options=options):
            return value in options
        case Risk(yes=yes, unsure=unsure):
            return value in yes | unsure
        case Compare(Measure(), operator, bound):
            return isinstance(value, int | float) and COMPARISONS[operator](value, bound)
        case Answered(reserved=reserved):
            return value is not None and value not in reserved
    return False
