"""What the eye should catch: the arrow of the movement, and lines, angles and gaps of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, cos, pi, sin

from selfcheck.figures.ink import Curve, Ink, Lines
from selfcheck.figures.skeleton import Skeleton, named
from selfcheck.figures.space import Camera, Vec, direction
from selfcheck.rulebook.parts.figures import Arrow, Mark

WAY, GROUND, SIGN, DOTS = "a", "h", "k", "d"
ORDER = (GROUND, SIGN, DOTS, WAY)
STEPS, TICK = 6, 3.2


def arrow_ink(arrow: Arrow, bones: Skeleton, before: Skeleton, camera: Camera) -> Iterator[Ink]:
    """The arrow on a ground that sets it off. ``before`` is the skeleton of the starting pose."""
    by = Vec(arrow.by[0], arrow.by[1], arrow.by[2] or 0)
    if arrow.of is not None:
        ends = named(before.joints, arrow.of), named(bones.joints, arrow.of)
    elif arrow.start is not None and arrow.end is not None:
        ends = bones.place(arrow.start), bones.place(arrow.end)
    else:
        return
    start, end = (camera.seen(place.plus(by)) for place in ends)
    across = Vec(start.y - end.y, end.x - start.x)
    middle = start.plus(end).times(0.5).plus(across, arrow.bend)
    for tone in (GROUND, WAY):
        yield Curve(tone, start[:2], middle[:2], end[:2], 2 if arrow.both_ways else 1)


def mark_ink(mark: Mark, bones: Skeleton, camera: Camera) -> Iterator[Ink]:
    """The ink of one thing to look for."""
    at = camera.seen(bones.place(mark.at))
    to = camera.seen(bones.place(mark.to)) if mark.to is not None else at
    match mark.kind:
        case "level":
            yield from _dotted((at.x - mark.size, at.y), (at.x + mark.size, at.y))
        case "line":
            along = to.minus(at).unit.times(mark.size)
            yield from _dotted((at.x - along.x, at.y - along.y), (to.x + along.x, to.y + along.y))
        case "gap":
            yield from _gap(at, to)
        case _:
            yield from _angle(mark, at, camera)


def _angle(mark: Mark, at: Vec, camera: Camera) -> Iterator[Ink]:
    """Two dotted legs and the bow between them, the shorter way round."""
    first, last = (camera.seen(direction(each)) for each in (mark.start, mark.end))
    start, end = atan2(first.y, first.x), atan2(last.y, last.x)
    span = (end - start + pi) % (2 * pi) - pi
    for turn in (start, end):
        far = mark.size * 1.25
        yield from _dotted((at.x, at.y), (at.x + far * cos(turn), at.y + far * sin(turn)))
    turns = (start + span * step / STEPS for step in range(STEPS + 1))
    bow = tuple((at.x + mark.size * cos(turn), at.y + mark.size * sin(turn)) for turn in turns)
    yield from (Lines(GROUND, bow), Lines(SIGN, bow))


def _dotted(*places: tuple[float, float]) -> Iterator[Ink]:
    yield from (Lines(GROUND, places), Lines(DOTS, places))


def _gap(at: Vec, to: Vec) -> Iterator[Ink]:
    """A bar between two short strokes across."""
    across = Vec(at.y - to.y, to.x - at.x).unit.times(TICK)
    for tone in (GROUND, SIGN):
        yield Lines(tone, (at[:2], to[:2]))
        for end in (at, to):
            yield Lines(tone, (end.minus(across)[:2], end.plus(across)[:2]))
