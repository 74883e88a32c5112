"""What every test may ask for: the shipped rules, a small rulebook, and a set of harmless answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selfcheck import load_rulebook
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The shipped rules."""
    return load_rulebook()


@pytest.fixture(scope="session")
def base() -> dict[str, object]:
    """Answers that need no more than self-care; copy before changing them."""
    answers: dict[str, object] = json.loads((HERE / "cases" / "base_answers.json").read_text("utf-8"))
    return answers


@pytest.fixture(scope="session")
def small_text() -> str:
    """The text of a small, complete rules file."""
    return (HERE / "data" / "small.toml").read_text("utf-8")


@pytest.fixture(scope="session")
def small(small_text: str) -> Rulebook:
    """The small rules file as a rulebook."""
    return read_rulebook(small_text, "small.toml")
