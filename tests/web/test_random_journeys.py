"""People who answer at random, as far as each page lets them, always reach a result."""

from __future__ import annotations

import os
import random
import re

import pytest
from flask import Flask

from tests.web.conftest import Person, errors, heading, where

JOURNEYS = 40 if os.environ.get("CI") == "true" else 8
MOST_SUBMITS = 90
INPUT = re.compile(r"<input ([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def fill_in(page: str, chance: random.Random) -> dict[str, list[str]]:
    """A random filling of every form field of a page: mostly harmless, sometimes anything."""
    fields: dict[str, list[tuple[str, str]]] = {}
    for found in INPUT.finditer(page):
        attributes = dict(ATTRIBUTE.findall(found[1]))
        name = attributes.get("name", "")
        if name not in ("", "csrf_token", "change"):
            fields.setdefault(name, []).append((attributes["type"], attributes.get("value", "")))
    said: dict[str, list[str]] = {}
    for name, choices in fields.items():
        kind, values = choices[0][0], [value for _, value in choices]
        if kind == "text":
            said[name] = [str(chance.choice((1, 3, 20, 36, 60, 70)))]
        elif kind == "radio":
            said[name] = [values[0] if chance.random() < 0.7 else chance.choice(values)]
        elif name.endswith("_none") or name.startswith("none_"):
            said[name] = ["1"] if chance.random() < 0.8 else []
        else:
            said[name] = [value for value in values if value != "none" and chance.random() < 0.06]
    if not said.get("pain_sites", ["-"]):
        said["pain_sites"] = ["low_back_centre"]
    if not said.get("aggravators", ["-"]):
        said["aggravators"] = ["none"]
    return said


def put_right(
    said: dict[str, list[str]], wrong: dict[str, str], page: str, chance: random.Random
) -> dict[str, list[str]]:
    """The same answers with each complaint of the page heeded."""
    fresh = fill_in(page, chance)
    for name, words in wrong.items():
        if "something else" in words or "or 'I am not sure" in words:
            said[name] = []
        elif "None of these" in words:
            said[name] = ["1"]
        elif bounds := re.search(r"between (\d+) and \d+", words):
            said[name] = [bounds[1]]
        else:
            values = re.findall(rf'name="{name}"[^>]*value="([^"]+)"', page)
            said[name] = [chance.choice([value for value in values if value != "not_sure"] or ["5"])]
            if words.startswith("Say which"):
                said[f"tick_{name}"] = ["1"]
    return {**fresh, **said}


@pytest.mark.parametrize("seed", range(JOURNEYS))
def test_a_random_journey_reaches_a_result(app: Flask, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test, not a secret
    with app.test_client() as client:
        person = Person(client)
        answer, trail = person.get("/check/"), []
        for _ in range(MOST_SUBMITS):
            address = where(answer)
            trail.append(address)
            if address in ("/check/answers", "/result"):
                break
            said = {"reason": ["mistake"]} if address == "/check/changed" else fill_in(answer.text, chance)
            answer = person.send(address, said)
            for _attempt in range(6):
                if answer.status_code != 422:
                    break
                said = put_right(said, errors(answer), answer.text, chance)
                answer = person.send(address, said)
            assert answer.status_code == 200, (seed, address, errors(answer))
        result = person.get("/result")
        assert where(result) == "/result", (seed, trail[-6:])
        assert heading(result)
        assert "Safety list" in result.text
