"""A journey with marked answers through a real server: nothing of them is left in any place but the browser."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from pypdf import PdfReader

from tests.boxed import boxed
from tests.web.conftest import DESK_WORKER
from tests.web.trail import Seen, Trail

WORDS = ("Zanzibarbruise", "Kumquat worry & <b>")
MINUTES = "2741"
MARKED: dict[str, dict[str, object]] = {
    **DESK_WORKER,
    "about-you": {**DESK_WORKER["about-you"], "age": "97"},
    "started": {**DESK_WORKER["started"], "fall_6w": "no"},
    "days": {**DESK_WORKER["days"], "activity_minutes_week": MINUTES},
    "extras": {"sex_for_norms": "female"},
    "own-words": {"own_problem": WORDS[0], "own_worry": WORDS[1]},
}
OPTIONS = ("gradual_over_weeks", "low_back_centre", "m61_120", "moving_about")
AGES = ("age=97", "age': 97", 'age": 97', "aged 97", "97 years")
CARRIED = ("/result", "/result/handout", "/result/handout.pdf", "/result/handout.txt", "/result/fhir.json")
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}(?:[- ][0-9A-HJKMNP-TV-Z]{1,5}){2,}\b")
TOO_MUCH = 700_000
FAULTY = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
from flask import request
from selfcheck.handout.fhir import response
from selfcheck.web import session
def broken(_book, assessment, *_, **__):
    raise ValueError(f"cannot write {assessment.answers}")
response.questionnaire_response = broken
kept = session.EncryptedCookie.save_session
def unkept(self, app, content, response):
    if request.path == "/result/handout.txt":
        raise ValueError(f"cannot keep {dict(content)}")
    kept(self, app, content, response)
session.EncryptedCookie.save_session = unkept
from selfcheck.cli import main
sys.exit(main(["serve", "--port", "0"]))
"""


def marks(trail: Trail, code: str) -> list[str]:
    """Everything that would give an answer away, as it may stand in a log, a file or an address."""
    texts = [*WORDS, MINUTES, *OPTIONS, *AGES, code, code.replace("-", "")[:12]]
    cookies = [sent.partition("=")[2].partition(";")[0] for sent in trail.cookies if "Max-Age=0" not in sent]
    return [
        *(form(text) for text in texts for form in (str, quote, quote_plus)),
        *(cookie[:60] for cookie in cookies),
    ]


def found_in(places: Mapping[str, bytes], wanted: Iterable[str]) -> list[tuple[str, str]]:
    """Each place that holds a mark: as it is, in UTF-16, or in base64."""
    forms = {
        form: mark
        for mark in wanted
        for form in (
            mark.encode(),
            mark.encode("utf-16-le"),
            base64.b64encode(mark.encode()).rstrip(b"=")[:-1],
        )
    }
    return [
        (place, mark) for place, content in places.items() for form, mark in forms.items() if form in content
    ]


def walked(trail: Trail) -> str:
    """Answer every page, and carry the result away in every form; the answers code."""
    for slug, fields in MARKED.items():
        assert trail.send(f"/check/{slug}", fields).status == 200, slug
    trail.open("/check/answers")
    code = CODE.search(trail.open("/result").text)
    assert code is not None
    for path in CARRIED:
        trail.ask(path)
    return code[0]


def last(trail: Trail, path: str) -> Seen:
    """What came last from an address."""
    return next(seen for seen in reversed(trail.seen) if seen.path == path)


def test_a_journey_reaches_every_sheet_and_no_log_no_file_and_no_address(tmp_path: Path) -> None:
    with boxed(tmp_path) as server:
        first, second = Trail(server.address), Trail(server.address)
        code = walked(first)
        second.send("/resume", {"code": code})
        assert second.open("/result").status == 200
        opened = server.written()
        cleared = [trail.send("/clear", {}) for trail in (first, second)]
        status = server.end()
        places = {**opened, **server.written(), "log": server.said().encode()}
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(last(first, CARRIED[2]).body)).pages)
    sheets = [pdf, *(last(first, path).text for path in CARRIED if path != CARRIED[2])]
    assert all(WORDS[0] in sheet for sheet in sheets)
    assert MINUTES in last(first, "/result/fhir.json").text
    assert (status, [page.status for page in cleared]) == (0, [200, 200])
    wanted = marks(first, code) + marks(second, code)
    assert found_in(places, wanted) == []
    for trail in (first, second):
        assert found_in({address: address.encode() for address in trail.addresses}, wanted) == []
        assert {seen.head["cache-control"] for seen in trail.seen} == {"no-store"}
        assert "Max-Age=0" in trail.cookies[-1]
    assert [line.partition(" ")[0] for line in places["log"].decode().splitlines()] == ["No", "Serving"]


def test_after_clearing_no_address_gives_an_answer_or_a_cookie(tmp_path: Path) -> None:
    with boxed(tmp_path) as server:
        trail = Trail(server.address)
        code = walked(trail)
        trail.send("/clear", {})
        pages = [trail.open(path) for path in CARRIED]
        assert (trail.cookie, trail.cookies[-1].partition(";")[0]) == ("", "selfcheck=")
        pages += [trail.open(path) for path in ("/check/answers", "/check/own-words", "/resume/compare")]
    assert found_in({page.path: page.body for page in pages}, (*WORDS, MINUTES, code)) == []


def test_faults_of_ours_leave_no_answer_in_the_log_or_on_the_page_even_when_debugging(tmp_path: Path) -> None:
    with boxed(tmp_path, ("-c", FAULTY)) as server:
        trail = Trail(server.address)
        code = walked(trail)
        server.end()
    failed = [last(trail, path) for path in ("/result/fhir.json", "/result/handout.txt")]
    assert [page.status for page in failed] == [500, 500]
    places = {"log": server.said().encode(), **{page.path: page.body for page in failed}, **server.written()}
    assert found_in(places, marks(trail, code)) == []
    assert server.said().count("ValueError") >= len(failed)
    assert "Traceback" not in server.said()


def test_a_journey_needs_not_one_byte_on_the_disk(tmp_path: Path) -> None:
    with boxed(tmp_path) as server:
        server.forbid_writing()
        trail = Trail(server.address)
        walked(trail)
        large = trail.ask("/check/own-words", b"own_problem=" + b"Zanzibarbruise" * (TOO_MUCH // 14))
        assert large.status == 413
        assert trail.open("/result").status == 200
        assert server.end() == 0
    assert {last(trail, path).status for path in CARRIED} == {200}
    assert len(server.said().splitlines()) == 2


def test_the_search_for_marks_finds_each_way_of_writing_them() -> None:
    mark = WORDS[0]
    written = (mark, quote(WORDS[1]), base64.b64encode(mark.encode()).decode())
    assert all(
        found_in({"log": f"before {text} after".encode()}, (mark, quote(WORDS[1]))) for text in written
    )
    assert found_in({"log": mark.encode("utf-16")}, (mark,))
    assert found_in({"log": b"nothing"}, (mark,)) == []
