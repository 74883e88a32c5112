"""Every page is strict HTML with unique ids, and every label and link inside a page leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
import pytest

from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import DESK_WORKER, Person


def pages(person: Person, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """The name and text of every page of a long journey, its errors and its results."""
    for address in ("/", "/clear", "/nothing"):
        yield address, person.get(address).text
    for slug in DESK_WORKER:
        yield slug, person.get(f"/check/{slug}").text
        yield (
            f"{slug} with errors",
            person.send(f"/check/{slug}", {"age": "x", "sitting_hours_day": "x"}).text,
        )
        person.page(
            slug,
            **({"tests_short": "1", "details": "1", "sex_for_norms": "male"} if slug == "extras" else {}),
        )
    for slug, section in rulebook.questionnaire.sections.items():
        if section.part == 6:
            yield slug, person.get(f"/check/{slug}").text
    yield "answers", person.get("/check/answers").text
    yield "result", person.get("/result").text
    yield "result-handout", person.get("/result/handout").text
    person.send("/check/signs", {"looks_unsure": "1", "tummy_unsure": "1"})
    yield "signs-each", person.get("/check/signs-each").text
    person.send("/check/nerves", {"rf_ces_saddle": "yes"})
    yield "emergency", person.get("/result").text
    person.page("nerves")
    yield "changed", person.get("/check/changed").text


@pytest.fixture
def all_pages(person: Person, rulebook: Rulebook) -> list[tuple[str, str]]:
    return list(pages(person, rulebook))


def test_every_page_is_strict_html_and_its_names_lead_somewhere(all_pages: list[tuple[str, str]]) -> None:
    assert len(all_pages) > 45
    for name, text in all_pages:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        parser.parse(text)
        ids = Counter(re.findall(r' id="([^"]+)"', text))
        assert [found for found, times in ids.items() if times > 1] == [], name
        targets = re.findall(r' (?:for|aria-describedby|aria-labelledby)="\s*([^"]+)"', text)
        wanted = {word for target in targets for word in target.split()}
        wanted |= set(re.findall(r'href="#([^"]+)"', text))
        assert wanted - set(ids) == set(), name
        assert text.count("<h1") == (2 if name == "result-handout" else 1), name  # two readers
        assert "{" not in re.sub(r"<style.*?</style>", "", text), name


def test_no_page_needs_a_script_or_asks_another_server(all_pages: list[tuple[str, str]]) -> None:
    for name, text in all_pages:
        scripts = re.findall(r"<script[^>]*>", text)
        ours = [
            one
            for one in scripts
            if re.fullmatch(r'<script src="/static/[a-z]+\.js\?v=[0-9a-f]{8}" defer>', one)
        ]
        assert scripts == ours, name
        assert name.startswith(("test-", "result")) or not scripts, name
        assert re.findall(r'(?:src|href|action)="(?!/|#|tel:)', text) == [], name
        assert re.findall(r' (?:style|on[a-z]+)="', text) == [], name
