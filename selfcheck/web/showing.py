"""A page with its form and what there is to say about it to HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from flask import render_template, request
from flask_babel import gettext as _
from msgspec import Struct, field
from wtforms.form import BaseForm

from selfcheck.web.forms import group_names
from selfcheck.web.journey import Journey
from selfcheck.web.page import Page, in_easier_words
from selfcheck.web.state import CHANGE, dropped_words, renewed_words


class Remarks(Struct, frozen=True):
    """What is said above a page: errors by field, a notice, odd answers (words and the field they lead to;
    ``confirmed`` are sent along, so that they are taken the next time), and lines to put in easier words.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    soft: tuple[tuple[str, str], ...] = ()
    confirmed: tuple[str, ...] = ()
    easier: frozenset[str] = frozenset()


def show_page(going: Journey, page: Page, form: BaseForm, remarks: Remarks) -> str:
    """A page of the questionnaire, errors first."""
    page = in_easier_words(page, remarks.easier)
    order = page_fields(page)
    errors = sorted(remarks.errors.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 0)
    return render_template(
        "pages/section.html",
        page=page,
        heading=_heading(page),
        form=form,
        errors=dict(errors),
        remarks=remarks,
        confirmed=(*request.form.getlist("confirmed"), *remarks.confirmed),
        seen=page_state(going, page),
        dropped=dropped_words(),
        renewed=renewed_words(),
        back=_before(going, page.slug),
        changing=request.values.get(CHANGE),
        wishes=_wishes(going, page),
        helping=going.answers.values.get("filled_by"),
        crisis_item=going.rulebook.file.triage.crisis_item,
        kinds=going.rulebook.questionnaire.answer_types,
        names={name: part for group in page.groups for name, part in group_names(group).items()},
        places=going.answers.values.get("pain_sites", ()),
        **_about_tests(going, page),
    )


def page_state(going: Journey, page: Page) -> str:
    """A mark that changes with the answers of a page, to notice that another window has changed them."""
    values = [[question.item.id, going.answers.values.get(question.item.id)] for question in page.questions]
    return sha256(json.dumps(values).encode()).hexdigest()[:12]


def _heading(page: Page) -> str:
    return _("One by one: %(title)s", title=page.section.title) if page.each else page.section.title


def _about_tests(going: Journey, page: Page) -> dict[str, object]:
    """What pages of the home tests, and the page that offers them, show."""
    rulebook, tests = going.rulebook, going.home_tests
    settings, titles = rulebook.file.journey, _titles(going)
    test = rulebook.home_tests.get(page.section.test or "")
    starting = settings.wishes.get(page.section.id) == settings.tests_wish
    offering = page.section.id == settings.wish_page and not going.shortened
    return {
        "test": test,
        "careful": test.careful if test is not None and tests.careful else None,
        "parts": [part.words for part in tests.parts_left_out(page.section)],
        "starting": starting,
        "listed": [(titles[name], tests.left_out(name)) for name in tests.short] if starting else [],
        "further": [(name, titles[name], name in going.wishes) for name in tests.further] if starting else [],
        "left_out": settings.left_out_words,
        "no_tests": settings.no_tests_words if offering and not tests.offered else "",
    }


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


def _wishes(going: Journey, page: Page) -> list[tuple[str, str, bool]]:
    """The boxes of the page that offers more: name, label, ticked."""
    labels = going.rulebook.file.journey.wish_labels
    return [(wish, labels[wish], wish in going.wishes) for wish in going.wishes_on(page.section)]


def _before(going: Journey, slug: str) -> str | None:
    slugs = going.slugs
    place = slugs.index(slug) if slug in slugs else 0
    return slugs[place - 1] if place else None
