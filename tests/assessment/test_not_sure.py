""" "Not sure" on a risk factor counts as yes, up to the next day or two."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.assessment import assess
from selfcheck.assessment.ranks import rank
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook

Base = Mapping[str, object]
FALL = {"age": 40, "onset": "sudden_fall_accident", "duration": "d2_14", "trend": "better"}


def test_thin_bones_not_sure_count_although_a_question_before_read_them_strictly(
    rulebook: Rulebook, base: Base
) -> None:
    """Whether a fall is asked about depends on the bones, too: that verdict must not be used again."""
    triage = assess(rulebook, {**base, **FALL, "rk_osteoporosis": "not_sure"}).triage
    assert {fired.flag.id for fired in triage.flags} == {"rf_recent_fall"}
    assert triage.level.id == "urgent_48h"


def test_a_risk_factor_not_sure_never_gives_more_than_the_cap(rulebook: Rulebook, base: Base) -> None:
    sure = assess(rulebook, {**base, **FALL, "rk_osteoporosis": "yes"}).triage
    unsure = assess(rulebook, {**base, **FALL, "rk_osteoporosis": "not_sure"}).triage
    assert (sure.level.id, unsure.level.id) == ("urgent_same_day", "urgent_48h")


def test_beside_a_new_sign_of_the_cord_a_risk_factor_not_sure_counts_in_full(
    rulebook: Rulebook, base: Base
) -> None:
    signs = {"rf_cord_signs": "new_or_changing", "cord_worsening": "no"}
    assert assess(rulebook, {**base, **signs}).triage.level.id == "urgent_same_day"
    assert assess(rulebook, {**base, **signs, "rk_cancer": "not_sure"}).triage.level.id == "emergency_now"


def test_not_sure_beside_a_tick_never_lowers_what_the_tick_gives(rulebook: Rulebook, base: Base) -> None:
    opened = {
        **base,
        "rf_sudden_severe": "yes",
        "rf_major_trauma": "yes_weeks_not_checked",
        "rf_septic_hip": "not_sure",
    }
    tried = 0
    for name, item in rulebook.questionnaire.items.items():
        if item.kind is not Kind.MULTI or "not_sure" not in item.options:
            continue
        for said in (base, opened):
            for option in item.options.keys() - item.alone - {"not_sure"}:
                alone = assess(rulebook, {**said, name: [option]}).triage.level
                both = assess(rulebook, {**said, name: [option, "not_sure"]}).triage.level
                assert rank(both) >= rank(alone), (name, option)
                tried += 1
    assert tried > 100
