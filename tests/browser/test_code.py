"""The answers code in a real Chromium: scanned from the screen and from paper, filled in, and compared."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator

from selfcheck.handout.code import answers_code
from selfcheck.rulebook.model import Rulebook
from tests.browser.conftest import Watched
from tests.cases.case_files import completed

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]


@pytest.fixture
def codes(rulebook: Rulebook, base: dict[str, object]) -> tuple[str, str]:
    """A code of then and one of now."""
    then = base | {"pain_now": 7, "t_thomas_left": "clearly_above", "t_slr_deg_left": 60}
    now = base | {"pain_now": 4, "t_thomas_left": "level_or_below", "t_slr_deg_left": 66}
    first, second = (answers_code(rulebook, completed(rulebook, answers)) for answers in (then, now))
    return first, second


def use(person: Watched, code: str, earlier: str = "") -> None:
    person.open("/resume")
    person.page.fill("#code", code)
    person.page.fill("#earlier", earlier)
    person.press()


def seen(person: Watched) -> Locator:
    """The QR picture, once it is scrolled to and there."""
    picture = person.page.locator(".qr img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("async image => { await image.decode() }")
    return picture


def scanned(person: Watched) -> list[str]:
    """The texts of all QR pictures on a photograph of the part of the page that has the code."""
    seen(person)
    photograph = Image.open(io.BytesIO(person.page.locator(".code").screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(photograph)]


@pytest.mark.parametrize(("medium", "scheme"), [("screen", "light"), ("screen", "dark"), ("print", "light")])
def test_a_telephone_reads_the_code_from_the_result_page(
    visit: Visit, codes: tuple[str, str], medium: Any, scheme: str
) -> None:
    person = visit(device_scale_factor=3, color_scheme=scheme)
    use(person, codes[0])
    person.open("/result")
    person.page.emulate_media(media=medium)
    assert scanned(person) == [codes[0].replace("-", "")]
    assert codes[0] in person.page.inner_text(".code")


def test_on_paper_the_picture_is_at_most_25_millimetres_wide_and_whole(
    visit: Visit, codes: tuple[str, str]
) -> None:
    person = visit(java_script_enabled=True)
    use(person, codes[0])
    person.open("/result")
    person.page.emulate_media(media="print")
    box = seen(person).bounding_box()
    assert box is not None
    width = box["width"] / 96 * 25.4
    assert 15 <= width <= 25
    assert box["height"] == pytest.approx(box["width"], abs=0.5)


def test_a_scanned_address_fills_in_the_field_and_leaves_no_trace(
    visit: Visit, codes: tuple[str, str]
) -> None:
    person = visit(java_script_enabled=True)
    person.open(f"/resume#{codes[0].replace('-', '')}")
    assert person.page.input_value("#code") == codes[0]
    assert person.page.url.endswith("/resume")
    asked_before = len(person.requests)
    person.press()
    assert person.page.url.endswith("/check/answers")
    assert person.messages == []
    asked = person.requests[asked_before:]
    assert asked
    assert not any(codes[0][:11].replace("-", "") in request.replace("-", "") for request in asked)


def test_without_scripts_a_code_is_typed(visit: Visit, codes: tuple[str, str]) -> None:
    person = visit()
    use(person, codes[0].lower())
    assert "These are the answers of your code" in person.page.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_a_code(visit: Visit, codes: tuple[str, str], scheme: str) -> None:
    person = visit(java_script_enabled=True, bypass_csp=True, color_scheme=scheme)
    axe = Axe()
    found: list[tuple[str, str, str]] = []

    def look(name: str) -> None:
        violations: list[dict[str, Any]] = axe.run(person.page).response["violations"]
        found.extend((name, one["id"], one["nodes"][0]["html"][:120]) for one in violations)

    person.open("/resume")
    look("empty")
    use(person, "4XQA8", "nonsense")
    assert person.page.evaluate("document.activeElement.className") == "summary"
    look("errors")
    use(person, codes[1], codes[0])
    assert person.page.inner_text("h1") == "Then and now"
    look("compare")
    use(person, codes[0])
    person.open("/result")
    assert person.page.url.endswith("/result")
    look("result")
    person.open("/result/handout")
    person.page.get_by_text("Copy the sheet as text").click()
    look("sheet")
    assert found == []


def test_the_pages_of_a_code_never_scroll_sideways(visit: Visit, codes: tuple[str, str]) -> None:
    person = visit(java_script_enabled=True)
    wide = []
    use(person, codes[1], codes[0])
    for path in ("/resume", "/resume/compare", "/result"):
        person.open(path)
        for width in (320, 390, 1280):
            person.page.set_viewport_size({"width": width, "height": 800})
            if person.page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []


def test_code_and_sheet_can_be_copied_with_one_press(visit: Visit, codes: tuple[str, str]) -> None:
    person = visit(java_script_enabled=True, permissions=["clipboard-read", "clipboard-write"])
    use(person, codes[0])
    person.open("/result")
    person.page.get_by_role("button", name="Copy the code").click()
    person.page.get_by_text("Copied").wait_for()
    assert person.page.evaluate("navigator.clipboard.readText()") == codes[0]
    person.open("/result/handout")
    person.page.get_by_text("Copy the sheet as text").click()
    person.page.get_by_role("button", name="Copy the text").click()
    person.page.get_by_text("Copied").wait_for()
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == person.page.input_value("#text").strip()
    assert "RED FLAGS" in copied.upper()
    assert person.messages == []


def test_a_copy_that_is_refused_says_so(visit: Visit, codes: tuple[str, str]) -> None:
    person = visit(java_script_enabled=True)
    use(person, codes[0])
    person.open("/result")
    person.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    person.page.get_by_role("button", name="Copy the code").click()
    person.page.get_by_text("Please select it and copy it yourself.").wait_for()
    assert person.page.inner_text("#letters") == codes[0]


def test_without_scripts_there_is_no_button_that_does_nothing(visit: Visit, codes: tuple[str, str]) -> None:
    person = visit()
    use(person, codes[0])
    person.open("/result")
    assert person.page.locator(".copy").is_hidden()
