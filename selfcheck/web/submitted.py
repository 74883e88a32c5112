"""What was sent from a page to answers, or to an error for each question that has to be put right."""

from __future__ import annotations

import math
from typing import Any

from flask_babel import gettext as _
from msgspec import Struct, field

from selfcheck.answers import Answer, check_answer, is_plain
from selfcheck.questionnaire import Item, Kind, Must
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.forms import NONE, TICK, UNSURE, WHEN, YES, Values, benign, group_names
from selfcheck.web.page import Group, Page, Question

Answered = dict[str, Answer | None]
LONGEST_NUMBER = 20


class PageAnswers(Struct):
    """What a form said: answers (``None`` takes one away), errors by field, and the lines a person was
    not sure about.
    """

    said: Answered = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)


def chosen(page: Page, values: Values, rulebook: Rulebook) -> Answered:
    """Only what was ticked, chosen or written and can be understood; nothing left empty counts as no."""
    found = PageAnswers()
    for question in page.questions:
        _read_question(found, question, values, rulebook)
    return {item: value for item, value in found.said.items() if value is not None}


def _read_question(found: PageAnswers, question: Question, values: Values, rulebook: Rulebook) -> None:
    """Put what a question's own fields say into ``found``: an answer, ``None`` for nothing, or an error."""
    item = question.item
    if question.told:
        return
    if question.style == "row":
        answer = values.get(item.id)
        raw: Any = (values.get(item.id + WHEN) or item.left_out) if answer == YES else answer
    elif question.style == "line":
        raw = item.ticked if values.get(TICK + item.id) else None
    else:
        raw = values.get(item.id) or None
        if question.style == "opens" and raw is None and values.get(TICK + item.id) and item.left_out:
            raw = item.left_out
    value, message = _parsed(item, raw, rulebook)
    found.said[item.id] = value
    if message:
        found.errors[item.id] = message


def _parsed(item: Item, raw: object, rulebook: Rulebook) -> tuple[Answer | None, str]:
    """A stored answer, or ``None`` and what is wrong in a person's words."""
    if raw is None or raw in ("", []):
        return None, ""
    if item.kind in (Kind.NUMBER, Kind.SCALE):
        return _number(item, str(raw).strip(), rulebook)
    if item.kind is Kind.TEXT:
        return _text(item, str(raw))
    value, message = check_answer(item, raw, rulebook.questionnaire)
    if message and item.kind is Kind.MULTI and isinstance(raw, list) and set(raw) & item.alone:
        return None, _(
            "You ticked 'None of these' and something else. Please keep one of the two: %(what)s",
            what=item.short,
        )
    return value, _("Select an answer: %(what)s", what=item.short) if message else ""


def _number(item: Item, raw: str, rulebook: Rulebook) -> tuple[Answer | None, str]:
    try:
        number = (
            float(raw.replace(",", ".")) if len(raw) < LONGEST_NUMBER and "_" not in raw else float("nan")
        )
    except ValueError:
        number = float("nan")
    if not math.isfinite(number):
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


def read_form(page: Page, values: Values, rulebook: Rulebook) -> PageAnswers:
    """Everything a page said, with an error for each question that must be answered and is not.

    Whether a follow-up must be answered is for the caller to decide, who knows what is asked.
    """
    found = PageAnswers()
    for question in page.questions:
        _read_question(found, question, values, rulebook)
    for group in page.groups:
        style = group.card.style if group.card else ""
        if style == "ticks":
            _read_ticks(found, group, values)
        elif style == "groups":
            _read_groups(found, group, values)
        else:
            for question in group.questions:
                _require(found, question)
    return found


def _require(found: PageAnswers, question: Question) -> None:
    item = question.item
    empty = not question.told and found.said.get(item.id) is None and item.id not in found.errors
    if empty and item.must is Must.ALWAYS:
        found.errors[item.id] = missing_words(question)


def missing_words(question: Question, *, below: bool = False) -> str:
    """What to say about a question that must be answered and was left empty; ``below`` another answer."""
    item = question.item
    words = _("Select an answer: %(what)s", what=item.short)
    if question.style == "row":
        words = _("Select No, Yes or Not sure: %(what)s", what=item.short)
    elif item.body_map:
        words = _("Tick at least one place")
    elif item.kind is Kind.NUMBER:
        words = _("Enter %(what)s, for example %(example)s", what=item.short, example=item.example or "3")
    elif below:
        words = _("One more answer is needed: %(what)s", what=item.short)
    elif item.kind is Kind.MULTI:
        words = _("Tick what fits: %(what)s", what=item.short)
    return str(words)


def _read_ticks(found: PageAnswers, group: Group, values: Values) -> None:
    """A tick-list card: lines left empty are harmless once anything on the card is ticked."""
    card = group.card
    if card is None:
        return
    asked = [question for question in group.questions if not question.told]
    none, unsure = bool(values.get(card.id + NONE)), bool(values.get(card.id + UNSURE))
    opened = [question for question in asked if values.get(TICK + question.item.id)]
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


def _read_groups(found: PageAnswers, group: Group, values: Values) -> None:
    """A long list in headed parts, each with its own "none"."""
    question = group.questions[0]
    ticked = set(values.get(question.item.id) or ())
    for name, (heading, options) in group_names(group).items():
        none, some = bool(values.get(name)), bool(ticked & set(options))
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
