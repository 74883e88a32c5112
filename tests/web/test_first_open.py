"""The first page with something to answer is found at a glance, and is the one that going through all would find."""

from __future__ import annotations

from itertools import islice

import pytest

from selfcheck.proof.sampling import random_answers
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.journey import Journey
from selfcheck.web.page import EACH
from selfcheck.web.sections import NEEDED, places_of

WISHES = ((), ("tests", "details"), ("short-way",))


def needed(going: Journey, section: str) -> set[str]:
    """What has to be answered on a page of this person, each question asked about by itself."""
    asked = going.asked(going.rulebook.questionnaire.sections[section])
    return {item.id for item in asked if item.must in NEEDED and item.id not in going.answers.values}


@pytest.mark.parametrize("wishes", WISHES, ids="-".join)
def test_the_first_open_page_is_the_first_that_asks_for_something(
    rulebook: Rulebook, wishes: tuple[str, ...]
) -> None:
    found = set()
    for answers in islice(random_answers(rulebook, 11), 150):
        going = Journey(rulebook, answers, wishes=wishes)
        pages = [name for name in places_of(rulebook) if name in {one.id for one in going.sections}]
        first = next((name for name in pages if needed(going, name)), None)
        fresh = Journey(rulebook, answers, wishes=wishes)
        assert fresh.first_open == first
        assert all(set(fresh.open_items(one)) == needed(going, one.id) for one in going.sections)
        found.add(first)
    assert None not in found or len(found) > 1
    assert len(found) > 5
    assert not [name for name in found if name is not None and name.endswith(EACH)]
