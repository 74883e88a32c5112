"""TOML text, read quickly and as the standard library reads it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from selfcheck.toml import NotToml, read_toml

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for folder in ("rules.toml", "rules", "tests") for path in (ROOT / folder, *(ROOT / folder).rglob("*.toml")) if path.suffix == ".toml")  # fmt: skip


def shape(value: object) -> object:
    """A value with the types and the order of everything in it."""
    if isinstance(value, dict):
        return [(key, shape(part)) for key, part in value.items()]
    return [shape(part) for part in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_reads_as_with_the_standard_library(path: Path) -> None:
    text = path.read_text("utf-8")
    assert shape(read_toml(text)) == shape(tomllib.loads(text))


@pytest.mark.parametrize(
    "text", ["a = ", "a = 1\na = 2", "[a", "a = 07", 'a = "\\q"', "a = 1\0", "a = 2026-13-01"]
)
def test_what_is_no_toml_is_refused_in_the_words_of_the_standard_library(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as theirs:
        tomllib.loads(text)
    with pytest.raises(NotToml) as ours:
        read_toml(text)
    assert str(ours.value) == str(theirs.value)


def test_a_number_too_large_for_the_quick_parser_is_read_all_the_same() -> None:
    assert read_toml("a = 1e400") == {"a": float("inf")}
    assert read_toml("a = 99999999999999999999") == {"a": 99999999999999999999}


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(RecursionError):
        read_toml("a = " + "[" * 100_000)
