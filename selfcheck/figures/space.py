"""Vectors in the room of a drawing: x to the right, y up, z towards the viewer."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sin, sqrt
from typing import NamedTuple


class Vec(NamedTuple):
    """A place or a direction."""

    x: float
    y: float
    z: float = 0.0

    def plus(self, other: Vec, times: float = 1.0) -> Vec:
        """The sum with so many times the other."""
        return Vec(self.x + times * other.x, self.y + times * other.y, self.z + times * other.z)

    def minus(self, other: Vec) -> Vec:
        """The way from the other to this."""
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor: float) -> Vec:
        """So many times as long."""
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vec) -> float:
        """The length of the one along the other, times the other's."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vec) -> Vec:
        """At right angles to both."""
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        """How long it is."""
        return sqrt(self.dot(self))

    @property
    def unit(self) -> Vec:
        """The same direction, of length one."""
        return self.times(1 / (self.length or 1))

    def across(self, axis: Vec) -> Vec:
        """What is left of it at right angles to a direction of length one."""
        return self.plus(axis, -self.dot(axis))


def direction(angles: tuple[float, float]) -> Vec:
    """Degrees in the picture and degrees out of it, as a direction."""
    flat, out = radians(angles[0]), radians(angles[1])
    return Vec(cos(out) * cos(flat), cos(out) * sin(flat), sin(out))


def angle(one: Vec, other: Vec) -> float:
    """Degrees between two directions, 0 to 180."""
    return degrees(acos(max(-1.0, min(1.0, one.unit.dot(other.unit)))))


class Frame(NamedTuple):
    """The body's own directions at one place: up the spine, to its front, to its right."""

    up: Vec
    front: Vec
    right: Vec


def frame(up: Vec, front: Vec) -> Frame:
    """The frame with this way up whose front comes nearest to the given one."""
    sideways = front.cross(up)
    if sideways.length < 1e-6:  # noqa: PLR2004 - nothing but rounding
        sideways = Vec(0, 0, 1)
    right = sideways.unit
    return Frame(up, up.cross(right), right)


def swung(what: Vec, start: Vec, end: Vec) -> Vec:
    """A direction after the shortest turn that takes one direction to another."""
    axis = start.cross(end)
    cosine = start.dot(end)
    if axis.length < 1e-6:  # noqa: PLR2004 - nothing but rounding
        return what if cosine > 0 else what.times(-1)
    turned = what.times(cosine).plus(axis.cross(what))
    return turned.plus(axis, axis.dot(what) / (1 + cosine))


class Camera:
    """Where the drawing is seen from: degrees round the person and from above."""

    def __init__(self, around: float, above: float) -> None:
        """Work out the turn once."""
        yaw, pitch = radians(around), radians(above)
        self._yaw, self._pitch = (cos(yaw), sin(yaw)), (cos(pitch), sin(pitch))

    def seen(self, place: Vec) -> Vec:
        """The place in the picture; its z says how near it is."""
        (cos_yaw, sin_yaw), (cos_pitch, sin_pitch) = self._yaw, self._pitch
        x, y, z = place
        deep = z * cos_yaw - x * sin_yaw
        return Vec(
            x * cos_yaw + z * sin_yaw, y * cos_pitch - deep * sin_pitch, y * sin_pitch + deep * cos_pitch
        )
