"""A page with what its fields hold and what there is to say about it to HTML."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from hashlib import sha256

from flask import render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from msgspec import Struct, field

from selfcheck.web.blanks import drawn, filled, kept
from selfcheck.web.forms import Values, bind_form, group_names
from selfcheck.web.journey import Journey
from selfcheck.web.page import Page, in_easier_words
from selfcheck.web.state import CHANGE, dropped_words, renewed_words
from selfcheck.web.wishing import MORE


class Remarks(Struct, frozen=True):
    """What is said above a page: errors by field, a notice, odd answers (words and the field they lead to;
    ``confirmed`` are sent along, so that they are taken the next time), and lines to put in easier words.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    soft: tuple[tuple[str, str], ...] = ()
    confirmed: tuple[str, ...] = ()
    easier: frozenset[str] = frozenset()


def show_page(going: Journey, page: Page, values: Values, remarks: Remarks) -> str:
    """A page of the questionnaire with what its fields hold, errors first."""
    page = in_easier_words(page, remarks.easier) if remarks.easier else page
    confirmed = (*_confirmed(going), *remarks.confirmed)
    news = tuple(words for words in (dropped_words(), renewed_words()) if words)
    around = _around(going, page)

    def draw() -> str:
        return render_template(
            "pages/section.html",
            page=page,
            errors=_in_order(page, remarks.errors),
            remarks=remarks,
            confirmed=confirmed,
            news=news,
            places=going.answers.values.get("pain_sites", ()),
            **around,
            **_of_rules(going, page),
        )

    if confirmed or news or remarks != Remarks() or page.repeats_answers:
        blank = drawn(draw)
    else:
        blank = kept((page.variant, *around.values()), draw)
    return filled(blank, {**values, **_own_fields(going, page)}, _opened(going, page, values, remarks))


def _confirmed(going: Journey) -> Iterator[str]:
    """The odd answers that were confirmed when the page was sent."""
    sent = request.form.getlist("confirmed") if request.method == "POST" else ()
    return (notice.id for notice in going.rulebook.file.soft_notice if notice.id in sent)


def _in_order(page: Page, errors: Mapping[str, str]) -> dict[str, str]:
    """Errors by field, as the page has them."""
    order = page_fields(page) if errors else []
    return dict(sorted(errors.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 0))


def page_state(going: Journey, page: Page) -> str:
    """A mark that changes with the answers of a page, to notice that another window has changed them."""
    values = [[question.item.id, going.answers.values.get(question.item.id)] for question in page.questions]
    return sha256(json.dumps(values).encode()).hexdigest()[:12]


def _around(going: Journey, page: Page) -> dict[str, Hashable]:
    """What stands around the questions and differs from person to person. The drawn page is kept by it: no
    text, number or list of ticks of anybody may be in it.
    """
    settings, tests, titles = going.rulebook.file.journey, going.home_tests, _titles(going)
    test = going.rulebook.home_tests.get(page.section.test or "")
    starting = settings.wishes.get(page.section.id) == settings.tests_wish
    offering = page.section.id == settings.wish_page and not going.shortened
    return {
        "back": _before(going, page.slug),
        "changing": bool(request.values.get(CHANGE)),
        "helping": going.answers.values.get("filled_by"),
        "wishes": tuple((wish, settings.wish_labels[wish]) for wish in going.wishes_on(page.section)),
        "careful": test.careful if test is not None and tests.careful else None,
        "parts": tuple(part.words for part in tests.parts_left_out(page.section)),
        "starting": starting,
        "listed": tuple((titles[name], tests.left_out(name)) for name in tests.short) if starting else (),
        "further": tuple((name, titles[name]) for name in tests.further) if starting else (),
        "no_tests": settings.no_tests_words if offering and not tests.offered else "",
    }


def _of_rules(going: Journey, page: Page) -> dict[str, object]:
    """What the rules say of a page, the same for everybody who sees it."""
    rulebook = going.rulebook
    return {
        "heading": _("One by one: %(title)s", title=page.section.title) if page.each else page.section.title,
        "form": bind_form(page, rulebook),
        "crisis_item": rulebook.file.triage.crisis_item,
        "kinds": rulebook.questionnaire.answer_types,
        "names": {name: part for group in page.groups for name, part in group_names(group).items()},
        "test": rulebook.home_tests.get(page.section.test or ""),
        "left_out": rulebook.file.journey.left_out_words,
    }


def _own_fields(going: Journey, page: Page) -> dict[str, object]:
    """The fields of a page that hold no answer of it."""
    return {
        "csrf_token": generate_csrf(),
        "seen": page_state(going, page),
        **dict.fromkeys(going.wishes, True),
        MORE: list(going.wishes),
    }


def _opened(going: Journey, page: Page, values: Values, remarks: Remarks) -> Iterator[str]:
    """What is folded on a page and stands open: somebody has used it."""
    yield from (
        group.name for group in page.groups if group.folded and group.is_filled(values, remarks.errors)
    )
    if not going.rulebook.home_tests.keys().isdisjoint(going.wishes):
        yield MORE


def _titles(going: Journey) -> dict[str, str]:
    """The title of the page of each home test."""
    sections = going.rulebook.questionnaire.sections.values()
    return {section.test: section.title for section in sections if section.test is not None}


def page_fields(page: Page) -> list[str]:
    """The names that errors of a page can have, in the order of the page."""
    names = []
    for group in page.groups:
        for question in group.questions:
            names.append(question.item.id)
            names.extend(follow_up.item.id for follow_up in question.follow_ups)
        if group.card is not None:
            names.append(f"{group.card.id}_none")
    return names


def _before(going: Journey, slug: str) -> str | None:
    slugs = going.slugs
    place = slugs.index(slug) if slug in slugs else 0
    return slugs[place - 1] if place else None
