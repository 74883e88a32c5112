"""Who is offered which home test: for each reason to leave one out a person, and the tests that must not be offered.

The lists are the clinical ones, written down here once more so that a slip in the rules is found.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.answers import read_answers
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.reading import read
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.assessment.urgency import urgency
from selfcheck.rulebook.model import Rulebook

STRONG = (
    "pregnancy_13w recent_surgery hernia pelvic_floor_symptoms postpartum_12w heart_condition glaucoma_reflux"
)
HOLDS = f"{STRONG} high_bp_uncontrolled acute_phase"
LEFT_OUT = {
    "t_thomas": "osteoporosis spinal_fracture balance_risk high_bp_uncontrolled pregnancy_13w recent_surgery "
    "hip_replacement stiff_spine",
    "t_kc": "osteoporosis spinal_fracture balance_risk high_bp_uncontrolled pregnancy_13w recent_surgery "
    "hip_replacement_recent stiff_spine",
    "t_ftf": "osteoporosis spinal_fracture stiff_spine recent_surgery",
    "t_prone_ext": "pregnancy spinal_fracture hernia recent_surgery pars_stress",
    "t_rot": "hip_replacement recent_surgery",
    "t_slr": "hip_replacement_recent recent_surgery pregnancy_13w numb_feet",
    "t_ake": "hip_replacement_recent recent_surgery pregnancy_13w",
    "t_fig4": "hip_replacement recent_surgery lateral_hip_pain groin_pinch pelvic_girdle",
    "t_fair": "hip_replacement recent_surgery lateral_hip_pain groin_pinch pelvic_girdle",
    "t_bridge": HOLDS,
    "t_plank": f"{HOLDS} wrist_shoulder_pain",
    "t_side_plank": f"{HOLDS} wrist_shoulder_pain lateral_hip_pain",
    "t_sls": "balance_risk recent_surgery pelvic_girdle",
    "t_slsq": "balance_risk recent_surgery knee_replacement pelvic_girdle",
    "t_sts30": "heart_condition high_bp_uncontrolled recent_surgery",
    "t_side_raise": "recent_surgery lateral_hip_pain pelvic_girdle",
    "t_knee_lift": "recent_surgery groin_pinch",
}
PEOPLE: Mapping[str, Mapping[str, object]] = {
    "osteoporosis": {"rk_osteoporosis": "yes"},
    "spinal_fracture": {"conditions": ["spinal_fracture"], "care_seen": ["physio"]},
    "balance_risk": {"conditions": ["balance_risk"]},
    "high_bp_uncontrolled": {"conditions": ["high_bp_uncontrolled"]},
    "pregnancy": {"age": 30, "pregnancy": "pregnant_1_12w"},
    "pregnancy_13w": {"age": 30, "pregnancy": "pregnant_13_15w"},
    "postpartum_12w": {"age": 30, "pregnancy": "postpartum_6_12w"},
    "pelvic_girdle": {
        "age": 30, "pregnancy": "pregnant_1_12w", "pain_sites": ["pubic_bone"],
        "aggravators": ["turning_in_bed", "standing_on_one_leg"],
    },
    "recent_surgery": {"surgery": ["belly_pelvis_hernia_lt_12w"]},
    "hip_replacement": {"conditions": ["hip_replacement"], "hip_replacement_detail": ["told_limits"]},
    "hip_replacement_recent": {"surgery": ["hip_lt_12w"]},
    "knee_replacement": {"conditions": ["knee_replacement"]},
    "stiff_spine": {"conditions": ["stiff_spine"]},
    "hernia": {"conditions": ["hernia"]},
    "pars_stress": {"age": 19, "sports": ["throwing_bowling"], "aggravators": ["arching_back"]},
    "numb_feet": {"conditions": ["numb_feet"]},
    "lateral_hip_pain": {
        "pain_sites": ["outer_hip_left"], "aggravators": ["lying_on_painful_side", "stairs_up"],
    },
    "groin_pinch": {"t_fair_left": "groin_pinch"},
    "pelvic_floor_symptoms": {"conditions": ["pelvic_floor_symptoms"]},
    "heart_condition": {"conditions": ["heart_condition"]},
    "glaucoma_reflux": {"conditions": ["glaucoma_reflux"]},
    "wrist_shoulder_pain": {"conditions": ["wrist_shoulder_pain"]},
    "acute_phase": {"pain_average_week": 7, "pain_worst_24h": 7},
}  # fmt: skip
NOT_OFFERED = {
    "spinal_fracture",
    "high_bp_uncontrolled",
    "recent_surgery",
    "hip_replacement",
    "hip_replacement_recent",
}


def suited(rulebook: Rulebook, answers: Mapping[str, object]) -> SuitedTests:
    reading = read(rulebook, read_answers(rulebook.questionnaire, answers))
    weigh_patterns(reading)
    return SuitedTests(reading, urgency(reading))


def test_somebody_without_a_reason_is_offered_every_test(
    rulebook: Rulebook, base: Mapping[str, object]
) -> None:
    tests = suited(rulebook, base)
    assert tests.offered
    assert [name for name in rulebook.home_tests if tests.left_out[name]] == []


@pytest.mark.parametrize("reason", PEOPLE)
def test_a_test_is_left_out_for_its_reasons(
    rulebook: Rulebook, base: Mapping[str, object], reason: str
) -> None:
    tests = suited(rulebook, {**base, **PEOPLE[reason]})
    assert tests.offered is (reason not in NOT_OFFERED)
    listed = [name for name, reasons in LEFT_OUT.items() if reason in reasons.split()]
    assert listed
    assert not tests.offered or [name for name in listed if not tests.left_out[name]] == []


def test_every_reason_has_a_person() -> None:
    assert {reason for reasons in LEFT_OUT.values() for reason in reasons.split()} == set(PEOPLE)


@pytest.mark.parametrize(
    "changes",
    [
        {"pain_now": 6, "pain_worst_24h": 6},
        {"duration": "lt_48h"},
        {"rf_fever": "yes"},
        {"conditions": ["heart_event_12w"]},
        {"pregnancy": "pregnant_16w_plus", "age": 30, "rf_pregnancy_urgent": ["waves"]},
        {"rk_prior_fragility_fracture": "yes_several"},
    ],
    ids=[
        "much pain",
        "first two days",
        "a warning sign",
        "a stop",
        "an emergency",
        "bones broken by small falls",
    ],
)
def test_no_test_is_offered_with_much_pain_or_a_warning_sign(
    rulebook: Rulebook, base: Mapping[str, object], changes: Mapping[str, object]
) -> None:
    assert not suited(rulebook, {**base, **changes}).offered
