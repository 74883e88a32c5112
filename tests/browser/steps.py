"""The desk worker's journey, page by page, as a thumb does it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.conftest import Watched
from tests.web.conftest import NERVES


def walk(person: Watched, *, tests: bool = False) -> Iterator[str]:
    """Go from the start page to the check page; gives the name of each page before it is answered."""
    yield "start"
    person.begin()
    yield "about-you"
    person.tick("filled_by")
    person.fill("age", "35")
    person.tick("pregnancy")
    person.press()
    yield "nerves"
    person.tick(*NERVES)
    person.press()
    for slug, names in (
        ("injury-hip", ("injury_none", "hip_none")),
        ("very-unwell", ("unwell_none", "applies_none")),
        ("signs", ("looks_none", "tummy_none")),
        ("conditions", ("none_bones", "none_heart", "none_balance", "none_tummy")),
        ("risks", ("risks_none",)),
        ("where", ("pain_sites", "legs_none")),
        ("started", ("duration-w2_4", "onset-gradual_over_weeks", "first_episode-no", "trend-same")),
    ):
        yield slug
        person.tick(*names)
        person.press()
    yield from _pain_and_days(person)
    yield "own-words"
    person.press()
    yield "extras"
    if tests:
        person.tick("tests_short", "sex_for_norms")
    person.press()
    if tests:
        yield from _home_tests(person)
    yield "answers"


def _pain_and_days(person: Watched) -> Iterator[str]:
    yield "strength"
    for name in ("pain_now-3", "pain_worst_24h-5", "pain_average_week-4"):
        person.choose(name)
    person.tick("night_pain", "fits_none")
    person.press()
    yield "behaviour"
    person.tick("aggravators", "easers")
    person.press()
    yield "days"
    person.fill("sitting_hours_day", "9")
    person.tick("sitting_break_interval-m61_120", "job_type")
    person.press()
    yield "feelings"
    person.tick("moment_none", "rf_self_harm")
    person.press()


def _home_tests(person: Watched) -> Iterator[str]:
    yield "tests"
    person.press()
    for name in ("test-sls", "test-rot", "test-thomas", "test-ake", "test-bridge"):
        yield name
        if name == "test-thomas":
            person.tick("t_thomas_left-clearly_above")
        person.press()
