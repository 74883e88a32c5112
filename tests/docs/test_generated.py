"""The documents that are made from the rules say what the rules say now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfcheck.reports import BASE, journey_report, knowledge_report, main, options_report
from selfcheck.rulebook.model import Rulebook

DOCS = Path(__file__).parents[2] / "docs"
ANEW = "write it anew: python -m selfcheck.reports {0} -o docs/{0}.md"


def test_the_table_of_single_answers_is_up_to_date(rulebook: Rulebook) -> None:
    written = (DOCS / "options.md").read_text(encoding="utf-8")
    assert written == "\n".join(options_report(rulebook)) + "\n", ANEW.format("options")


def test_the_plan_of_the_journey_is_up_to_date(rulebook: Rulebook) -> None:
    written = (DOCS / "journey.md").read_text(encoding="utf-8")
    assert written == "\n".join(journey_report(rulebook)) + "\n", ANEW.format("journey")


def test_the_tables_of_how_the_rules_hang_together_are_up_to_date(rulebook: Rulebook) -> None:
    written = (DOCS / "knowledge.md").read_text(encoding="utf-8")
    assert written == "\n".join(knowledge_report(rulebook)) + "\n", ANEW.format("knowledge")


def test_the_report_command_says_which_file_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["options", "--base", str(tmp_path / "nobody.json"), "-o", str(tmp_path / "out.md")])
    assert status == 2
    assert "nobody.json" in capsys.readouterr().err
    assert not (tmp_path / "out.md").exists()


def test_the_report_command_names_an_unknown_answer_of_its_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "base.json"
    base.write_text(BASE.read_text(encoding="utf-8").replace('"rf_fever"', '"rf_fevr"'), encoding="utf-8")
    assert main(["options", "--base", str(base)]) == 2
    assert "Did you mean 'rf_fever'?" in capsys.readouterr().err


def test_the_open_points_of_the_safety_file_are_those_of_the_rules(rulebook: Rulebook) -> None:
    text = (DOCS / "clinical-safety.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| (op_\w+) \| (.*?) \| (.*?) \|$", text, flags=re.MULTILINE)
    assert written == [
        (point.id, point.question, f"{point.now}. **To sign**" if point.to_sign else point.now)
        for point in rulebook.file.open_point
    ]
