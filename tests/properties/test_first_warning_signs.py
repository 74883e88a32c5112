"""What each answer to the first warning signs gives by itself, everything else being harmless."""

from __future__ import annotations

import pytest

from selfcheck.assessment import assess
from selfcheck.assessment.model import Triage
from selfcheck.assessment.ranks import rank
from tests.properties.journeys import ASKED_OF, RULES, journey

FIRST = tuple(item for item in RULES.questionnaire.items.values() if item.block == "A")
ALARMS = tuple((item.id, option) for item in FIRST for option in item.alarm)
UNSURE = tuple(item.id for item in FIRST)
CAUDA_EQUINA = ("rf_ces_saddle", "rf_ces_bladder", "rf_ces_bowel", "rf_ces_sexual")

# Alarms that can wait for a day or two when they stand alone, and why.
CAN_WAIT = {
    ("rf_strangulated_hernia", "sore"): "a lump that goes back; with hard or stuck it is an emergency",
    ("rf_strangulated_hernia", "hard"): "a hard lump that does not hurt; with sore it is an emergency",
    ("rf_strangulated_hernia", "stuck"): "a stuck lump that does not hurt; with sore it is an emergency",
    ("rf_sudden_severe", "yes"): "under 60 and with no risk for the main blood vessel",
}
# First warning signs where "not sure" alone gives less than the same day, and why.
LESS_IF_UNSURE = {
    "rf_limb_ischaemia": ("urgent_48h", "nothing that harms the circulation; with such a risk, the same day"),
    "rf_sudden_severe": ("soon_2w", "under 60; from 60 on, the same day"),
}


def triage_of(item: str, answer: str) -> Triage:
    """The harmless person with one answer."""
    asked_of = [ASKED_OF[item]] if item in ASKED_OF else []
    answers = journey(RULES, [*asked_of, (item, answer)])
    assert item in answers.values
    return assess(RULES, answers).triage


def at_least(triage: Triage, level: str) -> bool:
    return rank(triage.disposition) >= rank(RULES.dispositions[level])


def test_harmless_answers_give_self_care_and_nothing_fires() -> None:
    triage = assess(RULES, journey(RULES, [])).triage
    assert triage.disposition.id == "self_care"
    assert (triage.flags, triage.clusters, triage.missing, triage.open_items) == ((), (), (), ())


@pytest.mark.parametrize(("item", "answer"), ALARMS)
def test_an_alarm_among_the_first_signs_means_help_on_the_same_day(item: str, answer: str) -> None:
    triage = triage_of(item, answer)
    if (item, answer) in CAN_WAIT:
        assert triage.disposition.id == "urgent_48h"
    else:
        assert at_least(triage, "urgent_same_day")


@pytest.mark.parametrize("age", [15, 18, 50, 75, 90, 110])
def test_an_alarm_among_the_first_signs_counts_at_every_age(age: int) -> None:
    for item, answer in ALARMS:
        asked_of = [ASKED_OF[item]] if item in ASKED_OF else []
        of_that_age = assess(RULES, journey(RULES, [*asked_of, ("age", age), (item, answer)])).triage
        assert rank(of_that_age.level) >= rank(triage_of(item, answer).level), (item, answer)


@pytest.mark.parametrize("item", UNSURE)
def test_not_sure_about_one_of_the_first_signs_means_help_on_the_same_day(item: str) -> None:
    expected, _ = LESS_IF_UNSURE.get(item, ("urgent_same_day", ""))
    assert triage_of(item, "not_sure").disposition.id == expected


@pytest.mark.parametrize("item", CAUDA_EQUINA)
@pytest.mark.parametrize("answer", ["new_or_changing", "yes_unsure_when"])
def test_a_new_change_between_the_legs_is_an_emergency(item: str, answer: str) -> None:
    triage = triage_of(item, answer)
    assert (triage.disposition.id, triage.channel) == ("emergency_now", "emergency_department")


@pytest.mark.parametrize(
    ("age", "expected"), [(59, "soon_2w"), (60, "urgent_same_day")], ids=["at 59", "at 60"]
)
def test_not_sure_about_sudden_very_bad_pain_counts_more_from_60_on(age: int, expected: str) -> None:
    answers = journey(RULES, [("age", age), ("rf_sudden_severe", "not_sure")])
    assert assess(RULES, answers).triage.disposition.id == expected


def test_not_sure_about_a_cold_leg_counts_more_with_a_risk_for_the_circulation() -> None:
    answers = journey(RULES, [("rk_smoker", "yes"), ("rf_limb_ischaemia", "not_sure")])
    assert assess(RULES, answers).triage.disposition.id == "urgent_same_day"
