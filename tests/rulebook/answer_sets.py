"""Random answer sets: harmless answers, or none at all, with some answers put in or taken out."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from selfcheck.answers import Answer, Answers
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

Change = tuple[str, Answer | None]


def some_answers(item: Item) -> Iterator[Answer]:
    """Every option, a few combinations of options, and numbers across the range."""
    options = tuple(item.options)
    match item.kind:
        case Kind.SINGLE:
            yield from options
        case Kind.MULTI:
            together = tuple(option for option in options if option not in item.alone)
            yield from ((), together, *((option,) for option in options))
        case Kind.NUMBER | Kind.SCALE:
            low, high = item.low or 0, item.high or 0
            steps = int((high - low) / item.step)
            yield from (low + step * item.step for step in range(0, steps + 1, max(steps // 12, 1)))
        case _:
            yield "some words"


def answer_sets(rulebook: Rulebook) -> st.SearchStrategy[Answers]:
    """Answers as a person might give them, page by page or not at all, and sets that no page allows."""
    items = rulebook.questionnaire.items.values()
    harmless = Answers(
        {item.id: (item.benign,) if item.kind is Kind.MULTI else item.benign for item in items if item.benign}
    )
    changes: list[Change] = [(item.id, answer) for item in items for answer in (None, *some_answers(item))]
    return st.builds(
        lambda start, changed: start.with_changes(dict(changed)),
        st.sampled_from([harmless, harmless, Answers({})]),
        st.lists(st.sampled_from(changes), max_size=20),
    )
