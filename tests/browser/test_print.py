"""The print view on paper, as a real browser sets it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from selfcheck.answers import Answers
from selfcheck.handout.html import to_html
from selfcheck.handout.model import Handout
from selfcheck.handout.pdf import Paper, sheet_fit
from selfcheck.handout.written import BROWSER_ROOM
from selfcheck.rulebook.model import Rulebook
from tests.handout.persons import everything, made, squeezed

pytestmark = pytest.mark.browser
FORMATS: Mapping[Paper, str] = {"a4": "A4", "letter": "Letter"}


def printed(browser: Browser, handout: Handout, paper: Paper) -> list[str]:
    """The text of each page that the browser prints."""
    page = browser.new_page(java_script_enabled=False)
    page.set_content(to_html(handout, paper, sheet_fit(handout, paper, room=BROWSER_ROOM)))
    content = page.pdf(format=FORMATS[paper], prefer_css_page_size=False, print_background=False)
    page.close()
    return [squeezed(one.extract_text()) for one in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("paper", FORMATS)
@pytest.mark.parametrize("person", ["benign", "urgent", "wide", "emoji"])
def test_the_sheet_is_one_page_in_the_browser_too(
    browser: Browser, rulebook: Rulebook, base: Mapping[str, object], person: str, paper: Paper
) -> None:
    answers: dict[str, Answers | dict[str, object]] = {
        "benign": {**base, "own_problem": "I cannot sit", "t_thomas_left": "clearly_above"},
        "urgent": {**base, "rf_fever": "yes"},
        "wide": everything(rulebook, "W", alarms=False),
        "emoji": everything(rulebook, "\U0001f600", alarms=True),
    }
    handout = made(rulebook, answers[person])
    pages = printed(browser, handout, paper)
    title, foot = squeezed(handout.sheet.title), squeezed(handout.sheet.foot.answered)
    where = [number for number, page in enumerate(pages) if title in page or foot in page]
    assert len(where) == 1
    if person in {"benign", "urgent"}:
        assert all(len(page) > 200 for page in pages)
