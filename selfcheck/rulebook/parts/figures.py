"""The tables of the drawings: who is drawn how, with what beside them, and what the eye should catch."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from selfcheck.part import Id, Part, Words
from selfcheck.questionnaire import SIDES, Side

FACINGS: Mapping[str, tuple[float, float]] = {
    "right": (0, 0), "up": (90, 0), "left": (180, 0), "down": (270, 0), "viewer": (0, 90), "away": (0, -90),
}  # fmt: skip
SPOTS = (
    "shoulder", "elbow", "wrist", "fingers", "hip", "thigh", "knee", "shin", "ankle", "heel", "toes",
)  # fmt: skip
MIDDLE_SPOTS = ("hips", "waist", "chest", "neck", "head", "crown")
NAMES = (*MIDDLE_SPOTS, *(f"{side}.{spot}" for side in SIDES for spot in SPOTS))
MUSCLES = (
    "buttock", "outer_hip", "hip_front", "thigh_front", "thigh_back", "thigh_inner", "calf", "low_back", "belly",
    "side_trunk", "upper_back",
)  # fmt: skip
MUSCLE_NAMES = tuple(f"{side}.{muscle}" for side in SIDES for muscle in MUSCLES)
BOTH = {"legs": "leg", "feet": "foot", "knees": "knee", "toes": "toes", "arms": "arm", "hands": "hand",
        "elbows": "elbow", "fingers": "fingers"}  # fmt: skip
ARM_OR_LEG = 3

Angles = tuple[float, float]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _direction(value: object) -> Angles:
    """Degrees in the picture (0 right, 90 up), and degrees out of it towards the viewer."""
    if isinstance(value, str) and value in FACINGS:
        return FACINGS[value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), 0.0
    if isinstance(value, list | tuple) and len(value) == len(("in", "out")) and all(map(_is_number, value)):
        return float(value[0]), float(value[1])
    raise PydanticCustomError(
        "direction",
        "a direction is degrees (0 right, 90 up), [degrees, degrees towards the viewer], or a word",
    )


def _trunk(value: object) -> tuple[Angles, Angles, Angles]:
    """One direction for the whole trunk, or one each for hips, waist and chest."""
    if isinstance(value, list | tuple) and len(value) == ARM_OR_LEG:
        low, middle, high = map(_direction, value)
        return low, middle, high
    whole = _direction(value)
    return whole, whole, whole


def _limb(value: object) -> tuple[Angles, ...]:
    if isinstance(value, list | tuple) and 1 < len(value) <= ARM_OR_LEG:
        return tuple(map(_direction, value))
    raise PydanticCustomError(
        "limb", "an arm or leg is a list of two or three directions, from the trunk out"
    )


def _target(value: object) -> object:
    """A name, or a place as two or three numbers, in the long form."""
    if isinstance(value, str):
        return {"of": value}
    if isinstance(value, list | tuple):
        return {"at": _place(value)}
    return value


def _place(value: object) -> object:
    flat = 2
    if not isinstance(value, list | tuple):
        return value
    return (*value, None) if len(value) == flat else tuple(value)


def _name(value: object) -> str:
    if isinstance(value, str) and value in NAMES:
        return value
    raise PydanticCustomError(
        "spot", "a place on the body is one of {names}", {"names": ", ".join((*MIDDLE_SPOTS, *SPOTS))}
    )


Direction = Annotated[Angles, BeforeValidator(_direction)]
Trunk = Annotated[tuple[Angles, Angles, Angles], BeforeValidator(_trunk)]
Limb = Annotated[tuple[Angles, ...], BeforeValidator(_limb)]
Place = Annotated[tuple[float, float, float | None], BeforeValidator(_place)]
Name = Annotated[str, BeforeValidator(_name)]
Muscle = Literal[MUSCLE_NAMES]  # type: ignore[valid-type]


class Spot(Part):
    """A place: on the body or in the room, moved by some units. Without a depth, that of the limb."""

    of: Name | None = None
    at: Place | None = None
    by: Place = (0, 0, 0)

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.of is None) == (self.at is None):
            raise PydanticCustomError("spot", "a place has either 'of' (on the body) or 'at' (numbers)")
        return self


Target = Annotated[Spot, BeforeValidator(_target)]


class Pose(Part):
    """How a body is held. What is left out is taken from the pose or stance it starts from.

    ``x`` is where the hips are; ``height`` how high, else the body is let down until it touches the floor,
    which is at the height ``ground`` (of a step), or until trunk and head touch the height ``on``. A limb is either bent by directions, or its end is put
    on a place; then ``knee`` and ``elbow`` say to which side it bends. Lengths are hundredths of the
    body's height.
    """

    like: Id | None = None
    x: float | None = None
    z: float | None = None
    height: float | None = None
    on: float | None = None
    ground: float | None = None
    in_the_air: bool | None = None
    faces: Direction | None = None
    hips_face: Direction | None = None
    trunk: Trunk | None = None
    head: Direction | None = None
    looks: Direction | None = None
    right_leg: Limb | None = None
    left_leg: Limb | None = None
    right_foot: Target | None = None
    left_foot: Target | None = None
    right_knee: Direction | None = None
    left_knee: Direction | None = None
    right_toes: Direction | None = None
    left_toes: Direction | None = None
    right_arm: Limb | None = None
    left_arm: Limb | None = None
    right_hand: Target | None = None
    left_hand: Target | None = None
    right_elbow: Direction | None = None
    left_elbow: Direction | None = None
    right_fingers: Direction | None = None
    left_fingers: Direction | None = None

    @model_validator(mode="before")
    @classmethod
    def _both_sides(cls, value: Any) -> Any:  # noqa: ANN401 - raw TOML can be anything
        """``legs`` and the like set both sides."""
        if not isinstance(value, dict):
            return value
        found = {key: each for key, each in value.items() if key not in BOTH}
        for plural, single in BOTH.items():
            if plural in value:
                found = {f"{side}_{single}": value[plural] for side in SIDES} | found
        return found


class Stance(Pose):
    """A pose that many drawings start from."""

    id: Id


Shown = Literal["start", "end", "both"]


class Prop(Part):
    """A thing beside, under or in the hands of the person.

    ``at`` is the middle of its foot, or of a ball. ``through`` are the places that a strap, band or stick
    joins. ``over`` draws it before the body. ``back`` says which way a chair's back or a wall's room is.
    """

    kind: Literal[
        "mat", "chair", "wall", "bed", "strap", "towel", "band", "ball", "gym_ball", "roller", "step", "stick",
        "worktop", "cushion", "weight", "frame", "gun", "belt",
    ]  # fmt: skip
    at: Target | None = None
    size: tuple[float, ...] = ()
    turn: float = 0
    through: tuple[Target, ...] = ()
    over: bool = False
    flip: bool = False
    pose: Shown = "both"


class Arrow(Part):
    """The way something moves: of a place of the body between the poses, or from place to place."""

    of: Name | None = None
    start: Target | None = None
    end: Target | None = None
    bend: float = 0.2
    by: Place = (0, 0, 0)
    both_ways: bool = False
    pose: Shown = "end"

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if (self.of is None) != (self.start is not None and self.end is not None):
            raise PydanticCustomError("arrow", "an arrow has either 'of', or both 'start' and 'end'")
        return self


class Mark(Part):
    """What to look for: a level or other dashed line, an angle, or a gap between two places."""

    kind: Literal["level", "line", "angle", "gap"]
    at: Target
    to: Target | None = None
    start: Direction = (0, 0)
    end: Direction = (0, 0)
    size: float = 20
    pose: Shown = "end"


class Figure(Part):
    """One drawing. ``end`` says what changes from ``start``; without it one pose is drawn.

    ``side`` is the side of the body that is at work: asked for the other, the drawing is mirrored.
    ``camera`` turns the picture: degrees round the person, degrees from above.
    """

    id: Id
    shows: Words
    side: Side | None = None
    camera: Angles = (0, 0)
    feel: tuple[Muscle, ...] = ()
    floor: bool = True
    stacked: bool | None = None
    prop: tuple[Prop, ...] = ()
    arrow: tuple[Arrow, ...] = ()
    mark: tuple[Mark, ...] = ()
    start: Pose
    end: Pose | None = None
    helper: Pose | None = None
    helper_end: Pose | None = None


class FiguresFile(Part):
    """All drawings of a rules file."""

    stance: tuple[Stance, ...] = ()
    figure: tuple[Figure, ...] = Field(min_length=1)
