"""What one other answer is said to change, it does change, and just so; and no other single answer does."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import Assessment, assess
from selfcheck.assessment.explaining import explain
from selfcheck.assessment.flips import Flip, flips, outcome_of, raising
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import read
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of
from tests.properties.journeys import RULES, journey, pool

RESULTS = 500
QUESTIONS = 2


def random_results() -> Iterator[tuple[Answers, list[str]]]:
    """People with a few answers that are not harmless, and some questions to change an answer to."""
    chance, given = Random(11), pool(RULES)  # noqa: S311 - the same people in every run
    names = list(RULES.questionnaire.items)
    for number in range(RESULTS):
        warnings = chance.sample(given.warnings, number % 3)
        answers = journey(RULES, [*chance.sample(given.everyday, 8), *warnings])
        yield answers, chance.sample(names, QUESTIONS)


def given_instead(answers: Answers, item: str, answer: Answer) -> Assessment:
    """The result after one other answer, worked out from raw answers; what is no longer asked drops out."""
    raw: dict[str, object] = {**answers.values, item: answer}
    while True:
        strict = read(RULES, read_answers(RULES.questionnaire, raw)).strict
        closed = [name for name in raw if name != item and not strict.is_asked(name)]
        if not closed:
            return assess(RULES, raw)
        raw = {name: value for name, value in raw.items() if name not in closed}


def told(assessment: Assessment) -> tuple[object, ...]:
    """What a person is told, without the words of the code under test."""
    triage, plan = assessment.triage, assessment.plan
    planned = [one.exercise.id for one in (*plan.main, *plan.extras, *plan.massage, *plan.habits)]
    patterns = {found.pattern.id: found.status for found in assessment.patterns}
    return triage.disposition.id, triage.level.id, triage.channel, patterns, plan.mode, planned


def test_every_flip_named_changes_the_result_as_said() -> None:
    named = 0
    for answers, items in random_results():
        before = told(assess(RULES, answers))
        for flip in flips(RULES, answers, items):
            after = given_instead(answers, flip.item, flip.answer)
            assert told(after) != before
            assert outcome_of(after) == flip.outcome
            assert flip.before == answers.values.get(flip.item)
            assert flip.raises == (rank(after.triage.level) > rank(assess(RULES, answers).triage.level))
            named += 1
    assert named > RESULTS // 4


def test_no_other_option_of_a_choice_changes_the_result() -> None:
    for answers, items in list(random_results())[:100]:
        before = told(assess(RULES, answers))
        named = {(flip.item, flip.answer) for flip in flips(RULES, answers, items)}
        strict = read(RULES, answers).strict
        for name in items:
            item = RULES.questionnaire.items[name]
            for option in item.options.values() if item.kind == "single" and not item.among else ():
                if option.hidden or (name, option.id) in named or not strict.is_asked(name):
                    continue
                try:
                    assert told(given_instead(answers, name, option.id)) == before
                except AnswersError:
                    continue


def test_what_a_person_is_shown_only_makes_the_result_more_urgent(rulebook: Rulebook) -> None:
    shown: list[Flip] = []
    for answers in (answers_of(rulebook, case) for case in all_cases()):
        before = assess(rulebook, answers)
        found = raising(rulebook, before, 3)
        assert len(found) <= 3
        for flip in found:
            after = given_instead(answers, flip.item, flip.answer)
            assert rank(after.triage.level) > rank(before.triage.level)
            assert outcome_of(after) == flip.outcome
            assert flip.item not in rulebook.file.triage.private_items
        shown += found
    assert len(shown) > 100


def test_an_explanation_ends_with_near_misses_and_what_would_change_the_result(
    rulebook: Rulebook, base: dict[str, object]
) -> None:
    lines = list(explain(rulebook, base))
    told_last = lines[lines.index("[what one other answer would change]") + 1 :]
    assert any(line.startswith("  weak_core: score") for line in lines) or "[near misses]" in lines
    emergency = next(
        line for line in told_last if line.startswith("  emergency_now (emergency_department): ")
    )
    assert "rf_ces_saddle = new_or_changing or yes_unsure_when" in emergency


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("f_sit_8h", "sitting_hours_day = 8"),
        ("rf_fever", "rf_fever = yes"),
        ("any_nerve_flag", "rf_ces_saddle = "),
    ],
)
def test_the_explanation_of_one_rule_says_what_would_make_it_true(
    rulebook: Rulebook, base: dict[str, object], rule: str, line: str
) -> None:
    answers = {**base, "sitting_hours_day": 4}
    would = [found for found in explain(rulebook, answers, rule) if found.startswith("    true with ")]
    assert any(line in found for found in would)
