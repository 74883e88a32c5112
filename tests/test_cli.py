"""The command line: results on standard output, messages on standard error, and the exit status."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import selfcheck
from selfcheck.cli import main
from selfcheck.rulebook.file import schema
from selfcheck.rulebook.model import Rulebook

HERE = Path(__file__).parent
BASE = HERE / "cases" / "base_answers.json"
SMALL = HERE / "data" / "small.toml"
Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: Patch) -> None:
    for name in ("SELFCHECK_RULES", "SELFCHECK_REGION"):
        monkeypatch.delenv(name, raising=False)


def typed(monkeypatch: Patch, raw: bytes) -> None:
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def as_toml(answers: Mapping[str, object]) -> str:
    return "\n".join(f"{item} = {json.dumps(value)}" for item, value in answers.items())


@pytest.mark.parametrize("form", ["json file", "toml file", "json typed", "toml typed"])
def test_assess_reads_json_and_toml_from_a_file_or_standard_input(
    form: str, base: dict[str, object], tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    text = json.dumps(base) if form.startswith("json") else as_toml(base)
    path = tmp_path / f"answers.{form[:4]}"
    path.write_text(text, "utf-8")
    typed(monkeypatch, text.encode())
    assert main(["assess", "-" if form.endswith("typed") else str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["disposition"] == "self_care"


def test_an_assessment_has_the_keys_that_others_build_on(capsys: Captured, rulebook: Rulebook) -> None:
    assert main(["assess", str(BASE)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {
        "disposition", "channel", "lead", "advice", "red_flags", "clusters", "red_flag_answers", "missing",
        "findings", "patterns", "near_misses", "cautions", "plan", "recheck_days", "rules",
    } <= set(found)  # fmt: skip
    assert {"mode", "level", "focus", "mobility", "stretch", "strength", "massage_optional", "extras",
            "habits", "seconds", "withheld"} <= set(found["plan"])  # fmt: skip
    assert found["rules"]["fingerprint"] == rulebook.fingerprint


def test_an_alarming_answer_is_reported_with_its_reason(
    base: dict[str, object], monkeypatch: Patch, capsys: Captured
) -> None:
    typed(monkeypatch, json.dumps({**base, "rf_ces_saddle": "new_or_changing"}).encode())
    assert main(["assess", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["disposition"], found["channel"]) == ("emergency_now", "emergency_department")
    assert found["red_flags"][0]["because"] == [{"item": "rf_ces_saddle", "answer": "new_or_changing"}]


def test_no_answers_at_all_give_an_incomplete_result(monkeypatch: Patch, capsys: Captured) -> None:
    typed(monkeypatch, b"{}")
    assert main(["assess", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["disposition"] == "incomplete"
    assert "rf_ces_bladder" in found["missing"]


def test_text_can_be_asked_for_in_the_words_of_a_region(capsys: Captured, monkeypatch: Patch) -> None:
    monkeypatch.setenv("SELFCHECK_REGION", "gb")
    assert main(["assess", str(BASE), "--format", "text"]) == 0
    out, err = capsys.readouterr()
    assert "GP" in out
    assert "{" not in out
    assert err == ""


def test_an_unknown_region_is_refused_with_those_there_are(capsys: Captured, monkeypatch: Patch) -> None:
    monkeypatch.setenv("SELFCHECK_REGION", "mars")
    assert main(["assess", str(BASE), "--format", "text"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "'mars'" in err
    assert "intl, gb" in err


def test_lines_are_assessed_in_order_and_a_bad_one_keeps_its_place(
    base: dict[str, object], tmp_path: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    lines = [
        json.dumps({**base, "age": 30}),
        json.dumps({**base, "age": 300}),
        "not json",
        "",
        json.dumps({**base, "rf_ces_bladder": "new_or_changing"}),
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    typed(monkeypatch, "\n".join(lines).encode())
    for name in (str(path), "-"):
        assert main(["assess", "--lines", name]) == 1
        out, err = capsys.readouterr()
        found = [json.loads(line) for line in out.splitlines()]
        assert [one.get("disposition") for one in found] == ["self_care", None, None, "emergency_now"]
        assert found[1] == {"error": "age: '300' is out of range; a number from 1 to 110 (years) is expected"}
        assert found[2]["error"].startswith("not JSON: ")
        assert err == ""


def test_good_lines_only_exit_with_success(
    base: dict[str, object], monkeypatch: Patch, capsys: Captured
) -> None:
    typed(monkeypatch, (json.dumps(base) + "\n").encode() * 3)
    assert main(["assess", "--lines", "-"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_version_names_the_package_and_the_rules(capsys: Captured, rulebook: Rulebook) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    version = rulebook.file.meta.version
    assert capsys.readouterr().out == (
        f"selfcheck {selfcheck.__version__}, rules {version} ({rulebook.fingerprint})\n"
    )


def test_check_finds_no_fault_in_the_shipped_rules(capsys: Captured, rulebook: Rulebook) -> None:
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert "no faults" in out
    assert rulebook.fingerprint in out
    assert err == ""


def test_check_names_every_fault_of_another_file(tmp_path: Path, small_text: str, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(small_text.replace("'pain >= 7'", "'pein >= 17'").replace("'fam_load'", "'fam_x'", 1))
    assert main(["check", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "mine.toml:" in err
    assert "unknown item 'pein'. Did you mean 'pain'?" in err
    assert "unknown tag 'fam_load'" in err


def test_faulty_rules_assess_nothing(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[meta]\n")
    assert main(["assess", str(BASE), "--rules", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "mine.toml:1:1: red_flag: 'red_flag' is missing" in err


def test_other_rules_can_be_given(tmp_path: Path, monkeypatch: Patch, capsys: Captured) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"bladder": "yes", "pain": 9, "intimate": "no"}')
    assert main(["assess", str(answers), "--rules", str(SMALL)]) == 0
    assert json.loads(capsys.readouterr().out)["disposition"] == "emergency_now"
    monkeypatch.setenv("SELFCHECK_RULES", str(SMALL))
    assert main(["assess", str(answers)]) == 0
    assert json.loads(capsys.readouterr().out)["rules"]["version"] == "1.2.3"


def test_rules_lists_everything_and_shows_one_entry_with_its_sources(capsys: Captured) -> None:
    assert main(["rules", "--rules", str(SMALL)]) == 0
    out = capsys.readouterr().out
    for line in ("[red_flag]", "  rf_bladder  a change in peeing", "[exercise]", "  sg_stand  Stand up"):
        assert line in out.splitlines()
    assert main(["rules", "rf_bladder", "--rules", str(SMALL)]) == 0
    out = capsys.readouterr().out
    assert "bladder in (yes, not_sure)" in out
    assert "src_book: A book (seen)" in out


def test_explain_gives_every_rule_its_verdict_and_what_decided_it(tmp_path: Path, capsys: Captured) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text("bladder = 'yes'\npain = 9\nreach_left = 5\n")
    assert main(["explain", str(answers), "--rules", str(SMALL)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  rf_bladder -> emergency_now: true because bladder = yes, pain = 9" in lines
    assert "  f_short_reach:left: true because reach_left = 5" in lines
    assert "  f_back: unknown (not answered: sites)" in lines
    assert main(["explain", str(answers), "f_back", "--rules", str(SMALL)]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "[findings]",
        "  f_back: unknown (not answered: sites)",
    ]


@pytest.mark.parametrize("command", [["rules", "rf_blader"], ["explain", "ANSWERS", "rf_blader"]])
def test_an_unknown_id_is_refused_with_the_one_that_was_meant(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "answers.json").write_text("{}")
    arguments = [str(tmp_path / "answers.json") if one == "ANSWERS" else one for one in command]
    assert main([*arguments, "--rules", str(SMALL)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "'rf_blader'. Did you mean 'rf_bladder'?" in err


def test_the_schema_is_printed_or_written(tmp_path: Path, capsys: Captured) -> None:
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out
    assert main(["schema", "-o", str(tmp_path / "schema.json")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "schema.json").read_text("utf-8") == printed
    assert json.loads(printed) == json.loads(json.dumps(schema()))
