"""The questionnaire by somebody who has a keyboard and nothing else, and no scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Watched
from tests.browser.steps import walk

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
MOST_KEYS = 150


class Keys(Watched):
    """Answers as a keyboard does: Tab from field to field, arrows inside a group, Space and Enter."""

    def focused(self, selector: str) -> bool:
        return self.page.locator(f"{selector}:focus").count() > 0

    def reach(self, selector: str, group: str = "") -> None:
        """Press Tab until the element has the focus; in its group of circles press the arrow."""
        for _ in range(MOST_KEYS):
            if self.focused(selector):
                return
            inside = bool(group) and self.focused(f"[type=radio][name='{group}']")
            self.page.keyboard.press("ArrowDown" if inside else "Tab")
        pytest.fail(f"{self.page.url}: {selector} cannot be reached with the keyboard")

    def choose(self, name: str) -> None:
        field = self.page.locator(f"#{name}")
        round_one = field.get_attribute("type") == "radio"
        self.reach(f"#{name}", (field.get_attribute("name") or "") if round_one else "")
        if not field.is_checked():
            self.page.keyboard.press("Space")

    def tick(self, *names: str) -> None:
        for name in names:
            self.choose(name)

    def fill(self, name: str, words: str) -> None:
        self.reach(f"#{name}")
        self.page.keyboard.type(words)

    def begin(self) -> None:
        self.reach("a.button")
        self.enter()

    def press(self) -> None:
        self.reach("main button[type=submit]")
        self.enter()

    def enter(self) -> None:
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)


@pytest.fixture
def person(visit: Visit) -> Keys:
    page = visit().page
    return Keys(page, page.url.rstrip("/"))


def test_an_emergency_is_told_after_one_answer_and_one_press_of_enter(person: Keys) -> None:
    person.begin()
    person.tick("filled_by")
    person.fill("age", "35")
    person.tick("pregnancy")
    person.enter()
    person.tick("rf_ces_saddle-yes")
    person.enter()
    assert person.page.inner_text("h1") == "Get emergency help now"


def test_a_whole_journey_with_home_tests_reaches_its_result_and_the_sheet(person: Keys) -> None:
    pages = list(walk(person, tests=True))
    assert pages[-1] == "answers"
    assert len(pages) == len(set(pages)) == 23
    assert person.page.url.endswith("/check/answers")
    person.reach("main a.button")
    person.enter()
    assert person.page.inner_text("h1") == "You can start with self-care"
    person.reach("a[href='/result/handout']")
    person.enter()
    assert "For the person treating you" in person.page.inner_text("main")
