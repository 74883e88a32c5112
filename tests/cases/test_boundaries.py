"""On which side of each published value an answer falls."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.assessment import assess
from selfcheck.rulebook.model import Rulebook

BOUNDARIES = [
    ("f_sit_8h", {"sitting_hours_day": 8}, True),
    ("f_sit_8h", {"sitting_hours_day": 7.5}, False),
    ("f_inactive", {"activity_minutes_week": 149}, True),
    ("f_inactive", {"activity_minutes_week": 150}, False),
    ("f_thomas_marked", {"t_thomas_hip_deg_left": 10}, True),
    ("f_thomas_marked", {"t_thomas_hip_deg_left": 9}, False),
    ("f_thomas_mild", {"t_thomas_hip_deg_left": 9}, True),
    ("f_thomas_mild", {"t_thomas_hip_deg_left": 0}, False),
    ("f_thomas_ok", {"t_thomas_hip_deg_left": 0}, True),
    ("f_ir_very_low", {"t_ir_deg_left": 14}, True),
    ("f_ir_very_low", {"t_ir_deg_left": 15}, False),
    ("f_ir_low", {"t_ir_deg_left": 15}, True),
    ("f_ir_ok", {"t_ir_deg_left": 30, "age": 59}, True),
    ("f_ir_ok", {"t_ir_deg_left": 29, "age": 59}, False),
    ("f_ir_ok", {"t_ir_deg_left": 20, "age": 60}, True),
    ("f_slb_low", {"t_slb_s_left": 29, "age": 39}, True),
    ("f_slb_low", {"t_slb_s_left": 30, "age": 39}, False),
    ("f_slb_low", {"t_slb_s_left": 29, "age": 40}, False),
    ("f_fig4_tight", {"t_fig4_cm_left": 18.5}, True),
    ("f_fig4_tight", {"t_fig4_cm_left": 18}, False),
    ("f_ake_tight", {"t_ake_deg_left": 28, "sex_for_norms": "female"}, True),
    ("f_ake_tight", {"t_ake_deg_left": 28, "sex_for_norms": "male"}, False),
    ("f_ake_tight", {"t_ake_deg_left": 33, "sex_for_norms": "male"}, True),
    ("f_kc_low", {"t_kc_deg_left": 114, "age": 59}, True),
    ("f_kc_low", {"t_kc_deg_left": 115, "age": 59}, False),
    ("f_kc_low", {"t_kc_deg_left": 114, "age": 60}, False),
    ("f_kc_low", {"t_kc_deg_left": 114, "age": 60, "t_kc_feel_left": "groin_pinch"}, True),
    ("f_kc_low", {"t_kc_deg_left": 104, "age": 60}, True),
]


@pytest.mark.parametrize(("finding", "answers", "expected"), BOUNDARIES)
def test_a_value_at_the_edge_counts_as_written(
    rulebook: Rulebook,
    base: Mapping[str, object],
    finding: str,
    answers: Mapping[str, object],
    expected: bool,
) -> None:
    assert (assess(rulebook, {**base, **answers}).findings[finding] is True) == expected
