"""Rulebook -> every form the pages can show: its address, its fields, what may be chosen in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfcheck.questionnaire import Item, Kind, Section
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.forms import NONE, TICK, UNSURE, WHEN
from selfcheck.web.layout import visitors
from selfcheck.web.page import EACH


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``choices`` are the values a browser would send, none for text and numbers."""

    name: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One form and where it is sent."""

    path: str
    fields: tuple[Field, ...]


ON_EVERY_PAGE = (
    Field("csrf_token"), Field("seen"), Field("change", ("1",)), Field("confirmed"),
    Field("action", ("stopped", "skip")), Field("more"),
)  # fmt: skip


def forms(rulebook: Rulebook) -> tuple[Form, ...]:
    """All forms, those of the questionnaire first, in page order."""
    wishes = tuple(Field(wish, ("1",)) for wish in rulebook.file.journey.wish_labels)
    found = []
    for section in rulebook.questionnaire.sections.values():
        fields = (*_of_section(rulebook, section), *wishes, *ON_EVERY_PAGE)
        found += [Form(f"/check/{section.id}{ending}", fields) for ending in ("", EACH)]
    ids = tuple(rulebook.questionnaire.items)
    others = {
        "/check/changed": (Field("reason", ("mistake", "gone_away")),),
        "/check/when": (Field("item", ids), Field("when", ("yes", "new_or_changing"))),
        "/check/seen-today": (Field("way", ("short", "whole")),),
        "/check/short-way": (Field("way", ("short", "whole")),),
        "/resume": (Field("code"), Field("earlier")),
        "/clear": (),
    }
    return (*found, *(Form(path, (*fields, *ON_EVERY_PAGE)) for path, fields in others.items()))


def _of_section(rulebook: Rulebook, section: Section) -> Iterator[Field]:
    """Every field that a page can have, whatever was answered before."""
    for item in (*rulebook.questionnaire.by_section[section.id], *visitors(rulebook, section.id)):
        choices = _choices(rulebook, item)
        yield Field(item.id, choices)
        yield Field(TICK + item.id, ("1",))
        if item.answer:
            yield Field(item.id + WHEN, choices)
        for heading in dict.fromkeys(option.heading for option in item.option if option.heading):
            yield Field("none_" + heading.split()[0].strip(",").lower(), ("1",))
    for card in section.card:
        yield Field(card.id + NONE, ("1",))
        yield Field(card.id + UNSURE, ("1",))


def _choices(rulebook: Rulebook, item: Item) -> tuple[str, ...]:
    if item.kind is Kind.SCALE:
        return tuple(str(number) for number in range(int(item.low or 0), int(item.high or 0) + 1))
    options = rulebook.questionnaire.items[item.among].option if item.among else item.option
    return tuple(option.id for option in options)
