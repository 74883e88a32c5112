"""A rules file that cannot be used: every fault at once, each with its place, the line, and the remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from selfcheck.places import RULES
from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.loading import load_rulebook, read_rulebook
from selfcheck.rulebook.model import Rulebook

DATA = Path(__file__).parents[1] / "data"
FAULTS: list[Mapping[str, Any]] = tomllib.loads((DATA / "faults.toml").read_text("utf-8"))["fault"]
TOGETHER = [fault for fault in FAULTS if fault.get("together")]


def changed(text: str, fault: Mapping[str, Any]) -> str:
    assert fault["find"] in text, fault["name"]
    return text.replace(fault["find"], fault["put"], 1)


def expected(text: str, fault: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """The messages that a fault should give, each after its line and column."""
    return [message(text, says.get("at", fault["put"]), says) for says in fault["says"]]


def message(text: str, near: str, says: Mapping[str, str]) -> tuple[int, int, str]:
    """Line, column, and the whole message, with the line itself and a caret under each character meant."""
    assert near in text, f"{near} is not in the changed file"
    place = text.index(near) + near.index(says["under"])
    before = text[:place].split("\n")
    line, column = len(before), len(before[-1]) + 1
    whole = text.split("\n")[line - 1]
    indent = len(whole) - len(whole.lstrip())
    marks = "^" * max(len(says["under"].strip("\n")), 1)
    head = f"small.toml:{line}:{column}: {says['words']}"
    return line, column, f"{head}\n    {whole.strip()}\n    {' ' * (column - 1 - indent)}{marks}"


def complaints(text: str) -> list[str]:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(text, "small.toml")
    assert str(caught.value) == "\n".join(str(one) for one in caught.value.messages)
    return [str(one) for one in caught.value.messages]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"].replace(" ", "_"))
def test_a_fault_is_named_with_its_place_and_remedy(small_text: str, fault: Mapping[str, Any]) -> None:
    text = changed(small_text, fault)
    assert complaints(text) == [words for _, _, words in expected(text, fault)]


def test_twelve_different_faults_are_reported_in_one_go(small_text: str) -> None:
    text = small_text
    for fault in TOGETHER:
        text = changed(text, fault)
    wanted = sorted(words for fault in TOGETHER for words in expected(text, fault))
    assert len(wanted) == 12
    assert [words for _, _, words in wanted] == complaints(text)


def test_a_message_reads_as_documented(small_text: str) -> None:
    text = small_text.replace("bladder in (yes, not_sure)", "bladder in (yess, not_sure)")
    line = text[: text.index("yess")].count("\n") + 1
    assert "\n".join(complaints(text)) == (
        f"small.toml:{line}:26: red_flag rf_bladder: "
        "item 'bladder' has no option 'yess'. Did you mean 'yes'?\n"
        "    { holds = 'bladder in (yess, not_sure)', disposition = 'urgent_48h' },\n"
        "                           ^^^^"
    )


def test_a_file_that_is_not_utf_8_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes("[meta]\ntitle = 'Prüfung'\n".encode("latin-1"))
    with pytest.raises(RulebookError) as caught:
        load_rulebook(path)
    assert (
        str(caught.value)
        == "latin.toml:2:12: this sign is not UTF-8; save the file as UTF-8\n    title = 'Pr\N{REPLACEMENT CHARACTER}fung'\n               ^"
    )


def test_a_file_that_is_missing_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_rulebook(tmp_path / "nowhere.toml")


def test_an_empty_file_lacks_every_table_that_is_needed() -> None:
    found = complaints("")
    assert "small.toml:1:1: meta: 'meta' is missing" in found
    assert "small.toml:1:1: red_flag: 'red_flag' is missing" in found
    assert all(line.startswith("small.toml:1:1: ") and line.endswith("is missing") for line in found)


def test_a_long_line_is_shown_around_the_fault(small_text: str) -> None:
    long = "any_of(sites, back)" + " and any_of(sites, back)" * 10 + " and any_of(sites, bak)"
    text = small_text.replace("when = 'any_of(sites, back)'", f"when = '{long}'", 1)
    (found,) = complaints(text)
    head, excerpt, carets = found.split("\n")
    assert head.endswith("finding f_back: item 'sites' has no option 'bak'. Did you mean 'back'?")
    assert len(excerpt) <= 4 + 110
    assert excerpt[carets.index("^") : carets.rindex("^") + 1] == "bak"


def test_the_fingerprint_follows_the_text(small_text: str) -> None:
    one, same = read_rulebook(small_text), read_rulebook(small_text)
    other = read_rulebook(small_text.replace("Bladder change", "A bladder change"))
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 8


def wrong_values(text: str) -> list[tuple[int, str]]:
    """The number of every third line that sets a key, with a value that rarely belongs there."""
    values = ("3", "'x'", "[]", "{}", "[3]", "true", "['x', 3]", "{ x = 1 }", "-1e400", "''", "1999-01-01")
    lines = [number for number, line in enumerate(text.split("\n")) if line[:1].isalpha() and " = " in line]
    return [(number, values[place % len(values)]) for place, number in enumerate(lines[::3])]


def test_whatever_stands_in_place_of_a_value_is_no_crash(small_text: str) -> None:
    found = []
    for number, value in wrong_values(small_text):
        lines = small_text.split("\n")
        lines[number] = f"{lines[number].split(' = ')[0]} = {value}"
        with suppress(RulebookError):
            found.append(read_rulebook("\n".join(lines), "small.toml"))
    assert len(found) < len(wrong_values(small_text)) / 4


@pytest.mark.parametrize("table", ["answer_type", "section", "item"])
def test_tables_that_are_read_first_stand_in_the_file_whole_and_in_order(
    rulebook: Rulebook, table: str
) -> None:
    raw = tomllib.loads(RULES.read_text(encoding="utf-8"))[table]
    assert len(raw) > 1
    assert [entry.id for entry in getattr(rulebook.file, table)] == [entry["id"] for entry in raw]
    assert all(
        type(entry) is type(getattr(rulebook.file, table)[0]) for entry in getattr(rulebook.file, table)
    )
