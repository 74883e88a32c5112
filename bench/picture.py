"""Points to a curve as SVG: both axes logarithmic, beside the line that is exactly proportional."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, HEIGHT = 520, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 44, 52
STYLE = (
    "text{font:13px sans-serif;fill:#222}.t{font-weight:bold}.e{text-anchor:end}.m{text-anchor:middle}"
    ".g{stroke:#ccc}.p{stroke:#767676;stroke-dasharray:5 4}.c{stroke:#005a9c;stroke-width:2.5}"
    ".p,.c{fill:none}circle{fill:#005a9c}.b{fill:#fff}.l{fill:#595959}"
)
Point = tuple[float, float]


def curve(title: str, across: str, up: str, points: Sequence[Point]) -> str:
    """A line through the points, both coordinates 1 or more, with a dashed one for "as much more"."""
    most = max(max(point) for point in points)
    decades = max(math.ceil(math.log10(most) - 1e-9), 1)
    body = [*_grid(decades), _line("p", [(1, 1), (10**decades, 10**decades)], decades)]
    body.append(_line("c", points, decades))
    body += [f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in (_place(point, decades) for point in points)]
    body += _words(title, across, up)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{title}: {_said(points)}">\n<style>{STYLE}</style>\n'
        f'<rect class="b" width="{WIDTH}" height="{HEIGHT}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _said(points: Sequence[Point]) -> str:
    return "; ".join(f"{x:g} times the rules, {y:.1f} times the time" for x, y in points)


def _place(point: Point, decades: int) -> tuple[float, float]:
    x, y = (math.log10(max(number, 1)) / decades for number in point)
    return (
        round(LEFT + x * (WIDTH - LEFT - RIGHT), 1),
        round(HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM), 1),
    )


def _line(kind: str, points: Sequence[Point], decades: int) -> str:
    places = " ".join(f"{x},{y}" for x, y in (_place(point, decades) for point in points))
    return f'<polyline class="{kind}" points="{places}"/>'


def _grid(decades: int) -> list[str]:
    drawn = []
    for power in range(decades + 1):
        x, y = _place((10**power, 10**power), decades)
        drawn += [
            f'<path class="g" d="M{x} {TOP}V{HEIGHT - BOTTOM}M{LEFT} {y}H{WIDTH - RIGHT}"/>',
            f'<text class="m" x="{x}" y="{HEIGHT - BOTTOM + 18}">{10**power}</text>',
            f'<text class="e" x="{LEFT - 8}" y="{y + 4}">{10**power}</text>',
        ]
    return drawn


def _words(title: str, across: str, up: str) -> list[str]:
    middle, half = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    return [
        f'<text class="t" x="{LEFT}" y="22">{title}</text>',
        f'<text class="m" x="{middle}" y="{HEIGHT - 12}">{across}</text>',
        f'<text class="m" transform="translate(18 {half}) rotate(-90)">{up}</text>',
        f'<text class="l" x="{LEFT + 8}" y="{TOP + 16}">dashed: exactly as much more</text>',
    ]
