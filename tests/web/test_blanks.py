"""Pages are drawn once for all who see the same, and hold nobody's answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from msgspec import structs

from selfcheck.questionnaire import Card
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.blanks import BLANKS, MOST_BLANKS, SIGN, Blank
from selfcheck.web.headers import OWN_SCRIPTS
from selfcheck.web.page import Group, Page, Question
from tests.web.conftest import DESK_WORKER, Person, where

WORDS = "Zanzibarbruise"
TICKED = re.compile(r'<input type="(?:radio|checkbox)" name="(\w+)"[^>]* value="(\w+)" checked')


def kept(app: Flask) -> dict[Any, Blank]:
    found: dict[Any, Blank] = app.extensions[BLANKS]
    return found


def flat(key: object) -> Iterator[object]:
    """All that a key is made of."""
    if isinstance(key, tuple | frozenset):
        for part in key:
            yield from flat(part)
    else:
        yield key


@pytest.fixture
def walked(app: Flask) -> Flask:
    """The application after somebody has answered every page, and looked at all of them again."""
    person = Person(app.test_client())
    person.walk(
        about_you={"age": "97"},
        started={"fall_6w": "no"},
        days={"activity_minutes_week": "2741"},
        own_words={"own_problem": WORDS},
        extras={"sex_for_norms": "female"},
    )
    for slug in DESK_WORKER:
        assert person.client.get(f"/check/{slug}").status_code == 200
    return app


def test_what_is_kept_holds_no_answer(walked: Flask) -> None:
    text = "".join(piece for blank in kept(walked).values() for piece in blank.pieces)
    parts = {part for key in kept(walked) for part in flat(key)}
    assert {key[1][0][0] for key in kept(walked)} == set(DESK_WORKER)
    assert '" checked' not in text
    assert not [mark for mark in (WORDS, '"97"', "2741") if mark in text]
    assert not parts & {WORDS, "97", 97, "2741", 2741, "female"}


def test_a_page_that_repeats_answers_is_not_kept(app: Flask) -> None:
    person = Person(app.test_client())
    person.walk(until="started", where={"pain_sites": ["low_back_left", "buttock_left"]})
    page = person.get("/check/started").text
    assert re.findall(r'name="worst_site"[^>]* value="(\w+)"', page) == ["low_back_left", "buttock_left"]
    assert "started" not in {key[1][0][0] for key in kept(app)}


def test_everybody_sees_their_own_answers(app: Flask) -> None:
    one, two = Person(app.test_client()), Person(app.test_client())
    one.walk(until="where", about_you={"age": "41"})
    two.walk(until="where", about_you={"age": "42", "pregnancy": "no"})
    for person, age, pregnancy in (
        (one, "41", "not_applicable"),
        (two, "42", "no"),
        (one, "41", "not_applicable"),
    ):
        page = person.get("/check/about-you").text
        assert f'name="age" value="{age}"' in page
        assert ("pregnancy", pregnancy) in TICKED.findall(page)
        assert SIGN not in page
    assert len([key for key in kept(app) if key[1][0][0] == "nerves"]) == 1


def test_what_no_page_can_hold_is_left_out_of_what_was_typed(app: Flask) -> None:
    page = Person(app.test_client()).page("about-you", age=f"4{SIGN}csrf_token{SIGN}\x07")
    assert page.status_code == 422
    assert 'name="age" value="4csrf_token"' in page.text
    assert not {SIGN, "\x07"} & set(page.text)


def test_a_page_with_something_to_say_is_not_kept(app: Flask) -> None:
    person = Person(app.test_client())
    assert person.page("about-you", age="").status_code == 422
    assert "There is a problem" not in "".join(piece for one in kept(app).values() for piece in one.pieces)
    assert "There is a problem" not in person.get("/check/about-you").text


def test_everything_that_a_question_and_a_group_say_tells_two_drawings_apart(rulebook: Rulebook) -> None:
    item, other = list(rulebook.questionnaire.items.values())[:2]
    section = next(iter(rulebook.questionnaire.sections.values()))
    plain = Question(item, "plain")
    changes = {"item": other, "style": "row", "follow_ups": (plain,), "opens": frozenset({"yes"}), "told": True,
               "already": True, "unfit": frozenset({"yes"}), "easier": True}  # fmt: skip
    group = Group(None, (plain,))
    grouped = {"card": Card(id="one", title="One"), "questions": (plain, plain), "title": "Left leg", "folded": True,
               "wish": "more"}  # fmt: skip
    assert set(changes) == set(Question.__struct_fields__)
    assert set(grouped) == set(Group.__struct_fields__)
    variants = [
        plain.variant,
        *(structs.replace(plain, **{name: value}).variant for name, value in changes.items()),
    ]
    groups = [
        group.variant,
        *(structs.replace(group, **{name: value}).variant for name, value in grouped.items()),
    ]
    pages = [
        Page(section, (group,)).variant,
        Page(section, (group,), each=True).variant,
        Page(section, ()).variant,
    ]
    for found in (variants, groups, pages):
        assert len(set(found)) == len(found)


def test_only_so_many_drawings_are_kept(app: Flask) -> None:
    blanks = kept(app)
    blanks.update((number, Blank((), scripted=False)) for number in range(MOST_BLANKS))
    person = Person(app.test_client())
    assert person.get("/check/about-you").status_code == 200
    assert len(blanks) == 1


def test_a_kept_page_still_allows_its_script(app: Flask) -> None:
    person = Person(app.test_client())
    person.walk(extras={"tests_short": "1", "sex_for_norms": "prefer_not"})
    test = where(person.send("/check/tests", {}))
    answers = [person.client.get(test) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.headers["Content-Security-Policy"] for answer in answers] == [OWN_SCRIPTS] * 2


def test_the_links_of_a_kept_page_begin_where_the_application_is_mounted(app: Flask) -> None:
    person = Person(app.test_client())
    for root in ("", "/one", "/two"):
        page = person.client.get("/check/about-you", environ_overrides={"SCRIPT_NAME": root})
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
        assert links
        assert [link for link in links if not link.startswith(f"{root}/")] == []
        assert len({link.split("/")[1] for link in links} & {"one", "two"}) == bool(root)
