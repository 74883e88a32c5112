"""Nobody needs more pages or taps than was promised."""

from __future__ import annotations

import pytest

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.journeys.walking import Person, persons, walk

EVERYBODY = list(persons())


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda one: one.id)
def test_nobody_needs_more_pages_or_taps_than_promised(rulebook: Rulebook, person: Person) -> None:
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=rulebook)
    with app.test_client() as client:
        way = walk(client, rulebook, person)
        assert way.end == person.ends_at
        assert way.pages <= person.pages, way.steps
        assert way.taps <= person.taps, way.steps
        assert client.get("/result").status_code == 200


def test_everybody_of_the_list_is_counted() -> None:
    assert {person.id[0] for person in EVERYBODY} == set("abcdefghi")
