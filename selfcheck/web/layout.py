"""A section and the answers so far to a page: its cards, their lines, and what stands under each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from selfcheck.answers import Answers
from selfcheck.assessment.reading import Reading, read
from selfcheck.questionnaire import SIDES, Card, Item, Kind, Must, Section, Tick
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.page import Group, Page, Question


def page_of(
    reading: Reading,
    section: Section,
    answers: Answers,
    *,
    without: frozenset[str] = frozenset(),
    offers: frozenset[str] = frozenset(),
) -> Page:
    """The page of a section for these answers, follow-ups drawn whether they are asked yet or not.

    Items in ``without`` are left out; items with a wish among ``offers`` are drawn under its box.
    """
    items = tuple(item for item in items_on(reading.rulebook, section.id) if item.id not in without)
    drawn = [item for item in items if item.drawn and item.follows is None]
    here = [item for item in drawn if is_asked_here(reading, item)]
    if section.test is not None:
        return Page(section, tuple(_legs(reading, items, here)))
    told = _told(reading, answers, items)
    groups: list[Group] = []
    for item in here:
        _put(groups, _grouped(reading, items, item, told))
    wished = [item for item in drawn if item.wish in offers and item not in here]
    groups.extend(
        Group(None, (_question(reading, items, item, None),), wish=item.wish or "") for item in wished
    )
    return Page(section, tuple(groups))


def _grouped(reading: Reading, items: Iterable[Item], item: Item, told: Container[str]) -> Group | None:
    """An item as a group of its own; none where another answer says it already."""
    section = reading.rulebook.questionnaire.sections[item.section]
    card = next((card for card in section.card if card.id == item.card), None)
    question = _question(reading, items, item, card, told)
    if question.told and question.style == "plain":
        return None
    return Group(card, (question,), item.folded or "", folded=item.folded is not None)


def _put(groups: list[Group], group: Group | None) -> None:
    """Put a group after the others, or its question into the last one if they stand together."""
    last = groups[-1] if groups else None
    if group is None:
        return
    together = last is not None and (
        (group.card is not None and last.card is group.card) or (group.folded and last.title == group.title)
    )
    if last is not None and together:
        groups[-1] = replace(last, questions=(*last.questions, *group.questions))
    else:
        groups.append(group)


@lru_cache(maxsize=256)
def items_on(rulebook: Rulebook, section: str) -> tuple[Item, ...]:
    """All that can be asked on a page: its own items, then its visitors."""
    return (*rulebook.questionnaire.by_section[section], *visitors(rulebook, section))


@lru_cache(maxsize=256)
def always_asked(rulebook: Rulebook, section: str) -> frozenset[str]:
    """The items of a page that are asked whatever else is answered."""
    own = rulebook.questionnaire.by_section[section]
    return frozenset(
        item.id for item in own if item.id not in rulebook.ask_if and item.id not in rulebook.also_if
    )


def visitors(rulebook: Rulebook, section: str) -> tuple[Item, ...]:
    """Items of later pages that this page asks, too, as follow-ups of one of its own."""
    return tuple(
        item.model_copy(
            update={"follows": item.also_follows, "card": None, "tick": Tick.LINE, "must": Must.WHEN_ASKED}
        )
        for item in rulebook.questionnaire.items.values()
        if item.also_on == section
    )


def is_asked_here(reading: Reading, item: Item) -> bool:
    """Whether an item is asked on its own page: not where an earlier page has asked it already."""
    if not reading.strict.is_asked(item.id):
        return False
    visiting = reading.rulebook.also_if.get(item.id)
    return visiting is None or item.id not in reading.strict.values or not visiting.holds(reading.strict)


def _legs(reading: Reading, items: Iterable[Item], here: Iterable[Item]) -> Iterator[Group]:
    """The groups of a home test: what has no side, the left leg, the right leg, and measured values."""
    questions = [_question(reading, items, item, None) for item in here]
    folded = [each for each in questions if each.item.kind is Kind.NUMBER and _side(each.item)]
    plain = [each for each in questions if each not in folded]
    if not any(_side(each.item) for each in plain):
        plain, folded = plain + folded, []
    yield from (Group(None, (each,)) for each in plain if not _side(each.item))
    for side, title in zip(SIDES, ("Left leg", "Right leg"), strict=True):
        of_side = tuple(each for each in plain if _side(each.item) == side)
        if of_side:
            yield Group(None, of_side, title)
    if folded:
        yield Group(None, tuple(folded), "I measured it (optional)", folded=True)


def _side(item: Item) -> str | None:
    return next((side for side in SIDES if item.id.endswith(f"_{side}")), None)


def each_page(reading: Reading, section: Section, pending: Iterable[str]) -> Page:
    """The page that asks the lines a person was not sure about one by one."""
    items = reading.rulebook.questionnaire.by_section[section.id]
    asked = [item for item in items if item.id in set(pending) and reading.strict.is_asked(item.id)]
    questions = tuple(_question(reading, items, item, None) for item in asked)
    return Page(section, tuple(Group(None, (question,)) for question in questions), each=True)


def _told(reading: Reading, answers: Answers, items: Iterable[Item]) -> set[str]:
    """The items of this page whose answers follow from what was said on another."""
    follows = reading.strict.values
    return {
        item.id
        for item in items
        if item.id in follows and item.id not in answers.values and item.kind is Kind.SINGLE
    }


def _question(
    reading: Reading, items: Iterable[Item], item: Item, card: Card | None, told: Container[str] = frozenset()
) -> Question:
    follow_ups = tuple(_question(reading, items, other, None) for other in items if other.follows == item.id)
    return Question(
        item,
        _style(reading.rulebook, item, card),
        follow_ups,
        _opening(reading, item, follow_ups),
        item.id in told,
        item.follows is not None and _asked_anyway(reading, items, item),
        _unfit(reading, item),
    )


def _unfit(reading: Reading, item: Item) -> frozenset[str]:
    """The options that do not fit this person."""
    conditions = reading.rulebook.conditions
    return frozenset(
        option.id
        for option in item.option
        if option.shown_if and conditions[option.shown_if].holds(reading.strict) is False
    )


def _asked_anyway(reading: Reading, items: Iterable[Item], item: Item) -> bool:
    """Whether a follow-up is asked even with the harmless answer to what it follows."""
    above = next((other for other in items if other.id == item.follows), None)
    condition = _asking(reading, item)
    if above is None or condition is None:
        return False
    values = {name: value for name, value in reading.strict.values.items() if name != above.id}
    if above.benign:
        values[above.id] = frozenset({above.benign}) if above.kind is Kind.MULTI else above.benign
    return condition.holds(reading.strict.of(values)) is True


def _asking(reading: Reading, item: Item) -> Condition | None:
    """When an item is asked where it is drawn: a visitor has a condition of its own."""
    rulebook = reading.rulebook
    return rulebook.also_if.get(item.id) or rulebook.ask_if.get(item.id)


def _style(rulebook: Rulebook, item: Item, card: Card | None) -> str:
    answer_type = rulebook.questionnaire.answer_types.get(item.answer or "")
    if answer_type is not None and answer_type.opened_by is not None:
        return "row"
    if card is None or card.style == "rows" or item.follows is not None:
        return "plain"
    if card.style == "groups":
        return "groups" if item.kind is Kind.MULTI else "plain"
    return {Tick.LINE: "line", Tick.OPENS: "opens", Tick.LINES: "lines"}[item.tick]


def _opening(reading: Reading, item: Item, follow_ups: Iterable[Question]) -> frozenset[str]:
    """The answers to an item with which one of its follow-ups may be asked."""
    found: set[str] = set()
    for question in follow_ups:
        follow_up = question.item.id
        condition = _asking(reading, question.item)
        if condition is not None and condition.item == item.id:
            found |= _always_opening(reading.rulebook, item.id, follow_up)
        else:
            found.update(name for name, value in _choices(item) if _may_ask(reading, item, value, follow_up))
    return frozenset(found)


@lru_cache(maxsize=1024)
def _always_opening(rulebook: Rulebook, item: str, follow_up: str) -> frozenset[str]:
    """The answers with which a follow-up may be asked that depends on nothing else."""
    asked = rulebook.questionnaire.items[item]
    empty = read(rulebook, Answers({}))
    return frozenset(name for name, value in _choices(asked) if _may_ask(empty, asked, value, follow_up))


def _choices(item: Item) -> list[tuple[str, str | float]]:
    """What can be chosen: names and values."""
    if item.kind is Kind.SCALE:
        return [(str(number), number) for number in range(int(item.low or 0), int(item.high or 0) + 1)]
    return [(option.id, option.id) for option in item.option]


def _may_ask(reading: Reading, item: Item, value: str | float, other: str) -> bool:
    said: str | float | frozenset[str] = frozenset({value}) if item.kind is Kind.MULTI else value  # type: ignore[arg-type]
    evaluation = reading.strict.of({**reading.strict.values, item.id: said})
    visiting = reading.rulebook.also_if.get(other)
    return visiting.holds(evaluation) is not False if visiting else evaluation.is_asked(other)
