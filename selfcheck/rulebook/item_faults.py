"""Faults within one question of the rules: options, ranges, cards, and what an answer sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.faults import Fault
from selfcheck.rulebook.paths import entries_of, walk
from selfcheck.rulebook.vocabulary import Vocabulary, suggestion

Raw = Mapping[str, Any]


def item_faults(raw: Raw, index: int, item: Raw, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every fault of one question."""
    name, kind = str(item.get("id")), item.get("kind", "single")
    who = f"item {name}"
    types = {str(entry.get("id")): entry for entry in entries_of(raw, "answer_type")}
    if "answer" in item and str(item["answer"]) not in types:
        return
    shared = entries_of(types.get(str(item.get("answer")), {}), "option")
    options = [str(option.get("id")) for option in (*shared, *entries_of(item, "option"))]
    for option, times in Counter(options).items():
        if times > 1:
            yield Fault(("item", index, "id"), f"{who}: option '{option}' stands twice")
    if kind in (Kind.SINGLE, Kind.MULTI) and not options and not item.get("among"):
        yield Fault(("item", index, "id"), f"{who}: a question of this kind needs options")
    if kind in (Kind.NUMBER, Kind.SCALE):
        yield from _number_faults(item, index, who)
    for key in ("benign", "left_out", "alarm"):
        if key not in item or kind not in (Kind.SINGLE, Kind.MULTI):
            continue
        for path, answer in walk(item, f"{key}.*" if key == "alarm" else key, ("item", index)):
            if answer not in options:
                yield Fault(
                    path, f"{who}: '{key}' names no option: '{answer}'.{suggestion(str(answer), options)}"
                )
    alarm = item.get("alarm")
    if isinstance(alarm, list) and item.get("benign") in alarm:
        words = f"{who}: '{item['benign']}' cannot be harmless ('benign') and act at once ('alarm')"
        yield Fault(("item", index, "benign"), words)
    yield from _card_faults(item, index, who, vocabulary)
    yield from _set_faults(item, index, who, vocabulary)


def _card_faults(item: Raw, index: int, who: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A card that the item's page does not have."""
    section, card = vocabulary.questionnaire.sections.get(str(item.get("section"))), item.get("card")
    cards = {known.id for known in section.card} if section is not None else set()
    if section is not None and isinstance(card, str) and card not in cards:
        hint = suggestion(card, cards)
        yield Fault(("item", index, "card"), f"{who}: page '{section.id}' has no card '{card}'.{hint}")


def _number_faults(item: Raw, index: int, who: str) -> Iterator[Fault]:
    """A range in which no number could be given. What is not a number is complained of elsewhere."""
    low, high, step = item.get("low"), item.get("high"), item.get("step", 1)
    if low is None or high is None:
        yield Fault(("item", index, "id"), f"{who}: a number needs 'low' and 'high'")
    elif all(isinstance(number, int | float) for number in (low, high, step)):
        if not -inf < low < high < inf:
            yield Fault(("item", index, "low"), f"{who}: 'low' should be below 'high'")
        if not step > 0:
            yield Fault(("item", index, "step"), f"{who}: 'step' should be above 0")


def _set_faults(item: Raw, index: int, who: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Answers that should follow from an option, but do not exist."""
    asked = vocabulary.questionnaire
    for path, pair in walk(item, "option.*.sets.*", ("item", index)):
        target, _, answer = str(pair).partition(".")
        if target in vocabulary.broken:
            continue
        if target not in asked.items:
            yield Fault(path, f"{who}: 'sets': unknown item '{target}'.{suggestion(target, asked.items)}")
        elif answer not in asked.options[target]:
            hint = suggestion(answer, asked.items[target].options)
            yield Fault(path, f"{who}: 'sets': item '{target}' has no option '{answer}'.{hint}")
