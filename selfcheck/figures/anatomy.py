"""The body that is drawn: lengths and widths in hundredths of its height, and how far joints bend.

Lengths follow the segment proportions of Drillis and Contini (1966) as printed in Winter, Biomechanics and
Motor Control of Human Movement. Joint limits are wide: the usual ranges of the American Academy of
Orthopaedic Surgeons and some degrees for supple people and for shoulders that lift.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

PELVIS, WAIST, CHEST = 9.5, 9.5, 11.0
NECK = 10.2
THIGH, SHANK = 24.5, 24.6
UPPER_ARM, FOREARM, HAND = 17.6, 14.6, 6.0
HIP_OUT, SHOULDER_OUT, SHOULDER_DOWN = 4.6, 9.6, 2.2
SOLE = 3.9


class Ball(NamedTuple):
    """A ball of the flesh round a joint: how far out to each side, to the front and up it lies; radius."""

    out: float
    front: float
    up: float
    radius: float


HIPS = (Ball(3.0, -0.6, 0.0, 6.8), Ball(3.4, -2.6, -1.2, 5.9))
MIDDLE = (Ball(2.4, 0.1, 0.0, 5.7),)
RIBS = (Ball(3.4, 0.9, 2.0, 6.5),)
SHOULDERS = (Ball(7.6, -0.4, -2.6, 3.9),)
HIP_R, KNEE_R, CALF_R, ANKLE_R, HEEL_R, TOES_R = 5.9, 3.9, 4.0, 2.4, 1.9, 1.4
SHOULDER_R, ELBOW_R, WRIST_R, HAND_R = 3.5, 2.6, 1.9, 2.0
NECK_R, SKULL_R, JAW_R, NOSE_R, FACE_R = 3.0, 6.1, 4.2, 1.3, 4.3
CALF_AT, CALF_BACK = 0.27, 0.9


class Muscle(NamedTuple):
    """Where a muscle is marked: along a bone from and to, to the front, to the outside; two radii."""

    bone: str
    start: float
    end: float
    front: float
    out: float
    start_r: float
    end_r: float


MUSCLES: Mapping[str, Muscle] = {
    "buttock": Muscle("hips", -0.42, 0.12, -4.4, 0.2, 3.3, 2.7),
    "outer_hip": Muscle("hips", 0.42, -0.25, 0.4, 2.6, 2.9, 2.1),
    "hip_front": Muscle("thigh", -0.1, 0.3, 3.3, 0.0, 2.3, 1.7),
    "thigh_front": Muscle("thigh", 0.2, 0.75, 2.0, 0.0, 2.3, 1.6),
    "thigh_back": Muscle("thigh", 0.22, 0.78, -1.9, 0.0, 2.3, 1.5),
    "thigh_inner": Muscle("thigh", 0.16, 0.6, 0.0, -2.6, 2.1, 1.3),
    "calf": Muscle("shank", 0.12, 0.48, -1.6, 0.0, 2.3, 1.5),
    "low_back": Muscle("waist", -0.6, 0.62, -3.2, -2.2, 2.1, 1.9),
    "belly": Muscle("waist", -0.5, 0.9, 3.0, -2.2, 2.1, 2.1),
    "side_trunk": Muscle("waist", -0.35, 0.75, 0.2, 0.6, 2.4, 2.4),
    "upper_back": Muscle("chest", 0.0, 0.6, -4.0, -2.0, 2.2, 2.0),
}

SPINE_BENDS, NECK_BENDS = 45, 75
HIP_FORWARD, HIP_BACK = 145, 40
HIP_OUTWARD, HIP_IN, HIP_TURNS = 75, 45, 115
KNEE_BENDS, STRAIGHT = 155, 8
ANKLE_MOST = 130
ELBOW_BENDS = 155
