"""What people, robots and attackers send: a clear page each, never a crash, never a lost answer."""

from __future__ import annotations

import re

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from werkzeug.datastructures import Headers

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.app import SettingsError
from selfcheck.web.session import SHAPES
from tests.web.conftest import DESK_WORKER, Person, errors, heading, where


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ("abc", "Enter your age in figures, like 35"),
        ("\x00", "Enter your age in figures, like 35"),
        ("nan", "Enter your age in figures, like 35"),
        ("1e999", "Enter your age in figures, like 35"),
        ("-5", "Your age must be between 1 and 110"),
        ("200", "Your age must be between 1 and 110"),
        ("35.5", "Enter your age as a whole number"),
        ("", "Enter your age, for example 35"),
    ],
)
def test_a_wrong_number_is_named_and_kept(person: Person, age: str, words: str) -> None:
    answer = person.page("about-you", age=age)
    assert answer.status_code == 422
    assert errors(answer) == {"age": words}


def test_an_unknown_option_is_an_error_on_its_page(person: Person) -> None:
    answer = person.page("about-you", pregnancy="maybe")
    assert answer.status_code == 422
    assert set(errors(answer)) == {"pregnancy"}


def test_unknown_fields_and_repeated_fields_do_no_harm(person: Person) -> None:
    answer = person.page("about-you", rf_fever="yes", nonsense="1", age=["35", "36"])
    assert where(answer) == "/check/nerves"
    assert 'value="36"' not in person.get("/check/about-you").text


@pytest.mark.parametrize("text", ["\x00\x07", "\u202eevil", "x" * 141])
def test_text_that_cannot_be_printed_is_refused(person: Person, text: str) -> None:
    person.walk(until="own-words")
    answer = person.send("/check/own-words", {"own_problem": text})
    assert answer.status_code == 422
    assert set(errors(answer)) == {"own_problem"}


def test_markup_in_own_words_is_shown_as_it_was_written(person: Person) -> None:
    person.walk(own_words={"own_problem": '<script>alert(1)</script> & "so"'})
    result = person.get("/result").text
    assert "<script>" not in result
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in result


def test_a_field_of_a_megabyte_gets_413_and_the_answers_stay(person: Person) -> None:
    person.page("about-you")
    answer = person.send("/check/nerves", {"rf_ces_saddle": "x" * 1_000_000})
    assert answer.status_code == 413
    assert heading(answer) == "That was too much at once"
    assert 'value="35"' in person.get("/check/about-you").text


@pytest.mark.parametrize(
    "cookie",
    ["forged", "", "a" * 4000, "gAAAAA" + "b" * 200, Fernet(Fernet.generate_key()).encrypt(b"{}").decode()],
    ids=["words", "empty", "long", "shaped-like-ours", "of-another-key"],
)
def test_a_cookie_that_is_not_ours_starts_afresh(person: Person, cookie: str) -> None:
    person.client.set_cookie("selfcheck", cookie)
    answer = person.get("/check/about-you")
    assert answer.status_code == 200
    assert re.search("<input[^>]* checked", answer.text) is None


def test_a_form_without_a_token_is_not_taken_and_keeps_what_was_typed(person: Person) -> None:
    person.page("about-you")
    answer = person.client.post("/check/about-you", data={"age": "44", "csrf_token": "wrong"})
    assert answer.status_code == 400
    assert "Please press Continue again" in answer.text
    assert 'value="44"' in answer.text
    assert 'value="35"' in person.get("/check/about-you").text


def test_a_form_after_the_cookie_has_gone_says_that_the_answers_are_cleared(person: Person) -> None:
    person.page("about-you")
    person.client.delete_cookie("selfcheck")
    answer = person.client.post("/check/nerves", data={"rf_ces_saddle": "no", "csrf_token": "old"})
    assert heading(answer) == "Your answers have been cleared"


@pytest.mark.parametrize(
    ("address", "status"), [("/nothing", 404), ("/check/nothing", 404), ("/check/nerves-each-each", 404)]
)
def test_an_unknown_address_is_a_page_with_a_way_on(person: Person, address: str, status: int) -> None:
    answer = person.client.get(address)
    assert answer.status_code == status
    assert "Go on with my answers" in answer.text


@pytest.mark.parametrize("slug", ["answers", "nothing", "nerves-each-each"])
def test_an_old_form_for_a_page_that_takes_none_leads_to_the_start(person: Person, slug: str) -> None:
    person.page("about-you")
    answer = person.client.post(f"/check/{slug}", data={"csrf_token": "old"})
    assert answer.status_code == 400
    assert heading(answer) == heading(person.get("/"))


@pytest.mark.parametrize("address", ["/check", "/check//", "//check/", "/rules/"])
def test_no_redirect_repeats_the_host_that_was_asked_for(person: Person, address: str) -> None:
    answer = person.client.open(address, headers={"Host": "elsewhere.example"})
    assert "elsewhere" not in answer.headers.get("Location", "") + answer.text


@pytest.mark.parametrize("host", ["[::1", "a b", "x:y:z", "localhost:99999", "\x00"])
def test_a_host_name_that_cannot_be_read_gets_a_plain_page(person: Person, host: str) -> None:
    answer = person.client.open("/check/about-you", headers=Headers([("Host", host)]))
    assert answer.status_code in (200, 400)
    assert heading(answer) in ("This page could not be read", "Who is this about?")


@pytest.mark.parametrize("odd", [None, 5, "x", [], ["x"], [1], {}, {"x": 1}, {"x": {"y": 1}}, True])
def test_a_cookie_of_another_version_stops_nobody(person: Person, odd: object) -> None:
    box = person.client.application.session_interface
    content = {
        "answers": {"age": 35},
        **dict.fromkeys(sorted({*SHAPES, "renewed", "from_code"} - {"answers"}), odd),
    }
    for path in ("/check/about-you", "/check/changed", "/check/answers", "/result", "/resume/compare"):
        person.client.set_cookie("selfcheck", box.sealed(content))  # type: ignore[attr-defined]
        assert person.get(path).status_code == 200, path


@pytest.mark.parametrize("odd", ["y", "", ["y"], ["new_or_changing", "no"]])
def test_a_first_answer_that_renewed_rules_do_not_know_is_not_put_back(person: Person, odd: object) -> None:
    box = person.client.application.session_interface
    for item in ("an_item_of_before", "rf_ces_bladder"):
        first = {"rf_ces_saddle": "new_or_changing", item: odd}
        content = {"answers": {"age": 35, "rf_ces_saddle": "no"}, "changed": first}
        person.client.set_cookie("selfcheck", box.sealed(content))  # type: ignore[attr-defined]
        answer = person.send("/check/changed", {"reason": "gone_away"})
        assert answer.status_code == 200
        assert heading(answer) == "Get emergency help now", (item, odd)


def test_nobody_is_asked_about_a_first_answer_to_a_question_that_is_gone(person: Person) -> None:
    box = person.client.application.session_interface
    content = {"answers": {"age": 35}, "changed": {"an_item_of_before": "yes"}}
    person.client.set_cookie("selfcheck", box.sealed(content))  # type: ignore[attr-defined]
    assert where(person.get("/check/changed")) == "/check/about-you"
    assert where(person.page("about-you")) == "/check/nerves"


def test_a_crash_shows_a_page_without_a_trace(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfcheck.web.journey.page_of", lambda *_, **__: 1 / 0)
    with app.test_client() as client:
        answer = client.get("/check/about-you")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_every_answer_carries_the_protecting_headers(person: Person) -> None:
    for address in ("/", "/check/about-you", "/nothing", "/healthz"):
        headers = person.client.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"


def test_the_cookie_is_encrypted_and_closed_to_scripts(person: Person) -> None:
    answer = person.send("/check/about-you", DESK_WORKER["about-you"], follow=False)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie
    assert "filled_by" not in cookie


def test_answers_too_long_for_a_cookie_are_refused_and_nothing_before_is_lost(person: Person) -> None:
    person.walk(until="own-words")
    wide = {f"own_{name}": "".join(chr(0x4E00 + (i * 7919 + place * 104729) % 20000) for i in range(140))
            for place, name in enumerate(("problem", "idea", "worry", "hope", "question_1", "question_2", "question_3"))}  # fmt: skip
    answer = person.send("/check/own-words", dict(wide))
    assert answer.status_code == 422
    assert all(words.startswith("Shorten this") for words in errors(answer).values())
    assert wide["own_hope"] in answer.text
    assert 'value="35"' in person.get("/check/about-you").text


def test_healthz_tells_the_versions_and_sets_no_cookie(person: Person, rulebook: Rulebook) -> None:
    answer = person.client.get("/healthz")
    assert answer.json is not None
    assert answer.json["status"] == "ok"
    assert answer.json["rules"]["fingerprint"] == rulebook.fingerprint
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("secret", "knows"),
    [("a-secret-of-the-tests", True), ("newer a-secret-of-the-tests", True), ("another", False)],
)
def test_processes_that_share_a_secret_serve_the_same_person(
    person: Person, rulebook: Rulebook, secret: str, knows: bool
) -> None:
    person.page("about-you")
    cookie = person.client.get_cookie("selfcheck")
    assert cookie is not None
    with create_app({"SECRET_KEY": secret}, rulebook=rulebook).test_client() as client:
        client.set_cookie("selfcheck", cookie.value)
        assert ('value="35"' in client.get("/check/about-you").text) is knows


def test_an_unknown_region_is_refused_with_the_known_ones(rulebook: Rulebook) -> None:
    with pytest.raises(SettingsError, match="no region 'xx'; one of: intl, gb"):
        create_app({"REGION": "xx"}, rulebook=rulebook)


@pytest.mark.parametrize(
    ("region", "words"), [("nz", "111"), ("us", "911"), ("intl", "your local emergency number")]
)
def test_each_region_shows_its_own_emergency_words(rulebook: Rulebook, region: str, words: str) -> None:
    with create_app({"REGION": region}, rulebook=rulebook).test_client() as client:
        page = client.get("/").text
    assert words in page
    assert ("NHS 111" in page) is (region == "gb")


def test_a_fault_of_ours_is_logged_with_a_reference_and_without_answers(
    person: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.page("about-you", age="93")
    app = person.client.application
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.view_functions, "pages.check", lambda: 1 // 0)
    answer = person.client.get("/check/")
    shown = re.search(r"reference ([0-9a-f]{8})", answer.text)
    assert answer.status_code == 500
    assert shown is not None
    assert f"{shown[1]}: ZeroDivisionError on pages.check" in caplog.text
    assert "93" not in caplog.messages[-1].replace(shown[1], "")
    assert "Traceback" not in answer.text + caplog.text


def test_over_tls_browsers_are_told_to_stay_there(person: Person) -> None:
    assert "Strict-Transport-Security" not in person.client.get("/").headers
    secure = person.client.get("/", base_url="https://localhost/")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=")
