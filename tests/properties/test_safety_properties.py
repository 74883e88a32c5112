"""What holds about safety for every answer set: alarms raise, and where it is urgent there is no plan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from selfcheck.answers import Answers
from selfcheck.assessment import Assessment, assess
from selfcheck.assessment.ranks import rank
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.parts.safety import Disposition
from tests.cases.case_files import completed
from tests.properties.journeys import ASKED_OF, RULES, journey, journeys, searched
from tests.properties.mirroring import OTHER, mirrored

ITEMS = RULES.questionnaire.items
ALARMING = tuple((item, option) for item in ITEMS.values() for option in item.alarm)
SETTINGS = RULES.file.triage


def from_no_plan(disposition: Disposition) -> bool:
    return rank(disposition) >= rank(RULES.dispositions[SETTINGS.no_plan_from])


def with_alarm(answers: Answers, item: Item, option: str) -> Answers:
    """One alarming answer more; the questions that it opens have their harmless answer."""
    before = answers.values.get(item.id)
    ticked = before if isinstance(before, tuple) else ()
    value = [*(one for one in ticked if one not in item.alone), option]
    raw = {**answers.values, item.id: value if item.kind is Kind.MULTI else option}
    return completed(RULES, raw, keep=frozenset(raw))


@lru_cache
def alone(item: str, option: str) -> Disposition:
    """The level of one alarming answer, everything else being harmless."""
    asked_of = [ASKED_OF[item]] if item in ASKED_OF else []
    return assess(RULES, with_alarm(journey(RULES, asked_of), ITEMS[item], option)).triage.level


@searched
@given(journeys(RULES), st.sampled_from(ALARMING))
def test_an_alarming_answer_never_lowers_the_level_and_counts_as_much_as_alone(
    answers: Answers, alarm: tuple[Item, str]
) -> None:
    item, option = alarm
    said = answers.values.get(item.id)
    assume(said != "not_sure" and not (isinstance(said, tuple) and "not_sure" in said))
    assume(item.kind is Kind.MULTI or said in (None, item.benign))
    assume(item.id in completed(RULES, answers.values).values)
    before = assess(RULES, answers).triage
    after = assess(RULES, with_alarm(answers, item, option)).triage
    assert rank(after.level) >= rank(before.level)
    if not isinstance(said, tuple) or set(said) <= {item.benign}:
        assert rank(after.level) >= rank(alone(item.id, option))


@searched
@given(journeys(RULES))
def test_an_urgent_result_plans_nothing_and_shows_no_pattern(answers: Answers) -> None:
    assessment = assess(RULES, answers)
    urgent = from_no_plan(assessment.triage.level)
    stopped = any(caution.everything for caution in assessment.triage.cautions)
    stress = any(found.pattern.id == "bone_stress_hip_refer" for found in assessment.patterns)
    assert urgent or not stress
    if urgent or stopped:
        plan = assessment.plan
        assert (*plan.main, *plan.extras, *plan.massage, *plan.habits) == ()
        assert plan.mode == "none"
    if urgent:
        assert assessment.triage.disposition in (
            assessment.triage.level,
            RULES.dispositions[SETTINGS.incomplete],
        )
        assert assessment.shown_patterns == ()


@searched
@given(journeys(RULES))
def test_the_channel_is_named_in_an_emergency_and_only_then(answers: Answers) -> None:
    triage = assess(RULES, answers).triage
    assert (triage.channel is not None) == (triage.disposition.id == SETTINGS.interrupts)


@searched
@given(journeys(RULES), st.randoms(use_true_random=False))
def test_the_same_answers_give_the_same_result_in_whatever_order(answers: Answers, chance: Random) -> None:
    shuffled = list(answers.values.items())
    chance.shuffle(shuffled)
    assert same(assess(RULES, answers), assess(RULES, Answers(dict(shuffled))))


@searched
@given(journeys(RULES))
def test_the_mirrored_person_has_the_mirrored_result(answers: Answers) -> None:
    assert seen_in_a_mirror(assess(RULES, answers)) == as_is(assess(RULES, mirrored(RULES, answers)))


def same(one: Assessment, other: Assessment) -> bool:
    return (one.triage, one.patterns, one.plan, one.advice, one.findings) == (
        other.triage,
        other.patterns,
        other.plan,
        other.advice,
        other.findings,
    )


def as_is(assessment: Assessment, sides: Mapping[str, str] | None = None) -> dict[str, object]:
    """What has to be the same in a mirror, with the sides named as they are or the other way round."""
    named = sides or {"left": "left", "right": "right"}
    triage, plan = assessment.triage, assessment.plan
    return {
        "disposition": (triage.disposition.id, triage.level.id, triage.channel),
        "fired": [(fired.flag.id, fired.disposition.id) for fired in triage.flags]
        + [(fired.cluster.id, fired.disposition.id) for fired in triage.clusters],
        "cautions": [(one.caution.id, one.action, one.withholds) for one in triage.cautions],
        "findings": assessment.findings,
        "patterns": [
            (
                result.pattern.id,
                result.status,
                {named.get(one.side or "", ""): (one.status, one.score) for one in result.sides},
            )
            for result in assessment.patterns
        ],
        "plan": [
            (one.exercise.id, one.dose, named.get(one.first_side or ""))
            for one in (*plan.main, *plan.extras, *plan.massage, *plan.habits)
        ],
        "advice": [(one.id, one.text) for one in assessment.advice],
    }


def seen_in_a_mirror(assessment: Assessment) -> dict[str, object]:
    return as_is(assessment, OTHER)
