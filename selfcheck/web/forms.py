"""A page to a WTForms form, filled with the answers so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from selfcheck.answers import Answer, Answers
from selfcheck.questionnaire import Item, Kind, Option
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.page import Group, Page, Question, with_follow_ups

WHEN = "_when"
TICK = "tick_"
NONE = "_none"
UNSURE = "_unsure"
YES = "yes"
NOT_SURE = "not_sure"


def _choices(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: option.label for option in options}


def _radio(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
    options = question.options
    if question.item.among:
        options = rulebook.questionnaire.items[question.item.among].option
    return RadioField(choices=_choices(options), validate_choice=False)


def _boxes(question: Question, _rulebook: Rulebook) -> UnboundField[Any]:
    return SelectMultipleField(choices=_choices(question.options), validate_choice=False)


def _scale(question: Question, _rulebook: Rulebook) -> UnboundField[Any]:
    low, high = int(question.item.low or 0), int(question.item.high or 0)
    return RadioField(choices={str(n): str(n) for n in range(low, high + 1)}, validate_choice=False)


def _line(_question: Question, _rulebook: Rulebook) -> UnboundField[Any]:
    return StringField()


FIELDS: Mapping[Kind, Callable[[Question, Rulebook], UnboundField[Any]]] = {
    Kind.SINGLE: _radio,
    Kind.MULTI: _boxes,
    Kind.SCALE: _scale,
    Kind.NUMBER: _line,
    Kind.TEXT: _line,
}


def onset_fields(rulebook: Rulebook, item: Item) -> tuple[dict[str, str], dict[str, str]]:
    """The choices of a row, and those that stand under its Yes, in display order."""
    return _onset_fields(rulebook, item.id)


@lru_cache(maxsize=512)
def _onset_fields(rulebook: Rulebook, name: str) -> tuple[dict[str, str], dict[str, str]]:
    item = rulebook.questionnaire.items[name]
    kind = rulebook.questionnaire.answer_types[item.answer or ""]
    own = [option for option in item.option if option.id not in {shared.id for shared in kind.option}]
    under = [item.options[name] for name in kind.opens]
    under[-1:-1] = [option for option in own if not option.beside]
    row = {
        "no": item.options["no"].label,
        YES: _("Yes"),
        "not_sure": item.options["not_sure"].label,
        **{option.id: option.label for option in own if option.beside},
    }
    return row, {option.id: option.label for option in under}


def bind_form(page: Page, rulebook: Rulebook) -> BaseForm:
    """The form of a page: a field per question, and one per last line of a card."""
    fields: dict[str, UnboundField[Any]] = {}
    for group in page.groups:
        for question in group.questions:
            for each in with_follow_ups(question):
                fields.update(_fields_of(each, rulebook))
        if group.card is not None and group.card.style == "ticks":
            fields[group.card.id + NONE] = BooleanField()
            if group.card.unsure_label:
                fields[group.card.id + UNSURE] = BooleanField()
        if group.card is not None and group.card.style == "groups":
            fields.update((name, BooleanField()) for name in group_names(group))
    return BaseForm(fields)


def _fields_of(question: Question, rulebook: Rulebook) -> dict[str, UnboundField[Any]]:
    name = question.item.id
    if question.told:
        return {}
    if question.style == "row":
        row, under = onset_fields(rulebook, question.item)
        return {
            name: RadioField(choices=row, validate_choice=False),
            name + WHEN: RadioField(choices=under, validate_choice=False),
        }
    if question.style == "line":
        return {TICK + name: BooleanField()}
    fields = {name: FIELDS[question.item.kind](question, rulebook)}
    if question.style == "opens":
        fields[TICK + name] = BooleanField()
    return fields


def group_names(group: Group) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each headed part of a long list: the name of its own "none" box, its heading and its options."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for question in group.questions:
        if question.style != "groups":
            continue
        for option in question.options:
            if option.heading:
                name = "none_" + option.heading.split()[0].strip(",").lower()
                found[name] = (option.heading, ())
            heading, options = found[name]
            found[name] = (heading, (*options, option.id))
    return found


def stored_values(page: Page, rulebook: Rulebook, answers: Answers) -> dict[str, Any]:
    """What the form of a page shows for the answers so far."""
    data: dict[str, Any] = {}
    for group in page.groups:
        for question in group.questions:
            for each in with_follow_ups(question):
                value = answers.values.get(each.item.id)
                if value is not None:
                    data.update(_shown(each, value, rulebook))
        if group.card is not None and group.card.style == "ticks":
            asked = [question.item for question in group.questions if not question.told]
            said = [answers.values.get(item.id) for item in asked]
            data[group.card.id + NONE] = bool(asked) and said == [benign(item) for item in asked]
            data[group.card.id + UNSURE] = NOT_SURE in said or (NOT_SURE,) in said
        if group.card is not None and group.card.style == "groups":
            listed = answers.values.get(group.questions[0].item.id)
            for name, (_heading, options) in group_names(group).items():
                data[name] = isinstance(listed, tuple) and not set(listed) & set(options)
    return data


def _shown(question: Question, value: Answer, rulebook: Rulebook) -> dict[str, Any]:
    item = question.item
    if question.style == "row":
        row, _under = onset_fields(rulebook, item)
        return {item.id: value} if value in row else {item.id: YES, item.id + WHEN: value}
    if question.style == "line":
        return {TICK + item.id: value == item.ticked}
    shown: dict[str, Any] = {}
    if question.style == "opens":
        shown[TICK + item.id] = value != benign(item)
    if isinstance(value, tuple):
        shown[item.id] = list(value)
    else:
        shown[item.id] = f"{value:g}" if isinstance(value, int | float) else value
    return shown


def benign(item: Item) -> Answer | None:
    """The answer that "None of these" records for an item."""
    return (item.benign,) if item.kind is Kind.MULTI and item.benign else item.benign
