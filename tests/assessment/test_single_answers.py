"""What each single answer gives by itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.single_answers import SingleAnswer, single_answers
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook

Found = Mapping[tuple[str, object], SingleAnswer]


@pytest.fixture(scope="module")
def answers(rulebook: Rulebook, base: Mapping[str, object]) -> Answers:
    return read_answers(rulebook.questionnaire, base)


@pytest.fixture(scope="module")
def found(rulebook: Rulebook, answers: Answers) -> Found:
    return {(one.item, one.stretch[0]): one for one in single_answers(rulebook, answers)}


def test_an_alarming_answer_names_the_rule_and_where_to_go(found: Found) -> None:
    outcome = found["rf_hip_fracture", "yes"].outcome
    assert (outcome.level, outcome.channel, outcome.rules) == (
        "emergency_now",
        "ambulance",
        ("rf_hip_fracture",),
    )


def test_a_number_changes_only_at_the_thresholds_of_the_rules(found: Found) -> None:
    told = [(one.stretch, one.outcome.level) for one in found.values() if one.item == "pain_now"]
    assert told[-2:] == [((7, 7), "self_care"), ((8, 10), "soon_2w")]


def test_both_ends_of_a_stretch_of_numbers_give_the_same(
    rulebook: Rulebook, answers: Answers, found: Found
) -> None:
    items = rulebook.questionnaire.items
    ends = [
        one for one in found.values() if items[one.item].kind in (Kind.NUMBER, Kind.SCALE) and not one.given
    ]
    for one in ends:
        low, high = (assess(rulebook, answers.with_changes({one.item: end})).triage for end in one.stretch)
        assert (low.level, low.flags, low.missing) == (high.level, high.flags, high.missing), one
    assert len(ends) > 50


def test_a_follow_up_is_read_with_the_answer_that_opens_it(found: Found) -> None:
    safe_now = found["self_harm_now", "no"]
    assert safe_now.given == {"rf_self_harm": "yes"}
    assert safe_now.outcome.level == "urgent_same_day"


def test_an_answer_that_cannot_stand_beside_the_others_is_left_out(found: Found) -> None:
    first_ages = {one.stretch for one in found.values() if one.item == "first_back_pain_age"}
    assert first_ages == {(5, 34), (35, 44)}


def test_an_opened_question_without_an_answer_is_waited_for(found: Found) -> None:
    assert "fall_6w" in found["rk_osteoporosis", "yes"].outcome.waits_for
