"""Ticked places to a picture of the body: for the screen, where a style sheet paints it, and for paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from html import escape

from msgspec import Struct

from selfcheck.figures.body_shapes import (
    HEIGHT,
    LEFT_OF,
    TOP,
    VIEWS,
    WIDTH,
    Point,
    Points,
    Region,
    View,
    line_points,
    outline_points,
    regions,
)

HATCH = 3.2  # units between two lines of the hatch on paper
FIGURES = 6.5


class MapWords(Struct, frozen=True):
    """The words on the picture, and what it shows, for those who do not see it.

    ``figures`` is the height of a ticked place's number, in units of the picture. Where it is more than
    usual, for a small print, the other places have no number.
    """

    back: str = "Back"
    front: str = "Front"
    left: str = "Left"
    right: str = "Right"
    label: str = ""
    figures: float = FIGURES


def body_map(
    ticked: Collection[str], numbers: Mapping[str, int], words: MapWords, *, name: str = "map"
) -> str:
    """A picture for paper, as SVG: ticked places hatched, with a heavy outline and their number on a white
    disc, the others empty with a small number. With nothing ticked it is a form to fill in by hand.

    ``ticked`` and ``numbers`` go by the id of a place; a place without a number is not drawn. Colours are
    attributes, since printers of PDF see no style sheet. ``name`` begins the ids inside the picture: give
    each picture on a page its own.
    """
    shown = [region for region in regions() if region.site in numbers]
    parts = [_opening(words), f"<defs>{_hatch(name)}{''.join(_clip(name, view) for view in VIEWS)}</defs>"]
    for view in VIEWS:
        here = [region for region in shown if region.view == view]
        parts.append(f'<path d="{_outline(view)}" fill="#fff"/>')
        parts.append(f'<g clip-path="url(#{name}-{view})">')
        parts.extend(_area(region, name, ticked=region.site in ticked) for region in here)
        parts.append("</g>")
        parts.append(
            f'<path d="{_outline(view)}{_lines(view)}" fill="none" stroke="#000" stroke-width=".9"/>'
        )
        for region in here:
            if region.site in ticked or words.figures <= FIGURES:
                size = words.figures if region.site in ticked else None
                parts.append(_paper_number(region, numbers[region.site], size))
    height = 7 if words.figures <= FIGURES else 9
    parts.extend(_captions(words, f' fill="#000" font-family="sans-serif" font-size="{height}"'))
    return "".join((*parts, "</svg>"))


def screen_map(numbers: Mapping[str, int], words: MapWords) -> str:
    """The picture of the page, as SVG: every place a path and a number of class ``s-<place>``, for
    ``map_styles`` to paint. It says nothing to a screen reader: the list beside it does.
    """
    shown = [region for region in regions() if region.site in numbers]
    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">']
    parts.append(f"<defs>{''.join(_clip('body', view) for view in VIEWS)}</defs>")
    for view in VIEWS:
        here = [region for region in shown if region.view == view]
        parts.append(f'<path class="body" d="{_outline(view)}"/><g clip-path="url(#body-{view})">')
        parts.extend(f'<path class="s-{region.site}" d="{_path(region)}"/>' for region in here)
        parts.append(f'</g><path class="edge" d="{_outline(view)}{_lines(view)}"/>')
        parts.extend(
            f'<text class="s-{region.site}" x="{_n(region.number_at[0])}" y="{_n(region.number_at[1] + 2.4)}">'
            f"{numbers[region.site]}</text>"
            for region in here
        )
    parts.extend(_captions(words, ' class="caption"'))
    return "".join((*parts, "</svg>"))


def touch_areas(numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """What a finger may touch on the picture of the page, in drawing order: a class that ``map_styles``
    puts in its place, and the place that it ticks.
    """
    return [(f"t{index}", region.site) for index, region in enumerate(regions()) if region.site in numbers]


def map_styles(boxes: Mapping[str, str]) -> str:
    """The style sheet of the picture on the page: where a finger touches, and what a tick paints. ``boxes``
    gives the id of the box in the list for each place. Colours are those of the page.
    """
    lines = []
    for index, region in enumerate(regions()):
        if region.site in boxes:
            left, top, width, height = region.touch
            place = f"left:{_share(left, WIDTH)};top:{_share(top, HEIGHT)}"
            lines.append(f".t{index}{{{place};width:{_share(width, WIDTH)};height:{_share(height, HEIGHT)}}}")
    for state, paint in PAINT.items():
        lines.extend(f".map:has(#{box}:{state}) .s-{site}{{{paint}}}" for site, box in boxes.items())
    return "\n".join(lines)


# A later state is laid over an earlier one.
PAINT = {
    "checked": "--place:var(--act);--rim:2;--figure:var(--on-act);--weight:700",
    "focus-visible": "--rim:3.5",
}


def _opening(words: MapWords) -> str:
    said = f' role="img" aria-label="{escape(words.label)}"' if words.label else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"{said}>'


def _hatch(name: str) -> str:
    return (
        f'<pattern id="{name}-hatch" width="{HATCH}" height="{HATCH}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V{HATCH}" stroke="#000" stroke-width="1.4"/></pattern>'
    )


def _clip(name: str, view: View) -> str:
    return f'<clipPath id="{name}-{view}"><path d="{_outline(view)}"/></clipPath>'


def _area(region: Region, name: str, *, ticked: bool) -> str:
    shape = f'<path d="{_path(region)}" stroke="#000"'
    blank = f'{shape} fill="#fff" stroke-width=".4"/>'
    return f'{blank}{shape} fill="url(#{name}-hatch)" stroke-width="1.8"/>' if ticked else blank


def _paper_number(region: Region, number: int, size: float | None) -> str:
    """The number of a place: of that height on a disc where it is ticked, else small."""
    x, y = region.number_at
    radius = _n((size or 0) * 0.77)
    disc = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius}" fill="#fff" stroke="#000" stroke-width=".6"/>'
    height, weight = (size, "bold") if size else (5, "normal")
    return (
        f'{disc if size else ""}<text x="{_n(x)}" y="{_n(y + height / 2.8)}" text-anchor="middle" fill="#000" '
        f'font-family="sans-serif" font-size="{_n(height)}" font-weight="{weight}">{number}</text>'
    )


def _captions(words: MapWords, look: str) -> Iterator[str]:
    """Names of the views, and left and right as the person's own."""
    for view, name in zip(VIEWS, (words.back, words.front), strict=True):
        sides = (words.left, words.right) if view == "back" else (words.right, words.left)
        x = LEFT_OF[view]
        for place, anchor, text in ((2, "start", sides[0]), (50, "middle", name), (98, "end", sides[1])):
            yield f'<text{look} x="{_n(x + place)}" y="{TOP - 3}" text-anchor="{anchor}">{escape(text)}</text>'


@cache
def _outline(view: View) -> str:
    first, *others = outline_points(view)
    return f"M{_at(first[0])}{_curve(first)}" + "".join(f"L{_at(p[0])}{_curve(p)}" for p in others) + "Z"


@cache
def _lines(view: View) -> str:
    return "".join(f"M{_at(points[0])}{_curve(points)}" for points in line_points(view))


@cache
def _path(region: Region) -> str:
    points = region.points
    if region.smooth:
        return f"M{_at(points[0])}{_curve((points[-1], *points, points[0], points[1]), ends=True)}Z"
    return "M" + "L".join(_at(point) for point in points) + "Z"


def _curve(points: Points, *, ends: bool = False) -> str:
    """Smooth bends through all points. With ``ends`` the first and the last give directions only."""
    whole = points if ends else (points[0], *points, points[-1])
    bends = []
    for a, b, c, d in zip(whole, whole[1:], whole[2:], whole[3:], strict=False):
        first = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        second = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        bends.append(f"C{_at(first)} {_at(second)} {_at(c)}")
    return "".join(bends)


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{round(number, 1):g}"


def _share(length: float, whole: float) -> str:
    return f"{100 * length / whole:.2f}%"
