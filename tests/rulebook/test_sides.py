"""Left and right: what a condition means in side scope, and how the body asks for sides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.questionnaire import SIDES, Side
from selfcheck.rulebook.conditions import Verdict
from selfcheck.rulebook.model import Rulebook
from tests.rulebook.asking import reading, verdict

Said = Mapping[str, object]
MIRROR: Mapping[Side, Side] = {"left": "right", "right": "left"}


@pytest.mark.parametrize("side", SIDES)
def test_a_bare_sided_item_means_this_side(small: Rulebook, side: Side) -> None:
    said = {f"reach_{side}": 5, f"reach_{MIRROR[side]}": 20}
    assert verdict(small, "reach < 10", said, side) is True
    assert verdict(small, "reach < 10", said, MIRROR[side]) is False
    assert verdict(small, "reach < 10", {}, side) is None


@pytest.mark.parametrize("side", SIDES)
def test_other_means_the_other_side(small: Rulebook, side: Side) -> None:
    said = {f"reach_{side}": 5, f"reach_{MIRROR[side]}": 20, f"bridge_{side}": "hard"}
    assert verdict(small, "other(reach) >= 20", said, side) is True
    assert verdict(small, "other(reach) - reach >= 15", said, side) is True
    assert verdict(small, "other(bridge) == hard", said, MIRROR[side]) is True
    assert verdict(small, "other(bridge) == hard", said, side) is None
    assert verdict(small, "answered(other(bridge))", said, MIRROR[side]) is True
    assert verdict(small, "other(other(reach < 10))", said, side) is True


@pytest.mark.parametrize("side", SIDES)
def test_other_takes_a_whole_condition_too(small: Rulebook, side: Side) -> None:
    said = {"sites": [f"hip_{side}"]}
    assert verdict(small, "other(hip_hurts)", said, MIRROR[side]) is True
    assert verdict(small, "other(hip_hurts)", said, side) is False
    assert verdict(small, "other(any_of(sites, hip))", said, MIRROR[side]) is True
    assert verdict(small, "any_of(other(felt), pull)", {f"felt_{side}": ["pull"]}, MIRROR[side]) is True


@pytest.mark.parametrize("side", SIDES)
def test_an_option_that_ends_in_a_side_is_named_without_it(small: Rulebook, side: Side) -> None:
    said = {"sites": [f"hip_{side}"], "worst": f"hip_{side}"}
    assert verdict(small, "any_of(sites, hip)", said, side) is True
    assert verdict(small, "any_of(sites, hip)", said, MIRROR[side]) is False
    assert verdict(small, "worst == hip", said, side) is True
    assert verdict(small, f"any_of(sites, hip_{side})", said, MIRROR[side]) is True


@pytest.mark.parametrize("side", SIDES)
def test_this_side_is_the_option_of_that_name(small: Rulebook, side: Side) -> None:
    assert verdict(small, "leg_side == this_side", {"leg_side": side}, side) is True
    assert verdict(small, "leg_side == this_side", {"leg_side": side}, MIRROR[side]) is False
    assert verdict(small, "leg_side in (this_side, both_legs)", {"leg_side": "both_legs"}, side) is True
    assert verdict(small, "leg_side != this_side", {"leg_side": side}, side) is False


@pytest.mark.parametrize(
    ("left", "right", "either", "both"),
    [
        (5, 5, True, True),
        (5, 20, True, False),
        (20, 5, True, False),
        (20, 20, False, False),
        (5, None, True, None),
        (None, 20, None, False),
        (None, None, None, None),
    ],
)
def test_the_body_asks_for_either_or_both(
    small: Rulebook, left: float | None, right: float | None, either: Verdict, both: Verdict
) -> None:
    said = {"reach_left": left, "reach_right": right}
    assert verdict(small, "either(reach < 10)", said) is either
    assert verdict(small, "both(reach < 10)", said) is both


def test_either_takes_a_named_condition_with_sides(small: Rulebook) -> None:
    assert verdict(small, "either(hip_hurts)", {"sites": ["hip_right"]}) is True
    assert verdict(small, "both(hip_hurts)", {"sites": ["hip_right"]}) is False
    assert verdict(small, "both(hip_hurts)", {"sites": ["hip_right", "hip_left"]}) is True
    assert verdict(small, "either(leg_side == this_side)", {"leg_side": "right"}) is True
    assert verdict(small, "either(leg_side == this_side)", {"leg_side": "both_legs"}) is False


def test_one_side_can_be_named_in_body_scope(small: Rulebook) -> None:
    assert verdict(small, "reach_left < 10", {"reach_left": 5}) is True
    assert verdict(small, "any_of(sites, hip_left)", {"sites": ["hip_right"]}) is False


@pytest.mark.parametrize(
    ("left", "right", "of_left", "of_right"),
    [(15, 20, True, False), (20, 15, False, True), (17, 20, False, False), (15, 0, None, True)],
)
def test_a_computed_value_has_its_sides(
    small: Rulebook, left: float, right: float, of_left: Verdict, of_right: Verdict
) -> None:
    said = {"reach_left": left, "reach_right": right}
    assert verdict(small, "reach_lost_percent >= 20", said, "left") is of_left
    assert verdict(small, "reach_lost_percent >= 20", said, "right") is of_right


@pytest.mark.parametrize("side", SIDES)
def test_a_finding_with_sides_is_kept_for_each(small: Rulebook, side: Side) -> None:
    evaluation = reading(small, {f"reach_{side}": 5}).strict
    assert small.conditions[f"f_short_reach:{side}"].holds(evaluation) is True
    assert small.conditions[f"f_short_reach:{MIRROR[side]}"].holds(evaluation) is None


def test_both_sides_of_an_item_are_asked_on_the_same_condition(small: Rulebook) -> None:
    assert verdict(small, "either(any_of(felt, pull))", {"pain": 8}) is False
    assert verdict(small, "either(any_of(felt, pull))", {"pain": 3}) is None
