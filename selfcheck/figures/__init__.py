"""Poses and places to drawings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfcheck.rulebook.model import Rulebook

MOST_KEPT = 512


@lru_cache(maxsize=MOST_KEPT)
def figure(rulebook: Rulebook, name: str, side: str | None = None) -> str | None:
    """The drawing of an exercise or home test as a standalone SVG text, its words as ``aria-label``.

    ``side`` is the side of the body that works, ``left`` or ``right``; without it the drawing is as it stands
    in the file, as is one of a movement of both sides. ``None`` where there is no drawing, or where the file
    of drawings is broken: a plan without pictures is better than none.
    """
    found = rulebook.drawings
    if found is None or found.broken or name not in found.figures:
        return None
    from selfcheck.figures.drawing import svg

    drawn = found.figures[name]
    return svg(drawn, found.stances, mirrored=None not in (side, drawn.side) and side != drawn.side)


def figure_words(rulebook: Rulebook, name: str) -> str:
    """What a drawing shows, in words; empty where there is none."""
    found = rulebook.drawings
    return "" if found is None or found.broken or name not in found.figures else found.figures[name].shows
