"""Nothing of what somebody says is kept, logged, or put into an address."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.web.conftest import DESK_WORKER, Person

SENTINELS = ("Zanzibarbruise", "Kumquatworry")
ROOT = Path(__file__).resolve().parents[2]


def test_a_journey_leaves_no_trace_of_its_answers(
    person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    addresses, cookies = [], []
    with caplog.at_level(logging.DEBUG):
        for slug in DESK_WORKER:
            words = {"own_problem": SENTINELS[0], "own_worry": SENTINELS[1]} if slug == "own-words" else {}
            answer = person.send(f"/check/{slug}", {**DESK_WORKER[slug], **words}, follow=False)
            addresses.append(answer.headers.get("Location", ""))
            cookies.append(answer.headers.get("Set-Cookie", ""))
            assert answer.headers["Cache-Control"] == "no-store"
        assert SENTINELS[0] in person.get("/result").text
    printed = capfd.readouterr()
    places = (caplog.text, printed.out, printed.err, *addresses, *cookies)
    assert not any(sentinel in place for sentinel in SENTINELS for place in places)
    assert not any("35" in address or "low_back" in address for address in addresses)
    assert list(tmp_path.iterdir()) == []


def test_after_clearing_nothing_is_left_in_the_browser(person: Person) -> None:
    person.walk(own_words={"own_problem": SENTINELS[0]})
    person.send("/clear", {})
    assert person.client.get_cookie("selfcheck") is None
    assert SENTINELS[0] not in person.get("/result").text
