"""Drawings on pages: with each exercise of the plan, on test pages and rule pages, and a page without them."""

from __future__ import annotations

import gzip
import logging
import re

import pytest
from msgspec.structs import replace

from selfcheck import create_app
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import Person

DRAWING = re.compile(r'<svg [^>]*class="drawing".*?</svg>', re.DOTALL)
MOST_ADDED = 12_000


def test_every_planned_movement_is_drawn(person: Person) -> None:
    person.walk()
    page = person.get("/result").text
    drawn = DRAWING.findall(page)
    assert len(drawn) == page.count('<article class="move"') > 3
    added = len(gzip.compress(page.encode())) - len(gzip.compress(DRAWING.sub("", page).encode()))
    assert 0 < added < MOST_ADDED


def test_a_home_test_shows_what_to_do_and_to_look_for(person: Person) -> None:
    person.walk(extras={"tests_short": "1", "sex_for_norms": "prefer_not"})
    (drawn,) = DRAWING.findall(person.get("/check/test-thomas").text)
    assert 'aria-label="Lying on the edge of a bed' in drawn
    assert 'class="d"' in drawn, "the level line"


def test_a_rule_page_shows_its_drawing(person: Person) -> None:
    assert len(DRAWING.findall(person.get("/rules/st_pigeon").text)) == 1
    assert DRAWING.findall(person.get("/rules/rf_fever").text) == []


def test_a_broken_file_of_drawings_costs_no_page(
    rulebook: Rulebook, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(rulebook, drawings=Drawings("[[figure]\n", "figures.toml", rulebook.file))
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests"}, rulebook=broken)
    with caplog.at_level(logging.ERROR), app.test_client() as client:
        answer = client.get("/rules/st_pigeon")
    assert answer.status_code == 200
    assert DRAWING.findall(answer.text) == []
    assert "no drawings: figures.toml:1:" in caplog.text
