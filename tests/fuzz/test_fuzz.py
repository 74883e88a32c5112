"""Malformed requests never bring the application down, and the description they are made from is whole."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.fuzz.__main__ import MOST_GROWTH_KB, growth, report
from tests.fuzz.asked import Asked
from tests.fuzz.forms import forms
from tests.fuzz.running import Answered, Fuzzer, judged
from tests.fuzz.visits import Place, places
from tests.fuzz.wrong import MARK

REQUESTS = 4000 if os.environ.get("CI") == "true" else 600
SEED = 20
SAID_DATA = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
NAME = re.compile(r'<(?:input|textarea|select|button)[^>]* name="([^"]+)"')


@pytest.fixture(scope="module")
def app(rulebook: Rulebook) -> Iterator[Flask]:
    logger = logging.getLogger("selfcheck")
    logger.propagate, handlers = False, list(logger.handlers)
    yield create_app({"SECRET_KEY": "fuzz"}, rulebook=rulebook)
    logger.propagate, logger.handlers = True, handlers


@pytest.fixture(scope="module")
def starts(app: Flask, rulebook: Rulebook) -> tuple[Place, ...]:
    return places(app, rulebook)


def test_no_malformed_request_brings_a_fault_a_wait_or_a_lost_answer(
    app: Flask, rulebook: Rulebook, starts: tuple[Place, ...]
) -> None:
    tally = Fuzzer(app, rulebook, SEED, starts).run(REQUESTS)
    print("\n".join(report(tally, 0, 0)))  # noqa: T201
    assert [str(finding) for finding in tally.findings] == []
    assert growth(tally) < MOST_GROWTH_KB
    assert {200, 303, 400, 404, 405, 413, 422} <= set(tally.statuses)


def test_every_field_that_a_page_shows_stands_in_the_description(
    app: Flask, rulebook: Rulebook, starts: tuple[Place, ...]
) -> None:
    known = {form.path: {field.name for field in form.fields} for form in forms(rulebook)}
    shown = 0
    for place in starts:
        with app.test_client() as client:
            client.set_cookie("selfcheck", place.cookie)
            names = set(NAME.findall(client.get(place.path).text))
        assert names <= known.get(place.path, set()), place.path
        shown += len(names)
    assert shown > len(known)


def test_the_same_seed_makes_the_same_requests(
    app: Flask, rulebook: Rulebook, starts: tuple[Place, ...]
) -> None:
    first, second = (Fuzzer(app, rulebook, SEED, starts) for _ in range(2))
    for fuzzer in (first, second):
        fuzzer.visit(3)
    assert first.tally.statuses == second.tally.statuses
    assert first.tally.attacked == second.tally.attacked


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answered(500, {}, b"x"), "status 500"),
        (Answered(200, {}, MARK.encode()), "markup"),
        (Answered(200, {"Content-Type": "text/plain"}, MARK.encode()), "markup"),
        (Answered(200, {**SAID_DATA, "Content-Type": "text/html"}, MARK.encode()), "markup"),
        (Answered(200, {"Location": "//elsewhere.example"}, b"x"), "another site"),
        (Answered(400, {"Set-Cookie": "selfcheck=; Max-Age=0"}, b"x"), "took the answers away"),
        (Answered(200, {"Set-Cookie": "selfcheck=" + "x" * 5000}, b"x"), "larger than"),
    ],
)
def test_what_must_not_be_is_found(answer: Answered, words: str) -> None:
    assert words in judged(Asked("GET", "/"), answer, "")


def test_markup_may_stand_in_a_file_that_no_browser_draws() -> None:
    assert "markup" not in judged(Asked("GET", "/"), Answered(200, SAID_DATA, MARK.encode()), "")
