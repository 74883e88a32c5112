"""The cards of the patterns: which are shown, and which of them share one."""

from __future__ import annotations

import pytest

from selfcheck.assessment.model import PatternResult, SideResult
from selfcheck.handout.model import Picture
from selfcheck.handout.pictures import pictures
from selfcheck.handout.together import clinician_names
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Status

FRONT, BACK = "short_hip_flexors_anterior_tilt", "short_hamstrings_posterior_tilt"
LIKELY, POSSIBLE = Status.LIKELY, Status.POSSIBLE


def fits(rulebook: Rulebook, name: str, status: Status = LIKELY, side: str | None = None) -> PatternResult:
    return PatternResult(rulebook.patterns[name], status, (SideResult(side, status, 9, 0, ()),))


def cards(rulebook: Rulebook, *results: PatternResult) -> list[Picture]:
    return list(pictures(rulebook, rulebook.regions["gb"], results)[0])


def test_two_short_muscle_groups_say_nothing_about_a_tilt(rulebook: Rulebook) -> None:
    results = [fits(rulebook, FRONT), fits(rulebook, BACK)]
    names = clinician_names(rulebook, results)
    for card in cards(rulebook, *results):
        words = f"{card.name} {card.clinician_name} {names[card.id]}"
        assert not any(word in words for word in ("arched", "flatter", "tilt", "lordosis"))
        assert "nothing can be said about how your low back stands" in card.mechanism
    assert "arched" in cards(rulebook, results[0], fits(rulebook, BACK, POSSIBLE))[0].name


@pytest.mark.parametrize(
    ("lead", "other"),
    [("lateral_hip_tendon_refer", "glute_med_weakness"), ("hip_flexor_dominance_training", FRONT)],
)
def test_two_patterns_that_belong_together_share_a_card(rulebook: Rulebook, lead: str, other: str) -> None:
    shown = cards(
        rulebook, fits(rulebook, "weak_core"), fits(rulebook, other), fits(rulebook, lead, POSSIBLE)
    )
    assert [card.id for card in shown] == ["weak_core", lead]
    assert [card.id for card in shown[1].beside] == [other]


@pytest.mark.parametrize(("one", "other", "said"), [("left", "left", True), ("left", "right", False)])
def test_load_and_rest_are_told_of_only_on_one_side(
    rulebook: Rulebook, one: str, other: str, *, said: bool
) -> None:
    results = fits(rulebook, "glute_max_weakness", side=one), fits(rulebook, "overworked_glutes", side=other)
    first, second = cards(rulebook, *results)
    assert any("More load than rest" in line for line in first.together) is said
    assert not second.together


def test_a_heading_stands_above_its_members_and_names_them(rulebook: Rulebook) -> None:
    names = (
        "tight_low_back_extensors",
        "hip_joint_stiffness_refer",
        FRONT,
        "weak_core",
        "lower_crossed_combo",
    )
    shown = cards(rulebook, *(fits(rulebook, name) for name in names[1:]))
    assert [card.id for card in shown] == [
        "hip_joint_stiffness_refer",
        "lower_crossed_combo",
        FRONT,
        "weak_core",
    ]
    assert shown[1].members == (shown[2].name, shown[3].name)


def test_what_finds_no_card_is_listed_with_its_points(rulebook: Rulebook) -> None:
    names = [pattern.id for pattern in rulebook.file.pattern if pattern.kind == "self_care"][:5]
    shown, more = pictures(rulebook, rulebook.regions["gb"], [fits(rulebook, name) for name in names])
    listed = {card.id for picture in shown for card in (picture, *picture.beside)}
    assert len(listed) == rulebook.file.scoring.most_shown
    assert [line.count("(9 / ") for line in more] == [1] * (len(names) - len(listed))
