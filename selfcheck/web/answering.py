"""What a person sent from a page: kept, put right, or interrupted by an emergency."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.form import BaseForm

from selfcheck.answers import Answers
from selfcheck.questionnaire import Kind, Must
from selfcheck.web.changes import ask_about, taken_back, waiting
from selfcheck.web.forms import benign
from selfcheck.web.journey import Journey
from selfcheck.web.layout import Page
from selfcheck.web.showing import show_page
from selfcheck.web.state import CHANGE, WISHES, journey, keep, keeps
from selfcheck.web.submitted import PageAnswers, chosen, missing_words


def leave_test(going: Journey, page: Page, form: BaseForm, *, stopped: bool) -> ResponseReturnValue:
    """Go on without a test. One that hurt is noted, and only where it hurt is kept of it."""
    if stopped:
        ticked = chosen(page, form, going.rulebook)
        kept = {item: ticked.get(item) if going.rulebook.questionnaire.items[item].kept_when_stopped else None
                for item in (question.item.id for question in page.questions)}  # fmt: skip
        record = going.rulebook.file.journey.stopped_item
        before = going.answers.values.get(record, ())
        name = (page.section.test or "").removeprefix("t_")
        keep(
            going.answers.with_changes(
                {**kept, record: (*before, name) if isinstance(before, tuple) else (name,)}
            )
        )
    following = journey().after(page.slug)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    return redirect(url_for("pages.section", slug=following), 303)


def interrupted(going: Journey, page: Page, form: BaseForm) -> ResponseReturnValue | None:
    """To the emergency page, if what was ticked on this page makes an emergency, whatever else it lacks."""
    ticked = going.answers.with_changes(chosen(page, form, going.rulebook))
    after = Journey(going.rulebook, ticked)
    if after.assessment.triage.level.id != going.rulebook.file.triage.interrupts:
        return None
    keep(ticked)
    return redirect(url_for("pages.result"))


def require_follow_ups(going: Journey, page: Page, found: PageAnswers, answers: Answers) -> None:
    """An error for each question of the page that is asked with these answers and must be answered; and
    no answer for those that are not asked.
    """
    after = Journey(going.rulebook, answers)
    for question in page.questions:
        item = question.item
        if item.follows is None and not page.each:
            continue
        if not after.is_asked(item, page.section):
            found.errors.pop(item.id, None)
            if item.section == page.section.id:
                found.said[item.id] = None
            else:
                found.said.pop(item.id, None)
        elif (
            item.must in (Must.WHEN_ASKED, Must.ALWAYS)
            and found.said.get(item.id) is None
            and item.follows not in found.errors
        ):
            found.errors.setdefault(item.id, missing_words(question))


def forget_unsure(found: PageAnswers, going: Journey, page: Page) -> None:
    """Take back the "no" of a line that the person is now not sure about."""
    items = {question.item.id: question.item for question in page.questions}
    for name in found.unsure:
        if going.answers.values.get(name) == benign(items[name]):
            found.said[name] = None


def go_on(
    going: Journey, page: Page, form: BaseForm, found: PageAnswers, answers: Answers
) -> ResponseReturnValue:
    """Keep the answers and lead to the page that comes next."""
    if not keeps(answers.with_changes(found.said)):
        return show_page(going, page, form, too_long(page, found)), 422
    ask_about(taken_back(going.answers, journey().answers))
    name = page.section.id
    if not page.each:
        session["pending"] = {**session.get("pending", {}), name: found.unsure}
    if name == going.rulebook.file.journey.wish_page:
        session[WISHES] = [wish for wish in going.rulebook.file.journey.wish_labels if wish in request.form]
    question = waiting()
    if question is not None:
        return question
    after = journey()
    if request.form.get(CHANGE) and not found.unsure:
        following = after.first_open
    elif name in going.rulebook.file.journey.on_request:
        following = None
    else:
        following = after.after(page.slug)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    changing = "1" if request.form.get(CHANGE) else None
    return redirect(url_for("pages.section", slug=following, change=changing), 303)


def too_long(page: Page, found: PageAnswers) -> dict[str, str]:
    """Errors for the texts of a page that together are more than a cookie can hold."""
    texts = [question.item for question in page.questions if question.item.kind is Kind.TEXT]
    words = _("Shorten this: all texts together are too long to be kept")
    return {item.id: words for item in texts if found.said.get(item.id)}
