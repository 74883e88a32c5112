"""Mood, worry, sleep and work change the help offered, and never the level of a warning sign."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck import assess
from selfcheck.rulebook.model import Rulebook

SUPPORT: tuple[tuple[str, dict[str, object]], ...] = (
    ("ADV-HURT", {"fear_movement": 7}),
    ("ADV-EXPECT", {"recovery_expectation": 4}),
    ("ADV-MOOD", {"yf_low_mood": "some_days"}),
    ("ADV-STRESS", {"stress_level": 7}),
    ("ADV-SLEEP", {"yf_sleep": "yes"}),
    ("ADV-WORK", {"yf_work": "yes"}),
    ("ADV-SCANS", {"yf_passive": "scan"}),
    ("ADV-WIDESPREAD", {"yf_widespread": "yes"}),
    ("ADV-SUPPORT", {"yf_support": "yes"}),
)


@pytest.mark.parametrize(("advice", "change"), SUPPORT)
def test_each_answer_about_mood_and_work_brings_its_own_help(
    rulebook: Rulebook, base: Mapping[str, object], advice: str, change: Mapping[str, object]
) -> None:
    before = {one.id for one in assess(rulebook, base).advice}
    after = {one.id for one in assess(rulebook, {**base, **change}).advice}
    assert advice not in before
    assert advice in after


@pytest.mark.parametrize(("_advice", "change"), SUPPORT)
def test_no_such_answer_takes_anything_from_an_emergency(
    rulebook: Rulebook, base: Mapping[str, object], _advice: str, change: Mapping[str, object]
) -> None:
    result = assess(rulebook, {**base, **change, "rf_ces_saddle": "new_or_changing"})
    assert result.triage.disposition.id == "emergency_now"
    assert not any(one.id.startswith("ADV-") for one in result.advice)
