"""What can be asked: sections, cards, items and their options, as plain frozen data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from selfcheck.part import Id, Part, Slug, Words

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
THIS_SIDE = "this_side"


class Kind(StrEnum):
    """How an item is answered; decides its stored value and its form field."""

    SINGLE = "single"
    MULTI = "multi"
    NUMBER = "number"
    SCALE = "scale"
    TEXT = "text"


class Must(StrEnum):
    """What an empty answer does to the page.

    ``always``: the page does not go on. ``when_asked``: the same, once its question is asked.
    ``careful``: the page goes on and the more careful branch counts. ``optional``: it stays empty.
    """

    ALWAYS = "always"
    WHEN_ASKED = "when_asked"
    CAREFUL = "careful"
    OPTIONAL = "optional"


class Tick(StrEnum):
    """How an item stands on a tick-list card: one line, a line that opens a list, or a line per option."""

    LINE = "line"
    OPENS = "opens"
    LINES = "lines"


class Option(Part):
    """One possible answer. ``clinical`` is the wording on the clinician's sheet where it differs.

    ``shown_if`` names the condition without which it is not offered, ``beside`` puts it beside No on a row, ``sets`` names answers that follow from this one, as ``item.option``; either one counts.
    """

    id: Id
    label: Words
    clinical: Words | None = None
    heading: Words | None = None
    unanswered: bool = False
    hidden: bool = False
    shown_if: Id | None = None
    beside: bool = False
    alone: bool = False
    sets: tuple[str, ...] = ()


class AnswerType(Part):
    """A list of options that several items share; an item's own options come after ``before``."""

    id: Id
    option: tuple[Option, ...]
    opened_by: Id | None = None
    opens: tuple[Id, ...] = ()
    legend: Words | None = None
    hint: Words | None = None


class Item(Part):
    """One question.

    ``benign`` is the answer that "None of these" records; ``alarm`` names the answers that act;
    ``left_out`` is stored when a line that opens a list is ticked and the list left empty;
    ``follows`` is the item on the same page under which this one is drawn; ``also_on``, ``also_follows``
    and ``also_if`` put it on an earlier page, too, where its own page then does not ask again. An item
    that is not ``drawn`` has no field; ``kept_when_stopped`` says where a stopped home test hurt. With
    ``body_map`` its options are places on a picture of the body. ``easier`` puts the question in other
    words; ``folded`` is the heading under which it waits to be opened; ``wish`` names the optional part
    with which it is asked, too.
    """

    id: Id
    section: Slug
    card: Id | None = None
    block: Literal["page1", "A", "B", "C", "risk", "other"] = "other"
    kind: Kind = Kind.SINGLE
    answer: Id | None = None
    option: tuple[Option, ...] = ()
    sided: bool = False
    short: Words
    text: Words
    hint: Words | None = None
    why: Words | None = None
    easier: Words | None = None
    clinical: Words | None = None
    must: Must = Must.OPTIONAL
    ask_if: str | None = None
    follows: Id | None = None
    also_on: Slug | None = None
    also_follows: Id | None = None
    also_if: str | None = None
    tick: Tick = Tick.LINE
    ticked: Id = "yes"
    opens_with: Words | None = None
    benign: Id | None = None
    alarm: tuple[Id, ...] = ()
    left_out: Id | None = None
    risk: bool = False
    example: Words | None = None
    unit: Words | None = None
    low: float | None = None
    high: float | None = None
    step: float = 1
    low_label: Words | None = None
    high_label: Words | None = None
    max_characters: int = 140
    among: Id | None = None
    at_most: Id | None = None
    sheet_only: bool = False
    drawn: bool = True
    body_map: bool = False
    folded: Words | None = None
    wish: Id | None = None
    kept_when_stopped: bool = False
    sources: tuple[Id, ...] = ()

    @property
    def options(self) -> Mapping[str, Option]:
        """Options by id, in display order."""
        return {option.id: option for option in self.option}

    @property
    def alone(self) -> frozenset[str]:
        """Options that exclude every other option of the same answer (``none`` and the like)."""
        return frozenset(option.id for option in self.option if option.alone)

    @property
    def reserved(self) -> frozenset[str]:
        """Options that count as unanswered unless a rule names them."""
        return frozenset(option.id for option in self.option if option.unanswered)


class Card(Part):
    """A group on a page with a heading and last lines of its own."""

    id: Id
    title: Words
    style: Literal["rows", "ticks", "groups"] = "ticks"
    none_label: Words | None = None
    unsure_label: Words | None = None


class Section(Part):
    """One page of the questionnaire.

    ``for_everyone``: asked even of people for whom the check ends after the warning signs.
    """

    id: Slug
    part: int
    title: Words
    why: Words | None = None
    intro: Words | None = None
    note: Words | None = None
    ask_if: str | None = None
    for_everyone: bool = False
    test: Id | None = None
    card: tuple[Card, ...] = ()


class Questionnaire(Struct, frozen=True):
    """Everything that can be asked, in page order.

    ``items`` holds one entry per stored answer: a sided item stands in it twice, as ``<id>_left``
    and ``<id>_right``. ``sided`` maps the bare id of such an item to its left and right ids. ``sets``
    gives the answers that follow from an item's option, ``setting`` the options of each item that have any,
    ``among`` the item whose answers another one chooses from, ``several`` the
    several-choice items. ``choices`` has by single-choice item what can be chosen, ``ticks`` by several-choice
    item what can be ticked, ``one_tick`` answers of one tick as sets; ``options`` the options of every item itself; ``texts`` the items that are answered in one's
    own words, ``bound`` those whose answers depend on another answer.
    """

    sections: Mapping[str, Section]
    items: Mapping[str, Item]
    sided: Mapping[str, tuple[str, str]]
    answer_types: Mapping[str, AnswerType]
    by_section: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    sets: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    setting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ticks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    one_tick: Mapping[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()


def on_side(item: Item, side: Side) -> Item:
    """The left or right twin of a sided item, with the side in its id."""
    update = {"id": f"{item.id}_{side}", "short": f"{item.short}, {side}", "sided": False}
    return item.model_copy(update=update)


def questionnaire(
    sections: tuple[Section, ...], items: tuple[Item, ...], answer_types: tuple[AnswerType, ...]
) -> Questionnaire:
    """Put sections and items together, with shared options filled in and sided items doubled."""
    types = {kind.id: kind for kind in answer_types}
    stored, sided = _stored(items, types)
    by_id = {section.id: section for section in sections}
    grouped = {name: tuple(item for item in stored.values() if item.section == name) for name in by_id}
    sets = _sets(stored)
    among = {item.id: item.among for item in stored.values() if item.among}
    setting = {item: frozenset(option for each, option in sets if each == item) for item, _ in sets}
    several = frozenset(item.id for item in stored.values() if item.kind is Kind.MULTI)
    options = {name: item.options for name, item in stored.items()}
    choices = {
        name: frozenset(options.get(item.among or "", options[name]))
        for name, item in stored.items()
        if item.kind is Kind.SINGLE
    }
    ticks = {name: frozenset(options[name]) for name in several}
    texts = frozenset(item.id for item in stored.values() if item.kind is Kind.TEXT)
    bound = frozenset(item.id for item in stored.values() if item.among or item.at_most)
    return Questionnaire(
        sections=by_id,
        items=stored,
        sided=sided,
        answer_types=types,
        by_section=grouped,
        sets=sets,
        setting=setting,
        among=among,
        several=several,
        choices=choices,
        ticks=ticks,
        one_tick={(option,): frozenset({option}) for options in ticks.values() for option in options},
        options=options,
        texts=texts,
        bound=bound,
    )


def _stored(
    items: tuple[Item, ...], types: Mapping[str, AnswerType]
) -> tuple[dict[str, Item], dict[str, tuple[str, str]]]:
    """The items by the id of each stored answer, and the two ids of those with sides."""
    stored: dict[str, Item] = {}
    sided: dict[str, tuple[str, str]] = {}
    for item in items:
        whole = with_shared_options(item, types)
        if not item.sided:
            stored[item.id] = whole
            continue
        twins = tuple(on_side(whole, side) for side in SIDES)
        stored.update((twin.id, twin) for twin in twins)
        sided[item.id] = (twins[0].id, twins[1].id)
    return stored, sided


def _sets(items: Mapping[str, Item]) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """What follows from each option that sets another item's answer."""
    found = {}
    for item in items.values():
        for option in item.option:
            pairs = (target.partition(".") for target in option.sets)
            known = tuple((target, answer) for target, _, answer in pairs if target in items)
            if known:
                found[item.id, option.id] = known
    return found


def with_shared_options(item: Item, types: Mapping[str, AnswerType]) -> Item:
    """The item with the options of its answer type before its own ones."""
    if item.answer is None or item.answer not in types:
        return item
    return item.model_copy(update={"option": types[item.answer].option + item.option})
