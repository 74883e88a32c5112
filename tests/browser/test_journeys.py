"""Journeys in a real Chromium at phone width, scripts off unless a checker needs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.steps import walk

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]


def test_the_whole_journey_to_a_printed_result_without_scripts(visit: Visit, tmp_path: Path) -> None:
    person = visit()
    seen = list(walk(person, tests=True))
    assert seen[-1] == "answers"
    person.page.get_by_role("link", name="See my result").first.click()
    text = person.page.inner_text("main")
    assert "You can start with self-care" in text
    assert "Fits well: Front-of-hip tightness with an arched low back" in text
    assert "Kneeling hip-flexor stretch" in text
    printed = person.page.pdf(path=tmp_path / "result.pdf", format="A4")
    assert printed.startswith(b"%PDF-")


def test_one_emergency_answer_reaches_the_emergency_page_with_one_submit(visit: Visit) -> None:
    person = visit()
    for name in walk(person):
        if name == "nerves":
            break
    person.tick("rf_ces_saddle-yes")
    person.press()
    assert person.page.url.endswith("/result")
    assert person.page.inner_text("h1") == "Get emergency help now"
    assert "I ticked this by mistake" in person.page.inner_text("main")
    assert "Your plan" not in person.page.inner_text("main")


def test_nothing_is_asked_of_another_server_and_nothing_is_complained_of(visit: Visit) -> None:
    person = visit()
    for _ in walk(person, tests=True):
        pass
    person.open("/result")
    assert person.requests
    assert all(request.startswith(person.address) for request in person.requests)
    assert person.messages == []
    assert not any("=" in request and "rf_" in request for request in person.requests)


def test_errors_take_the_focus_and_lead_to_the_field(visit: Visit) -> None:
    person = visit(java_script_enabled=True)
    person.open("/check/about-you")
    person.press()
    focused = person.page.evaluate("document.activeElement.className")
    assert focused == "summary"
    person.page.locator(".summary a").nth(1).click()
    assert person.page.evaluate("document.activeElement.id") == "age"


def test_what_is_opened_by_a_tick_is_hidden_until_then(visit: Visit) -> None:
    person = visit()
    for name in walk(person):
        if name == "injury-hip":
            break
    opened = person.page.get_by_text("When, and has it been checked?")
    assert not opened.is_visible()
    person.tick("rf_major_trauma")
    assert opened.is_visible()
    follow_up = person.page.get_by_text("It is hard to walk")
    assert not follow_up.is_visible()
    person.tick("rf_major_trauma-yes_weeks_not_checked")
    assert follow_up.is_visible()


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    person = visit(java_script_enabled=True)
    small = []
    for name in walk(person):
        sizes = person.page.evaluate(
            "[...document.querySelectorAll('.choice, .scale label, button, .button')]"
            ".filter(e => e.offsetParent).map(e => [e.offsetHeight, e.textContent.trim().slice(0, 30)])"
        )
        small += [(name, *size) for size in sizes if size[0] < 44]
    assert small == []
