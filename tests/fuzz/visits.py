"""Valid journeys -> places to start from: a page, the cookie, its token, and what a person would send from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from selfcheck.rulebook.model import Rulebook
from tests.journeys.walking import ADDRESS, NOTICES, Person, fields_of, persons, walk

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{1,5}){2,}\b")
HEAVY = ("/result/handout", "/result/handout.pdf", "/result/fhir.json", "/paper", "/rules")
FORMLESS = ("/check/answers", "/result")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on a page. ``said`` is what they would send; ``code`` the answers code of where they arrive."""

    path: str
    cookie: str
    token: str
    said: Mapping[str, list[str]]
    code: str


def places(app: Flask, rulebook: Rulebook) -> tuple[Place, ...]:
    """Every page of the way of every person whose way is counted, in order."""
    found = tuple(place for person in persons() for place in _way(app, rulebook, person))
    with app.test_client() as client:
        client.set_cookie("selfcheck", next(place.cookie for place in found if place.path in FORMLESS))
        for heavy in HEAVY:  # what these load once is not growth
            client.get(heavy)
    return found


def _way(app: Flask, rulebook: Rulebook, person: Person) -> list[Place]:
    seen: list[tuple[str, str, str, Mapping[str, list[str]]]] = []
    with app.test_client() as client:

        def look(path: str) -> None:
            said = _said(rulebook, person, path)
            page = client.get(path).text
            token = TOKEN.search(page)
            opened_with = SEEN.search(page)
            if opened_with:
                said["seen"] = [opened_with[1]]
            seen.append((path, _cookie(client), token[1] if token else "", said))

        walk(client, rulebook, person, look=look)
        code = CODE.search(client.get("/result").text)
    return [Place(path, cookie, token, said, code[0] if code else "") for path, cookie, token, said in seen]


def _said(rulebook: Rulebook, person: Person, path: str) -> dict[str, list[str]]:
    """The fields of a page, each with its values as text; nothing where there is no form."""
    if path in FORMLESS:
        return {}
    slug = path.removeprefix(ADDRESS)
    fields: dict[str, Any] = {"way": NOTICES[slug]} if slug in NOTICES else fields_of(rulebook, slug, person)
    return {name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
            for name, value in fields.items()}  # fmt: skip


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie("selfcheck")
    return found.value if found else ""
