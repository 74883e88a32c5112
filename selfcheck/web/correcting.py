"""When an alarming sign began, where that was left open and counts as new: put right on the emergency page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from selfcheck.questionnaire import Item, Tick
from selfcheck.web.forms import benign, onset_fields
from selfcheck.web.journey import Journey


class Correction(Struct, frozen=True):
    """What can be said more closely about an answer that was filled in for the person."""

    item: str
    question: str
    legend: str
    choices: Mapping[str, str]


def corrections(going: Journey) -> Iterator[Correction]:
    """The answers to warning signs that stand for a choice that was left empty."""
    for item in going.rulebook.warning_items:
        if item.left_out and going.answers.values.get(item.id) == item.left_out:
            legend, choices = _choices(going, item)
            yield Correction(item.id, item.short, legend, choices)


def _choices(going: Journey, item: Item) -> tuple[str, dict[str, str]]:
    """The other answers that could have been chosen, under the words that ask for them."""
    kind = going.rulebook.questionnaire.answer_types.get(item.answer or "")
    if kind is not None and kind.legend:
        _row, under = onset_fields(going.rulebook, item)
        return kind.legend, {name: label for name, label in under.items() if name != item.left_out}
    listed = item.option if item.tick is Tick.OPENS else ()
    others = {option.id: option.label for option in listed if option.id not in (item.left_out, benign(item))}
    return item.opens_with or item.text, others
