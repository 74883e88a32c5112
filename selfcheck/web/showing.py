"""A page with its form and errors to HTML."""

from __future__ import annotations

from flask import render_template, request, session
from flask_babel import gettext as _
from wtforms.form import BaseForm

from selfcheck.web.forms import group_names
from selfcheck.web.journey import Journey
from selfcheck.web.layout import Page
from selfcheck.web.state import CHANGE, DROPPED


def show_page(going: Journey, page: Page, form: BaseForm, errors: dict[str, str], notice: str = "") -> str:
    """A page of the questionnaire, errors first."""
    order = page_fields(page)
    test = going.rulebook.home_tests.get(page.section.test or "")
    settings = going.rulebook.file.journey
    offering = page.section.id == settings.wish_page
    return render_template(
        "pages/section.html",
        page=page,
        heading=_heading(page),
        form=form,
        errors=dict(sorted(errors.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 0)),
        notice=notice,
        dropped=session.pop(DROPPED, ()),
        back=_before(going, page.slug),
        changing=request.values.get(CHANGE),
        test=test,
        tests=_titles(going) if page.section.id in settings.wishes else (),
        wishes=_wishes(going, page),
        no_tests=settings.no_tests_words if offering and not going.offers_tests else "",
        helping=going.answers.values.get("filled_by"),
        kinds=going.rulebook.questionnaire.answer_types,
        names={name: part for group in page.groups for name, part in group_names(group).items()},
        places=going.answers.values.get("pain_sites", ()),
    )


def _heading(page: Page) -> str:
    return _("One by one: %(title)s", title=page.section.title) if page.each else page.section.title


def _titles(going: Journey) -> list[str]:
    """The titles of the home tests that this person is offered."""
    return [part.title for part in going.sections() if part.test is not None]


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
    settings = going.rulebook.file.journey
    if page.section.id != settings.wish_page:
        return []
    return [
        (wish, label, wish in going.wishes)
        for wish, label in settings.wish_labels.items()
        if wish != settings.tests_wish or going.offers_tests
    ]


def _before(going: Journey, slug: str) -> str | None:
    slugs = going.slugs
    place = slugs.index(slug) if slug in slugs else 0
    return slugs[place - 1] if place else None
