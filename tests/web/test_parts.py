"""Parts of pages that are kept tell nothing that somebody said, and lead where the application is mounted."""

from __future__ import annotations

import re

from flask import Flask

from selfcheck.web.blanks import SIGN
from selfcheck.web.parts import MOST_LISTS, PARTS, Kept
from selfcheck.web.review import AnswerRow
from tests.web.conftest import DESK_WORKER, Person

WORDS = "Zanzibarbruise"
LISTED = re.compile(r'<li>[^<]*<a href="([^"#]*)#')


def kept(app: Flask) -> Kept:
    found: Kept = app.extensions[PARTS]
    return found


def test_what_is_kept_of_lists_tells_nothing_that_somebody_said(app: Flask) -> None:
    person = Person(app.test_client())
    person.walk(
        signs={"looks_none": "", "tick_rf_night_sweats": "1"},
        feelings={"rf_self_harm": "not_sure"},
        own_words={"own_problem": WORDS},
    )
    pages = [person.get("/check/answers").text, person.get("/result").text]
    assert all(WORDS in page for page in pages)
    assert "<b>Y</b>" in pages[1]
    drawn = [text for parts in kept(app).values() for text in parts.values()]
    assert len(drawn) > 80
    abouts = [about for parts in kept(app).values() for about in parts]
    assert all(isinstance(about, tuple) or about.everyones for about in abouts)
    assert not [text for text in drawn if WORDS in text or "<b>Y</b>" in text or "<b>?</b>" in text]


def test_of_a_line_with_an_answer_every_form_is_kept_whatever_was_answered(app: Flask) -> None:
    person = Person(app.test_client())
    person.walk(about_you={"age": "77"}, started={"trend": "worse"})
    page = person.get("/check/answers").text
    assert "<dd>77</dd>" in page or "<dd>77 " in page
    lines = {
        about: text
        for parts in kept(app).values()
        for about, text in parts.items()
        if isinstance(about, tuple)
    }
    forms: dict[object, set[str]] = {}
    for asked, form in lines:
        forms.setdefault(asked, set()).add(form)
    assert len(forms) > 20
    assert all(found == set(AnswerRow.forms) for found in forms.values())
    told = {
        form: {text.count(SIGN) for (_, each), text in lines.items() if each == form}
        for form in AnswerRow.forms
    }
    assert told == {"usual": {1}, "standing out": {1}, "private": {0}, "open": {0}}
    assert not [text for text in lines.values() if "77" in text]


def test_an_answer_that_is_not_told_does_not_stand_out(app: Flask) -> None:
    def line(said: str) -> str:
        person = Person(app.test_client())
        person.walk(feelings={"rf_self_harm": said})
        found = re.search(r"<div[^>]*><dt>[^<]*</dt><dd>Answered</dd>", person.get("/check/answers").text)
        assert found
        return found[0]

    assert line("no") == line("not_sure")


def test_a_line_is_drawn_anew_for_somebody_who_said_something(app: Flask) -> None:
    for mark in ("N", "Y", "N"):
        person = Person(app.test_client())
        ticked: dict[str, object] = {"looks_none": "", "tick_rf_night_sweats": "1"} if mark == "Y" else {}
        person.walk(signs=ticked)
        page = person.get("/result").text
        assert re.search(rf"<b>{mark}</b> (?:<strong>)?[^<]*night sweats", page, re.IGNORECASE), mark


def test_the_links_of_kept_lines_begin_where_the_application_is_mounted(app: Flask) -> None:
    person = Person(app.test_client())
    person.walk()
    for root in ("", "/one", "/two", ""):
        page = person.client.get("/check/answers", environ_overrides={"SCRIPT_NAME": root})
        links = LISTED.findall(page.text)
        assert len(links) > len(DESK_WORKER)
        assert {link.split("?")[0].rsplit("/", 1)[0] for link in links} == {f"{root}/check"}


def test_only_so_many_lists_are_kept(app: Flask) -> None:
    lists = kept(app)
    lists.update((("", "a template", str(number)), {}) for number in range(MOST_LISTS + 1))
    person = Person(app.test_client())
    person.walk()
    assert person.get("/result").status_code == 200
    assert len(lists) < MOST_LISTS
