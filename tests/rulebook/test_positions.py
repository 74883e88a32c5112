"""Where things stand in a TOML text: lines and columns of keys and values, however they are written."""

from __future__ import annotations

import pytest

from selfcheck.rulebook.positions import Path, positions

TEXT = """\
title = 'plain'
"quoted key" = 1
dotted.key.here = 'deep'
inline = { one = 1, two = { three = 'three' } }
nested = [[1, 2], [{ name = 'in' }, 'last']]

[table]
spread = [
  'first', # a remark
  # a remark, which is no element
  'second',
]
wörter = 'ä', ö = 1

[[entry]]
id = 'a'

  [[entry.part]]
  name = 'a1'

  [[entry.part]]
  name = 'a2'

[[entry]]
id = 'b'
row = [{ holds = 'x == é and y' }]

[[entry.part]]
name = 'b1'

[entry.sub]
deep = true
""".replace("wörter = 'ä', ö = 1", "'wörter' = [ 'ä', 'ö' ]")


def place_of(path: Path, text: str = TEXT) -> tuple[tuple[int, int], str]:
    """Line and column of a value, and the text that stands there."""
    found = positions(text)
    place, exact = found.nearest(path)
    assert exact, path
    start, end = place.value
    return found.line_and_column(start), text.encode()[start:end].decode()


@pytest.mark.parametrize(
    ("path", "line", "column", "value"),
    [
        (("title",), 1, 9, "'plain'"),
        (("quoted key",), 2, 16, "1"),
        (("dotted", "key", "here"), 3, 19, "'deep'"),
        (("inline", "one"), 4, 18, "1"),
        (("inline", "two", "three"), 4, 37, "'three'"),
        (("nested", 0), 5, 11, "[1, 2]"),
        (("nested", 0, 1), 5, 15, "2"),
        (("nested", 1, 0, "name"), 5, 29, "'in'"),
        (("nested", 1, 1), 5, 37, "'last'"),
        (("table",), 7, 2, "table"),
        (("table", "spread", 0), 9, 3, "'first'"),
        (("table", "spread", 1), 11, 3, "'second'"),
        (("table", "wörter", 0), 13, 14, "'ä'"),
        (("table", "wörter", 1), 13, 19, "'ö'"),
        (("entry",), 15, 3, "entry"),
        (("entry", 0), 15, 3, "entry"),
        (("entry", 0, "part", 1), 21, 5, "entry.part"),
        (("entry", 0, "part", 1, "name"), 22, 10, "'a2'"),
        (("entry", 1, "row", 0, "holds"), 26, 18, "'x == é and y'"),
        (("entry", 1, "part", 0, "name"), 29, 8, "'b1'"),
        (("entry", 1, "sub", "deep"), 32, 8, "true"),
    ],
)
def test_a_value_is_found_by_its_path(path: Path, line: int, column: int, value: str) -> None:
    assert place_of(path) == ((line, column), value)


def test_a_key_has_a_place_of_its_own() -> None:
    found = positions(TEXT)
    place, _ = found.nearest(("inline", "two", "three"))
    start, end = place.key
    assert found.line_and_column(start) == (4, 29)
    assert TEXT.encode()[start:end] == b"three"


def test_of_a_path_that_is_missing_the_longest_known_beginning_is_given() -> None:
    found = positions(TEXT)
    place, exact = found.nearest(("entry", 1, "label", "text"))
    assert not exact
    assert found.line_and_column(place.key[0]) == (24, 3)
    assert found.nearest(("nothing",)) == (found.nearest(())[0], False)


@pytest.mark.parametrize(
    ("written", "offset", "column", "line"),
    [
        ("'one bad'", 4, 12, 1),
        ("'öne bäd'", 4, 12, 1),
        ('"one bad"', 4, 12, 1),
        ('"o\\"e bad"', 4, 13, 1),
        ('"o\\u006Ee bad"', 4, 17, 1),
        ('"o\\U0000006Ee bad"', 4, 21, 1),
        ("'''one bad'''", 4, 14, 1),
        ("'''\none bad'''", 4, 5, 2),
        ("'''\r\none bad'''", 4, 5, 2),
        ("'''\none\n  bad'''", 6, 3, 3),
        ("'''\r\none\r\n  bad'''", 6, 3, 3),
        ("'''\nöne\n  bäd'''", 6, 3, 3),
        ('"""\none\n  bad"""', 6, 3, 3),
        ('"""one \\\n    bad"""', 4, 5, 2),
        ('"""\\\n  one bad"""', 4, 7, 2),
        ('"""\\\n  bad"""', 0, 3, 2),
        ('"""one \\  \n\n  bad"""', 4, 3, 3),
    ],
)
def test_a_character_of_a_text_is_found_however_it_is_written(
    written: str, offset: int, column: int, line: int
) -> None:
    found = positions(f"key = {written}\n")
    place, _ = found.nearest(("key",))
    start = found.character(place, offset)
    assert found.line_and_column(start) == (line, column)
    assert found.data[start : start + 1] == b"b"


def test_columns_are_counted_in_characters_not_bytes() -> None:
    found = positions("'größe' = ['ä', 'ö']\n")
    place, _ = found.nearest(("größe", 1))
    assert found.line_and_column(place.value[0]) == (1, 17)
    assert found.line(1) == "'größe' = ['ä', 'ö']"
    assert not found.line(99)
