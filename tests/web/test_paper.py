"""The page of the blank questionnaire."""

from __future__ import annotations

import re

import html5lib

from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import Person


def test_the_paper_is_strict_html_with_every_question(person: Person, rulebook: Rulebook) -> None:
    text = person.get("/paper").text
    html5lib.HTMLParser(strict=True).parse(text)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    drawn = [item.id for item in rulebook.file.item if item.drawn]
    assert re.findall(r'<p class="ask">.*?<code>(\w+)</code>', text) == drawn
    assert text.count("<h1") == 1
    assert "{" not in text
    assert rulebook.fingerprint in text
    assert rulebook.file.meta.notice in text


def test_the_paper_needs_no_answers_and_shows_none(person: Person) -> None:
    before = person.get("/paper").text
    person.walk(own_words={"own_problem": "Kumquat"})
    after = person.get("/paper").text
    assert "Kumquat" not in after
    assert after == before


def test_the_start_page_leads_to_the_paper(person: Person) -> None:
    assert 'href="/paper"' in person.get("/").text
