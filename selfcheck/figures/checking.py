"""What no drawing may show: a joint bent the wrong way, a body that floats or sinks, too many bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import atan2, degrees

from selfcheck.figures import anatomy as body
from selfcheck.figures.drawing import skeletons, svg
from selfcheck.figures.poses import end_of, start_of
from selfcheck.figures.skeleton import Skeleton, lowest
from selfcheck.figures.space import Vec, angle
from selfcheck.questionnaire import SIDES, Side
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.faults import Fault, RulebookError, located
from selfcheck.rulebook.parts.figures import Figure, Pose

MOST_BYTES = 3000
SOFT = 1.0
POSES = ("start", "end")


def check_drawings(drawings: Drawings) -> int:
    """Look at every drawing, and say how many there are.

    Raises:
        RulebookError: with everything that is wrong with the file or the bodies in it.

    """
    faults = [
        Fault(("figure", place, *where), f"figure {figure.id}: {words}")
        for place, figure in enumerate(drawings.file.figure)
        for where, words in figure_faults(figure, drawings)
    ]
    if faults:
        raise RulebookError(located(faults, drawings.text, drawings.name))
    return len(drawings.figures)


def figure_faults(figure: Figure, drawings: Drawings) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with a drawing: where in its entry, and the words."""
    poses = start_of(figure, drawings.stances), end_of(figure, drawings.stances)
    for name, pose, (bones, helper) in zip(POSES, poses, skeletons(figure, drawings.stances), strict=False):
        for words in joint_faults(bones):
            yield (name,), words
        for words in joint_faults(helper) if helper is not None else ():
            yield ("helper",), words
        if pose is not None:
            yield from (((name,), words) for words in ground_faults(pose, bones))
    for mirrored in (False, True):
        size = len(svg(figure, drawings.stances, mirrored=mirrored).encode())
        if size > MOST_BYTES:
            yield ("shows",), f"{size} bytes; at most {MOST_BYTES}"
            return


def ground_faults(pose: Pose, bones: Skeleton) -> Iterator[str]:
    """A body rests on the floor, or with trunk and head on what it lies or sits on."""
    low = lowest(bones.joints, bones.frames) - (pose.ground or 0)
    if pose.in_the_air:
        return
    if low < -SOFT:
        yield f"the lowest point is {-low:.1f} below the floor"
    if pose.on is None and low > SOFT:
        yield f"the lowest point is {low:.1f} above the floor"


def joint_faults(bones: Skeleton) -> Iterator[str]:
    """Every joint that is bent further than joints go."""
    yield from _spine(bones)
    for side in SIDES:
        yield from (f"{side} {words}" for words in (*_hip(bones, side), *_knee(bones, side)))
        elbow = angle(_along(bones, side, "shoulder", "elbow"), _along(bones, side, "elbow", "wrist"))
        if elbow > body.ELBOW_BENDS:
            yield f"{side} elbow: bent by {elbow:.0f} degrees; at most {body.ELBOW_BENDS}"


def _along(bones: Skeleton, side: str, start: str, end: str) -> Vec:
    return bones.joints[f"{side}.{end}"].minus(bones.joints[f"{side}.{start}"]).unit


def _spine(bones: Skeleton) -> Iterator[str]:
    parts = ("hips", "waist", "chest", "head")
    for (low, high), most in zip(
        pairwise(parts), (body.SPINE_BENDS, body.SPINE_BENDS, body.NECK_BENDS), strict=True
    ):
        bend = angle(bones.frames[low].up, bones.frames[high].up)
        if bend > most:
            yield f"between {low} and {high}: bent by {bend:.0f} degrees; at most {most}"


def _hip(bones: Skeleton, side: Side) -> Iterator[str]:
    """A thigh goes far forward, a little back, some way out, and less far in."""
    hips, thigh = bones.frames["hips"], _along(bones, side, "hip", "knee")
    outward = hips.right.times(1 if side == "right" else -1)
    forward = degrees(atan2(thigh.dot(hips.front), -thigh.dot(hips.up)))
    if not -body.HIP_BACK <= forward <= body.HIP_FORWARD:
        yield f"hip: {forward:.0f} degrees forward; from {-body.HIP_BACK} to {body.HIP_FORWARD}"
    out = 90 - angle(thigh, outward)
    if not -body.HIP_IN <= out <= body.HIP_OUTWARD:
        yield f"hip: {out:.0f} degrees out; from {-body.HIP_IN} to {body.HIP_OUTWARD}"


def _knee(bones: Skeleton, side: Side) -> Iterator[str]:
    """A knee bends back only; how far round it does so is how far the hip is turned."""
    thigh, shank = _along(bones, side, "hip", "knee"), _along(bones, side, "knee", "ankle")
    bend = angle(thigh, shank)
    if bend > body.KNEE_BENDS:
        yield f"knee: bent by {bend:.0f} degrees; at most {body.KNEE_BENDS}"
    turned = angle(shank.across(thigh), bones.frames[f"{side}.thigh"].front.times(-1))
    if bend > body.STRAIGHT and turned > body.HIP_TURNS:
        yield f"knee: bent {bend:.0f} degrees the wrong way"
    toes = angle(shank, _along(bones, side, "heel", "toes"))
    if toes > body.ANKLE_MOST:
        yield f"ankle: {toes:.0f} degrees from pointed; at most {body.ANKLE_MOST}"
