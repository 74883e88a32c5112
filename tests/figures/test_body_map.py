"""The body map shows every place that can be ticked, on the person's own side, with the number of the list."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from selfcheck.figures.body_map import MapWords, body_map, map_styles, screen_map, touch_areas
from selfcheck.figures.body_shapes import HEIGHT, WIDTH, regions
from selfcheck.rulebook.model import Rulebook

WORDS = MapWords(label="Where it hurts: low back, left")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def numbers(rulebook: Rulebook) -> dict[str, int]:
    return {
        option: number for number, option in enumerate(rulebook.questionnaire.items["pain_sites"].options, 1)
    }


def test_every_place_of_the_list_is_drawn_and_no_other(numbers: dict[str, int]) -> None:
    assert {region.site for region in regions()} == set(numbers)


def test_left_is_on_the_left_from_behind_and_on_the_right_from_the_front() -> None:
    for region in regions():
        middle = WIDTH / 4 if region.view == "back" else WIDTH * 3 / 4
        if region.site.endswith(("_left", "_right")):
            on_the_left = region.number_at[0] < middle
            assert on_the_left is (region.site.endswith("_left") is (region.view == "back")), region.site
        else:
            assert region.number_at[0] == pytest.approx(middle, abs=1)


def test_what_a_finger_may_touch_holds_the_number_and_stays_on_the_picture() -> None:
    for region in regions():
        left, top, width, height = region.touch
        x, y = region.number_at
        assert left < x < left + width, region.site
        assert top < y < top + height, region.site
        assert left >= 0, region.site
        assert left + width <= WIDTH, region.site
        assert top + height <= HEIGHT, region.site
        # At 390 pixels the picture is as wide as the window: 24 pixels is the least a target may measure.
        assert min(width, height) * 390 / WIDTH >= 24, region.site


def test_the_number_of_a_place_is_reached_by_its_own_touch_area_only() -> None:
    order = regions()
    for index, region in enumerate(order):
        x, y = region.number_at
        hit = [
            other.site
            for other in order[index:]
            if other.touch[0] < x < other.touch[0] + other.touch[2]
            and other.touch[1] < y < other.touch[1] + other.touch[3]
        ]
        assert hit == [region.site]


def test_paper_shows_ticked_places_hatched_with_their_number_on_a_disc(numbers: dict[str, int]) -> None:
    root = ET.fromstring(body_map(["low_back_left", "below_knee_left"], numbers, WORDS))  # noqa: S314 - our own
    hatched = [one for one in root.iter(f"{SVG}path") if one.get("fill", "").startswith("url(")]
    assert len(hatched) == 3, "the lower leg is seen from both sides"
    assert len(list(root.iter(f"{SVG}circle"))) == 3
    assert root.get("aria-label") == WORDS.label
    bold = [one.text for one in root.iter(f"{SVG}text") if one.get("font-weight") == "bold"]
    assert bold == ["2", "18", "18"]
    assert not [one for one in root.iter() if one.get("class") or one.get("style")]


def test_paper_with_nothing_ticked_is_a_form(numbers: dict[str, int]) -> None:
    blank = body_map((), numbers, MapWords())
    assert "hatch)" not in blank
    said = set(re.findall(r">(\d+)</text>", blank))
    assert said == {str(number) for number in numbers.values()}


def test_two_pictures_on_a_page_share_no_id(numbers: dict[str, int]) -> None:
    first, second = (re.findall(r' id="([^"]+)"', body_map((), numbers, WORDS, name=name)) for name in "ab")
    assert first
    assert not set(first) & set(second)


def test_the_screen_paints_each_place_by_its_box_in_the_list(numbers: dict[str, int]) -> None:
    picture, styles = screen_map(numbers, WORDS), map_styles({site: f"box-{site}" for site in numbers})
    for site in numbers:
        assert f'class="s-{site}"' in picture
        assert f".map:has(#box-{site}:checked) .s-{site}{{" in styles
    for name, site in touch_areas(numbers):
        assert f".{name}{{left:" in styles
        assert site in numbers
    assert "style=" not in picture


def test_words_are_escaped(numbers: dict[str, int]) -> None:
    picture = body_map((), numbers, MapWords(back="<b>", label='"&'))
    assert "<b>" not in picture
    assert ET.fromstring(picture).get("aria-label") == '"&'  # noqa: S314 - our own
