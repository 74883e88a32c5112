"""A page to a WTForms form, and what was sent back to answers or errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from selfcheck.answers import Answer, Answers, check_answer, is_plain
from selfcheck.questionnaire import Item, Kind, Must, Option
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.layout import Group, Page, Question, with_follow_ups

WHEN = "_when"
TICK = "tick_"
NONE = "_none"
UNSURE = "_unsure"
YES = "yes"
NOT_SURE = "not_sure"

Answered = dict[str, Answer | None]


def _choices(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: option.label for option in options}


def _radio(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
    options = question.options
    if question.item.among:
        options = rulebook.questionnaire.items[question.item.among].option
    return RadioField(choices=_choices(options), validate_choice=False)


def _boxes(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
    return SelectMultipleField(choices=_choices(question.options), validate_choice=False)


def _scale(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
    low, high = int(question.item.low or 0), int(question.item.high or 0)
    return RadioField(choices={str(n): str(n) for n in range(low, high + 1)}, validate_choice=False)


def _line(question: Question, rulebook: Rulebook) -> UnboundField[Any]:
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
    if question.told is not None:
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
            asked = [question.item for question in group.questions if question.told is None]
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
        row, under = onset_fields(rulebook, item)
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


@dataclass(slots=True)
class PageAnswers:
    """What a form said: answers (``None`` takes one away), errors by field, and the lines a person was
    not sure about.
    """

    said: Answered = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)


def chosen(page: Page, form: BaseForm, rulebook: Rulebook) -> Answered:
    """Only what was ticked, chosen or written and can be understood; nothing left empty counts as no."""
    found = PageAnswers()
    for question in page.questions:
        _read_question(found, question, form, rulebook)
    return {item: value for item, value in found.said.items() if value is not None}


def _data(form: BaseForm, name: str) -> Any:
    return form[name].data if name in form else None


def _read_question(found: PageAnswers, question: Question, form: BaseForm, rulebook: Rulebook) -> None:
    """Put what a question's own fields say into ``found``: an answer, ``None`` for nothing, or an error."""
    item = question.item
    if question.told is not None:
        return
    if question.style == "row":
        answer = _data(form, item.id)
        raw: Any = (_data(form, item.id + WHEN) or item.left_out) if answer == YES else answer
    elif question.style == "line":
        raw = item.ticked if _data(form, TICK + item.id) else None
    else:
        raw = _data(form, item.id) or None
        if question.style == "opens" and raw is None and _data(form, TICK + item.id) and item.left_out:
            raw = item.left_out
    value, message = _parsed(item, raw, rulebook)
    found.said[item.id] = value
    if message:
        found.errors[item.id] = message


def _parsed(item: Item, raw: Any, rulebook: Rulebook) -> tuple[Answer | None, str]:
    """A stored answer, or ``None`` and what is wrong in a person's words."""
    if raw is None or raw in ("", []):
        return None, ""
    if item.kind in (Kind.NUMBER, Kind.SCALE):
        return _number(item, str(raw).strip(), rulebook)
    if item.kind is Kind.TEXT:
        return _text(item, str(raw))
    value, message = check_answer(item, raw, rulebook.questionnaire)
    if message and item.kind is Kind.MULTI and set(raw) & item.alone:
        return None, _(
            "You ticked 'None of these' and something else. Please keep one of the two: %(what)s",
            what=item.short,
        )
    return value, _("Select an answer: %(what)s", what=item.short) if message else ""


def _number(item: Item, raw: str, rulebook: Rulebook) -> tuple[Answer | None, str]:
    try:
        number = float(raw.replace(",", ".")) if len(raw) < 20 and "_" not in raw else float("nan")
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):
        return None, _(
            "Enter %(what)s in figures, like %(example)s", what=item.short, example=item.example or "3"
        )
    low, high = item.low or 0, item.high or 0
    if not low <= number <= high:
        return None, _(
            "%(what)s must be between %(low)s and %(high)s",
            what=capital(item.short),
            low=f"{low:g}",
            high=f"{high:g}",
        )
    value, message = check_answer(
        item, int(number) if number == int(number) else number, rulebook.questionnaire
    )
    if message and item.step == 1:
        return None, _("Enter %(what)s as a whole number", what=item.short)
    return value, _("Enter %(what)s in halves", what=item.short) if message else ""


def _text(item: Item, raw: str) -> tuple[Answer | None, str]:
    tidy = " ".join(raw.split())
    if len(tidy) > item.max_characters:
        return None, _(
            "Shorten this to %(most)s characters (now %(now)s)", most=item.max_characters, now=len(tidy)
        )
    if not is_plain(tidy):
        return None, _("Please use letters and figures only: %(what)s", what=item.short)
    return tidy or None, ""


def capital(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def read_form(page: Page, form: BaseForm, rulebook: Rulebook) -> PageAnswers:
    """Everything a page said, with an error for each question that must be answered and is not.

    Whether a follow-up must be answered is for the caller to decide, who knows what is asked.
    """
    found = PageAnswers()
    for question in page.questions:
        _read_question(found, question, form, rulebook)
    for group in page.groups:
        style = group.card.style if group.card else ""
        if style == "ticks":
            _read_ticks(found, group, form)
        elif style == "groups":
            _read_groups(found, group, form)
        else:
            for question in group.questions:
                _require(found, question)
    return found


def _require(found: PageAnswers, question: Question) -> None:
    item = question.item
    empty = question.told is None and found.said.get(item.id) is None and item.id not in found.errors
    if empty and item.must is Must.ALWAYS:
        found.errors[item.id] = missing_words(question)


def missing_words(question: Question) -> str:
    """What to say about a question that must be answered and was left empty."""
    item = question.item
    if question.style == "row":
        return _("Select No, Yes or Not sure: %(what)s", what=item.short)
    if item.kind is Kind.NUMBER:
        return _("Enter %(what)s, for example %(example)s", what=item.short, example=item.example or "3")
    if item.kind is Kind.MULTI:
        return _("Tick what fits: %(what)s", what=item.short)
    return _("Select an answer: %(what)s", what=item.short)


def _read_ticks(found: PageAnswers, group: Group, form: BaseForm) -> None:
    """A tick-list card: lines left empty are harmless once anything on the card is ticked."""
    card = group.card
    if card is None:
        return
    asked = [question for question in group.questions if question.told is None]
    none, unsure = bool(_data(form, card.id + NONE)), bool(_data(form, card.id + UNSURE))
    opened = [question for question in asked if _data(form, TICK + question.item.id)]
    ticked = [question for question in asked if found.said[question.item.id] is not None]
    for question in opened:
        if question not in ticked and question.item.id not in found.errors:
            found.errors[question.item.id] = _("Say which: %(what)s", what=question.item.short)
    some = bool(ticked or opened)
    if none and some:
        found.errors[card.id + NONE] = _(
            "You ticked 'None of these' and something else. Please keep one of the two: %(what)s",
            what=card.title,
        )
    elif none and unsure:
        found.errors[card.id + NONE] = _(
            "Choose 'None of these' or 'I am not sure about some': %(what)s", what=card.title
        )
    elif asked and not (none or unsure or some):
        found.errors[card.id + NONE] = _("Tick what fits, or 'None of these': %(what)s", what=card.title)
    for question in asked:
        if question in ticked or question in opened:
            continue
        if unsure:
            found.unsure.append(question.item.id)
            found.said.pop(question.item.id)
        else:
            found.said[question.item.id] = benign(question.item)


def _read_groups(found: PageAnswers, group: Group, form: BaseForm) -> None:
    """A long list in headed parts, each with its own "none"."""
    question = group.questions[0]
    ticked = set(_data(form, question.item.id) or ())
    for name, (heading, options) in group_names(group).items():
        none, some = bool(_data(form, name)), bool(ticked & set(options))
        if none and some:
            found.errors[name] = _(
                "You ticked 'None of these' and something else. Please keep one of the two: %(what)s",
                what=heading,
            )
        elif not none and not some:
            found.errors[name] = _("Tick what fits, or 'None of these': %(what)s", what=heading)
    if not ticked and question.item.id not in found.errors:
        found.said[question.item.id] = benign(question.item)
    for other in group.questions[1:]:
        _require(found, other)
