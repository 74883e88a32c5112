"""Things in the room to ink: mats, chairs, walls, straps, balls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import cos, radians, sin

from selfcheck.figures.ink import Blob, Ink, Lines
from selfcheck.figures.outline import Circle
from selfcheck.figures.skeleton import Skeleton
from selfcheck.figures.space import Camera, Vec
from selfcheck.rulebook.parts.figures import Prop, Spot

THING, LINE, STICK = "p", "l", "w"
SIZES: Mapping[str, tuple[float, ...]] = {
    "mat": (100, 2, 30), "chair": (23, 25, 20), "wall": (4, 106, 40), "bed": (80, 28, 40), "ball": (2.6,),
    "gym_ball": (19,), "roller": (4.4,), "step": (26, 9, 24), "worktop": (24, 53, 30), "cushion": (13, 4),
    "weight": (5.5, 7), "frame": (5, 106, 8), "gun": (4,),
}  # fmt: skip
EDGE_ON = 0.1
Flat = tuple[float, float]


def prop_ink(prop: Prop, bones: Skeleton, camera: Camera) -> Iterator[Ink]:
    """The ink of one thing, in the order in which it is drawn."""
    if prop.through:
        places = [camera.seen(bones.place(spot)) for spot in prop.through]
        tone = STICK if prop.kind == "stick" else LINE
        yield Lines(tone, tuple((place.x, place.y) for place in places), half=1)
        return
    foot = bones.place(prop.at) if prop.at is not None else bones.place(Spot(at=(0, 0, 0)))
    size = tuple(prop.size) + SIZES[prop.kind][len(prop.size) :]
    yield from DRAW.get(prop.kind, _ball)(prop, foot, size, camera)


def _faces(corner: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A box from its left, lower, rear corner: the faces that can be seen, each once."""
    corners = {
        each: camera.seen(corner.plus(Vec(each[0] * size[0], each[1] * size[1], each[2] * size[2])))
        for each in product((0, 1), repeat=3)
    }
    for axis, end in product(range(3), (0, 1)):
        ring = [_corner(axis, end, pair) for pair in ((0, 0), (1, 0), (1, 1), (0, 1))]
        places = tuple((corners[each].x, corners[each].y) for each in ring)
        outward = camera.seen(Vec(*(float(end * 2 - 1) if number == axis else 0.0 for number in range(3)))).z
        if outward > EDGE_ON:
            yield Lines(THING, places, closed=True)


def _corner(axis: int, end: int, pair: tuple[int, int]) -> tuple[int, int, int]:
    rest = iter(pair)
    one, two, three = (end if number == axis else next(rest) for number in range(3))
    return one, two, three


def _box(_prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A block that stands on its place."""
    yield from _faces(foot.plus(Vec(-size[0] / 2, 0, -size[2] / 2)), size, camera)


def _mat(_prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """It lies under its place; from above nothing but its top is drawn."""
    faces = [*_faces(foot.plus(Vec(-size[0] / 2, -size[1], -size[2] / 2)), size, camera)]
    yield max(faces, key=lambda face: face.bounds.height)


def _wall(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """Its face is at its place; ``flip`` puts the room to its left."""
    left = 0.0 if prop.flip else -size[0]
    yield from _faces(foot.plus(Vec(left, 0, -size[2] / 2)), size, camera)


def _bed(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A mattress on a frame with feet; its edge is at its place, ``flip`` lets it go to the right."""
    left = foot.plus(Vec(0 if prop.flip else -size[0], 0, -size[2] / 2))
    for share in (0.04, 0.9):
        yield from _faces(left.plus(Vec(size[0] * share, 0)), (size[0] * 0.06, size[1] - 12, size[2]), camera)
    yield from _faces(left.plus(Vec(0, size[1] - 13)), (size[0], 4, size[2]), camera)
    yield from _faces(left.plus(Vec(0, size[1] - 9)), (size[0], 9, size[2]), camera)


def _chair(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """Four legs, a seat, a back on the left unless flipped; its place is below the middle of the seat."""
    wide, high, deep = size
    back = wide / 2 - 2 if prop.flip else -wide / 2
    for across in (-wide / 2, wide / 2 - 2):
        tall = high + 27 if across == back and not prop.turn else high
        yield from _faces(foot.plus(Vec(across, 0, -deep / 2)), (2, tall, deep), camera)
    yield from _faces(foot.plus(Vec(-wide / 2, high - 2.5, -deep / 2)), (wide, 2.5, deep), camera)


def _worktop(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A cupboard with a top that stands out towards its place; ``flip`` puts it to the left."""
    wide, high, deep = size
    left = -wide if prop.flip else 0.0
    inner = 0.0 if prop.flip else 3.0
    yield from _faces(foot.plus(Vec(left + inner, 0, -deep / 2)), (wide - 3, high - 3, deep), camera)
    yield from _faces(foot.plus(Vec(left, high - 3, -deep / 2)), (wide, 3, deep), camera)


def _ball(_prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """Round, its middle at its place."""
    middle = camera.seen(foot)
    yield Blob(THING, ((Circle(middle.x, middle.y, size[0]),),))


def _cushion(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A soft block with round ends, turned by some degrees, its middle at its place."""
    middle, half, along = camera.seen(foot), size[1] / 2, size[0] / 2 - size[1] / 2
    x, y = along * cos(radians(prop.turn)), along * sin(radians(prop.turn))
    ends = tuple(Circle(middle.x + sign * x, middle.y + sign * y, half) for sign in (1, -1))
    yield Blob(THING, (ends,))


def _weight(_prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A bag that hangs from its place."""
    top = camera.seen(foot)
    half, high = size[0], size[1]
    yield Lines(LINE, ((top.x - 2, top.y - 3), (top.x, top.y), (top.x + 2, top.y - 3)), half=1)
    corners: tuple[Flat, ...] = ((-half, -3), (half, -3), (half, -3 - high), (-half, -3 - high))
    yield Lines(THING, tuple((top.x + x, top.y + y) for x, y in corners), closed=True)


def _gun(prop: Prop, foot: Vec, size: Sequence[float], camera: Camera) -> Iterator[Ink]:
    """A massage gun: a handle and a barrel with a round head, which is at its place."""
    head = camera.seen(foot)
    turn = radians(prop.turn)
    along, across = (cos(turn), sin(turn)), (-sin(turn), cos(turn))

    def at(out: float, aside: float) -> tuple[float, float]:
        return (
            head.x + out * along[0] + aside * across[0],
            head.y + out * along[1] + aside * across[1],
        )

    for (start, end), radius in zip(pairwise((at(3, 0), at(9, 0), at(9, -9))), (2.1, 1.7), strict=True):
        yield Blob(THING, ((Circle(*start, radius), Circle(*end, radius)),))
    yield Blob(THING, ((Circle(*at(0, 0), size[0] / 2),),))


DRAW: Mapping[str, Callable[[Prop, Vec, Sequence[float], Camera], Iterator[Ink]]] = {
    "mat": _mat, "step": _box, "wall": _wall, "frame": _wall, "bed": _bed, "chair": _chair,
    "worktop": _worktop, "cushion": _cushion, "weight": _weight, "gun": _gun,
}  # fmt: skip
