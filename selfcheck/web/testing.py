"""Home tests that are skipped or that hurt, and the page on which to rest."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from selfcheck.web.forms import Values
from selfcheck.web.journey import Journey
from selfcheck.web.page import Page
from selfcheck.web.state import journey, keep
from selfcheck.web.submitted import chosen

testing = Blueprint("testing", __name__)

STOPPED_AT = "stopped_at"


def leave_test(going: Journey, page: Page, values: Values, *, stopped: bool) -> ResponseReturnValue:
    """Go on without a test. One that hurt is noted, and only where it hurt is kept of it."""
    if not stopped:
        return _next_test(page.slug)
    items = going.rulebook.questionnaire.items
    ticked = chosen(page, values, going.rulebook)
    here = (question.item.id for question in page.questions)
    kept = {item: ticked.get(item) if items[item].kept_when_stopped else None for item in here}
    record = going.rulebook.file.journey.stopped_item
    name = (page.section.test or "").removeprefix("t_")
    keep(going.answers.with_changes({**kept, record: tuple(dict.fromkeys((*_stopped(going), name)))}))
    if going.rulebook.file.journey.stopped is None:
        return _next_test(page.slug)
    session[STOPPED_AT] = page.slug
    return redirect(url_for("testing.rest"), 303)


def _stopped(going: Journey) -> tuple[str, ...]:
    """The tests that were stopped so far."""
    said = going.answers.values.get(going.rulebook.file.journey.stopped_item, ())
    return said if isinstance(said, tuple) else ()


def _next_test(slug: str) -> ResponseReturnValue:
    following = journey().after(slug)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    return redirect(url_for("pages.section", slug=following), 303)


@testing.get("/check/test-stopped")
def rest() -> ResponseReturnValue:
    """What to watch for after a test that hurt, and the ways on."""
    going = journey()
    words, slug = going.rulebook.file.journey.stopped, session.get(STOPPED_AT)
    if words is None or slug is None:
        return redirect(url_for("pages.check"))
    following = going.after(slug)
    enough = len(_stopped(going)) >= words.most
    return render_template("pages/stopped.html", stopped=words, following=None if enough else following)
