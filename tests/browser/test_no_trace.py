"""What a real browser asks for and keeps, on a journey through the server as the README starts it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.boxed import boxed
from tests.browser.conftest import PHONE, Watched
from tests.browser.steps import walk

pytestmark = pytest.mark.browser
WORDS = "Zanzibarbruise and more"
MARKS = (WORDS, "Zanzibarbruise", quote(WORDS), "low_back", "gAAAA")


def carry_away(person: Watched) -> None:
    """Look at the result and take it along in each form."""
    person.open("/result")
    assert person.page.url.endswith("/result")
    person.open("/result/handout")
    assert WORDS in person.page.content()
    for path in ("/result/handout.pdf", "/result/handout.txt", "/result/fhir.json"):
        assert person.page.request.get(person.address + path).ok


def test_a_browser_asks_nobody_else_and_keeps_nothing_after_clearing(
    browser: Browser, tmp_path: Path
) -> None:
    with boxed(tmp_path) as server, browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        person = Watched(context.new_page(), server.address)
        context.on("request", person.note_request)
        person.open("/")
        for name in walk(person):
            if name == "own-words":
                person.page.fill("#own_problem", WORDS)
        carry_away(person)
        assert [cookie["name"] for cookie in context.cookies()] == ["selfcheck"]
        person.open("/clear")
        person.press()
        assert context.cookies() == []
        person.page.go_back()
        person.page.go_back()
        assert WORDS not in person.page.content()
        assert context.storage_state() == {"cookies": context.cookies(), "origins": []}
        server.end()
    assert len(person.requests) > 20
    assert [url for url in person.requests if not url.startswith(f"{server.address}/")] == []
    assert [url for url in person.requests if any(mark in url for mark in MARKS)] == []
    assert person.messages == []
    assert not any(mark in server.said() for mark in MARKS)
