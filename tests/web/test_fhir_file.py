"""The answers as a FHIR file, from the browser that holds them."""

from __future__ import annotations

from datetime import datetime

from selfcheck.handout.fhir.reading import read_response
from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import Person, where

FILE = "/result/fhir.json"


def test_a_result_can_be_saved_as_a_file_that_no_cache_keeps(person: Person, rulebook: Rulebook) -> None:
    person.walk(own_words={"own_worry": '<b>Is it "bad"?</b> äß 🦴'})
    answer = person.client.get(FILE)
    assert answer.status_code == 200
    assert answer.mimetype == "application/fhir+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    response = answer.get_json(force=True)
    assert datetime.fromisoformat(response["authored"]).tzinfo is not None
    answers = read_response(rulebook, response)
    assert answers.values["own_worry"] == '<b>Is it "bad"?</b> äß 🦴'
    assert answers.values["sitting_hours_day"] == 9
    assert "rf_self_harm" not in answers.values


def test_the_result_page_leads_to_the_file(person: Person) -> None:
    person.walk()
    assert f'href="{FILE}"' in person.get("/result").text


def test_without_a_result_there_is_no_file(person: Person) -> None:
    assert where(person.get(FILE)) == "/"
    person.walk(until="where")
    assert where(person.get(FILE)).startswith("/check/")


def test_an_emergency_can_be_saved_at_once(person: Person) -> None:
    person.walk(until="injury-hip", nerves={"rf_ces_saddle": "new_or_changing"})
    answer = person.client.get(FILE)
    assert "disposition.emergency_now" in answer.text
