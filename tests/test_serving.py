"""A running server: rules loaded anew, faulty rules refused, and an end that finishes what it began."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from selfcheck import load_rulebook
from selfcheck.rulebook.model import Rulebook
from selfcheck.serving import Current

SMALL = Path(__file__).parent / "data" / "small.toml"
SECONDS = 60


@contextmanager
def running(rules: Path, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server on a free port with these rules, and its address; its messages go to the log."""
    with log.open("wb") as messages, subprocess.Popen(
        [sys.executable, "-m", "selfcheck", "serve", "--port", "0", "--rules", str(rules)], stderr=messages
    ) as server:  # fmt: skip
        try:
            yield server, waited(log, "Serving on ").split()[2]
        finally:
            server.kill()


def waited(log: Path, words: str) -> str:
    """The first line of a log that holds some words, once it is there."""
    for _ in range(SECONDS * 20):
        found = [line for line in log.read_text().splitlines() if words in line]
        if found:
            return found[0]
        time.sleep(0.05)
    pytest.fail(f"'{words}' was never said: {log.read_text()}")


def fingerprint(address: str) -> str:
    with urlopen(f"{address}healthz", timeout=SECONDS) as answer:  # noqa: S310 - our own address
        return str(json.load(answer)["rules"]["fingerprint"])


def test_new_rules_are_served_and_faulty_ones_leave_the_old_in_place(tmp_path: Path) -> None:
    rules, log = tmp_path / "rules.toml", tmp_path / "log"
    rules.write_text(SMALL.read_text())
    with running(rules, log) as (server, address):
        assert fingerprint(address) == load_rulebook(SMALL).fingerprint
        rules.write_text(SMALL.read_text().replace("'emergency_now'", "'emergency_nwo'", 1))
        server.send_signal(signal.SIGHUP)
        waited(log, "The rules are left as they were.")
        assert "rules.toml:" in log.read_text()
        assert fingerprint(address) == load_rulebook(SMALL).fingerprint
        rules.write_text(SMALL.read_text() + "\n# a remark\n")
        server.send_signal(signal.SIGHUP)
        waited(log, "New rules: ")
        assert fingerprint(address) == load_rulebook(rules).fingerprint != load_rulebook(SMALL).fingerprint
        server.send_signal(signal.SIGTERM)
        assert server.wait(SECONDS) == 0


def test_answers_given_before_a_reload_can_be_read_after_it() -> None:
    current = Current(lambda: load_rulebook(SMALL), {"SECRET_KEY": "one"})
    before = current.app
    said = {"answers": {"bladder": "no"}}
    with before.test_request_context():
        cookie = before.session_interface.sealed(said)  # type: ignore[attr-defined]
    assert current.reload()
    assert current.app is not before
    with current.app.test_request_context(headers={"Cookie": f"selfcheck={cookie}"}) as context:
        assert dict(context.session or {}) == said


def test_a_missing_rules_file_leaves_the_old_rules(capsys: pytest.CaptureFixture[str]) -> None:
    there = [True]

    def loaded() -> Rulebook:
        if there[0]:
            return load_rulebook(SMALL)
        raise FileNotFoundError(2, "No such file", "rules.toml")

    current = Current(loaded, {"SECRET_KEY": "one"})
    before = current.app
    there[0] = False
    assert not current.reload()
    assert current.app is before
    assert "left as they were" in capsys.readouterr().err
