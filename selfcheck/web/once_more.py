"""Reasons to show a page once more before its answers are taken: odd answers, "not sure" again and again,
and another window. Sent again, the answers are taken as they are.
"""

from __future__ import annotations

from collections import Counter

from flask import request, session
from flask_babel import gettext as _

from selfcheck.answers import Answers
from selfcheck.assessment.reading import read
from selfcheck.rulebook.parts.journey import SecondLook
from selfcheck.web.forms import NOT_SURE
from selfcheck.web.journey import Journey
from selfcheck.web.page import Page
from selfcheck.web.showing import Remarks, page_state
from selfcheck.web.submitted import PageAnswers

CONFIRMED = "confirmed"
EASIER = "easier"
LOOKED = "looked"


def once_more(going: Journey, page: Page, found: PageAnswers, answers: Answers) -> Remarks | None:
    """What to say with the page shown again; ``None`` where its answers are taken."""
    if _changed_elsewhere(going, page, found):
        words = _(
            "This page was changed in another window. Here is what you sent from this one. Press Continue to keep it."
        )
        return Remarks(notice=words)
    notices = _soft_notices(going, page, answers)
    if notices:
        return Remarks(soft=tuple(notices.values()), confirmed=tuple(notices))
    unsure = _unsure(going, page, found)
    if unsure:
        session[EASIER] = [*session.get(EASIER, ()), page.slug]
        return Remarks(easier=unsure)
    return None


def _changed_elsewhere(going: Journey, page: Page, found: PageAnswers) -> bool:
    """Whether the answers of the page are not those it was opened with, nor those sent now."""
    opened_with = request.form.get("seen")
    if opened_with is None or opened_with == page_state(going, page):
        return False
    return any(going.answers.values.get(item) != value for item, value in found.said.items())


def _soft_notices(going: Journey, page: Page, answers: Answers) -> dict[str, tuple[str, str]]:
    """What is odd and has not been confirmed: words and the first item, by notice."""
    confirmed = request.form.getlist(CONFIRMED)
    notices = [
        notice
        for notice in going.rulebook.file.soft_notice
        if notice.section == page.section.id and notice.id not in confirmed
    ]
    if not notices:
        return {}
    strict = read(going.rulebook, answers).strict
    return {notice.id: (notice.text, notice.items[0]) for notice in notices if notice.when.holds(strict)}


def _unsure(going: Journey, page: Page, found: PageAnswers) -> frozenset[str]:
    """The lines of cards with many "not sure" that can be put in easier words; once for each page."""
    if page.slug in session.get(EASIER, ()):
        return frozenset()
    items = [
        question.item
        for question in page.questions
        if question.item.easier and found.said.get(question.item.id) in (NOT_SURE, (NOT_SURE,))
    ]
    by_card = Counter(item.card for item in items)
    enough = going.rulebook.file.journey.unsure_from
    return frozenset(item.id for item in items if by_card[item.card] >= enough)


def look_once(going: Journey, page: Page) -> None:
    """Note that a question which is to be looked at again has been."""
    here = {question.item.id for question in page.questions}
    looks = [look.item for look in looks_due(going) if look.item in here]
    if looks:
        session[LOOKED] = [*session.get(LOOKED, ()), *looks]


def looks_due(going: Journey) -> list[SecondLook]:
    """The questions to look at once more."""
    return [
        look
        for look in going.rulebook.file.journey.second_look
        if look.item not in session.get(LOOKED, ()) and look.when.holds(going.reading.strict)
    ]
