"""A skeleton seen by a camera to the shapes of a person, far ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from selfcheck.figures import anatomy as body
from selfcheck.figures.outline import Circle, covers
from selfcheck.figures.skeleton import Skeleton, calf, head_balls, trunk_rows
from selfcheck.figures.space import Camera, Vec, angle
from selfcheck.questionnaire import SIDES

Balls = tuple[tuple[Vec, float], ...]
MIDDLE = {"hip": "hips", "shoulder": "neck"}
BEHIND = {"hip": 0.6 * body.HIP_OUT, "shoulder": 0.6 * body.SHOULDER_OUT}
FACED = 0.6
SAME = 1.2
STRAIGHT_HAND = 8


class Tone(StrEnum):
    """How a shape is painted; the style sheet has one rule for each."""

    SHIRT = "s"
    NEAR = "n"
    FAR = "f"
    MUSCLE = "m"


class Shape(Struct, frozen=True):
    """Bands of circles in the picture, y up, in units of the body; ``depth`` is how near it is."""

    tone: Tone
    bands: tuple[tuple[Circle, ...], ...]
    depth: float


def _shape(tone: Tone, bands: Iterable[Balls], camera: Camera) -> Shape:
    seen = [[(camera.seen(place), radius) for place, radius in band] for band in bands]
    depths = [place.z for band in seen for place, _ in band]
    circles = tuple(tuple(Circle(place.x, place.y, radius) for place, radius in band) for band in seen)
    return Shape(tone, circles, sum(depths) / len(depths))


def person(bones: Skeleton, camera: Camera, *, helper: bool = False) -> tuple[Shape, ...]:
    """The shapes of one person, far ones first, without those that others hide."""
    shapes = list(_core(bones, camera, helper=helper))
    for side in SIDES:
        for bands, root in _limbs(bones, side):
            out = camera.seen(bones.joints[f"{side}.{root}"].minus(bones.joints[MIDDLE[root]])).z
            far = helper or out < -BEHIND[root]
            shapes.append(_shape(Tone.FAR if far else Tone.NEAR, bands, camera))
    shapes.sort(key=lambda shape: shape.depth)
    return tuple(shape for place, shape in enumerate(shapes) if not _hidden(shape, shapes[place + 1 :]))


def _core(bones: Skeleton, camera: Camera, *, helper: bool) -> Iterator[Shape]:
    """Trunk and head."""
    hips, waist, ribs, shoulders = trunk_rows(bones.joints, bones.frames)
    bands = tuple(one + other for one, other in pairwise((hips, waist, ribs, shoulders)))
    trunk = _shape(Tone.FAR if helper else Tone.SHIRT, bands, camera)
    yield trunk
    skull, jaw, nose = head_balls(bones.joints, bones.frames)
    middle = (bones.joints["head"], body.NECK_R)
    neck = (bones.joints["neck"].plus(bones.frames["chest"].up, -2), body.NECK_R)
    in_profile = camera.seen(bones.frames["head"].front).z < FACED
    face = ((middle, nose),) if in_profile else ()
    head = _shape(Tone.FAR if helper else Tone.NEAR, ((neck, middle), (skull, jaw), *face), camera)
    yield replace(head, depth=max(head.depth, trunk.depth + 0.1))


def _limbs(bones: Skeleton, side: str) -> Iterator[tuple[tuple[Balls, ...], str]]:
    """The bands of thigh, shin with foot, and arm, each with the joint it hangs from."""

    def at(name: str) -> Vec:
        return bones.joints[f"{side}.{name}"]

    knee, ankle = (at("knee"), body.KNEE_R), (at("ankle"), body.ANKLE_R)
    yield (((at("hip"), body.HIP_R), knee),), "hip"
    belly = (calf(bones.joints, bones.frames, side), body.CALF_R)
    foot = (ankle, (at("heel"), body.HEEL_R), (at("toes"), body.TOES_R))
    yield ((knee, belly, ankle), foot), "hip"
    elbow, wrist = (at("elbow"), body.ELBOW_R), (at("wrist"), body.WRIST_R)
    hand, upper = (at("fingers"), body.HAND_R), ((at("shoulder"), body.SHOULDER_R), elbow)
    straight = angle(at("wrist").minus(at("elbow")), at("fingers").minus(at("wrist"))) < STRAIGHT_HAND
    yield ((upper, (elbow, hand)) if straight else (upper, (elbow, wrist), (wrist, hand))), "shoulder"


def _hidden(shape: Shape, nearer: Iterable[Shape]) -> bool:
    """Whether another limb of the same build lies right before it."""
    return any(
        [len(band) for band in other.bands] == [len(band) for band in shape.bands]
        and all(
            covers(near, far, SAME)
            for mine, theirs in zip(shape.bands, other.bands, strict=True)
            for far, near in zip(mine, theirs, strict=True)
        )
        for other in nearer
    )


def muscle(bones: Skeleton, name: str, camera: Camera) -> Shape:
    """The mark where a muscle should be felt."""
    side, _, which = name.partition(".")
    place = body.MUSCLES[which]
    sign = 1 if side == "right" else -1
    if place.bone in ("thigh", "shank"):
        start, end = ("hip", "knee") if place.bone == "thigh" else ("knee", "ankle")
        own = bones.frames[f"{side}.{place.bone}"]
        root, tip = bones.joints[f"{side}.{start}"], bones.joints[f"{side}.{end}"]
    else:
        own = bones.frames[place.bone]
        above = {"hips": "waist", "waist": "chest", "chest": "neck"}[place.bone]
        out = own.right.times(sign * body.HIP_OUT)
        root, tip = bones.joints[place.bone].plus(out), bones.joints[above].plus(out)
    aside = own.front.times(place.front).plus(own.right, sign * place.out)
    balls = tuple(
        (root.plus(tip.minus(root), share).plus(aside), radius)
        for share, radius in ((place.start, place.start_r), (place.end, place.end_r))
    )
    return _shape(Tone.MUSCLE, (balls,), camera)


def face(bones: Skeleton, camera: Camera) -> tuple[Circle, ...]:
    """The face in the picture, if it is turned this way."""
    own, head = bones.frames["head"], bones.joints["head"]
    if camera.seen(own.front).z < FACED:
        return ()
    place = camera.seen(head.plus(own.front, 2.4).plus(own.up, -2.0))
    return (Circle(place.x, place.y, body.FACE_R),)
