"""``selfcheck fhir``: resources on standard output, one clear line and status 2 for what cannot be used."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from selfcheck.cli import main
from selfcheck.handout.fhir.reading import read_response
from selfcheck.rulebook.model import Rulebook

BASE = Path(__file__).parents[2] / "cases" / "base_answers.json"
SMALL = Path(__file__).parents[2] / "data" / "small.toml"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SELFCHECK_RULES", "SELFCHECK_REGION"):
        monkeypatch.delenv(name, raising=False)


def printed(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main(["fhir", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    made: dict[str, Any] = json.loads(out)
    return made


def test_questionnaire_and_codes_name_each_other(capsys: Captured) -> None:
    form, codes = printed(capsys, "questionnaire"), printed(capsys, "codes")
    assert (form["resourceType"], codes["resourceType"]) == ("Questionnaire", "CodeSystem")
    assert form["version"] == codes["version"]
    assert codes["url"] in json.dumps(form)


def test_conditions_are_printed_with_what_they_need_before_them(capsys: Captured) -> None:
    found = printed(capsys, "conditions", "--rules", str(SMALL))
    assert found["holdsBadPain"] == "%saidPain >= 7"
    assert list(found).index("saidPain") < list(found).index("holdsBadPain")


def test_a_response_is_made_from_a_file_or_from_standard_input(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, rulebook: Rulebook, base: dict[str, object]
) -> None:
    from_file = printed(capsys, "response", str(BASE))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BASE.read_bytes()), encoding="utf-8"))
    assert printed(capsys, "response", "-") == from_file
    read = read_response(rulebook, from_file).values
    assert dict(read) == {item: tuple(said) if isinstance(said, list) else said for item, said in base.items()
                          if said is not None and item != "rf_self_harm"}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["response"], "response: name a file with answers, or - for standard input"),
        (["questionnaire", "x.json"], "questionnaire: no file is expected"),
        (["response", "no-such-file.json"], "no-such-file.json: No such file or directory"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_status_is_2(
    capsys: Captured, arguments: list[str], words: str
) -> None:
    assert main(["fhir", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"selfcheck fhir: {words}\n"


def test_answers_that_are_wrong_give_no_resource(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"age": 3500}')
    assert main(["fhir", "response", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "age: '3500' is out of range" in err


def test_an_unknown_export_shows_how_it_is_used(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["fhir", "patient"])
    assert left.value.code == 2
    assert "questionnaire" in capsys.readouterr().err
