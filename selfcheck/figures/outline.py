"""Balls in the picture to one smooth outline round them, as SVG path text in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import acos, atan2, cos, hypot, pi, sin
from typing import NamedTuple

TURN = 2 * pi
STEPS = 36
ROUND = tuple((cos(TURN * step / STEPS), sin(TURN * step / STEPS)) for step in range(STEPS))
PAIR = 2
SHORTEST = 3
HARDLY = 2.2


class Circle(NamedTuple):
    """A circle in the picture, in units of the view box, y down."""

    x: float
    y: float
    radius: float


def hull(circles: Sequence[Circle]) -> str:
    """The tight band round some circles, always drawn the same way round."""
    kept = _outer(circles)
    if len(kept) == 1:
        return _whole(kept[0])
    order = _round(kept)
    path = Pen()
    for place, circle in enumerate(order):
        start = _tangent(order[place - 1], circle)
        end = _tangent(circle, order[(place + 1) % len(order)])
        path.arc(circle, start, end)
    return path.closed()


def _outer(circles: Iterable[Circle]) -> list[Circle]:
    """The circles that do not lie inside another."""
    kept: list[Circle] = []
    for one in sorted(circles, key=lambda circle: -circle.radius):
        if not any(covers(other, one, HARDLY) for other in kept):
            kept.append(one)
    return kept


def covers(one: Circle, other: Circle, slack: float) -> bool:
    """Whether the other circle lies inside this one, but for so much."""
    return hypot(one.x - other.x, one.y - other.y) + other.radius <= one.radius + slack


def _whole(circle: Circle) -> str:
    x, y, radius = map(round, circle)
    return f"M{x - radius} {y}a{radius} {radius} 0 11{2 * radius} 0a{radius} {radius} 0 11{-2 * radius} 0z"


def _round(circles: Sequence[Circle]) -> list[Circle]:
    """The circles that touch the band, in the order in which it meets them."""
    if len(circles) == PAIR:
        return list(circles)
    order: list[Circle] = []
    for across, down in ROUND:
        reach = [x * across + y * down + radius for x, y, radius in circles]
        far = circles[reach.index(max(reach))]
        if not order or order[-1] != far:
            order.append(far)
    if len(order) > 1 and order[0] == order[-1]:
        order.pop()
    return order


def _tangent(one: Circle, other: Circle) -> float:
    """The direction in which the straight line from one circle to the next touches both."""
    away = hypot(other.x - one.x, other.y - one.y)
    share = max(-1.0, min(1.0, (one.radius - other.radius) / (away or 1)))
    return (atan2(other.y - one.y, other.x - one.x) - acos(share)) % TURN


class Pen:
    """Writes a path in relative whole numbers without letting rounding add up."""

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self.text = ""
        self.x = self.y = 0

    def to(self, x: float, y: float, how: str = "") -> None:
        """A line to a place, or what ``how`` says; a move where nothing is drawn yet."""
        new_x, new_y = round(x), round(y)
        if not self.text:
            self.text = f"M{new_x} {new_y}"
        else:
            self.text += how + numbers(new_x - self.x, new_y - self.y) if how else self._line(new_x, new_y)
        self.x, self.y = new_x, new_y

    def _line(self, x: int, y: int) -> str:
        """The shortest way to say where the line goes; nothing for none."""
        if x == self.x:
            return f"v{y - self.y}" if y != self.y else ""
        return f"h{x - self.x}" if y == self.y else "l" + numbers(x - self.x, y - self.y)

    def arc(self, circle: Circle, start: float, end: float) -> None:
        """Along a circle from one direction to another, clockwise."""
        self.to(circle.x + circle.radius * cos(start), circle.y + circle.radius * sin(start))
        x, y = circle.x + circle.radius * cos(end), circle.y + circle.radius * sin(end)
        if abs(x - self.x) + abs(y - self.y) > SHORTEST:
            radius = round(circle.radius)
            self.to(x, y, f"a{radius} {radius} 0 {int((end - start) % TURN > pi)}1")

    def closed(self) -> str:
        """The path, back where it began."""
        return self.text + "z"


def numbers(*values: float) -> str:
    """Whole numbers, a minus sign standing for the space before it."""
    text = ""
    for value in map(round, values):
        text += f"{value}" if value < 0 or not text else f" {value}"
    return text
