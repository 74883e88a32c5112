"""Every page of three whole journeys in a real browser: reachable, legible, quiet, and not too wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.browser.conftest import Watched
from tests.journeys.walking import persons, walk

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
LOOKS = {"d": "dark", "f": "light", "e": "dark", "g": "light"}
# 640 by 400 is what a window of 1280 by 800 is at twice the size.
WINDOWS = ((320, 568), (390, 844), (640, 400), (1280, 800))
FAINT = """() => [...document.querySelectorAll('main label, main legend, main p, main h1, main li, main a, main button')]
  .filter(e => e.offsetParent && getComputedStyle(e).color === getComputedStyle(document.body).backgroundColor)
  .map(e => e.textContent.trim().slice(0, 40))"""


class Looker:
    """Opens each page of a journey in the browser and collects what is wrong with it."""

    def __init__(self, watched: Watched, client: FlaskClient) -> None:
        self.watched = watched
        self.client = client
        self.axe = Axe()
        self.titles: Counter[str] = Counter()
        self.wrong: list[tuple[str, ...]] = []

    def look(self, path: str) -> None:
        page = self.watched.page
        cookie = self.client.get_cookie("selfcheck")
        if cookie is not None:
            page.context.add_cookies(
                [{"name": "selfcheck", "value": cookie.value, "url": self.watched.address}]
            )
        self.watched.open(path)
        if not page.url.endswith(path):
            self.wrong.append((path, "opened", page.url))
        self.titles[page.title()] += 1
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                self.wrong.append((path, "too wide", f"{found} of {width}"))
        page.set_viewport_size({"width": 390, "height": 844})
        violations = self.axe.run(page).response["violations"]
        self.wrong.extend((path, one["id"], one["nodes"][0]["html"][:120]) for one in violations)
        page.emulate_media(forced_colors="active")
        self.wrong.extend((path, "forced colours", words) for words in page.evaluate(FAINT))
        page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("name", LOOKS)
def test_every_page_of_a_whole_journey_is_in_order(visit: Visit, rulebook: Rulebook, name: str) -> None:
    person = next(one for one in persons() if one.id == name)
    watched = visit(java_script_enabled=True, bypass_csp=True, color_scheme=LOOKS[name])
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=rulebook)
    with app.test_client() as client:
        looker = Looker(watched, client)
        way = walk(client, rulebook, person, look=looker.look)
        if way.end != "/result":
            looker.look("/result")
    assert looker.wrong == []
    assert [title for title, times in looker.titles.items() if times > 1] == []
    assert len(looker.titles) == len(way.steps) + (1 if way.end == "/result" else 2)
    assert [request for request in watched.requests if not request.startswith(watched.address)] == []
    assert watched.messages == []
