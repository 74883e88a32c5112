"""A page to its WTForms form, to what was sent from it, and to what its fields show of the answers so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
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


Values = Mapping[str, Any]
"""What fields hold, by name: a text or ``None``, the list of what is ticked, or whether a box is."""


def _choices(question: Question, rulebook: Rulebook) -> dict[str, str]:
    item = question.item
    if item.kind is Kind.SCALE:
        return {str(n): str(n) for n in range(int(item.low or 0), int(item.high or 0) + 1)}
    options: Iterable[Option] = (
        rulebook.questionnaire.items[item.among].option if item.among else question.options
    )
    return {option.id: option.label for option in options}


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
    fields = {name: one for question in page.questions for name, one in _fields(question, rulebook)}
    for group in page.groups:
        if group.card is not None and group.card.style == "ticks":
            fields[group.card.id + NONE] = BooleanField()
            if group.card.unsure_label:
                fields[group.card.id + UNSURE] = BooleanField()
        if group.card is not None and group.card.style == "groups":
            fields.update((name, BooleanField()) for name in group_names(group))
    return BaseForm(fields)


def _fields(question: Question, rulebook: Rulebook) -> Iterator[tuple[str, UnboundField[Any]]]:
    name = question.item.id
    if question.told:
        return
    if question.style == "row":
        row, under = onset_fields(rulebook, question.item)
        yield name, RadioField(choices=row, validate_choice=False)
        yield name + WHEN, RadioField(choices=under, validate_choice=False)
    elif question.style == "line":
        yield TICK + name, BooleanField()
    else:
        yield name, _field(question, rulebook)
        if question.style == "opens":
            yield TICK + name, BooleanField()


def _field(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
    kind = question.item.kind
    if kind in (Kind.NUMBER, Kind.TEXT):
        return StringField()
    several = kind is Kind.MULTI
    return (SelectMultipleField if several else RadioField)(
        choices=_choices(question, rulebook), validate_choice=False
    )


def sent_values(page: Page, rulebook: Rulebook, sent: MultiDict[str, str]) -> dict[str, Any]:
    """What the fields of a page hold in what a browser sent."""
    form = bind_form(page, rulebook)
    form.process(sent)
    return dict(form.data)


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
