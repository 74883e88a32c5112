"""The shapes of the body map: outlines, places and what a finger may touch, as points.

Each figure is 100 units wide on a middle line of its own; seen from behind, the person's left is on the left
of the picture, seen from the front on the right. Only the half that lies left in the picture is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

View = Literal["back", "front"]
Point = tuple[float, float]
Points = tuple[Point, ...]
Box = tuple[float, float, float, float]

VIEWS: tuple[View, View] = ("back", "front")
WIDTH, HEIGHT = 208, 178
LEFT_OF: Mapping[View, float] = {"back": 2, "front": 106}
TOP = 10  # the room above a figure for its name and for left and right
MIDDLE = 50.0

# Half of the outline as distances from the middle line: down the outside, and up the inside of the leg.
OUTSIDE: Points = (
    (30, 0), (29, 12), (26, 31), (27, 44), (32, 60), (35.5, 76), (36.3, 90), (34.3, 106), (30.5, 122),
    (28, 134), (29, 146), (27.5, 158), (24, 168),
)  # fmt: skip
INSIDE: Points = (
    (8, 168), (5, 158), (3.5, 146), (5, 134), (5, 122), (2.5, 106), (1, 96), (0, 91),
)  # fmt: skip
# What a figure shows beside its outline; lines off the middle line are drawn on both halves.
LINES: Mapping[View, tuple[Points, ...]] = {
    "back": (((50, 64), (49.8, 78), (50, 91)), ((47, 92), (38, 95), (26, 92)), ((43, 133), (37, 135), (30, 133))),
    "front": (((50, 43.5), (50.6, 45), (50, 46.5)), ((42, 131), (37, 128), (31, 131)), ((43, 138), (37, 140.5), (30, 138))),
}  # fmt: skip


class Region(Struct, frozen=True):
    """One place in one view, in units of the whole picture. ``number_at`` is where its number stands,
    ``touch`` what a finger may touch: left, top, width and height.
    """

    site: str
    view: View
    points: Points
    number_at: Point
    touch: Box
    smooth: bool = False


class _Half(Struct, frozen=True):
    """A pair of places (or, on the middle line, one), as the half that lies left in the picture."""

    name: str
    view: View
    points: Points
    number_at: Point
    touch: Box
    smooth: bool = False


def _box(left: float, top: float, right: float, bottom: float) -> Points:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _oval(x: float, y: float, wide: float, high: float) -> Points:
    turns = ((0, -1), (0.71, -0.71), (1, 0), (0.71, 0.71), (0, 1), (-0.71, 0.71), (-1, 0), (-0.71, -0.71))
    return tuple((x + a * wide, y + b * high) for a, b in turns)


SIDE_OF_HIP: Points = ((0, 52), (27, 52), (25.5, 64), (25, 78), (25, 94), (0, 94))
# In drawing order, so that small places lie on large ones; what sticks out of the outline is cut off.
ON_THE_MIDDLE: tuple[_Half, ...] = (
    _Half("upper_back", "back", _box(0, -1, 100, 21), (50, 11), (16, 0, 68, 21)),
    _Half("low_back_centre", "back", _box(41, 21, 59, 52), (50, 37), (41, 21, 18, 30)),
    _Half("pubic_bone", "front", _oval(50, 84.5, 6.2, 6), (50, 84.5), (43, 78, 14, 14), smooth=True),
)
IN_PAIRS: tuple[_Half, ...] = (
    _Half("low_back", "back", _box(0, 21, 41, 52), (33, 37), (20, 21, 21, 31)),
    _Half("outer_hip", "back", SIDE_OF_HIP, (19.9, 76), (4, 54, 21, 40)),
    _Half("buttock", "back", ((27, 52), (50, 52), (50, 94), (25, 94), (25, 78), (25.5, 64)), (34, 71), (25, 54, 25, 40)),
    _Half("back_thigh", "back", _box(0, 94, 50, 129), (33, 112), (13, 95, 36, 34)),
    _Half("below_knee", "back", _box(0, 138, 50, 170), (34, 153), (19, 136, 30, 32)),
    _Half("sij", "back", _oval(42.2, 57.5, 6.2, 6.2), (42.2, 57.5), (35, 50.5, 14.5, 14), smooth=True),
    _Half("sit_bone", "back", _oval(38.5, 86, 8, 5.8), (38.5, 86), (29.5, 79, 18, 14), smooth=True),
    _Half("outer_hip", "front", SIDE_OF_HIP, (19.9, 76), (4, 54, 21, 40)),
    _Half("front_hip", "front", ((27, 52), (31.5, 56.5), (36.5, 62.5), (41, 70), (45, 78.5), (48, 87), (50, 94), (25, 94), (25, 78), (25.5, 64)), (34, 79), (25, 55, 19, 39)),
    _Half("front_thigh", "front", _box(0, 94, 50, 125), (33, 110), (13, 95, 36, 30)),
    _Half("below_knee", "front", _box(0, 141, 50, 170), (34, 154), (19, 138, 30, 30)),
)  # fmt: skip


def regions() -> tuple[Region, ...]:
    """Every place in every view in which it can be seen, in drawing order."""
    single = [_placed(one, one.name, one.points, one.number_at[0], one.touch[0]) for one in ON_THE_MIDDLE]
    return (*single[:-1], *(region for half in IN_PAIRS for region in _both(half)), single[-1])


def _both(half: _Half) -> Iterator[Region]:
    first, second = ("left", "right") if half.view == "back" else ("right", "left")
    left, _, width, _ = half.touch
    mirrored = tuple((2 * MIDDLE - x, y) for x, y in half.points)
    yield _placed(half, f"{half.name}_{first}", half.points, half.number_at[0], left)
    yield _placed(
        half, f"{half.name}_{second}", mirrored, 2 * MIDDLE - half.number_at[0], 2 * MIDDLE - left - width
    )


def _placed(half: _Half, site: str, points: Points, number_x: float, left: float) -> Region:
    x = LEFT_OF[half.view]
    _, top, width, height = half.touch
    return Region(
        site,
        half.view,
        tuple((px + x, py + TOP) for px, py in points),
        (number_x + x, half.number_at[1] + TOP),
        (left + x, top + TOP, width, height),
        half.smooth,
    )


def outline_points(view: View) -> tuple[Points, ...]:
    """The outline as smooth pieces, each beginning where the one before ends or at a corner."""
    right = tuple((MIDDLE + x + LEFT_OF[view], y + TOP) for x, y in (*OUTSIDE, *INSIDE))
    left = tuple((MIDDLE - x + LEFT_OF[view], y + TOP) for x, y in reversed((*OUTSIDE, *INSIDE)))
    down, up = len(OUTSIDE), len(INSIDE)
    return right[:down], right[down:], left[:up], left[up:]


def line_points(view: View) -> Iterator[Points]:
    """The lines inside a figure."""
    x = LEFT_OF[view]
    for line in LINES[view]:
        yield tuple((px + x, py + TOP) for px, py in line)
        if line[0][0] != MIDDLE:
            yield tuple((2 * MIDDLE - px + x, py + TOP) for px, py in line)
