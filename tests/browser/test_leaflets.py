"""The pages about the check and the rules in a real Chromium: no barriers, no sideways scroll, nothing foreign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
ADDRESSES = (
    "/", "/about", "/privacy", "/accessibility", "/rules", "/rules?q=hip", "/rules/kind/exercise",
    "/rules/rf_ces_saddle", "/rules/st_pigeon", "/rules/no_such_rule",
)  # fmt: skip
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str
)
def test_axe_finds_nothing_whatever_the_colours(visit: Visit, look: dict[str, str]) -> None:
    person = visit(java_script_enabled=True, bypass_csp=True, **look)
    found: list[tuple[str, str, str]] = []
    for address in ADDRESSES:
        person.open(address)
        violations: list[dict[str, Any]] = Axe().run(person.page).response["violations"]
        found.extend((address, one["id"], one["nodes"][0]["html"][:120]) for one in violations)
    assert found == []


def test_no_page_scrolls_sideways_in_either_direction_of_reading(visit: Visit) -> None:
    person = visit(java_script_enabled=True)
    wide = []
    for address in ADDRESSES:
        person.open(address)
        for direction in ("ltr", "rtl"):
            person.page.evaluate("way => { document.documentElement.dir = way }", direction)
            for width in (320, 640, 1280):
                person.page.set_viewport_size({"width": width, "height": 800})
                if person.page.evaluate(WIDTH) > width:
                    wide.append((address, direction, width))
    assert wide == []


def test_text_twice_as_large_still_fits_a_phone(visit: Visit) -> None:
    person = visit(java_script_enabled=True, bypass_csp=True)
    wide = []
    for address in ADDRESSES:
        person.open(address)
        person.page.add_style_tag(content="html{font-size:200%}")
        if person.page.evaluate(WIDTH) > 390:
            wide.append(address)
    assert wide == []


def test_titles_differ_and_nothing_is_asked_elsewhere_or_complained_of(visit: Visit) -> None:
    person = visit()
    titles = set()
    for address in ADDRESSES[:-1]:
        person.open(address)
        titles.add(person.page.title())
    assert len(titles) == len(ADDRESSES) - 1
    assert all(request.startswith(person.address) for request in person.requests)
    assert person.messages == []


def test_the_rules_can_be_searched_and_followed_with_a_keyboard_alone(visit: Visit) -> None:
    person = visit()
    person.open("/rules")
    person.page.locator("#q").focus()
    person.page.keyboard.type("pigeon")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/rules?q=pigeon")
    person.page.locator(".entries a").first.focus()
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/rules/st_pigeon")
    assert person.page.inner_text("h1") == "Pigeon pose"
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    assert person.page.url.endswith("#main")
