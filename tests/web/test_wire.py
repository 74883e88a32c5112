"""What a visit costs over the wire, measured on the built-in server, and what may be compressed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from secrets import token_urlsafe
from types import SimpleNamespace

import pytest

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.session import MOST_COOKIE_BYTES, SURE_TO_FIT, EncryptedCookie
from tests.serving import serving
from tests.web.conftest import DESK_WORKER
from tests.web.wire import Wire

MOST_FIRST_PAGE = 15_000
MOST_JOURNEY = 120_000


@pytest.fixture(scope="module")
def address(rulebook: Rulebook) -> Iterator[str]:
    with serving(create_app({"SECRET_KEY": "wire", "REGION": "gb"}, rulebook=rulebook)) as found:
        yield found


@pytest.fixture
def wire(address: str) -> Wire:
    return Wire(address)


def test_the_first_page_with_its_style_sheet_is_small(wire: Wire) -> None:
    wire.open("/")
    print(f"\nfirst page: {wire.total} bytes {wire.sizes}")  # noqa: T201
    assert len(wire.sizes) == 3
    assert wire.total <= MOST_FIRST_PAGE


def test_a_whole_journey_to_the_result_is_small(wire: Wire) -> None:
    wire.open("/")
    page = wire.open("/check/")
    for slug in DESK_WORKER:
        page = wire.send(page, f"/check/{slug}", DESK_WORKER[slug])
        assert page.status == 200, slug
        assert page.text.count('<link rel="stylesheet"') <= 2, slug
    assert "Check your answers" in page.text
    result = wire.open("/result")
    assert "You can start with self-care" in result.text
    styles = [path for path, _ in wire.sizes if ".css" in path]
    largest = sorted(wire.sizes, key=lambda one: -one[1])[:4]
    print(f"\njourney: {wire.total} bytes in {len(wire.sizes)} answers; largest {largest}")  # noqa: T201
    assert len(styles) == len(set(styles))
    assert wire.total <= MOST_JOURNEY


def test_a_style_sheet_is_kept_for_good_under_an_address_that_changes_with_it(wire: Wire) -> None:
    wire.open("/")
    (style,) = (path for path, _ in wire.sizes if ".css" in path)
    answer = wire.ask("GET", style.removeprefix("GET "))
    assert answer.head["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.head["content-encoding"] == "gzip"
    assert "set-cookie" not in answer.head


def test_nothing_is_compressed_for_who_did_not_ask_for_it(wire: Wire) -> None:
    answer = wire.ask("GET", "/", **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.head
    assert "Accept-Encoding" in answer.head["vary"]
    refused = wire.ask("GET", "/", **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.head


def test_a_page_that_repeats_what_a_form_sent_is_not_compressed(wire: Wire) -> None:
    page = wire.open("/check/about-you")
    answer = wire.send(page, "/check/about-you", {"age": "not a number"})
    assert answer.status == 422
    assert "not a number" in answer.text
    assert "content-encoding" not in answer.head


def test_the_length_of_a_private_page_says_little_about_its_words(wire: Wire) -> None:
    lengths = {wire.ask("GET", "/").head["content-length"] for _ in range(12)}
    assert len(lengths) > 1
    public = {wire.ask("GET", "/about").head["content-length"] for _ in range(3)}
    assert len(public) == 1


def test_no_page_repeats_what_stands_in_its_address_beside_answers(wire: Wire) -> None:
    page = wire.open("/check/about-you")
    wire.send(page, "/check/about-you", DESK_WORKER["about-you"])
    for path in ("/check/nerves", "/check/answers", "/result", "/", "/clear"):
        assert "Wombat" not in wire.open(f"{path}?change=Wombat&cleared=Wombat&q=Wombat").text


def test_a_cookie_is_sent_again_when_it_has_changed_or_is_a_minute_old(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = time.time()
    page = wire.open("/check/about-you")
    wire.send(page, "/check/about-you", DESK_WORKER["about-you"])
    monkeypatch.setattr("selfcheck.web.session.time", SimpleNamespace(time=lambda: start + 30))
    assert "set-cookie" not in wire.ask("GET", "/check/nerves").head
    monkeypatch.setattr("selfcheck.web.session.time", SimpleNamespace(time=lambda: start + 90))
    assert "set-cookie" in wire.ask("GET", "/check/nerves").head
    monkeypatch.setattr("selfcheck.web.session.time", SimpleNamespace(time=lambda: start + 90 + 3540))
    assert "Have any of these changed?" in wire.open("/check/nerves").text
    monkeypatch.setattr("selfcheck.web.session.time", SimpleNamespace(time=lambda: start + 90 + 3540 + 3601))
    assert "Who is this about?" in wire.open("/check/nerves").text


@pytest.mark.parametrize(
    "content", [{}, {"answers": {"own_problem": "x"}}, {"wishes": [f"{n:x}" for n in range(400)]}]
)
def test_what_is_sure_to_fit_fits(content: dict[str, object]) -> None:
    cookie = EncryptedCookie(("secret",), secure=False)
    padding = token_urlsafe(SURE_TO_FIT)
    left = SURE_TO_FIT - len(json.dumps({**content, "more": ""}, separators=(",", ":")))
    session = {**content, "more": padding[: max(left, 0)]}
    assert cookie.fits(session)
    assert len(cookie.sealed(session)) <= MOST_COOKIE_BYTES
    assert not cookie.fits({"more": token_urlsafe(MOST_COOKIE_BYTES)})
