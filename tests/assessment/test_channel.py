"""Where an emergency goes when several rules give it."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.assessment import assess
from selfcheck.rulebook.model import Rulebook

Base = Mapping[str, object]
CRISIS = {"rf_self_harm": "yes", "self_harm_now": "yes"}


def channel(rulebook: Rulebook, base: Base, **changes: object) -> str | None:
    return assess(rulebook, {**base, **changes}).triage.channel


def test_a_crisis_alone_goes_to_the_crisis_line(rulebook: Rulebook, base: Base) -> None:
    assert channel(rulebook, base, **CRISIS) == "crisis"


def test_a_crisis_beside_an_emergency_that_a_cluster_gives_goes_to_the_emergency_department(
    rulebook: Rulebook, base: Base
) -> None:
    old = {"rf_ces_saddle": "older_stable", "rf_ces_bladder": "older_stable"}
    assert channel(rulebook, base, **CRISIS, **old) == "emergency_department"


def test_an_ambulance_comes_before_everything_else(rulebook: Rulebook, base: Base) -> None:
    both = {"rf_chest_pe_mi": "yes", "rf_ces_saddle": "new_or_changing"}
    assert channel(rulebook, base, **CRISIS, **both) == "ambulance"


def test_below_an_emergency_there_is_no_channel(rulebook: Rulebook, base: Base) -> None:
    assert channel(rulebook, base, rf_dvt="yes") is None
