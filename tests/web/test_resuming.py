"""A code from a sheet brings the answers back, on any server with the same rules."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import pytest
from flask import Flask

from selfcheck import create_app
from selfcheck.answers import Answers
from selfcheck.handout.code import answers_code, read_code
from selfcheck.places import RULES
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.app import SettingsError
from tests.cases.case_files import completed
from tests.web.conftest import Person, errors, heading, where


def shown(text: str) -> str:
    """The code on a result page."""
    found = re.search(r'<p class="letters" id="letters" translate="no">([0-9A-Z-]+)</p>', text)
    assert found is not None
    return found[1]


def code_of(rulebook: Rulebook, base: dict[str, object], **changes: object) -> str:
    return answers_code(rulebook, completed(rulebook, base | changes, keep=frozenset(changes)))


@pytest.fixture
def other(rulebook: Rulebook) -> Person:
    """Somebody at another server with the same rules, another secret and no memory of the first."""
    app: Flask = create_app({"SECRET_KEY": "another-secret", "REGION": "gb"}, rulebook=rulebook)
    return Person(app.test_client())


def test_a_code_shows_the_same_result_on_another_server(person: Person, other: Person) -> None:
    person.walk(own_words={"own_problem": "Kumquat"})
    here = person.get("/result")
    there = other.send("/resume", {"code": shown(here.text)})
    assert where(there) == "/check/answers"
    assert "These are the answers of your code" in there.text
    again = other.get("/result")
    assert heading(again) == heading(here)
    assert shown(again.text) == shown(here.text)
    assert "Kumquat" in here.text
    assert "Kumquat" not in again.text


def test_a_result_of_a_code_says_so_until_the_person_goes_on_and_is_asked_anew(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    person.send("/resume", {"code": code_of(rulebook, base)})
    assert "These are the answers of your code" in person.get("/check/answers").text
    old = person.get("/result").text
    assert "Made from answers that were given earlier." in old
    assert "Made from answers that were given earlier." in person.get("/result/handout").text
    assert "Go on from these answers" in old
    later = person.get("/check/days")
    assert where(later) == "/check/nerves"
    assert not re.search(r'name="rf_[^>]* checked', later.text)
    assert "no longer need" not in later.text
    assert where(person.get("/result")) == "/check/nerves"
    person.page("nerves")
    person.page("injury-hip")
    person.page("very-unwell")
    assert where(person.get("/result")) == "/check/started"
    assert 'value="w2_4" checked' in person.get("/check/started").text
    person.page("started")
    person.page("strength")
    person.page("feelings")
    fresh = person.get("/result").text
    assert heading(person.get("/result")) in old
    assert "given earlier" not in fresh


def test_a_code_of_an_emergency_leads_to_the_emergency_page(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    answer = person.send("/resume", {"code": code_of(rulebook, base, rf_ces_saddle="new_or_changing")})
    assert where(answer) == "/result"
    assert heading(answer) == "Get emergency help now"


def test_a_code_takes_the_place_of_all_that_was_answered(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    person.walk(own_words={"own_problem": "Kumquat"})
    assert "take the place of those in this browser" in person.get("/resume").text
    person.send("/resume", {"code": code_of(rulebook, base, age=61)})
    answers = person.get("/check/answers").text
    assert "Kumquat" not in answers
    assert "61 years" in answers


def test_home_tests_of_a_code_stand_on_the_check_page(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    answer = person.send("/resume", {"code": code_of(rulebook, base, t_thomas_left="clearly_above")})
    assert "Let a leg hang from the bed" in answer.text
    assert "we no longer need" not in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter your code"),
        ("   ", "Enter your code"),
        ("hello there", "too short"),
        ("<script>alert(1)</script>", "no &#39;&lt;&#39;"),
        ("4" * 5000, "too long"),
        ("\x00\u202e", "no &#39;?&#39;"),
    ],
)
def test_what_is_no_code_is_said_first_on_the_page_and_nothing_is_lost(
    person: Person, typed: str, words: str
) -> None:
    person.walk(until="where")
    before = person.get("/check/answers").text.count("<dt>")
    answer = person.send("/resume", {"code": typed})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert list(errors(answer)) == ["code"]
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert person.get("/check/answers").text.count("<dt>") == before


def test_a_mistyped_letter_is_found_and_the_typing_kept(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    code = code_of(rulebook, base)
    wrong = code[:13] + ("7" if code[13] != "7" else "8") + code[14:]
    answer = person.send("/resume", {"code": wrong})
    assert errors(answer)["code"].startswith("A letter or figure in group 3 seems wrong")
    assert f">{wrong}</textarea>" in answer.text


def test_a_code_of_other_rules_is_refused_in_words(person: Person, base: dict[str, object]) -> None:
    newer = read_rulebook(RULES.read_text(encoding="utf-8") + "\n# a later version\n")
    answer = person.send("/resume", {"code": code_of(newer, base)})
    assert answer.status_code == 422
    assert newer.fingerprint in errors(answer)["code"]
    assert "made with other rules" in errors(answer)["code"]


def test_two_codes_stand_side_by_side_and_what_counts_is_marked(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    then = code_of(rulebook, base, pain_now=7, t_thomas_hip_deg_left=15, t_slr_deg_left=60, rf_fever="yes")
    now = code_of(rulebook, base, pain_now=4, t_thomas_hip_deg_left=11, t_slr_deg_left=66)
    answer = person.send("/resume", {"code": now, "earlier": then})
    assert where(answer) == "/resume/compare"
    text = re.sub(r"\s+", " ", answer.text)
    assert "<td>7</td><td>4</td><td><strong>3 less: a change that counts</strong></td>" in text
    assert "<td>15 degrees</td><td>11 degrees</td><td>4 less</td>" in text
    assert "<td>60 degrees</td><td>66 degrees</td><td><strong>6 more: more than the test can be out by</strong></td>" in text  # fmt: skip
    result = re.search(r"What to do</th><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", text)
    assert result is not None
    assert result[1] != result[2]
    assert result[3] == "changed"
    assert person.get("/resume/compare").status_code == 200


def test_an_earlier_code_alone_is_compared_with_the_answers_in_this_browser(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    person.walk()
    answer = person.send("/resume", {"code": "", "earlier": code_of(rulebook, base, pain_now=9)})
    assert where(answer) == "/resume/compare"
    assert "<td>9</td><td>3</td>" in answer.text
    assert "low back" in person.get("/check/answers").text


def test_the_earlier_code_is_checked_like_the_other_and_neither_is_taken(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    answer = person.send("/resume", {"code": code_of(rulebook, base), "earlier": "nonsense"})
    assert answer.status_code == 422
    assert list(errors(answer)) == ["earlier"]
    assert where(person.get("/result")) == "/"


def test_without_codes_there_is_nothing_to_compare(person: Person) -> None:
    assert where(person.get("/resume/compare")) == "/resume"


def test_clearing_forgets_the_codes(person: Person, rulebook: Rulebook, base: dict[str, object]) -> None:
    code = code_of(rulebook, base)
    person.send("/resume", {"code": code, "earlier": code})
    person.send("/clear", {})
    assert where(person.get("/resume/compare")) == "/resume"


def test_a_form_that_was_open_too_long_keeps_what_was_typed(person: Person) -> None:
    answer = person.client.post("/resume", data={"code": "4XQA8", "csrf_token": "stale"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text
    assert ">4XQA8</textarea>" in answer.text


def test_a_code_is_never_in_an_address_or_a_log(
    person: Person, rulebook: Rulebook, base: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    code = code_of(rulebook, base)
    answer = person.send("/resume", {"code": code, "earlier": code}, follow=False)
    assert code not in answer.headers["Location"] + answer.headers.get("Set-Cookie", "") + caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_the_form_and_the_result_may_run_a_script_and_only_our_own(
    person: Person, rulebook: Rulebook, base: dict[str, object]
) -> None:
    code = code_of(rulebook, base)
    form = person.get("/resume")
    assert "script-src 'self'" in form.headers["Content-Security-Policy"]
    assert "unsafe" not in form.headers["Content-Security-Policy"]
    person.send("/resume", {"code": code, "earlier": code})
    for path in ("/resume/compare", "/check/answers", "/"):
        assert "script-src" not in person.get(path).headers["Content-Security-Policy"]
    for page, name in (
        (form, "resume"),
        (person.get("/result"), "copy"),
        (person.get("/result/handout"), "copy"),
    ):
        assert page.headers["Content-Security-Policy"].endswith("; script-src 'self'")
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert len(scripts) == 1
        assert re.fullmatch(rf'<script src="/static/{name}\.js\?v=[0-9a-f]{{8}}" defer>', scripts[0])


def test_the_new_pages_are_strict_html(person: Person, rulebook: Rulebook, base: dict[str, object]) -> None:
    code = code_of(rulebook, base, t_thomas_left="clearly_above", t_slr_deg_left=66)
    texts = [
        person.get("/resume").text,
        person.send("/resume", {"code": "x", "earlier": "y"}).text,
        person.send("/resume", {"code": code, "earlier": code}).text,
        person.get("/result").text,
    ]
    for text in texts:
        html5lib.HTMLParser(strict=True).parse(text)
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        named = re.findall(r' (?:for|aria-describedby|aria-labelledby)="\s*([^"]+)"', text)
        assert {word for names in named for word in names.split()} <= set(ids)
        assert text.count("<h1") == 1


def test_the_qr_picture_is_an_address_where_the_server_knows_its_own(rulebook: Rulebook) -> None:
    app = create_app({"SECRET_KEY": "k", "BASE_URL": "https://selfcheck.example.org/"}, rulebook=rulebook)
    plain = create_app({"SECRET_KEY": "k"}, rulebook=rulebook)
    pictures = []
    for one in (app, plain):
        person = Person(one.test_client())
        person.walk()
        page = person.get("/result").text
        image = re.search(r'<img src="([^"]+)" alt="QR picture of the answers code"', page)
        assert image is not None
        pictures.append(person.client.get(image[1]))
    assert [picture.mimetype for picture in pictures] == ["image/svg+xml"] * 2
    roots = [ET.fromstring(picture.text).tag for picture in pictures]  # noqa: S314 - our own
    assert roots == ["{http://www.w3.org/2000/svg}svg"] * 2
    assert len(pictures[0].text) > len(pictures[1].text)


def test_the_qr_picture_is_for_those_who_have_a_result_and_writes_no_cookie(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert person.client.get("/result/code.svg").status_code == 404
    person.walk(until="where")
    assert person.client.get("/result/code.svg").status_code == 404
    person.walk()
    monkeypatch.setattr("selfcheck.web.session.FRESH_SECONDS", -1)
    assert "Set-Cookie" in person.client.get("/result").headers
    picture = person.client.get("/result/code.svg")
    assert picture.status_code == 200
    assert "Set-Cookie" not in picture.headers
    assert picture.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["selfcheck.example.org", "javascript:alert(1)", "https://a b", "https://a#b", "https://a?b"]
)
def test_an_address_that_is_none_is_refused(rulebook: Rulebook, address: str) -> None:
    with pytest.raises(SettingsError, match="BASE_URL"):
        create_app({"SECRET_KEY": "k", "BASE_URL": address}, rulebook=rulebook)


def test_private_answers_that_may_not_be_printed_are_asked_again(person: Person, other: Person) -> None:
    person.walk(until="feelings")
    person.page("feelings", rf_self_harm="yes", self_harm_now="no", print_self_harm="no")
    for slug in ("own-words", "extras"):
        person.page(slug)
    page = person.get("/result").text
    assert "The answers we may not print are not in it" in page
    answer = other.send("/resume", {"code": shown(page)})
    assert "2 questions are still open" in answer.text
    assert where(other.get("/check/feelings")) == "/check/nerves"


def test_what_a_code_carries_is_what_the_browser_holds_without_free_text(
    person: Person, rulebook: Rulebook
) -> None:
    person.walk(own_words={"own_problem": "Kumquat"})
    found: Answers = read_code(rulebook, shown(person.get("/result").text))
    assert found.values["age"] == 35
    assert "own_problem" not in found.values


def test_the_script_stays_small() -> None:
    script = Path(create_app.__code__.co_filename).parent / "web" / "static" / "resume.js"
    assert script.stat().st_size < 800
