"""A quick look under a dotted pattern sees what the long way finds."""

from __future__ import annotations

from typing import Any

import pytest

from selfcheck.places import RULES
from selfcheck.rulebook.paths import Values, texts_of, walk
from selfcheck.rulebook.references import REFERENCES
from selfcheck.toml import read_toml

RAW: dict[str, Any] = read_toml(RULES.read_text(encoding="utf-8"))
ODD: dict[str, Any] = {
    "item": [{"id": "a", "sources": ["one", {"deep": "two"}]}, 3, {"sources": "three"}, {"sources": []}],
    "plan": {"first": {"x": 1}, "second": {"y": 2}, "third": 4},
    "empty": {},
}


def names(raw: dict[str, Any], pattern: str) -> list[Any]:
    """What stands under a pattern, of a table its keys: found with its places."""
    return [
        name for _, value in walk(raw, pattern) for name in (value if isinstance(value, dict) else (value,))
    ]


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in REFERENCES])
def test_every_pattern_of_the_shipped_rules(pattern: str) -> None:
    assert Values(RAW).under(pattern) == names(RAW, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "item.*.sources.*",
        "item.*.sources",
        "item.*.id",
        "plan.*.*",
        "plan.*",
        "plan",
        "empty.*",
        "none.*.id",
        "item.*.*",
    ],
)
def test_what_is_of_another_kind_than_it_should_be(pattern: str) -> None:
    assert Values(ODD).under(pattern) == names(ODD, pattern)


def test_values_are_looked_up_in_any_order() -> None:
    values = Values(ODD)
    assert values.under("item.*.sources.*") == ["one", "deep"]
    assert values.under("item.*.id") == ["a"]
    assert values.under("item.*.sources.*") == ["one", "deep"]


def test_every_text_is_found_however_deep() -> None:
    assert sorted(texts_of(ODD)) == ["a", "one", "three", "two"]
    assert texts_of({"a": {"b": [["c"], {"d": "e"}]}, "f": 1, "g": [None, True]}) == ["c", "e"]
    assert texts_of({}) == []
