"""The proof holds for the shipped rules, and finds each unsafe edit with the fewest answers."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from selfcheck import load_rulebook
from selfcheck.answers import Answers
from selfcheck.cli import main
from selfcheck.places import ROOT, RULES
from selfcheck.proof.proving import ORDER, prove
from selfcheck.proof.shrinking import shrunk
from selfcheck.rulebook.loading import read_rulebook

EDITS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/data/unsafe.toml").read_text("utf-8"))["edit"]
IN_CI = os.environ.get("CI") == "true"
QUICK = frozenset({"alarm_level", "one_result"})


def edited(edit: dict[str, Any]) -> str:
    """The shipped rules with one line changed."""
    text = RULES.read_text("utf-8")
    assert text.count(edit["old"]) == 1, edit["says"]
    return text.replace(edit["old"], edit["new"])


def test_everything_is_proved_of_the_shipped_rules() -> None:
    proof = prove(load_rulebook(), frozenset(ORDER) if IN_CI else QUICK)
    broken = [found for one in proof.properties for found in one.counterexamples]
    assert broken == []
    assert proof.proved
    assert all(one.cases for one in proof.properties)
    assert proof.megabytes > 0


@pytest.mark.parametrize("edit", EDITS if IN_CI else EDITS[:1], ids=lambda edit: edit["property"])
def test_an_unsafe_edit_is_found(edit: dict[str, Any]) -> None:
    proof = prove(read_rulebook(edited(edit), "rules.toml"), frozenset({edit["property"]}))
    assert not proof.proved
    said = " ".join(f"{found.about} {found.says}" for found in proof.properties[0].counterexamples)
    assert not [name for name in edit["names"] if name not in said]
    assert "fault of the proof" not in said
    if "answers" in edit:
        found = proof.properties[0].counterexamples[0].answers
        assert found is not None
        assert found.values == edit["answers"]


def test_every_property_has_an_unsafe_edit_that_breaks_it() -> None:
    assert {edit["property"] for edit in EDITS} == set(ORDER)


def test_a_counterexample_is_shrunk_to_what_is_needed() -> None:
    questionnaire = load_rulebook().questionnaire
    many = Answers({"age": 70, "rf_rhabdo": "yes", "pain_sites": ("low_back_left", "below_knee_left")})

    def breaks(answers: Answers) -> bool:
        sites = answers.values.get("pain_sites", ())
        return isinstance(sites, tuple) and "below_knee_left" in sites

    assert shrunk(questionnaire, many, breaks).values == {"pain_sites": ("below_knee_left",)}


def test_the_command_prints_json_and_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "--json", "--only", "alarm_level"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["proved"] is True
    assert [one["id"] for one in printed["properties"]] == ["alarm_level"]
    assert main(["prove", "--only", "alarms"]) == 2
    assert "one of: alarm_level" in capsys.readouterr().err


def test_a_broken_promise_gives_status_1_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unsafe = tmp_path / "unsafe.toml"
    unsafe.write_text(edited(EDITS[0]), encoding="utf-8")
    assert main(["prove", str(unsafe), "--only", "alarm_level"]) == 1
    printed = capsys.readouterr().out
    assert "BROKEN" in printed
    assert "[rf_ces_bowel]: the level is" in printed


def kept() -> dict[str, Any]:
    """The proof that was written down last."""
    written: dict[str, Any] = json.loads((ROOT / "rules/proof.json").read_text("utf-8"))
    return written


def test_the_written_proof_is_whole_and_of_the_shipped_rules() -> None:
    written, page = kept(), (ROOT / "docs/proof.md").read_text("utf-8")
    assert written["proved"] is True
    assert [one["id"] for one in written["properties"]] == list(ORDER)
    assert written["rules"]["fingerprint"] == load_rulebook().fingerprint, (
        "prove again: selfcheck prove -o docs/proof.md -o rules/proof.json"
    )
    assert written["rules"]["fingerprint"] in page
