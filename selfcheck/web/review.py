"""The answers so far as the check page lists them: page by page, harmless ones together."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from selfcheck.handout.words import answer_words
from selfcheck.questionnaire import Item, Section
from selfcheck.web.forms import NOT_SURE, benign
from selfcheck.web.journey import Journey


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer on the check page: what was asked, what was said, and where to change it."""

    item: str
    slug: str
    question: str
    answer: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answers of one page; harmless warning signs and risks are counted together."""

    title: str
    rows: tuple[AnswerRow, ...]
    harmless: tuple[AnswerRow, ...]


def answer_part(going: Journey, section: Section) -> AnswerPart:
    """The answers of one page."""
    rows = [(item, _row(going, section, item)) for item in going.asked(section)]
    quiet = {
        item.id
        for item, _row_of in rows
        if item.block in ("A", "B", "C", "risk")
        and benign(item) is not None
        and going.answers.values.get(item.id) == benign(item)
    }
    return AnswerPart(
        section.title,
        tuple(row for item, row in rows if item.id not in quiet),
        tuple(row for item, row in rows if item.id in quiet),
    )


def _row(going: Journey, section: Section, item: Item) -> AnswerRow:
    value = going.answers.values.get(item.id)
    words = "" if value is None else answer_words(item, value, going.rulebook)
    if value is not None and item.id in going.rulebook.file.triage.private_items:
        words = _("Answered")
    alarming = isinstance(value, str) and (value in item.alarm or value == NOT_SURE)
    return AnswerRow(item.id, section.id, item.short, words, alarming)
