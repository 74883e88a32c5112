"""What holds about the plan for every answer set: nothing withheld, not too much, and honest if it is little."""

from __future__ import annotations

from hypothesis import given

from selfcheck.answers import Answers
from selfcheck.assessment import Assessment, assess
from selfcheck.assessment.model import PlannedExercise
from selfcheck.handout.content import handout
from tests.properties.journeys import RULES, journeys, searched

PROGRAMME = RULES.file.programme
MOST_MAIN = 6


def everything(assessment: Assessment) -> tuple[PlannedExercise, ...]:
    plan = assessment.plan
    return (*plan.main, *plan.extras, *plan.massage, *plan.habits)


def seconds_there_are(answers: Answers) -> int:
    said = answers.values.get(PROGRAMME.timing.minutes_item)
    return 60 * (int(said) if isinstance(said, str) else PROGRAMME.timing.default_minutes)


@searched
@given(journeys(RULES))
def test_no_planned_exercise_is_withheld_by_a_caution_that_holds_or_may_hold(answers: Answers) -> None:
    assessment = assess(RULES, answers)
    cautions = (*assessment.triage.cautions, *assessment.triage.open_cautions)
    withheld = frozenset().union(*(caution.withholds for caution in cautions))
    planned = assessment.plan.given
    assert [exercise.id for exercise in planned if withheld & set(exercise.tags)] == []
    assert not planned or not any(caution.everything for caution in cautions)


@searched
@given(journeys(RULES))
def test_every_planned_exercise_suits_the_level_and_what_is_at_home(answers: Answers) -> None:
    assessment = assess(RULES, answers)
    said = answers.values.get(PROGRAMME.equipment_item, PROGRAMME.equipment_default)
    at_home = {*said, None} if isinstance(said, tuple) else {None}
    planned, given_to_do = everything(assessment), assessment.plan.given
    assert {exercise.needs for exercise in given_to_do} <= at_home
    assert all(exercise.level != "supervised" for exercise in given_to_do)
    harder = [one.harder for one in planned if one.harder]
    assert len(harder) <= PROGRAMME.most_later
    assert all(one.level <= assessment.plan.level + PROGRAMME.later_levels for one in harder)  # type: ignore[operator]
    assert all(one.exercise.level <= assessment.plan.level for one in assessment.plan.main)  # type: ignore[operator]
    names = [one.exercise.id for one in planned]
    assert len(names) == len(set(names))
    assert [exercise.id for exercise in given_to_do if "fam_impact" in exercise.tags] == []
    fitting = {found.pattern.id for found in assessment.patterns}
    assert "hip_flexor_dominance_training" not in fitting or "sg_hip_flexor_march" not in names


@searched
@given(journeys(RULES))
def test_a_plan_is_no_more_than_fits_and_says_so_where_it_is_little(answers: Answers) -> None:
    assessment = assess(RULES, answers)
    plan = assessment.plan
    assert len(plan.main) <= MOST_MAIN
    assert len(plan.extras) <= PROGRAMME.most_extras
    assert len(plan.habits) <= PROGRAMME.most_habits
    assert len(plan.massage) <= 1
    assert plan.seconds <= seconds_there_are(answers) + PROGRAMME.timing.spare_seconds
    if plan.mode != PROGRAMME.mode[0].id:
        region = RULES.file.region[0]
        written = handout(RULES, assessment, region).plan
        few = len(plan.main) + len(plan.extras) < PROGRAMME.fewest
        assert plan.few == few
        assert written is not None
        assert written.few == (PROGRAMME.few_words if few else "")


def test_every_movement_belongs_to_a_family_and_no_exercise_leads_to_a_supervised_one() -> None:
    families = {tag.id for tag in RULES.file.tag if tag.family}
    for exercise in RULES.file.exercise:
        assert exercise.kind == "habit" or families & set(exercise.tags), exercise.id
        for other in (exercise.easier, exercise.harder, exercise.swap):
            assert other is None or RULES.exercises[other].level != "supervised", exercise.id
