"""Back, reload, a second press, two windows, an old cookie, and rules that are renewed on the way."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from msgspec.structs import replace

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import DESK_WORKER, Person, heading, where

FIRST = DESK_WORKER["about-you"]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, as another window keeps them."""
    return dict(re.findall(r'<input type="hidden" name="(csrf_token|seen)" value="([^"]+)"', page))


def test_pressing_twice_leads_to_the_same_next_page(person: Person) -> None:
    fields = {**hidden(person.get("/check/about-you").text), **FIRST}
    for _ in range(2):
        answer = person.client.post("/check/about-you", data=fields, follow_redirects=True)
        assert where(answer) == "/check/nerves"


def test_every_answer_that_is_taken_ends_in_a_redirect_so_that_reload_is_safe(person: Person) -> None:
    for slug, fields in DESK_WORKER.items():
        assert person.send(f"/check/{slug}", fields, follow=False).status_code in (302, 303), slug


def test_a_page_that_another_window_has_changed_is_shown_once_more_and_then_taken(person: Person) -> None:
    person.page("about-you")
    old = hidden(person.get("/check/about-you").text)
    person.page("about-you", age="40")
    answer = person.client.post("/check/about-you", data={**old, **FIRST, "age": "50"}, follow_redirects=True)
    assert answer.status_code == 422
    assert "This page was changed in another window" in answer.text
    assert 'value="50"' in answer.text, "what was sent is not lost"
    assert 'value="40"' in person.get("/check/about-you").text, "what is kept is not changed unasked"
    again = {**hidden(answer.text), **FIRST, "age": "50"}
    assert where(person.client.post("/check/about-you", data=again, follow_redirects=True)) == "/check/nerves"


def test_a_page_answered_in_another_window_in_the_same_way_is_simply_taken(person: Person) -> None:
    old = hidden(person.get("/check/about-you").text)
    person.page("about-you")
    answer = person.client.post("/check/about-you", data={**old, **FIRST}, follow_redirects=True)
    assert where(answer) == "/check/nerves"


def test_another_window_that_is_further_on_does_not_hold_up_an_earlier_page(person: Person) -> None:
    person.walk(until="where")
    answer = person.page("nerves")
    assert where(answer) == "/check/injury-hip"


def test_a_cookie_of_more_than_an_hour_is_said_to_be_cleared(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.page("about-you")
    fields = {**hidden(person.get("/check/nerves").text), "rf_ces_saddle": "no"}
    monkeypatch.setattr("selfcheck.web.session.IDLE_SECONDS", -1)
    answer = person.client.post("/check/nerves", data=fields)
    assert answer.status_code == 200
    assert heading(answer) == "Your answers have been cleared"


@pytest.fixture
def renewed(rulebook: Rulebook) -> Flask:
    """The same questionnaire under rules with another fingerprint."""
    other = replace(rulebook, fingerprint="0" * 8)
    return create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=other)


def test_rules_that_are_renewed_on_the_way_keep_the_answers_and_say_so_once(
    person: Person, renewed: Flask
) -> None:
    person.walk(until="started")
    cookie = person.client.get_cookie("selfcheck")
    assert cookie is not None
    with renewed.test_client() as client:
        client.set_cookie("selfcheck", cookie.value)
        later = Person(client)
        page = later.get("/check/started")
        assert where(page) == "/check/started"
        assert "The questions were renewed while you were answering" in page.text
        assert "The questions were renewed" not in later.get("/check/started").text
        assert 'value="35"' in later.get("/check/about-you").text


def test_an_answer_that_renewed_rules_do_not_know_is_asked_again(person: Person, rulebook: Rulebook) -> None:
    person.walk(until="started")
    items = dict(rulebook.questionnaire.items)
    sites = items["pain_sites"]
    kept = tuple(option for option in sites.option if option.id != "low_back_centre")
    items["pain_sites"] = sites.model_copy(update={"option": kept})
    grouped = {
        slug: tuple(items[item.id] for item in there)
        for slug, there in rulebook.questionnaire.by_section.items()
    }
    ticks = {**rulebook.questionnaire.ticks, "pain_sites": frozenset(option.id for option in kept)}
    asked = replace(rulebook.questionnaire, items=items, by_section=grouped, ticks=ticks)
    other = replace(rulebook, questionnaire=asked, fingerprint="1" * 8)
    cookie = person.client.get_cookie("selfcheck")
    assert cookie is not None
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=other)
    with app.test_client() as client:
        client.set_cookie("selfcheck", cookie.value)
        assert where(Person(client).get("/check/")) == "/check/where"
