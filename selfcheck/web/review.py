"""The answers so far as the check page lists them: what is open first, then heading by heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from flask_babel import gettext as _
from msgspec import Struct

from selfcheck.answers import Answer
from selfcheck.handout.words import answer_words
from selfcheck.questionnaire import Item, Section
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.journey import ReviewGroup, SecondLook
from selfcheck.web.forms import NOT_SURE, benign
from selfcheck.web.journey import Journey
from selfcheck.web.layout import items_on
from selfcheck.web.once_more import looks_due


class AskedRow(Struct, frozen=True, cache_hash=True):
    """A question on the check page, and where its answer is changed: page and item."""

    section: str
    item: str
    question: str


class AnswerRow(Struct, frozen=True):
    """One answer on the check page: what was asked, and what was said; whether that stands out, is not told, or is
    still open.
    """

    asked: AskedRow
    answer: str
    form: str = "usual"

    forms: ClassVar[Sequence[str]] = ("usual", "standing out", "private", "open")


class QuietRow(Struct, frozen=True, cache_hash=True):
    """One answer that says no, by page and item."""

    section: str
    item: str
    question: str
    answer: str

    everyones: ClassVar[bool] = True


class Harmless(Struct, frozen=True):
    """The answers of one card that say no, counted together."""

    title: str
    rows: tuple[QuietRow, ...]


class HomeTestRows(Struct, frozen=True):
    """The answers of one home test; ``state`` says that it was stopped or skipped."""

    title: str
    slug: str
    state: str
    rows: tuple[AnswerRow, ...]


class AnswerPart(Struct, frozen=True):
    """The answers under one heading."""

    title: str
    rows: tuple[AnswerRow, ...]
    harmless: tuple[Harmless, ...]
    tests: tuple[HomeTestRows, ...]


class Review(Struct, frozen=True):
    """The whole check page. ``looks`` are questions to look at once more, with the page they stand on;
    ``tests_page`` where home tests may still be done, ``next_tests`` those that would tell the most.
    """

    first_open: str | None
    open_rows: tuple[AnswerRow, ...]
    looks: tuple[tuple[SecondLook, str], ...]
    parts: tuple[AnswerPart, ...]
    tests_page: str | None
    tests_done: bool
    next_tests: tuple[str, ...]


def review(going: Journey) -> Review:
    """Everything that stands on the check page."""
    settings, items = going.rulebook.file.journey, going.rulebook.questionnaire.items
    tests_page = next((slug for slug, wish in settings.wishes.items() if wish == settings.tests_wish), None)
    offered = going.home_tests.offered and going.first_open is None
    done = settings.tests_wish in going.wishes
    shown = frozenset(section.id for section in going.sections)
    return Review(
        going.first_open,
        tuple(_open_rows(going)),
        tuple((look, items[look.item].section) for look in looks_due(going)),
        tuple(
            part
            for part in (_part(going, group, shown) for group in _groups(going))
            if part.rows or part.harmless or part.tests
        ),
        tests_page if offered else None,
        done,
        _next_tests(going) if offered and done else (),
    )


def _groups(going: Journey) -> Iterator[ReviewGroup]:
    """The headings of the rules; pages that none names stand under their own."""
    groups = going.rulebook.file.journey.review
    named = {slug for group in groups for slug in group.sections}
    yield from groups
    for slug, section in going.rulebook.questionnaire.sections.items():
        if slug not in named:
            yield ReviewGroup(title=section.title, sections=(slug,))


def _next_tests(going: Journey) -> tuple[str, ...]:
    sections = going.rulebook.questionnaire.sections.values()
    titles = {section.test: section.title for section in sections}
    tests = going.home_tests
    return tuple(titles[test] for test in tests.next_best if test not in tests.chosen)


def _open_rows(going: Journey) -> Iterator[AnswerRow]:
    for section in going.sections:
        wanted = going.open_items(section)
        if wanted:
            yield from (_row(going, section, item) for item in going.asked(section) if item.id in wanted)


def _part(going: Journey, group: ReviewGroup, shown: frozenset[str]) -> AnswerPart:
    """The answers of the pages under one heading; ``shown`` are this person's pages."""
    rows: list[AnswerRow] = []
    harmless: list[Harmless] = []
    tests: list[HomeTestRows] = []
    for slug in group.sections:
        section = going.rulebook.questionnaire.sections[slug]
        if slug not in shown and not _is_answered(going, section):
            continue
        if section.test is not None:
            tests.append(_home_test(going, section))
            continue
        said, quiet = going.answers.values, _quiet(going.rulebook, slug)
        by_card: dict[str, list[QuietRow]] = {}
        for item in going.asked(section):
            no = quiet.get(item.id)
            if no is not None and said.get(item.id) == no.value:
                by_card.setdefault(no.card, []).append(no.row)
            else:
                rows.append(_row(going, section, item))
        harmless += [
            Harmless(card.title, tuple(by_card[card.id])) for card in section.card if card.id in by_card
        ]
    return AnswerPart(group.title, tuple(rows), tuple(harmless), tuple(tests))


def _home_test(going: Journey, section: Section) -> HomeTestRows:
    """What a home test gave; of one with no answer, why there is none."""
    asked = going.asked(section)
    rows = tuple(_row(going, section, item) for item in asked if item.id in going.answers.values)
    stopped = going.answers.values.get(going.rulebook.file.journey.stopped_item, ())
    was_stopped = isinstance(stopped, tuple) and (section.test or "").removeprefix("t_") in stopped
    state = _("Stopped") if was_stopped else "" if rows else _("Skipped")
    return HomeTestRows(section.title, section.id, str(state), rows)


def _is_answered(going: Journey, section: Section) -> bool:
    items = going.rulebook.questionnaire.by_section[section.id]
    return any(item.id in going.answers.values for item in items)


class SaidNo(Struct, frozen=True):
    """An answer that says no to one of the ticks of a card, and its line."""

    value: Answer
    card: str
    row: QuietRow


@lru_cache(maxsize=256)
def _quiet(rulebook: Rulebook, section: str) -> Mapping[str, SaidNo]:
    """The answers that say no, by item, to what stands among the ticks of a card; rows always stand by themselves."""
    ticks = {card.id for card in rulebook.questionnaire.sections[section].card if card.style == "ticks"}
    found: dict[str, SaidNo] = {}
    for item in items_on(rulebook, section):
        no = benign(item)
        if item.card in ticks and no is not None and item.id not in rulebook.file.triage.private_items:
            words = answer_words(item, no, rulebook)
            found[item.id] = SaidNo(no, item.card, QuietRow(section, item.id, item.short, words))
    return found


@lru_cache(maxsize=1024)
def _asked_row(section: str, name: str, question: str) -> AskedRow:
    return AskedRow(section, name, question)


def _row(going: Journey, section: Section, item: Item) -> AnswerRow:
    asked, value = _asked_row(section.id, item.id, item.short), going.answers.values.get(item.id)
    if value is None:
        return AnswerRow(asked, "", "open")
    if item.id in going.rulebook.file.triage.private_items:
        return AnswerRow(asked, "", "private")
    alarming = isinstance(value, str) and (value in item.alarm or value == NOT_SURE)
    words = answer_words(item, value, going.rulebook)
    return AnswerRow(asked, words, "standing out" if alarming else "usual")
