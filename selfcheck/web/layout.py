"""A section and the answers so far to a page: its cards, their lines, and what stands under each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selfcheck.answers import Answers, logical_values
from selfcheck.assessment.reading import Reading, read
from selfcheck.questionnaire import Card, Item, Kind, Option, Section, Tick
from selfcheck.rulebook.model import Rulebook

EACH = "-each"


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is drawn. ``style`` is ``plain``, ``row``, ``line``, ``opens``, ``lines`` or ``groups``.

    ``told`` is the answer that follows from another page (nothing is asked then). ``opens`` are the
    options under which follow-ups may appear.
    """

    item: Item
    style: str
    follow_ups: tuple[Question, ...] = ()
    opens: frozenset[str] = frozenset()
    told: str | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen where it stands: on a card the harmless answers are left to the last lines."""
        shown = [option for option in self.item.option if not option.hidden]
        if self.style == "lines":
            return tuple(option for option in shown if not option.alone and option.id != "not_applicable")
        if self.style == "opens":
            return tuple(option for option in shown if option.id != self.item.benign)
        if self.style == "groups":
            return tuple(option for option in shown if not option.alone)
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together: on a card, or by themselves (card ``None``)."""

    card: Card | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One screen."""

    section: Section
    groups: tuple[Group, ...]
    each: bool = False

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.section.id + (EACH if self.each else "")

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question on it, follow-ups after what they follow."""
        return tuple(
            each
            for group in self.groups
            for question in group.questions
            for each in with_follow_ups(question)
        )


def with_follow_ups(question: Question) -> tuple[Question, ...]:
    """A question and everything drawn under it."""
    return (question, *(each for follow_up in question.follow_ups for each in with_follow_ups(follow_up)))


def page_of(rulebook: Rulebook, section: Section, answers: Answers) -> Page:
    """The page of a section for these answers, follow-ups drawn whether they are asked yet or not."""
    reading = read(rulebook, answers)
    items = rulebook.questionnaire.by_section[section.id]
    told = _told(rulebook, answers, items)
    here = [item for item in items if item.follows is None and reading.strict.is_asked(item.id)]
    cards: Mapping[str | None, Card] = {card.id: card for card in section.card}
    groups: list[Group] = []
    for item in here:
        card = cards.get(item.card)
        question = _question(reading, items, item, card, told)
        if groups and groups[-1].card is card and card is not None:
            groups[-1] = Group(card, (*groups[-1].questions, question))
        else:
            groups.append(Group(card, (question,)))
    return Page(section, tuple(groups))


def each_page(rulebook: Rulebook, section: Section, answers: Answers, pending: Iterable[str]) -> Page:
    """The page that asks the lines a person was not sure about one by one."""
    reading = read(rulebook, answers)
    items = rulebook.questionnaire.by_section[section.id]
    asked = [item for item in items if item.id in set(pending) and reading.strict.is_asked(item.id)]
    questions = tuple(_question(reading, items, item, None, {}) for item in asked)
    return Page(section, tuple(Group(None, (question,)) for question in questions), each=True)


def _told(rulebook: Rulebook, answers: Answers, items: Iterable[Item]) -> dict[str, str]:
    """Answers of this page that follow from what was said on another."""
    follows = logical_values(rulebook.questionnaire, answers)
    return {
        item.id: str(follows[item.id])
        for item in items
        if item.id in follows and item.id not in answers.values and item.kind is Kind.SINGLE
    }


def _question(
    reading: Reading, items: Iterable[Item], item: Item, card: Card | None, told: Mapping[str, str]
) -> Question:
    follow_ups = tuple(
        _question(reading, items, other, None, {}) for other in items if other.follows == item.id
    )
    return Question(
        item,
        _style(reading.rulebook, item, card),
        follow_ups,
        _opening(reading, item, follow_ups),
        told.get(item.id),
    )


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
    asking = [question.item.id for question in follow_ups]
    if not asking:
        return frozenset()
    if item.kind is Kind.SCALE:
        choices = [(str(number), number) for number in range(int(item.low or 0), int(item.high or 0) + 1)]
    else:
        choices = [(option.id, option.id) for option in item.option]
    return frozenset(
        name for name, value in choices if any(_may_ask(reading, item, value, other) for other in asking)
    )


def _may_ask(reading: Reading, item: Item, value: str | float, other: str) -> bool:
    from dataclasses import replace

    said: str | float | frozenset[str] = frozenset({value}) if item.kind is Kind.MULTI else value  # type: ignore[arg-type]
    values = {**reading.strict.values, item.id: said}
    return replace(reading.strict, values=values, memo={}).is_asked(other)
