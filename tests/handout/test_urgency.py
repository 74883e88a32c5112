"""The result says what would make it more urgent, in words, and never how to make it less so."""

from __future__ import annotations

from selfcheck.answers import read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.ranks import rank
from selfcheck.handout.urgency import MOST, more_urgent
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of


def test_a_shingles_rash_that_is_younger_would_be_more_urgent(
    rulebook: Rulebook, base: dict[str, object]
) -> None:
    found = assess(rulebook, {**base, "rf_shingles": "rash_older"})
    (line,) = more_urgent(rulebook, found, rulebook.regions["gb"])
    assert line.item == "rf_shingles"
    assert line.answer == rulebook.questionnaire.items["rf_shingles"].options["rash_under_3_days"].label
    assert line.heading == rulebook.dispositions["urgent_same_day"].heading


def test_every_line_names_a_level_above_that_of_the_result(rulebook: Rulebook) -> None:
    ranks = {level.heading: rank(level) for level in rulebook.file.disposition}
    shown = 0
    for case in all_cases():
        found = assess(rulebook, answers_of(rulebook, case))
        lines = more_urgent(rulebook, found, rulebook.regions["intl"])
        assert len(lines) <= MOST
        for line in lines:
            assert ranks[line.heading] > rank(found.triage.level)
            assert "{" not in line.question + line.answer
            shown += 1
    assert shown > 50


def test_an_emergency_and_an_unfinished_check_say_nothing(
    rulebook: Rulebook, base: dict[str, object]
) -> None:
    region = rulebook.regions["gb"]
    for raw in ({**base, "rf_ces_saddle": "new_or_changing"}, {}):
        answers = read_answers(rulebook.questionnaire, raw)
        assert more_urgent(rulebook, assess(rulebook, answers), region) == ()
