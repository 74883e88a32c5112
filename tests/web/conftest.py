"""A browser without a screen: a test client that fills in forms as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook

NERVES = (
    "rf_ces_saddle", "rf_ces_bladder", "rf_ces_bowel", "rf_ces_sexual", "rf_bilateral_leg", "rf_leg_weakness",
    "rf_cord_signs",
)  # fmt: skip
DESK_WORKER: dict[str, dict[str, object]] = {
    "about-you": {"filled_by": "self", "age": "35", "pregnancy": "not_applicable"},
    "nerves": dict.fromkeys(NERVES, "no"),
    "injury-hip": {"injury_none": "1", "hip_none": "1"},
    "very-unwell": {"unwell_none": "1", "applies_none": "1"},
    "signs": {"looks_none": "1", "tummy_none": "1"},
    "conditions": dict.fromkeys(("none_bones", "none_heart", "none_balance", "none_tummy"), "1"),
    "risks": {"risks_none": "1"},
    "where": {"main_complaint": ["pain"], "pain_sites": ["low_back_centre"], "legs_none": "1"},
    "started": {"duration": "w2_4", "onset": "gradual_over_weeks", "first_episode": "no", "trend": "same"},
    "strength": {
        "pain_now": "3", "pain_worst_24h": "5", "pain_average_week": "4", "night_pain": "none", "fits_none": "1",
    },
    "behaviour": {"aggravators": ["sitting"], "easers": ["moving_about"]},
    "days": {"sitting_hours_day": "9", "sitting_break_interval": "m61_120", "job_type": "desk",
             "activity_minutes_week": "60", "leg_strength_days_week": "0", "sports": ["none"]},
    "feelings": {"moment_none": "1", "rf_self_harm": "no"},
    "own-words": {},
    "extras": {},
}  # fmt: skip


class Person:
    """Somebody with a browser who answers page by page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str) -> TestResponse:
        return self.client.get(address, follow_redirects=True)

    def send(self, address: str, fields: Mapping[str, object], *, follow: bool = True) -> TestResponse:
        """Open a page, fill in some of its fields and press its button."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(address).text)
        data = {"csrf_token": token[1] if token else "", **fields}
        return self.client.post(address, data=data, follow_redirects=follow)

    def page(self, slug: str, **changes: object) -> TestResponse:
        """Answer a page as the desk worker does, with changes."""
        return self.send(f"/check/{slug}", {**DESK_WORKER[slug], **changes})

    def walk(self, until: str | None = None, **changes: dict[str, object]) -> TestResponse:
        """Answer page after page; ``changes`` by page, dashes written as underscores."""
        answer = self.get("/")
        for slug in DESK_WORKER:
            if slug == until:
                break
            answer = self.page(slug, **changes.get(slug.replace("-", "_"), {}))
        return answer


def heading(response: TestResponse) -> str:
    """The first heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", response.text, re.DOTALL)
    return unescape(found[1]) if found else ""


def errors(response: TestResponse) -> dict[str, str]:
    """The error summary of a page: field and words."""
    return {
        name: unescape(words)
        for name, words in re.findall(r'<li><a href="#([^"]+)">(.*?)</a>', response.text)
    }


def where(response: TestResponse) -> str:
    """The address a person ended up at."""
    return urlsplit(response.request.path).path


@pytest.fixture
def app(rulebook: Rulebook) -> Flask:
    return create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=rulebook)


@pytest.fixture
def person(app: Flask) -> Iterator[Person]:
    with app.test_client() as client:
        yield Person(client)
