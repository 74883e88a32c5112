"""Requests to pages: read the cookie, ask the journey, show a template. Nothing is decided here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from selfcheck import __version__
from selfcheck.web.answering import compare, forget_unsure, go_on, interrupted, require_follow_ups
from selfcheck.web.changes import before_result, remarks, waiting
from selfcheck.web.correcting import corrections
from selfcheck.web.forms import sent_values, stored_values
from selfcheck.web.journey import Journey
from selfcheck.web.layout import each_page
from selfcheck.web.once_more import once_more
from selfcheck.web.page import EACH, Page
from selfcheck.web.resuming import shown_code
from selfcheck.web.review import review
from selfcheck.web.showing import Remarks, show_page
from selfcheck.web.state import (
    FROM_CODE,
    dropped_words,
    going_on,
    journey,
    keep,
    region,
    renewed_words,
    rulebook,
)
from selfcheck.web.submitted import read_form
from selfcheck.web.testing import leave_test
from selfcheck.web.wishing import with_wishes

pages = Blueprint("pages", __name__)


@pages.get("/")
def start() -> str:
    """The start page."""
    return render_template("pages/start.html", cleared=request.args.get("cleared") == "1")


@pages.get("/check/")
def check() -> ResponseReturnValue:
    """The first page that has something to answer, or the check page."""
    return redirect(_first(journey()))


def _first(going: Journey) -> str:
    first = going.first_open
    return url_for("pages.section", slug=first) if first is not None else url_for("pages.answers")


def page_at(going: Journey, slug: str) -> Page:
    """The page of an address, or 404."""
    name, each = slug.removesuffix(EACH), slug.endswith(EACH)
    section = going.rulebook.questionnaire.sections.get(name)
    if section is None:
        abort(404)
    if each:
        return each_page(going.reading, section, going.pending.get(name, ()))
    return going.page(section)


def _elsewhere(going: Journey, slug: str) -> ResponseReturnValue | None:
    """Where to go instead of a page that cannot be opened now; ``None`` where it can."""
    question = waiting()
    if question is not None:
        return question
    if going.interrupted:
        urgency = going.urgency
        items = going.rulebook.questionnaire.items
        fired = (
            *((flag.disposition, flag.because) for flag in urgency.flags),
            *((cluster.disposition, cluster.because) for cluster in urgency.clusters),
        )
        reasons = {
            items[reason.item].section
            for level, because in fired
            if level is urgency.level
            for reason in because
        }
        return None if slug.removesuffix(EACH) in reasons else redirect(url_for("pages.result"))
    if not going.may_open(slug):
        return redirect(_first(going))
    return None


@pages.get("/check/<slug>")
def section(slug: str) -> ResponseReturnValue:
    """One page of the questionnaire, with the answers so far."""
    going = going_on()
    page = page_at(going, slug)
    elsewhere = _elsewhere(going, slug)
    if elsewhere is not None:
        return elsewhere
    values = stored_values(page, going.rulebook, going.answers)
    return show_page(going, page, values, Remarks())


@pages.post("/check/<slug>")
def answer(slug: str) -> ResponseReturnValue:
    """What was sent from one page: the emergency check first, then errors, then the next page."""
    going = going_on()
    page = page_at(going, slug)
    values = sent_values(page, going.rulebook, request.form)
    if page.section.test and request.form.get("action"):
        return leave_test(going, page, values, stopped=request.form["action"] == "stopped")
    emergency = interrupted(going, page, values)
    if emergency is not None:
        return emergency
    going = with_wishes(going, page)
    found = read_form(page, values, going.rulebook)
    answers = going.answers.with_changes(found.said)
    require_follow_ups(going, page, found, answers)
    forget_unsure(found, going, page)
    compare(found, going, answers)
    if found.errors:
        return show_page(going, page, values, Remarks(errors=found.errors)), 422
    answers = answers.with_changes({item: found.said.get(item) for item in found.said})
    again = once_more(going, page, found, answers)
    if again is not None:
        return show_page(going, page, values, again), 422
    return go_on(going, page, values, found)


def show_again(view: dict[str, Any] | None) -> str:
    """A page with what was typed on it, after a form that was too old to be taken; the start page where
    there is no such page.
    """
    slug = (view or {}).get("slug")
    going = journey()
    if not isinstance(slug, str) or slug.removesuffix(EACH) not in going.rulebook.questionnaire.sections:
        return start()
    page = page_at(going, slug)
    values = sent_values(page, going.rulebook, request.form)
    words = _("This page had been open for too long. Please press Continue again.")
    return show_page(going, page, values, Remarks(notice=words))


@pages.get("/check/answers")
def answers() -> ResponseReturnValue:
    """Every answer with a link to change it."""
    going = journey()
    if going.interrupted:
        return redirect(url_for("pages.result"))
    settings, sections = going.rulebook.file.journey, going.rulebook.questionnaire.sections
    return render_template(
        "pages/answers.html",
        review=review(going),
        dropped=dropped_words(),
        renewed=renewed_words(),
        from_code=bool(session.get(FROM_CODE)),
        on_request=[] if going.no_plan else [(slug, sections[slug].title) for slug in settings.on_request],
    )


@pages.get("/result")
def result() -> ResponseReturnValue:
    """The result, or the first page with something still to answer."""
    elsewhere = before_result()
    if elsewhere is not None:
        return elsewhere
    return _show_result(journey())


@pages.post("/check/when")
def when() -> ResponseReturnValue:
    """Take the closer answer to a warning sign, and go where it leads."""
    going = journey()
    one = next((each for each in corrections(going) if each.item == request.form.get("item")), None)
    said = request.form.get("when", "")
    if one is not None and said in one.choices:
        keep(going.answers.with_changes({one.item: said}))
    elif one is not None and going.interrupted:
        return _show_result(going, unsaid=one.item), 422
    return redirect(url_for("pages.result" if journey().interrupted else "pages.check"), 303)


def _show_result(going: Journey, unsaid: str = "") -> str:
    from selfcheck.handout import content
    from selfcheck.handout.urgency import more_urgent

    sheet = content.result(going.rulebook, going.assessment, region(), going.reading)
    template = "pages/emergency.html" if sheet.interrupts else "pages/result.html"
    order = [disposition.id for disposition in going.rulebook.file.disposition]
    mistake = sheet.because[0] if sheet.because else None
    return render_template(
        template,
        sheet=sheet,
        rank=order.index(sheet.disposition),
        mistake=mistake,
        remarks=remarks(),
        asked_again=_asked_again(going),
        corrections=corrections(going) if sheet.interrupts else (),
        unsaid=unsaid,
        raising=more_urgent(going.rulebook, going.assessment, region()),
        code=None if sheet.interrupts else shown_code(going.answers),
    )


def _asked_again(going: Journey) -> str:
    """The page that somebody whose answers are those of a code goes on with; none for anybody else."""
    again = going.rulebook.file.journey.asked_again
    return again[0] if again and session.get(FROM_CODE) else ""


@pages.route("/clear", methods=["GET", "POST"])
def clear() -> ResponseReturnValue:
    """Ask whether to forget everything, and forget it."""
    if request.method == "GET":
        return render_template("pages/clear.html")
    session.clear()
    return redirect(url_for("pages.start", cleared=1), 303)


@pages.get("/healthz")
def healthz() -> Response:
    """That the server works, and its versions."""
    book = rulebook()
    return jsonify(
        status="ok",
        version=__version__,
        rules={"version": book.file.meta.version, "fingerprint": book.fingerprint},
    )
