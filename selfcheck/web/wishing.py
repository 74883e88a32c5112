"""What somebody wishes for beside the questions: more details, home tests, further tests."""

from __future__ import annotations

from flask import request
from msgspec.structs import replace

from selfcheck.web.journey import Journey
from selfcheck.web.page import Page

MORE = "more"


def with_wishes(going: Journey, page: Page) -> Journey:
    """The journey with what was ticked on the page that offers more, or on the first page of the tests."""
    settings = going.rulebook.file.journey
    tests = going.rulebook.home_tests
    if page.section.id == settings.wish_page:
        ticked = [wish for wish in settings.wish_labels if wish in request.form]
        others = [wish for wish in going.wishes if wish not in settings.wish_labels]
        return replace(going, wishes=(*ticked, *others))
    if settings.wishes.get(page.section.id) == settings.tests_wish:
        more = [test for test in request.form.getlist(MORE) if test in tests]
        others = [wish for wish in going.wishes if wish not in tests and wish != settings.tests_wish]
        return replace(going, wishes=(*others, settings.tests_wish, *more))
    return going
