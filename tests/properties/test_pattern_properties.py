"""What holds about patterns for every answer set: less said is never more found, and tests decide."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.assessment.patterns import near_miss, near_misses, weigh_patterns
from selfcheck.assessment.reading import read
from selfcheck.assessment.score_sheets import sheets_of
from selfcheck.assessment.scoring import Scored, tally
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.assessment.urgency import urgency
from selfcheck.web.home_tests import HomeTests
from selfcheck.web.journey import Journey
from tests.properties.journeys import RULES, Change, journey, journeys, searched, values
from tests.properties.mirroring import mirrored

ITEMS = RULES.questionnaire.items
TESTS = frozenset(
    stored
    for test in RULES.file.home_test
    for item in test.items
    for stored in RULES.questionnaire.sided.get(item, (item,))
)
MEASURED = {
    f"{plain}{side}": f"{measured}{side}"
    for plain, measured in {
        "t_thomas": "t_thomas_hip_deg",
        "t_thomas_knee": "t_thomas_knee_deg",
        "t_ir": "t_ir_deg",
        "t_kc": "t_kc_deg",
        "t_fig4": "t_fig4_cm",
        "t_ake": "t_ake_deg",
        "t_slb": "t_slb_s",
    }.items()
    for side in ("_left", "_right")
} | {"t_wall_gap": "t_wall_gap_cm", "t_ftf": "t_ftf_cm"}
REMOVABLE = sorted(ITEMS.keys() - set(MEASURED.values()))
CONTRADICTIONS = [
    (plain, option, value)
    for plain, measured in MEASURED.items()
    for option in ITEMS[plain].options
    for value in (ITEMS[measured].low, ITEMS[measured].high)
]


def scored(answers: Answers) -> dict[int, Scored]:
    """Every side of every scored pattern, by the place of its sheet."""
    points = tally(RULES, read(RULES, answers).strict)
    return {side[4]: side for pattern in sheets_of(RULES).of_pattern for side in points.sides(pattern)}


def points(scored_sides: Iterable[Scored]) -> list[int]:
    return [item.points for side in scored_sides for item in side[3]]


@searched
@given(journeys(RULES), st.sampled_from(REMOVABLE))
def test_an_answer_taken_away_adds_points_only_where_it_spoke_against(answers: Answers, item: str) -> None:
    assume(item in answers.values)
    before, after = scored(answers), scored(answers.with_changes({item: None}))
    for place, side in after.items():
        spoke_against = any(points < 0 for points in points([before[place]]))
        assert spoke_against or side[1] <= before[place][1], sheets_of(RULES).sheets[place].pattern.id


@searched
@given(journeys(RULES))
def test_a_pattern_that_is_not_added_up_could_not_have_fitted(answers: Answers) -> None:
    points = tally(RULES, read(RULES, answers).strict)
    in_full = {pattern: points.sides(pattern)[0][0] for pattern in sheets_of(RULES).of_pattern}
    assert points.statuses == in_full


@searched
@given(journeys(RULES))
def test_the_near_misses_are_the_nearest_of_all(answers: Answers) -> None:
    reading = read(RULES, answers)
    weigh_patterns(reading)
    points, settings, suited = (
        tally(RULES, reading.strict),
        RULES.file.scoring,
        SuitedTests(reading, urgency(reading)),
    )
    every = [near_miss(reading, points.sides(pattern)[0], suited) for pattern in sheets_of(RULES).of_pattern]
    lacking = sorted((one.pattern.possible or 0) - one.score for one in every if one)
    shown = near_misses(reading, suited)
    assert [(one.pattern.possible or 0) - one.score for one in shown] == lacking[: settings.most_shown]
    assert all(one in every for one in shown)


@searched
@given(journeys(RULES))
def test_no_home_test_is_named_that_may_not_be_done(answers: Answers) -> None:
    found = assess(RULES, answers)
    named = {test for miss in found.near_misses for test in miss.needs}
    named |= {result.next_best_test for result in found.patterns if result.next_best_test}
    tests = HomeTests(read(RULES, answers), lambda: Journey(RULES, answers).judged, ())
    assert tests.offered or not named
    assert [test for test in named if tests.left_out(test)] == []


@searched
@given(journeys(RULES))
def test_without_home_tests_no_pattern_that_needs_one_is_likely(answers: Answers) -> None:
    untested = assess(RULES, answers.with_changes(dict.fromkeys(TESTS)))
    likely = [found.pattern for found in untested.patterns if found.status == "likely"]
    assert [pattern.id for pattern in likely if pattern.test_list] == []


@pytest.mark.parametrize(("plain", "option", "value"), CONTRADICTIONS)
def test_a_measured_value_beats_the_plain_answer(plain: str, option: str, value: float) -> None:
    measured = journey(RULES, [(MEASURED[plain], value)])
    both = journey(RULES, [(MEASURED[plain], value), (plain, option)])
    assert assess(RULES, both).findings == assess(RULES, measured).findings
    assert points(scored(both).values()) == points(scored(measured).values())


def test_of_two_sides_with_the_same_score_the_better_tested_one_leads() -> None:
    changes: list[Change] = [
        *(("pain_sites", site) for site in ("outer_hip_left", "outer_hip_right", "buttock_right")),
        *(("aggravators", what) for what in ("walking", "standing_on_one_leg")),
        *(("leg_strength_days_week", 0), ("activity_minutes_week", 0)),
        *(("t_sls_s_left", 2), ("t_sls_s_right", 45)),
    ]
    answers = journey(RULES, changes)
    for person, leading in ((answers, "left"), (mirrored(RULES, answers), "right")):
        found = next(one for one in assess(RULES, person).patterns if one.pattern.id == "glute_med_weakness")
        assert [side.score for side in found.sides] == [7, 7]
        assert [side.test_points for side in found.sides] == [1, 0]
        assert found.sides[0].side == leading


def test_every_plain_answer_that_can_be_measured_is_compared() -> None:
    assert MEASURED.keys() | set(MEASURED.values()) <= TESTS
    assert all(values(RULES, ITEMS[plain]) for plain in MEASURED)
