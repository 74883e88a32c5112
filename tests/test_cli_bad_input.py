"""Input that the command line cannot use: one clear line on standard error, nothing else, exit status 2."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from selfcheck.cli import main

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
YEARS = "a number from 1 to 110 (years) is expected"

BAD = {
    "broken_json": (b'{"age": 35', "not JSON: "),
    "json_cut_in_a_word": (b'{"age": 35, "bladd', "not JSON: "),
    "an_empty_file": (b"", "not JSON: "),
    "a_list": (b"[1, 2]", 'an object of answers is expected, such as {"age": 35}'),
    "a_number": (b"35", "an object of answers is expected"),
    "null": (b"null", "an object of answers is expected"),
    "an_unknown_item": (b'{"agee": 35}', "agee: no such item. Did you mean 'age'?"),
    "an_unknown_option": (b'{"bladder": "yess"}', "bladder: 'yess' is no answer here; one of: no, yes, not_sure"),
    "two_answers_to_one_question": (b'{"bladder": "yes", "age": 35, "bladder": "no"}', "bladder: answered twice"),
    "two_answers_to_a_question_with_an_odd_name": (b'{"a\\n": 1, "a\\n": 2}', r"a\u000a: answered twice"),
    "a_second_answer_after_very_many": (
        b"{" + b"".join(b'"k%d": 1, ' % number for number in range(60_000)) + b'"k7": 2}',
        "k7: answered twice",
    ),
    "out_of_range": (b'{"age": 200}', f"age: '200' is out of range; {YEARS}"),
    "text_for_a_number": (b'{"age": "35"}', f"age: '35' is not a number; {YEARS}"),
    "a_truth_value_for_a_number": (b'{"age": true}', f"age: 'True' is not a number; {YEARS}"),
    "text_for_a_list": (b'{"sites": "back"}', "sites: a list is expected, of: hip_left"),
    "nan": (b'{"age": NaN}', "NaN is not a number that can be used"),
    "infinity": (b'{"age": -Infinity}', "-Infinity is not a number that can be used"),
    "a_number_beyond_all_numbers": (b'{"age": 1e999}', "age: 'inf' is out of range"),
    "a_number_of_400_digits": (b'{"age": ' + b"9" * 400 + b"}", "age: this number is out of range"),
    "a_number_of_5000_digits": (b'{"age": ' + b"9" * 5000 + b"}", ""),
    "nul_in_text": (b'{"note": "a\\u0000b"}', "note: only letters, figures and signs"),
    "nul_in_json": (b'{"age": \0}', "not JSON: "),
    "nul_in_an_option": (b'{"bladder": "yes\\u0000"}', r"bladder: 'yes\u0000' is no answer here"),
    "half_a_character": (b'{"bladder": "\\ud800"}', r"bladder: '\ud800' is no answer here"),
    "half_a_character_as_an_item": (b'{"\\ud800": "yes"}', r"\ud800: no such item"),
    "line_breaks_in_an_item": (b'{"a\\nb\\u202e": "yes"}', r"a\u000ab\u202e: no such item"),
    "a_field_of_1_mb": (b'{"note": "' + b"x" * 990_000 + b'"}', "990000 characters are too many; at most "),
    "more_than_1_mb": (b'{"note": "' + b"x" * 1_000_000 + b'"}', "more than 1000000 bytes"),
    "deep_nesting": (b'{"age": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
    "deep_but_not_too_deep": (b'{"age": ' + b"[" * 100 + b"]" * 100 + b"}", "age: 'list' is not a number"),
    "not_utf_8": (b'{"note": "\xff\xfe"}', "not UTF-8 text (byte 10)"),
    "a_worst_place_that_does_not_hurt": (
        b'{"sites": ["back"], "worst": "hip_left"}',
        "worst: 'hip_left' is not among the answers to 'sites'",
    ),
}  # fmt: skip
BAD_TOML = {
    "broken_toml": (b"age = ", "not TOML: "),
    "the_same_key_twice": (b"age = 35\nage = 36", "not TOML: "),
    "a_toml_nan": (b"age = nan", "age: 'nan' is out of range"),
    "a_date": (b"age = 1990-01-01", "age: 'date' is not a number"),
    "a_table": (b"[age]\nyears = 35", "age: 'dict' is not a number"),
    "toml_of_5000_digits": (b"age = " + b"9" * 5000, ""),
    "deep_toml": (b"age = " + b"[" * 100_000, "nested too deeply"),
}


@pytest.fixture(autouse=True)
def small_rules(monkeypatch: Patch) -> None:
    """Rules that load in no time."""
    monkeypatch.setenv("SELFCHECK_RULES", str(Path(__file__).parent / "data" / "small.toml"))


def refused(capsys: Captured, arguments: list[str], words: str) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.startswith(f"selfcheck {arguments[0]}: ")
    assert err.count("\n") == 1
    assert len(err) < 400
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["assess", "explain"])
@pytest.mark.parametrize("name", BAD)
def test_bad_json_is_refused(name: str, command: str, tmp_path: Path, capsys: Captured) -> None:
    raw, words = BAD[name]
    path = tmp_path / "answers.json"
    path.write_bytes(raw)
    refused(capsys, [command, str(path)], words)


@pytest.mark.parametrize("name", BAD_TOML)
def test_bad_toml_is_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    raw, words = BAD_TOML[name]
    path = tmp_path / "answers.toml"
    path.write_bytes(raw)
    refused(capsys, ["assess", str(path)], words)


@pytest.mark.parametrize("name", [*BAD, *BAD_TOML])
def test_bad_input_from_standard_input_is_refused_just_so(
    name: str, monkeypatch: Patch, capsys: Captured
) -> None:
    raw, _ = {**BAD, **BAD_TOML}[name]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    refused(capsys, ["assess", "-"], "")


@pytest.mark.parametrize("name", ["a_number_of_5000_digits", "half_a_character", "deep_nesting", "not_utf_8"])
@pytest.mark.parametrize("source", ["file", "-"])
def test_among_lines_the_bad_one_alone_is_an_error(
    name: str, source: str, tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    raw = b'{"age": 35}\n' + BAD[name][0] + b'\n{"age": 36}\n'
    path = tmp_path / "many.jsonl"
    path.write_bytes(raw)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    assert main(["assess", "--lines", str(path) if source == "file" else "-"]) == 1
    out, err = capsys.readouterr()
    found = [next(iter(json.loads(line))) for line in out.splitlines()]
    assert found == ["disposition", "error", "disposition"]
    assert err == ""


def test_two_faults_are_both_named(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"age": 200, "bladder": "yess"}')
    assert main(["assess", str(path)]) == 2
    err = capsys.readouterr().err
    assert "age: '200' is out of range" in err
    assert "bladder: 'yess' is no answer here" in err


@pytest.mark.parametrize("command", ["assess", "explain"])
def test_a_missing_file_is_named(command: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "nowhere.json"
    refused(capsys, [command, str(path)], f"{path}: No such file or directory")


def test_a_folder_is_no_file(tmp_path: Path, capsys: Captured) -> None:
    refused(capsys, ["assess", str(tmp_path)], f"{tmp_path}: Is a directory")


def test_missing_rules_are_named(tmp_path: Path, capsys: Captured) -> None:
    refused(capsys, ["check", str(tmp_path / "nowhere.toml")], "nowhere.toml: No such file or directory")
    refused(capsys, ["rules", "--rules", str(tmp_path / "no.toml")], "no.toml: No such file or directory")


@pytest.mark.parametrize(
    "arguments", [[], ["asses", "x"], ["assess"], ["assess", "x", "--format", "xml"], ["assess", "x", "--line"]]
)  # fmt: skip
def test_wrong_arguments_show_how_it_is_used(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert out == ""
    assert err.startswith("usage: selfcheck ")
