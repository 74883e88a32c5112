"""What was measured: a section for each row of the table, a line for each peer in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WHOLE_FROM = 20
TWO_PLACES_BELOW = 1.1


@dataclass(frozen=True, slots=True)
class Line:
    """Us beside one peer. ``ratio`` is ours over theirs, less is better, and ``None`` where nothing was
    measured: then ``theirs`` says why. ``most`` is the goal for the ratio, ``None`` where there is none.
    """

    what: str
    peer: str
    ours: str
    theirs: str
    ratio: float | None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; ``None`` without a goal or a measurement."""
        return None if self.ratio is None or self.most is None else self.ratio <= self.most


@dataclass(frozen=True, slots=True)
class Section:
    """One row of the table: how it was measured, the lines, what has to be said beside them. ``pictures``
    are SVG by name.
    """

    title: str
    how: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)


def unmeasured(what: str, peer: str, why: str, most: float | None = None) -> Line:
    """A line for a peer that was not there."""
    return Line(what, peer, "", f"not measured: {why}", None, most)


def told(ratio: float | None) -> str:
    """A ratio in words: less is better."""
    if ratio is None:
        return "not measured"
    if ratio < 1:
        return f"{_short(1 / ratio)} times less"
    return f"{_short(ratio)} times as much"


def goal(most: float | None) -> str:
    """A goal in words."""
    if most is None:
        return "none"
    if most < 1:
        return f"at least {_short(1 / most)} times less"
    return "no more" if most == 1 else f"at most {_short(most)} times as much"


def verdict(line: Line) -> str:
    """What became of the goal."""
    if line.ratio is None:
        return "not measured"
    return {True: "met", False: "**not met**", None: ""}[line.met]


def _short(number: float) -> str:
    if number == int(number) or number >= WHOLE_FROM:
        return f"{number:.0f}"
    return f"{number:.2f}" if number < TWO_PLACES_BELOW else f"{number:.1f}".removesuffix(".0")
