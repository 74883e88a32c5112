"""What the clinician's sheet says, and to whom a text is told."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from msgspec import to_builtins

from selfcheck.assessment import assess
from selfcheck.assessment.model import PatternResult, SideResult
from selfcheck.handout.content import handout
from selfcheck.handout.model import Handout
from selfcheck.handout.opinion import sides_said
from selfcheck.handout.sheet_model import FlagLine
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Status

Base = Mapping[str, object]
OLDER = dict.fromkeys(
    ("rk_prior_fragility_fracture", "rk_early_menopause", "rk_aaa_known", "rk_aaa_family", "fall_6w"), "no"
)
SAFE = {"rf_self_harm": "yes", "self_harm_now": "no"}
IN_DANGER = {"rf_self_harm": "yes", "self_harm_now": "yes"}


def made(rulebook: Rulebook, base: Base, **changes: object) -> Handout:
    return handout(rulebook, assess(rulebook, {**base, **changes}), rulebook.regions["gb"])


def marks(found: Handout) -> dict[str, FlagLine]:
    return {line.id: line for group in found.sheet.flags for line in group.lines}


@pytest.mark.parametrize(
    "said", [SAFE, IN_DANGER, {"rf_self_harm": "not_sure"}], ids=["safe", "danger", "unsure"]
)
@pytest.mark.parametrize("other", [{}, {"rf_fever": "yes"}, {"rf_ces_saddle": "new_or_changing"}])
def test_nothing_on_the_sheet_tells_of_thoughts_that_may_not_be_printed(
    rulebook: Rulebook, base: Base, said: Base, other: Base
) -> None:
    words = {
        kept: json.dumps(to_builtins(made(rulebook, base, **said, **other, print_self_harm=kept).sheet))
        for kept in ("yes", "no")
    }
    for telling in ("elf-harm", "uicid", "Samaritans", "Thank you for telling us", "You deserve help"):
        assert telling not in words["no"]
    assert "Self-harm thoughts" in words["yes"]


def test_what_others_say_of_that_level_is_on_the_sheet_all_the_same(rulebook: Rulebook, base: Base) -> None:
    told = made(rulebook, base, **SAFE, print_self_harm="no", rf_fever="yes").sheet.told.lines[0].text
    assert "Get medical help today" in told
    assert "Pain with a fever needs checking today" in told
    worse = made(rulebook, base, **SAFE, print_self_harm="no", rf_ces_saddle="new_or_changing")
    assert "Go to A&E now" in worse.sheet.told.lines[0].text
    both = made(rulebook, base, **IN_DANGER, print_self_harm="no", rf_ces_saddle="new_or_changing")
    assert "Go to A&E now" in both.sheet.told.lines[0].text


def test_a_note_for_clinicians_is_on_the_sheet_and_not_among_what_the_person_is_told(
    rulebook: Rulebook, base: Base
) -> None:
    older = made(rulebook, base, age=68, duration="gt_12w", first_back_pain_age=40, **OLDER)
    assert "NICE NG12" not in json.dumps(older.advice)
    assert [line.text for line in older.sheet.reading.lines if line.label == "Note"] == [
        "NICE NG12: FBC, calcium, PV or ESR"
    ]
    assert all(line.label != "Note" for line in made(rulebook, base).sheet.reading.lines)


def test_a_sign_that_was_worked_out_is_not_counted_as_denied(rulebook: Rulebook, base: Base) -> None:
    found = made(rulebook, base)
    no = [line for line in marks(found).values() if line.mark == "N"]
    own = [line for line in no if line.id in rulebook.questionnaire.items]
    assert 0 < len(own) < len(no)
    assert f"{len(own)} denied, {len(no) - len(own)} not met" in found.sheet.verdict


@pytest.mark.parametrize(
    ("changes", "flag", "mark"),
    [
        ({"night_pain": "constant"}, "rf_night_pain", "Y"),
        ({"night_pain": "not_sure"}, "rf_night_pain", "?"),
        ({"night_pain": "none"}, "rf_night_pain", "N"),
        ({"walking_leg_pain": "not_sure"}, "rf_vascular_claudication", "?"),
    ],
)
def test_a_sign_that_follows_from_not_sure_is_marked_as_not_sure(
    rulebook: Rulebook, base: Base, changes: Base, flag: str, mark: str
) -> None:
    assert marks(made(rulebook, base, **changes))[flag].mark == mark


def test_an_old_cancer_with_an_old_pain_is_not_said_to_be_no_cancer(rulebook: Rulebook, base: Base) -> None:
    sheet = made(
        rulebook, base, rk_cancer="yes", cancer_when="over_5y", cancer_treatment="no", duration="gt_12w",
        first_back_pain_age=25,
    ).sheet  # fmt: skip
    line = next(one for group in sheet.flags for one in group.lines if one.id == "rf_cancer_pain")
    assert (line.short, line.mark) == ("New pain, cancer", "N")
    assert any("ancer" in f"{one.label} {one.text}" for one in sheet.background.lines)


def test_whom_to_ask_is_whoever_the_emergency_goes_to(rulebook: Rulebook, base: Base) -> None:
    pregnant = {"pregnancy": "pregnant_16w_plus", "rf_pregnancy_urgent": ["less_movement"]}
    assert made(rulebook, base, **pregnant, rk_periods_stopped=None).who == "your maternity unit"
    assert "Samaritans" in made(rulebook, base, **IN_DANGER).who
    assert made(rulebook, base, rf_ces_saddle="new_or_changing").who == "999 or A&E"


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (Status.LIKELY, Status.LIKELY, "left and right"),
        (Status.LIKELY, Status.POSSIBLE, "left; right: may fit"),
        (Status.LIKELY, Status.UNLIKELY, "left"),
        (Status.POSSIBLE, Status.LIKELY, "right; left: may fit"),
    ],
)
def test_a_side_on_which_a_pattern_only_may_fit_is_not_said_to_fit(
    rulebook: Rulebook, left: Status, right: Status, said: str
) -> None:
    sides = (SideResult("left", left, 0, 0, ()), SideResult("right", right, 0, 0, ()))
    result = PatternResult(rulebook.patterns["short_hip_flexors_anterior_tilt"], Status.LIKELY, sides)
    assert sides_said(result, {"left": "left", "right": "right"}, " and ") == said
