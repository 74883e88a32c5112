"""A person's answers to requests, page by page, counting pages and what a thumb has to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from selfcheck.answers import Answer, Answers
from selfcheck.questionnaire import Item
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.forms import NONE, UNSURE, benign, stored_values
from selfcheck.web.page import EACH, Page
from selfcheck.web.state import journey
from selfcheck.web.views import page_at

PERSONS = Path(__file__).with_name("persons.toml")
ADDRESS = "/check/"
Look = Callable[[str], None]
NOTICES = {"seen-today": "whole", "short-way": "short"}


@dataclass(frozen=True)
class Person:
    """Who somebody is, what they say, and the most pages and taps they may need."""

    id: str
    who: str
    pages: int
    taps: int
    said: Mapping[str, Any]
    wishes: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    ends_at: str = "/check/answers"


@dataclass
class Way:
    """The way of one person: each page with its taps, and where it ended."""

    steps: list[tuple[str, int]] = field(default_factory=list)
    end: str = ""

    @property
    def pages(self) -> int:
        """How many pages under /check."""
        return len(self.steps) + (self.end == "/check/answers")

    @property
    def taps(self) -> int:
        """How many taps or entries, without Continue."""
        return sum(taps for _, taps in self.steps)


def persons() -> Iterator[Person]:
    """Everybody, in the order of the file."""
    for one in tomllib.loads(PERSONS.read_text("utf-8"))["person"]:
        listed: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in one.items()
        }
        yield Person(**listed)


def walk(
    client: FlaskClient, rulebook: Rulebook, person: Person, *, look: Look = lambda _: None, most: int = 40
) -> Way:
    """Go from the first page until the check page or a result; ``look`` is called with each address."""
    way = Way()
    address = client.get("/check/").location
    for _ in range(most):
        if not address.startswith(ADDRESS) or address == "/check/answers":
            break
        slug = address.removeprefix(ADDRESS)
        shown = client.get(address)
        assert shown.status_code == 200, (person.id, slug)
        look(address)
        fields = {"way": NOTICES[slug]} if slug in NOTICES else fields_of(rulebook, slug, person)
        way.steps.append((slug, 0 if slug in NOTICES else count(fields)))
        token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
        sent = client.post(address, data={**fields, "csrf_token": token[1] if token else ""})
        assert sent.status_code in (302, 303), (
            person.id,
            slug,
            re.findall(r'<li><a href="#.*?</a>', sent.text),
        )
        address = sent.location
    client.get(address)
    look(address)
    way.end = address
    return way


def fields_of(rulebook: Rulebook, slug: str, person: Person) -> dict[str, Any]:
    """What a person fills in on the page that was opened last."""
    page = page_at(journey(), slug)
    said = {"filled_by": "self", **person.said}
    items = {question.item.id: question.item for question in page.questions}
    values = {
        name: value for name, item in items.items() if (value := _answer(item, said, person)) is not None
    }
    data = stored_values(page, rulebook, Answers(values))
    unsure = () if slug.endswith(EACH) else person.unsure
    fields = {name: value for name, value in data.items() if value and not _is_unsaid(page, name, value)}
    for card in unsure:
        if card + NONE in data:
            fields = {name: value for name, value in fields.items() if name != card + NONE}
            fields[card + UNSURE] = "1"
    for wish in person.wishes:
        if page.section.id == rulebook.file.journey.wish_page:
            fields[wish] = "1"
    return {name: "1" if value is True else value for name, value in fields.items()}


def _answer(item: Item, said: Mapping[str, Any], person: Person) -> Answer | None:
    """What is said, else the harmless answer of a line or a row. ``alone`` answers only those named."""
    if item.id in said:
        value = said[item.id]
        return tuple(value) if isinstance(value, list) else value
    harmless = benign(item) if item.card is not None and item.follows is None else None
    return None if person.alone and item.block == "A" else harmless


def _is_unsaid(page: Page, name: str, value: object) -> bool:
    """Whether a field only holds the harmless answer that a last line of its card records."""
    styles = {question.item.id: question for question in page.questions}
    question = styles.get(name)
    if question is None or question.style not in ("lines", "opens", "groups"):
        return False
    told = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    harmless = benign(question.item)
    return told == (harmless if isinstance(harmless, tuple) else (harmless,))


def count(fields: Mapping[str, Any]) -> int:
    """One for each tick, choice, number or line of text."""
    return sum(len(value) if isinstance(value, list) else 1 for value in fields.values())
