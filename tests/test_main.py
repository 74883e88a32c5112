"""The program, from its first line."""

from __future__ import annotations

import gc
import os
import sys

import pytest

import selfcheck
from selfcheck.__main__ import main


def test_rubbish_is_looked_for_again_once_everything_is_read_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["selfcheck", "rules", "no_such_rule"])
    assert main() == 2
    assert "no_such_rule" in capsys.readouterr().err
    assert gc.isenabled()


def test_the_package_has_what_it_says_and_nothing_else() -> None:
    assert all(callable(getattr(selfcheck, name)) for name in selfcheck.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="no attribute 'reassess'"):
        _ = selfcheck.reassess


@pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
def test_the_server_runs_in_the_time_zone_it_was_started_in(
    zone: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selfcheck import serving

    if zone is None:
        monkeypatch.delenv("TZ", raising=False)
    else:
        monkeypatch.setenv("TZ", zone)
    seen: list[str | None] = []
    monkeypatch.setattr(serving, "serve", lambda *_: seen.append(os.environ.get("TZ")))
    monkeypatch.setattr(sys, "argv", ["selfcheck", "serve"])
    try:
        assert main() == 0
    finally:
        gc.enable()
    assert seen == [zone]
