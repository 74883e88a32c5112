"""A figure to one SVG picture: two panels of ink in a frame of fixed shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from selfcheck.figures.body import face, muscle, person
from selfcheck.figures.ink import Blob, Bounds, Ink, Lines, Sheet, around
from selfcheck.figures.poses import end_of, helpers_of, start_of
from selfcheck.figures.props import prop_ink
from selfcheck.figures.signs import ORDER, arrow_ink, mark_ink
from selfcheck.figures.skeleton import Skeleton, skeleton
from selfcheck.figures.space import Camera
from selfcheck.rulebook.parts.figures import Figure, Stance

WIDE, HIGH, EDGE = 400, 300, 7
LARGEST = 2.75
BETWEEN = 9.0
FLOOR_BEYOND = 2.0
LEVEL = 12
SET_OFF = "nsfpm"
Run = tuple[str, list[str]]
PAPER = "#fff"
PAINT = {
    "g": 'fill="none" stroke="#567" stroke-width="3"',
    "p": 'fill="#dee" stroke="#567"',
    "l": 'fill="none" stroke="#840"',
    "w": 'fill="none" stroke="#567"',
    "f": 'fill="#cdd" stroke="#123"',
    "s": 'fill="#067"',
    "n": 'fill="#123"',
    "e": 'fill="#cdd"',
    "m": 'fill="#fb0" stroke="#123"',
    "a": 'fill="none" stroke="#05c" stroke-width="6"',
    "h": 'fill="none" stroke-width="10"',
    "k": 'fill="none" stroke="#a10" stroke-width="4"',
    "d": 'fill="none" stroke="#a10" stroke-width="4" stroke-dasharray="1 7"',
}


class Scene(NamedTuple):
    """One pose of a figure: whom to draw, where the movement began, and whether it ends here.

    ``name`` is ``start`` or ``end``; ``None`` where one pose is all.
    """

    name: str | None
    bones: Skeleton
    helper: Skeleton | None
    first: Skeleton
    last: bool


def skeletons(figure: Figure, stances: Mapping[str, Stance]) -> tuple[tuple[Skeleton, Skeleton | None], ...]:
    """The person, and the helper or ``None``, in each pose."""
    poses = [start_of(figure, stances)]
    last = end_of(figure, stances)
    poses += [] if last is None else [last]
    people = [skeleton(pose) for pose in poses]
    return tuple(
        (bones, skeleton(pose, others=bones) if pose is not None else None)
        for bones, pose in zip(people, helpers_of(figure, stances), strict=False)
    )


def panels(figure: Figure, stances: Mapping[str, Stance]) -> tuple[tuple[Ink, ...], ...]:
    """The ink of each pose, in body units."""
    camera = Camera(*figure.camera)
    found = skeletons(figure, stances)
    scenes = (
        Scene(name if len(found) > 1 else None, bones, helper, found[0][0], bones is found[-1][0])
        for name, (bones, helper) in zip(("start", "end"), found, strict=False)
    )
    return tuple(tuple(_scene_ink(figure, scene, camera)) for scene in scenes)


def _scene_ink(figure: Figure, scene: Scene, camera: Camera) -> Iterator[Ink]:
    """Things, people, muscles, things before them, what to look for, and the way it moves."""
    bones = scene.bones
    props = [prop for prop in figure.prop if _here(prop.pose, scene)]
    for prop in (prop for prop in props if not prop.over):
        yield from prop_ink(prop, bones, camera)
    if scene.helper is not None:
        yield from _person_ink(scene.helper, camera, helper=True)
    yield from _person_ink(bones, camera, helper=False)
    for name in figure.feel if scene.last else ():
        spot = muscle(bones, name, camera)
        yield Blob(spot.tone, spot.bands)
    for prop in (prop for prop in props if prop.over):
        yield from prop_ink(prop, bones, camera)
    signs = [ink for mark in figure.mark if _here(mark.pose, scene) for ink in mark_ink(mark, bones, camera)]
    for arrow in (arrow for arrow in figure.arrow if _here(arrow.pose, scene)):
        signs.extend(arrow_ink(arrow, bones, scene.first, camera))
    yield from sorted(signs, key=lambda ink: ORDER.index(ink.tone))


def _here(pose: str, scene: Scene) -> bool:
    return scene.name is None or pose in ("both", scene.name)


def _person_ink(bones: Skeleton, camera: Camera, *, helper: bool) -> Iterator[Ink]:
    for shape in person(bones, camera, helper=helper):
        yield Blob(shape.tone, shape.bands)
    for seen in face(bones, camera):
        yield Blob("e", ((seen,),))


def _floor(figure: Figure, bounds: Bounds) -> list[Ink]:
    if not figure.floor or figure.camera[1] > LEVEL:
        return []
    down = -2.0 if any(prop.kind == "mat" for prop in figure.prop) else -0.6
    return [Lines("g", ((bounds.left - FLOOR_BEYOND, down), (bounds.right + FLOOR_BEYOND, down)), half=0.6)]


def _layout(figure: Figure, frames: Sequence[Bounds]) -> tuple[tuple[Sheet, ...], int]:
    """Where each panel lies, beside one another or one above the other, whichever is larger; and the height
    of the view box.
    """
    whole = around(frames)
    beside = sum(each.width for each in frames) + BETWEEN * (len(frames) - 1), whole.height
    above = whole.width, sum(each.height for each in frames) + BETWEEN * (len(frames) - 1)

    def scale(size: tuple[float, float]) -> float:
        return min(LARGEST, (WIDE - 2 * EDGE) / size[0], (HIGH - 2 * EDGE) / size[1])

    stacked = scale(above) > scale(beside) * 1.15 if figure.stacked is None else figure.stacked
    size = above if stacked else beside
    factor = scale(size)
    x, y = (WIDE - size[0] * factor) / 2, float(EDGE)
    sheets = []
    for each in frames:
        if stacked:
            y += each.height * factor
            sheets.append(Sheet(x - whole.left * factor, y + each.bottom * factor, factor))
            y += BETWEEN * factor
        else:
            floor = y + whole.top * factor
            sheets.append(Sheet(x - each.left * factor, floor, factor))
            x += (each.width + BETWEEN) * factor
    return tuple(sheets), round(size[1] * factor + 2 * EDGE)


def svg(figure: Figure, stances: Mapping[str, Stance], *, mirrored: bool = False) -> str:
    """The picture as a standalone SVG text with its words as label."""
    drawn = panels(figure, stances)
    wholes = [(*_floor(figure, around(each.bounds for each in ink)), *ink) for ink in drawn]
    frames = [around(each.bounds for each in whole) for whole in wholes]
    sheets, high = _layout(figure, frames)
    runs: list[Run] = []
    for sheet, whole in zip(sheets, wholes, strict=True):
        runs = _merged(runs, [
            (tone, [each.path(sheet) for each in run])
            for tone, run in groupby(whole, key=lambda each: str(each.tone))
        ])  # fmt: skip
    groups = "".join(f'<g class="{tone}" {PAINT[tone]}>{_joined(tone, paths)}</g>' for tone, paths in runs)
    turn = f' transform="matrix(-1 0 0 1 {WIDE} 0)"' if mirrored else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {WIDE} {high}" role="img" '
        f"aria-label={quoteattr(figure.shows)}>"
        f'<g stroke="{PAPER}" stroke-width="5" stroke-linecap="round" '
        f'paint-order="stroke"{turn}>{groups}</g></svg>'
    )


def _merged(first: list[Run], second: list[Run]) -> list[Run]:
    """The runs of two panels with as many as possible drawn as one; each panel keeps its order."""
    tones = [[tone for tone, _ in runs] for runs in (first, second)]
    made: list[Run] = []
    for _, start, end, other_start, other_end in SequenceMatcher(
        a=tones[0], b=tones[1], autojunk=False
    ).get_opcodes():
        left, right = first[start:end], second[other_start:other_end]
        if [tone for tone, _ in left] == [tone for tone, _ in right]:
            made.extend((tone, paths + more) for (tone, paths), (_, more) in zip(left, right, strict=True))
        else:
            made.extend((*left, *right))
    return made


def _joined(tone: str, paths: Sequence[str]) -> str:
    """One element for shapes that are set off from one another, one for all lines of a kind."""
    apart = paths if tone in SET_OFF else ["".join(paths)]
    return "".join(f'<path d="{path}"/>' for path in apart)
