"""No home test is named as the next one, or as what would sharpen a result, that may not be done."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.answers import read_answers
from selfcheck.assessment import Assessment, assess
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.reading import read
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.assessment.urgency import urgency
from selfcheck.rulebook.model import Rulebook

ALL = None
LYING = frozenset(
    {"t_thomas", "t_kc", "t_bridge", "t_prone_ext", "t_plank", "t_side_plank", "t_slr", "t_ake"}
)
ONE_LEG = frozenset({"t_sls", "t_slsq", "t_knee_lift"})


def named(found: Assessment) -> set[str]:
    nearest = {test for miss in found.near_misses for test in miss.needs}
    return nearest | {result.next_best_test for result in found.patterns if result.next_best_test}


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        (
            {
                "pain_sites": ["front_hip_left", "low_back_centre"],
                "aggravators": ["running", "standing_on_one_leg"],
                "one_side_weaker": "left",
                "activity_minutes_week": 100,
            },
            ONE_LEG,
        ),
        (
            {
                "rk_osteoporosis": "yes",
                "conditions": ["osteoporosis"],
                "aggravators": ["standing_still", "arching_back", "lying_flat_legs_straight"],
                "sitting_hours_day": 9,
            },
            {"t_thomas", "t_kc", "t_ftf"},
        ),
        (
            {
                "pregnancy": "pregnant_16w_plus",
                "conditions": ["pelvic_floor_symptoms"],
                "aggravators": ["standing_still", "lifting"],
                "ab_exercise_feel": "low_back",
                "activity_minutes_week": 60,
            },
            LYING,
        ),
        (
            {
                "conditions": ["hip_replacement"],
                "hip_replacement_detail": ["told_limits"],
                "pain_sites": ["buttock_left"],
                "aggravators": ["sitting", "crossing_legs"],
                "sitting_hours_day": 9,
            },
            ALL,
        ),
        (
            {
                "duration": "lt_48h",
                "aggravators": ["lifting", "standing_still"],
                "ab_exercise_feel": "low_back",
                "activity_minutes_week": 60,
            },
            ALL,
        ),
        (
            {
                "pain_now": 7,
                "aggravators": ["lifting", "standing_still"],
                "ab_exercise_feel": "low_back",
                "activity_minutes_week": 60,
            },
            ALL,
        ),
    ],
    ids=["bone stress", "thin bones", "pregnant", "new hip", "first two days", "much pain"],
)
def test_a_test_that_may_not_be_done_is_not_named(
    rulebook: Rulebook, base: Mapping[str, object], changes: Mapping[str, object], left_out: set[str] | None
) -> None:
    found = named(assess(rulebook, {**base, **changes}))
    assert not (found if left_out is ALL else found & left_out)


def test_without_a_reason_against_it_the_test_that_tells_most_is_named(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    said = {
        "aggravators": ["lifting", "standing_still"], "ab_exercise_feel": "low_back", "activity_minutes_week": 60,
    }  # fmt: skip
    assert "t_plank" in named(assess(rulebook, {**base, **said}))


@pytest.mark.parametrize(("site", "one_leg"), [("low_back_centre", "t_bridge"), ("front_hip_left", None)])
def test_a_part_that_is_left_out_is_no_reason_for_its_test(
    rulebook: Rulebook, base: Mapping[str, object], site: str, one_leg: str | None
) -> None:
    said = {"pain_sites": [site], "aggravators": ["running"]}
    reading = read(rulebook, read_answers(rulebook.questionnaire, {**base, **said}))
    weigh_patterns(reading)
    suited = SuitedTests(reading, urgency(reading))
    assert suited.first({"t_bridge": frozenset({"t_slb_left", "t_slb_s_left"})}) == one_leg
    assert suited.first({"t_bridge": frozenset({"t_bridge_s"})}) == "t_bridge"
    assert suited.first({"t_slsq": frozenset({"t_slsq_left"}), "t_wall": frozenset({"t_wall_gap"})}) == (
        "t_slsq" if one_leg else "t_wall"
    )
