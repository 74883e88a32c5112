"""The body map under a finger: what is touched is ticked, and the picture stays where it can be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from selfcheck.figures.body_shapes import HEIGHT, WIDTH, regions
from tests.browser.conftest import Watched
from tests.browser.steps import walk

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
PHONES = [{"width": 390, "height": 844}, {"width": 375, "height": 667}, {"width": 320, "height": 568}]
Box = tuple[float, float, float, float]


def at_the_map(person: Watched) -> None:
    for name in walk(person):
        if name == "where":
            return


def picture(person: Watched) -> Box:
    box = person.page.locator(".figure").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


def touch(person: Watched, site: str, view: str) -> None:
    """Put a finger on the number of a place."""
    region = next(one for one in regions() if (one.site, one.view) == (site, view))
    x, y, width, height = picture(person)
    person.page.touchscreen.tap(
        x + region.number_at[0] / WIDTH * width, y + region.number_at[1] / HEIGHT * height
    )


def ticked(person: Watched) -> list[str]:
    return [box.get_attribute("value") or "" for box in person.page.locator(".places input:checked").all()]


@pytest.mark.parametrize("window", PHONES, ids=lambda size: f"{size['width']} by {size['height']}")
def test_three_touches_tick_the_three_right_boxes_and_never_move_the_picture_away(
    visit: Visit, window: dict[str, int]
) -> None:
    person = visit(viewport=window, has_touch=True, is_mobile=True)
    at_the_map(person)
    person.page.locator(".figure").scroll_into_view_if_needed()
    wanted = [("low_back_left", "back"), ("below_knee_right", "front"), ("sij_right", "back")]
    for count, (site, view) in enumerate(wanted, 1):
        touch(person, site, view)
        _x, top, _width, height = picture(person)
        assert top >= -1, site
        assert top + height <= window["height"] + 1, site
        assert len(ticked(person)) == count, site
    assert set(ticked(person)) == {site for site, _ in wanted}


def test_every_place_can_be_touched_and_a_second_touch_takes_the_tick_away(visit: Visit) -> None:
    person = visit(has_touch=True, is_mobile=True)
    at_the_map(person)
    person.page.locator(".figure").scroll_into_view_if_needed()
    for region in regions():
        touch(person, region.site, region.view)
        assert ticked(person) == [region.site]
        touch(person, region.site, region.view)
        assert ticked(person) == []


def test_a_tick_in_the_list_paints_the_picture(visit: Visit) -> None:
    person = visit(java_script_enabled=True)
    at_the_map(person)
    fill = "getComputedStyle(document.querySelector('path.s-buttock_right')).fill"
    before = person.page.evaluate(fill)
    person.page.check("#pain_sites-buttock_right")
    assert person.page.evaluate(fill) != before


def test_the_picture_does_not_cover_the_list_in_a_low_window(visit: Visit) -> None:
    person = visit(java_script_enabled=True, viewport={"width": 640, "height": 400})
    at_the_map(person)
    assert person.page.evaluate("getComputedStyle(document.querySelector('.figure')).position") == "relative"


def test_the_style_of_the_map_is_kept_by_the_browser_and_asked_for_on_its_page_only(visit: Visit) -> None:
    person = visit()
    at_the_map(person)
    [style] = [request for request in person.requests if "/map.css" in request]
    assert person.requests.index(style) > person.requests.index(person.page.url)
    answer = person.page.request.get(style)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")
