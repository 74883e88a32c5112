"""What is looked up or counted at once comes to the same as what it stands for."""

from __future__ import annotations

import pytest

from selfcheck import load_rulebook
from selfcheck.answers import read_answers
from selfcheck.assessment.candidates import layout_of
from selfcheck.assessment.choosing import LEVELS, Chooser, simple_choices
from selfcheck.assessment.patterns import fitting_patterns, near_misses, weigh_patterns
from selfcheck.assessment.reading import apart, read
from selfcheck.assessment.score_sheets import sheets_of
from selfcheck.assessment.scoring import tally
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.assessment.urgency import urgency
from selfcheck.rulebook.conditions import Condition, Reason
from selfcheck.rulebook.tree import Some
from tests.rulebook.asking import reading

RULES = load_rulebook()
THINGS = sorted({one.needs for one in layout_of(RULES).candidates.values() if one.needs})


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "missing", [frozenset(), *(frozenset({thing}) for thing in THINGS), frozenset(THINGS)]
)
def test_a_choice_that_is_looked_up_is_the_one_that_would_be_made(
    level: int, missing: frozenset[str]
) -> None:
    candidates, home = layout_of(RULES).candidates, frozenset(THINGS) - missing
    made = Chooser(candidates, level, home, (), ())
    looked_up = Chooser(candidates, level, home, (), (), simple=simple_choices(RULES))
    assert {name: looked_up.resolve(name) for name in candidates} == {
        name: made.resolve(name) for name in candidates
    }
    assert len(looked_up.ready) > len(candidates) / 2


def test_nothing_is_looked_up_for_somebody_from_whom_something_is_withheld() -> None:
    candidates, simple = layout_of(RULES).candidates, simple_choices(RULES)
    tag = min(next(iter(candidates.values())).tags)
    assert not Chooser(candidates, 2, frozenset(), (), (), tags=frozenset({tag}), simple=simple).ready
    assert not Chooser(candidates, 2, frozenset(), (), (), everything=True, simple=simple).ready


def test_points_counted_side_by_side_are_those_counted_one_by_one() -> None:
    sheets = sheets_of(RULES)
    keys = sorted(sheets.points.of)[::2]
    for some in ([], keys, [*sheets.points.of]):
        expected = [
            start + sum(max(0, counted.points) for key in some for counted in sheet.counts.get(key, ()))
            for start, sheet in zip(sheets.short, sheets.sheets, strict=True)
        ]
        assert list(sheets.points.all(some)) == expected


def test_the_only_answer_a_condition_is_about_is_its_reason() -> None:
    answers = read_answers(RULES.questionnaire, {"sitting_hours_day": 9, "sitting_break_interval": "m61_120"})
    evaluation = read(RULES, answers).strict
    found = {name: RULES.conditions[name] for name in ("f_sit_8h", "f_no_breaks")}
    assert {name: one.because(evaluation) for name, one in found.items()} == {
        "f_sit_8h": (Reason("sitting_hours_day", 9),),
        "f_no_breaks": (Reason("sitting_break_interval", "m61_120"),),
    }
    both = [*found.values()]
    together = Condition("either", Some(tuple(one.node for one in both)), both[0].holds, tuple(both))
    assert together.item is None
    assert found["f_sit_8h"].because(reading(RULES, {}).strict) == ()


def test_a_reading_apart_works_everything_out_for_itself() -> None:
    said = {"sitting_hours_day": 9, "sitting_break_interval": "m61_120", "t_thomas_left": "clearly_above"}
    answers = read_answers(
        RULES.questionnaire, {**said, "pain_sites": ["low_back_centre"], "aggravators": ["sitting"]}
    )
    fresh, first = read(RULES, answers), read(RULES, answers)
    tally(RULES, first.strict)
    other = apart(first)
    lowered = [weigh_patterns(one) for one in (fresh, other)]
    suited = [SuitedTests(one, urgency(one)) for one in (fresh, other)]
    expected, found = map(fitting_patterns, (fresh, other), lowered, suited)
    assert found == expected
    assert any(pattern.supports for pattern in found)
    assert near_misses(other, suited[1]) == near_misses(fresh, suited[0])
    assert other.strict.findings == fresh.strict.findings
    assert not first.strict.statuses


@pytest.mark.parametrize("site", [*RULES.questionnaire.items["pain_sites"].options])
def test_a_lone_site_is_the_worst_and_every_one_can_be_sifted(site: str) -> None:
    found = reading(RULES, {"pain_sites": [site]})
    assert found.strict.values["worst_site"] == site
