"""The style sheets: small, and written for both directions of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcheck.web import app as web

STATIC = Path(web.__file__).parent / "static"
MOST_BYTES = 14_000
EVERYWHERE = "selfcheck.css"
"""The sheet of every page; a page loads at most one of the others beside it."""
ON_PAPER = frozenset({"handout.css", "paper.css"})
"""Sheets of pages that are made to be printed: nobody meets them on the way to a result."""
SHEETS = sorted(STATIC.rglob("*.css"))
PHYSICAL = re.compile(r"(?:^|-)(?:left|right)(?:-|$)")
SIDES_BY_HAND = frozenset({"text-align", "float", "clear"})


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Every property with its value; those of at-rules, too."""
    for block in re.findall(r"\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        for line in block.split(";"):
            name, _, value = line.partition(":")
            if value:
                yield name.strip(), value.strip()


def physical(text: str) -> list[tuple[str, str]]:
    """What would not turn round in a language that is read from right to left."""
    return [
        (name, value)
        for name, value in declarations(text)
        if PHYSICAL.search(name) or (name in SIDES_BY_HAND and value in ("left", "right"))
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_sheet_says_left_or_right(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert len(list(declarations(text))) > 20
    assert physical(text) == []


def test_left_and_right_would_be_found() -> None:
    text = (
        "a{margin-left:1px}b{float:right;left:0}@media print{i{border-right-width:1px}}u{margin-inline:1px}"
    )
    assert [name for name, _ in physical(text)] == ["margin-left", "float", "left", "border-right-width"]


def test_the_sheets_that_one_page_loads_are_small() -> None:
    sizes = {sheet.name: len(sheet.read_bytes()) for sheet in SHEETS if sheet.name not in ON_PAPER}
    print(f"\nstyle sheets: {sizes}")  # noqa: T201
    assert sizes.pop(EVERYWHERE) + max(sizes.values()) < MOST_BYTES


def test_no_sheet_asks_for_anything_elsewhere() -> None:
    elsewhere = re.compile(r"""url\(\s*["']?(?:[a-z]+:|//)|@import""", re.IGNORECASE)
    assert elsewhere.search("a{background:url('https://example.org/a.png')}")
    assert not [sheet.name for sheet in SHEETS if elsewhere.search(sheet.read_text("utf-8"))]
