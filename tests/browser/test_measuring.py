"""The clock and the level on the pages of the home tests: a comfort, and never needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.browser.conftest import Watched
from tests.web.conftest import Person

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
TURN = "angle => dispatchEvent(new DeviceOrientationEvent('deviceorientation', {alpha: 0, beta: angle, gamma: 0}))"


@pytest.fixture
def at_the_tests(visit: Visit, rulebook: Rulebook) -> Callable[..., Watched]:
    """A browser of somebody who has wished for the tests."""
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=rulebook)
    with app.test_client() as client:
        Person(client).walk(extras={"tests_short": "1", "sex_for_norms": "male"})
        cookie = client.get_cookie("selfcheck")
    assert cookie is not None

    def open_browser(**settings: object) -> Watched:
        watched = visit(**settings)
        sealed = {"name": "selfcheck", "value": cookie.value, "url": watched.address}
        watched.page.context.add_cookies([sealed])  # type: ignore[list-item]
        return watched

    return open_browser


def test_the_clock_fills_in_the_seconds(at_the_tests: Callable[..., Watched]) -> None:
    person = at_the_tests(java_script_enabled=True)
    person.open("/check/test-bridge")
    group = person.page.get_by_role("group", name="Two legs, seconds")
    group.get_by_role("button", name="Start the clock").click()
    person.page.wait_for_timeout(2200)
    group.get_by_role("button", name="Stop").click()
    assert person.page.input_value("#t_bridge_s") == "2"
    assert person.messages == []


def test_the_level_fills_in_the_degrees_between_zero_and_the_leg(
    at_the_tests: Callable[..., Watched],
) -> None:
    person = at_the_tests(java_script_enabled=True, has_touch=True)
    person.open("/check/test-ake")
    page = person.page
    page.get_by_text("I measured it (optional)").click()
    page.get_by_role("button", name="Measure with this phone").first.click()
    zero = page.get_by_role("button", name="Set to 0")
    zero.wait_for()  # a browser may take its time to allow it; only then is it listened
    page.evaluate(TURN, 10)
    zero.click()
    page.evaluate(TURN, 42)
    page.get_by_role("button", name="Keep").click()
    assert page.input_value("#t_ake_deg_left") == "32"
    assert person.messages == []


def test_without_scripts_there_is_nothing_to_press_and_numbers_can_be_typed(
    at_the_tests: Callable[..., Watched],
) -> None:
    person = at_the_tests()
    person.open("/check/test-bridge")
    assert person.page.locator("form button").all_inner_texts() == [
        "Save and next test", "Skip this test", "It hurt, or I had to stop",
    ]  # fmt: skip
    person.page.fill("#t_bridge_s", "40")
    person.press()
    assert person.page.url.endswith("/check/answers")
