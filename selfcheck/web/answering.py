"""What a person sent from a page: kept, put right, or interrupted by an emergency."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec.structs import replace

from selfcheck.answers import Answers, faults_between
from selfcheck.questionnaire import Kind, Must
from selfcheck.web.changes import ask_about, taken_back, waiting
from selfcheck.web.forms import Values, benign
from selfcheck.web.journey import Journey
from selfcheck.web.notices import notice_due
from selfcheck.web.once_more import look_once
from selfcheck.web.page import Page
from selfcheck.web.showing import Remarks, show_page
from selfcheck.web.state import CHANGE, WISHES, journey, keep, keeps
from selfcheck.web.submitted import PageAnswers, chosen, missing_words


def interrupted(going: Journey, page: Page, values: Values) -> ResponseReturnValue | None:
    """To the emergency page, if what was ticked on this page makes an emergency, whatever else it lacks."""
    ticked = going.answers.with_changes(chosen(page, values, going.rulebook))
    if not Journey(going.rulebook, ticked).interrupted:
        return None
    keep(ticked)
    return redirect(url_for("pages.result"))


def require_follow_ups(going: Journey, page: Page, found: PageAnswers, answers: Answers) -> None:
    """An error for each question of the page that is asked with these answers and must be answered; and
    no answer for those that are not asked.
    """
    after = replace(going, answers=answers)
    for question in page.questions:
        item = question.item
        if item.follows is None and item.wish is None and not page.each:
            continue
        if item.follows in found.unsure:
            continue  # the one-by-one page asks both
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
            found.errors.setdefault(item.id, missing_words(question, below=item.follows is not None))


def forget_unsure(found: PageAnswers, going: Journey, page: Page) -> None:
    """Take back the "no" of a line that the person is now not sure about."""
    items = {question.item.id: question.item for question in page.questions}
    for name in found.unsure:
        if going.answers.values.get(name) == benign(items[name]):
            found.said[name] = None


def compare(found: PageAnswers, going: Journey, answers: Answers) -> None:
    """An error for each answer of the page that another answer does not allow."""
    items = going.rulebook.questionnaire.items
    for fault in faults_between(going.rulebook.questionnaire, answers):
        if found.said.get(fault.item) is not None:
            item = items[fault.item]
            words = (
                _("Choose one of the places you ticked")
                if item.among
                else _("This cannot be more than your age")
            )
            found.errors.setdefault(fault.item, words)


def go_on(going: Journey, page: Page, values: Values, found: PageAnswers) -> ResponseReturnValue:
    """Keep the answers and lead to the page that comes next."""
    session[WISHES] = list(going.wishes)
    if not keeps(going.answers.with_changes(found.said)):
        return show_page(going, page, values, Remarks(errors=too_long(page, found))), 422
    ask_about(taken_back(going.answers, journey().answers))
    if not page.each:
        session["pending"] = {**session.get("pending", {}), page.section.id: found.unsure}
    question = waiting()
    if question is not None:
        return question
    look_once(going, page)
    return _following(page, changing=bool(request.form.get(CHANGE)), unsure=bool(found.unsure))


def _following(page: Page, *, changing: bool, unsure: bool) -> ResponseReturnValue:
    """To the next page, a notice before it, or back to the check page."""
    after = journey()
    if changing and not unsure:
        following = after.first_open
    elif page.section.id in after.rulebook.file.journey.on_request:
        following = None
    else:
        following = after.after(page.slug)
        notice = notice_due(after, page.slug, following)
        if notice is not None:
            return redirect(url_for("notices.notice", name=notice), 303)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    return redirect(url_for("pages.section", slug=following, change="1" if changing else None), 303)


def too_long(page: Page, found: PageAnswers) -> dict[str, str]:
    """Errors for the texts of a page that together are more than a cookie can hold."""
    texts = [question.item for question in page.questions if question.item.kind is Kind.TEXT]
    words = _("Shorten this: all texts together are too long to be kept")
    return {item.id: words for item in texts if found.said.get(item.id)}
