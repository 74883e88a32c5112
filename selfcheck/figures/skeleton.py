"""A pose to the places of its joints, by forward kinematics; arms and legs that reach for a place are solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt

from msgspec import Struct

from selfcheck.figures import anatomy as body
from selfcheck.figures.space import Frame, Vec, direction, frame, swung
from selfcheck.questionnaire import SIDES
from selfcheck.rulebook.parts.figures import Angles, Pose, Spot

Joints = dict[str, Vec]
CLEARLY = 0.25
DOWN = Vec(0, -1)


class Skeleton(Struct, frozen=True):
    """Where every joint is, and which way every bone's own front and right are."""

    joints: Mapping[str, Vec]
    frames: Mapping[str, Frame]

    def place(self, spot: Spot) -> Vec:
        """A place in the room."""
        by = Vec(spot.by[0], spot.by[1], spot.by[2] or 0)
        if spot.at is not None:
            return Vec(spot.at[0], spot.at[1], spot.at[2] or 0).plus(by)
        return named(self.joints, spot.of or "").plus(by)


def named(joints: Mapping[str, Vec], name: str) -> Vec:
    """The place of a named spot; half-way along for a thigh or shin."""
    side, _, what = name.partition(".")
    if what == "thigh":
        return joints[f"{side}.hip"].plus(joints[f"{side}.knee"]).times(0.5)
    if what == "shin":
        return joints[f"{side}.knee"].plus(joints[f"{side}.ankle"]).times(0.5)
    return joints[name]


def skeleton(pose: Pose, *, others: Skeleton | None = None) -> Skeleton:
    """The skeleton of a whole pose; a helper's hands may reach for places on another's body."""
    joints: Joints = {}
    frames: dict[str, Frame] = {}
    _trunk(pose, joints, frames)
    for side in SIDES:
        if getattr(pose, f"{side}_leg"):
            _bent_leg(pose, side, joints, frames)
        if getattr(pose, f"{side}_arm"):
            _bent_arm(pose, side, joints, frames)
    drop = _drop(pose, joints, frames)
    joints = {name: place.plus(drop) for name, place in joints.items()}
    for side in sorted(SIDES, key=lambda side: _leans_on_leg(pose, side)):
        if f"{side}.knee" not in joints:
            _put_leg(pose, side, joints, frames)
    for side in SIDES:
        if f"{side}.elbow" not in joints:
            _put_arm(pose, side, joints, frames, others)
    return Skeleton(joints, frames)


def _trunk(pose: Pose, joints: Joints, frames: dict[str, Frame]) -> None:
    low, middle, high = map(direction, pose.trunk or ((90.0, 0.0),) * 3)
    front = direction(pose.faces or (0.0, 0.0))
    hips = frame(low, direction(pose.hips_face) if pose.hips_face else front)
    chest = frame(high, front)
    waist = frame(middle, hips.front.plus(chest.front))
    joints["hips"] = Vec(pose.x or 0.0, 0.0, pose.z or 0.0)
    joints["waist"] = joints["hips"].plus(low, body.PELVIS)
    joints["chest"] = joints["waist"].plus(middle, body.WAIST)
    joints["neck"] = joints["chest"].plus(high, body.CHEST)
    up = direction(pose.head) if pose.head else high
    head = frame(up, direction(pose.looks) if pose.looks else swung(chest.front, high, up))
    joints["head"] = joints["neck"].plus(up, body.NECK).plus(head.front, 1.2)
    joints["crown"] = joints["head"].plus(up, body.SKULL_R)
    frames.update(hips=hips, waist=waist, chest=chest, head=head)
    for side, sign in (("right", 1), ("left", -1)):
        joints[f"{side}.hip"] = joints["hips"].plus(hips.right, sign * body.HIP_OUT)
        joints[f"{side}.shoulder"] = (
            joints["neck"].plus(high, -body.SHOULDER_DOWN).plus(chest.right, sign * body.SHOULDER_OUT)
        )


def _thigh(along: Vec, hips: Frame) -> Frame:
    """The frame of a thigh that is bent and spread, but not turned in or out."""
    sideways = hips.right.across(along)
    if sideways.length < CLEARLY:
        return frame(along.times(-1), swung(hips.front, hips.up.times(-1), along))
    up, right = along.times(-1), sideways.unit
    return Frame(up, up.cross(right), right)


def _shank(side: str, thigh: Vec, shank: Vec, frames: dict[str, Frame]) -> Frame:
    """A bent knee shows where the shin's front is; a straight one carries the thigh's on."""
    bent = thigh.across(shank)
    front = bent.unit if bent.length > CLEARLY else swung(frames[f"{side}.thigh"].front, thigh, shank)
    frames[f"{side}.shank"] = frame(shank.times(-1), front)
    return frames[f"{side}.shank"]


def _foot(side: str, toes: Vec, joints: Joints, frames: dict[str, Frame]) -> None:
    shin = frames[f"{side}.shank"]
    down = shin.up.times(-1)
    sole = down.across(toes)
    sole = (sole if sole.length > CLEARLY else shin.front.times(-1).across(toes)).unit
    ankle = joints[f"{side}.ankle"]
    joints[f"{side}.heel"] = ankle.plus(toes, -2.8).plus(sole, body.SOLE - body.HEEL_R)
    joints[f"{side}.toes"] = ankle.plus(toes, 9.8).plus(sole, body.SOLE - body.TOES_R)


def _leg(pose: Pose, side: str, joints: Joints, frames: dict[str, Frame]) -> None:
    """Frames and foot of a leg whose knee and ankle are known."""
    hip, knee, ankle = (joints[f"{side}.{name}"] for name in ("hip", "knee", "ankle"))
    thigh, shank = knee.minus(hip).unit, ankle.minus(knee).unit
    frames[f"{side}.thigh"] = _thigh(thigh, frames["hips"])
    shin = _shank(side, thigh, shank, frames)
    angles: Angles | None = getattr(pose, f"{side}_toes")
    limb: tuple[Angles, ...] = getattr(pose, f"{side}_leg") or ()
    toes = direction(limb[2]) if limb[2:] else direction(angles) if angles else _ahead(pose, side, shin)
    _foot(side, toes, joints, frames)


def _ahead(pose: Pose, side: str, shin: Frame) -> Vec:
    """A foot that is put on the floor stands flat, any other at a right angle to the shin."""
    spot: Spot | None = getattr(pose, f"{side}_foot")
    flat = Vec(shin.front.x, 0, shin.front.z)
    return flat.unit if spot is not None and spot.at is not None and flat.length > CLEARLY else shin.front


def _bent_leg(pose: Pose, side: str, joints: Joints, frames: dict[str, Frame]) -> None:
    thigh, shank, *_ = map(direction, getattr(pose, f"{side}_leg"))
    joints[f"{side}.knee"] = joints[f"{side}.hip"].plus(thigh, body.THIGH)
    joints[f"{side}.ankle"] = joints[f"{side}.knee"].plus(shank, body.SHANK)
    _leg(pose, side, joints, frames)


def _hand(pose: Pose, side: str, joints: Joints) -> None:
    """The fingers go on as the forearm does, unless said otherwise."""
    angles: Angles | None = getattr(pose, f"{side}_fingers")
    limb: tuple[Angles, ...] = getattr(pose, f"{side}_arm") or ()
    wrist = joints[f"{side}.wrist"]
    on = wrist.minus(joints[f"{side}.elbow"]).unit
    fingers = direction(limb[2]) if limb[2:] else direction(angles) if angles else on
    joints[f"{side}.fingers"] = wrist.plus(fingers, body.HAND)


def _bent_arm(pose: Pose, side: str, joints: Joints, _frames: dict[str, Frame]) -> None:
    upper, fore, *_ = map(direction, getattr(pose, f"{side}_arm"))
    joints[f"{side}.elbow"] = joints[f"{side}.shoulder"].plus(upper, body.UPPER_ARM)
    joints[f"{side}.wrist"] = joints[f"{side}.elbow"].plus(fore, body.FOREARM)
    _hand(pose, side, joints)


def _drop(pose: Pose, joints: Joints, frames: Mapping[str, Frame]) -> Vec:
    """How far to move the body so that the hips, or its lowest flesh, are where they belong."""
    if pose.height is not None:
        return Vec(0, pose.height)
    resting = lowest(joints, frames, limbs=pose.on is None)
    return Vec(0, (pose.on or pose.ground or 0.0) - resting)


def lowest(joints: Mapping[str, Vec], frames: Mapping[str, Frame], *, limbs: bool = True) -> float:
    """The height of the lowest point of the body, or of trunk and head."""
    return min(place.y - radius for place, radius in flesh(joints, frames, limbs=limbs))


def flesh(
    joints: Mapping[str, Vec], frames: Mapping[str, Frame], *, limbs: bool = True
) -> Iterator[tuple[Vec, float]]:
    """Every ball of which the body is drawn, with its radius."""
    for row in trunk_rows(joints, frames):
        yield from row
    yield from head_balls(joints, frames)
    yield from limb_balls(joints, frames) if limbs else ()


def trunk_rows(
    joints: Mapping[str, Vec], frames: Mapping[str, Frame]
) -> tuple[tuple[tuple[Vec, float], ...], ...]:
    """The balls of the trunk from the hips up; two rows stand for the hips."""
    rows = (("hips", body.HIPS), ("waist", body.MIDDLE), ("chest", body.RIBS), ("neck", body.SHOULDERS))
    found = []
    for name, balls in rows:
        own = frames["chest" if name == "neck" else name]
        found.append(tuple(
            (joints[name].plus(own.up, ball.up).plus(own.front, ball.front).plus(own.right, sign * ball.out), ball.radius)
            for ball in balls for sign in (1, -1)
        ))  # fmt: skip
    return tuple(found)


def head_balls(joints: Mapping[str, Vec], frames: Mapping[str, Frame]) -> tuple[tuple[Vec, float], ...]:
    """Skull, jaw and nose."""
    head, own = joints["head"], frames["head"]
    return (
        (head, body.SKULL_R),
        (head.plus(own.up, -3.6).plus(own.front, 1.7), body.JAW_R),
        (head.plus(own.up, -1.2).plus(own.front, 6.3), body.NOSE_R),
    )


def limb_balls(joints: Mapping[str, Vec], frames: Mapping[str, Frame]) -> Iterator[tuple[Vec, float]]:
    """The balls of the limbs that are known already."""
    radii = {
        "elbow": body.ELBOW_R, "wrist": body.WRIST_R, "fingers": body.HAND_R, "knee": body.KNEE_R,
        "ankle": body.ANKLE_R, "heel": body.HEEL_R, "toes": body.TOES_R,
    }  # fmt: skip
    for name, place in joints.items():
        radius = radii.get(name.partition(".")[2])
        if radius is not None:
            yield place, radius
    for side in SIDES:
        if f"{side}.ankle" in joints:
            yield calf(joints, frames, side), body.CALF_R


def calf(joints: Mapping[str, Vec], frames: Mapping[str, Frame], side: str) -> Vec:
    """The middle of the calf."""
    knee = joints[f"{side}.knee"]
    return knee.plus(joints[f"{side}.ankle"].minus(knee), body.CALF_AT).plus(
        frames[f"{side}.shank"].front, -body.CALF_BACK
    )


def _between(start: Vec, end: Vec, upper: float, lower: float, bend: Vec) -> tuple[Vec, Vec]:
    """The middle and end joint of a limb that reaches for a place, bent to one side; stretched if too far."""
    way = end.minus(start)
    far = min(way.length, upper + lower - 0.01)
    far = max(far, abs(upper - lower) + 0.01)
    along = way.unit
    out = bend.across(along)
    out = out.unit if out.length > CLEARLY / 10 else Vec(along.y, -along.x).unit
    before = (upper * upper - lower * lower + far * far) / (2 * far)
    middle = start.plus(along, before).plus(out, sqrt(max(upper * upper - before * before, 0.0)))
    return middle, start.plus(along, far)


def _leans_on_leg(pose: Pose, side: str) -> bool:
    """Whether a foot is put on the other leg, which has to be there first."""
    spot: Spot | None = getattr(pose, f"{side}_foot")
    return spot is not None and spot.of is not None


def _put_leg(pose: Pose, side: str, joints: Joints, frames: dict[str, Frame]) -> None:
    spot: Spot | None = getattr(pose, f"{side}_foot")
    hip = joints[f"{side}.hip"]
    if spot is None:
        ankle = hip.plus(frames["hips"].up, -body.THIGH - body.SHANK)
    elif spot.at is None:
        ankle = named(joints, spot.of or "").plus(Vec(spot.by[0], spot.by[1], spot.by[2] or 0))
    else:
        depth = hip.z if spot.at[2] is None else spot.at[2]
        ankle = Vec(spot.at[0] + spot.by[0], spot.at[1] + spot.by[1] + body.SOLE, depth)
    bend: Angles | None = getattr(pose, f"{side}_knee")
    own = frames["hips"]
    towards = direction(bend) if bend else own.front.plus(own.up, 0.15)
    joints[f"{side}.knee"], joints[f"{side}.ankle"] = _between(hip, ankle, body.THIGH, body.SHANK, towards)
    _leg(pose, side, joints, frames)


def _put_arm(
    pose: Pose, side: str, joints: Joints, frames: Mapping[str, Frame], others: Skeleton | None
) -> None:
    spot: Spot | None = getattr(pose, f"{side}_hand")
    shoulder = joints[f"{side}.shoulder"]
    own = frames["chest"]
    if spot is None:
        wrist = shoulder.plus(own.up, -body.UPPER_ARM - body.FOREARM)
    elif spot.at is not None:
        depth = shoulder.z if spot.at[2] is None else spot.at[2]
        wrist = Vec(spot.at[0] + spot.by[0], spot.at[1] + spot.by[1], depth)
    else:
        wrist = named(others.joints if others else joints, spot.of or "").plus(
            Vec(spot.by[0], spot.by[1], spot.by[2] or 0)
        )
    bend: Angles | None = getattr(pose, f"{side}_elbow")
    towards = direction(bend) if bend else own.front.times(-1).plus(own.up, -0.6)
    joints[f"{side}.elbow"], joints[f"{side}.wrist"] = _between(
        shoulder, wrist, body.UPPER_ARM, body.FOREARM, towards
    )
    _hand(pose, side, joints)
