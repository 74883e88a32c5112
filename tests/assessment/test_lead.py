"""The first sentence of a result names one place to go, and only texts written for its level are told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.assessment import Assessment, assess
from selfcheck.rulebook.model import Rulebook

Base = Mapping[str, object]


def found(rulebook: Rulebook, base: Base, **changes: object) -> Assessment:
    return assess(rulebook, {**base, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rf_hip_fracture": "yes"}, "Do not try to walk. Call {EMERGENCY}"),
        ({"rf_self_harm": "yes", "self_harm_now": "yes"}, "You deserve help today"),
        (
            {"pregnancy": "pregnant_16w_plus", "rf_pregnancy_urgent": ["waves"]},
            "Call your maternity unit now",
        ),
        ({"rk_aaa_known": "yes"}, "Call {EMERGENCY} now. Lie down."),
        ({"age": 64, "rf_renal_colic": "yes", "colic_check": ["none"]}, "Call {EMERGENCY} now. Lie down."),
    ],
)
def test_an_emergency_that_does_not_go_to_the_department_is_not_sent_there(
    rulebook: Rulebook, base: Base, changes: Mapping[str, object], says: str
) -> None:
    lead = found(rulebook, base, **changes).lead
    assert says in lead
    assert "{ED}" not in lead


def test_of_several_emergencies_the_one_that_decides_the_channel_speaks_first(
    rulebook: Rulebook, base: Base
) -> None:
    both = found(rulebook, base, rf_ces_saddle="new_or_changing", rf_chest_pe_mi="yes")
    assert both.lead.startswith("Call {EMERGENCY} now. This could be your heart")
    assert "rf_ces_saddle" in {advice.id for advice in both.advice}


def test_a_text_that_is_the_lead_is_not_told_twice(rulebook: Rulebook, base: Base) -> None:
    result = found(rulebook, base, rf_testicular="yes")
    assert result.lead not in [advice.text for advice in result.advice]


def test_below_an_emergency_the_lead_names_what_was_told(rulebook: Rulebook, base: Base) -> None:
    result = found(rulebook, base, rf_dvt="yes")
    assert result.lead.startswith("You told us about one swollen leg. Please get medical help today")
    assert [advice.id for advice in result.advice] == ["rf_dvt"]


def test_a_text_written_for_another_level_is_not_told(rulebook: Rulebook, base: Base) -> None:
    result = found(rulebook, base, rf_ces_saddle="older_stable")
    assert result.triage.level.id == "urgent_same_day"
    assert all("scan fast" not in advice.text for advice in result.advice)


def test_after_dark_thoughts_without_danger_comes_what_the_pain_itself_needs(
    rulebook: Rulebook, base: Base
) -> None:
    old = {"duration": "gt_12w", "first_back_pain_age": 30}
    safe = found(rulebook, base, rf_self_harm="yes", self_harm_now="no", **old)
    assert safe.lead.startswith("Thank you for telling us.")
    assert found(rulebook, base, **old).lead in [advice.text for advice in safe.advice]
    assert safe.plan.mode == "none"
    in_danger = found(rulebook, base, rf_self_harm="yes", self_harm_now="yes", **old)
    assert {advice.id for advice in in_danger.advice} == {"rf_self_harm_note"}
    fever = found(rulebook, base, rf_self_harm="yes", self_harm_now="no", rf_fever="yes", **old)
    assert "rf_fever" in {advice.id for advice in fever.advice}
    assert "routine_6w_lead" not in {advice.id for advice in fever.advice}


@pytest.mark.parametrize(
    ("changes", "level", "says", "says_not"),
    [
        ({"conditions": ["inflammatory_arthritis"], "inflam_flare": ["hot_swollen_joint"]},
         "urgent_48h", "No exercises until then", "Regular movement helps"),
        ({"conditions": ["inflammatory_arthritis"], "inflam_flare": ["none"]},
         "self_care", "Regular movement helps", "No exercises"),
        ({"rf_major_trauma": "yes_weeks_not_checked", "trauma_check": ["none"], "onset": "sudden_fall_accident"},
         "urgent_same_day", "until somebody has checked you", "Gentle moves only"),
        ({"night_pain": "not_sure"}, "soon_2w", "keep to gentle moves", "No exercises"),
        ({"night_pain": "constant"}, "urgent_48h", "No exercises until you have been checked", "gentle moves"),
    ],
)  # fmt: skip
def test_a_caution_says_what_the_row_that_holds_says(
    rulebook: Rulebook, base: Base, changes: Mapping[str, object], level: str, says: str, says_not: str
) -> None:
    result = found(rulebook, base, **changes)
    told = " ".join([result.lead, *(advice.text for advice in result.advice)])
    assert result.triage.level.id == level
    assert says in told
    assert says_not not in told


def test_what_stops_exercises_names_no_time_beside_an_emergency(rulebook: Rulebook, base: Base) -> None:
    result = found(
        rulebook, base, conditions=["inflammatory_arthritis"], inflam_flare=["hot_swollen_joint"],
        rf_ces_saddle="new_or_changing",
    )  # fmt: skip
    told = [result.lead, *(advice.text for advice in result.advice)]
    assert any("A hot, swollen joint" in text for text in told)
    assert not any("next day or two" in text or "{GP}" in text for text in told)


def test_a_text_of_a_caution_that_is_the_lead_is_not_told_twice(rulebook: Rulebook, base: Base) -> None:
    result = found(rulebook, base, conditions=["inflammatory_arthritis"], inflam_flare=["hot_swollen_joint"])
    assert result.lead.startswith("A hot, swollen joint")
    assert "gate_inflammatory" not in {advice.id for advice in result.advice}


def test_where_nothing_is_planned_no_text_speaks_of_a_plan_or_of_a_lower_level(
    rulebook: Rulebook, base: Base
) -> None:
    leg = {
        "pain_sites": ["low_back_centre", "buttock_left", "below_knee_left"],
        "worst_site": "below_knee_left",
    }
    result = found(rulebook, base, **leg, rf_ces_bladder="not_sure", leg_symptoms=["pins_left"])
    assert "nerve_related_leg_pain_refer" in {one.pattern.id for one in result.patterns}
    assert not [advice.id for advice in result.advice if advice.id.startswith("ADV-")]
    calm = found(rulebook, base, **leg, leg_symptoms=["pins_left"])
    assert "ADV-REFER-nerve_related_leg_pain_refer" in {advice.id for advice in calm.advice}
