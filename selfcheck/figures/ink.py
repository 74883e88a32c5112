"""The marks of a drawing in body units, y up: bands, faces, lines and arrows, each with its frame and path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, sin
from typing import NamedTuple

from msgspec import Struct

from selfcheck.figures.outline import Circle, Pen, hull, numbers

HEAD, SPREAD = 5.4, 0.48


class Bounds(NamedTuple):
    """The least frame: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


def around(frames: Iterable[Bounds]) -> Bounds:
    """The frame round all frames."""
    left, bottom, right, top = zip(*frames, strict=True)
    return Bounds(min(left), min(bottom), max(right), max(top))


class Sheet(NamedTuple):
    """Where body units lie in the view box."""

    x: float
    y: float
    scale: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place in the view box, y down."""
        return self.x + self.scale * x, self.y - self.scale * y


class Blob(Struct, frozen=True):
    """Bands round circles."""

    tone: str
    bands: tuple[tuple[Circle, ...], ...]

    @property
    def bounds(self) -> Bounds:
        """Its frame."""
        return around(
            Bounds(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius)
            for band in self.bands
            for one in band
        )

    def path(self, sheet: Sheet) -> str:
        """Its outline."""
        return "".join(
            hull([Circle(*sheet.at(one.x, one.y), one.radius * sheet.scale) for one in band])
            for band in self.bands
        )


class Lines(Struct, frozen=True):
    """Straight lines from place to place; ``closed`` makes a face of them. ``half`` is half the line's width."""

    tone: str
    places: tuple[tuple[float, float], ...]
    closed: bool = False
    half: float = 0.8

    @property
    def bounds(self) -> Bounds:
        """Its frame."""
        across, up = zip(*self.places, strict=True)
        return Bounds(
            min(across) - self.half, min(up) - self.half, max(across) + self.half, max(up) + self.half
        )

    def path(self, sheet: Sheet) -> str:
        """Its outline."""
        pen = Pen()
        for place in self.places:
            pen.to(*sheet.at(*place))
        return pen.closed() if self.closed else pen.text


class Curve(Struct, frozen=True):
    """A bow from place to place by way of a third, with a head at its end or at both ends."""

    tone: str
    start: tuple[float, float]
    middle: tuple[float, float]
    end: tuple[float, float]
    heads: int = 1

    def _along(self, share: float) -> tuple[float, float]:
        rest = 1 - share
        return tuple(  # type: ignore[return-value] # a pair of pairs
            rest * rest * one + 2 * rest * share * two + share * share * three
            for one, two, three in zip(self.start, self.middle, self.end, strict=True)
        )

    @property
    def bounds(self) -> Bounds:
        """Its frame, heads and all."""
        places = [self._along(step / 8) for step in range(9)]
        places += [place for head in self._heads() for place in head]
        across, up = zip(*places, strict=True)
        return Bounds(min(across) - 1, min(up) - 1, max(across) + 1, max(up) + 1)

    def _heads(self) -> Iterable[Sequence[tuple[float, float]]]:
        for tip, before in ((self.end, self.middle), (self.start, self.middle))[: self.heads]:
            back = atan2(before[1] - tip[1], before[0] - tip[0])
            yield tuple(
                (tip[0] + HEAD * cos(back + turn), tip[1] + HEAD * sin(back + turn))
                for turn in (SPREAD, 0, -SPREAD)
            )

    def path(self, sheet: Sheet) -> str:
        """The bow, then each head as an open corner."""
        start, middle, end = (sheet.at(*place) for place in (self.start, self.middle, self.end))
        x, y = map(round, start)
        text = f"M{x} {y}q{numbers(middle[0] - x, middle[1] - y, end[0] - x, end[1] - y)}"
        for tip, (left, _, right) in zip((self.end, self.start), self._heads(), strict=False):
            pen = Pen()
            for place in (left, tip, right):
                pen.to(*sheet.at(*place))
            text += pen.text
        return text


Ink = Blob | Lines | Curve
