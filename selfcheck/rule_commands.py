"""The commands for those who write rules: check, diff, prove and schema."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from selfcheck.input import FAULTY, OK, Unusable, chosen_rules
from selfcheck.places import RULES

NO_SOLVER = "z3 is not installed; it comes with: pip install 'selfcheck[verify]'"


def add_rule_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add them, each with a call of ``command``: its name, what runs it, and what it does in words."""
    check = command("check", _check, "every fault of a rules file, with line and column")
    check.add_argument("rules", nargs="?", type=Path, metavar="FILE")
    check.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day, else today")
    diff = command("diff", _diff, "which outcomes change between two rules files, how many, and for whom")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    diff.add_argument(
        "--fail-on",
        action="append",
        default=[],
        choices=("disposition", "patterns", "plan"),
        help="end with status 1 if this changes for anybody",
    )
    prove = command("prove", _prove, "the safety properties over the whole answer space (extra: verify)")
    prove.add_argument("rules", nargs="?", type=Path, metavar="FILE")
    prove.add_argument("--json", action="store_true", help="for other programs")
    prove.add_argument("--only", action="append", metavar="ID", help="one property; may be given again")
    prove.add_argument(
        "-o", "--output", action="append", type=Path, default=[], metavar="FILE",
        help="write a page, or JSON where FILE ends so; may be given again",
    )  # fmt: skip
    schema = command("schema", _schema, "the JSON Schema of the rules file, for editors")
    schema.add_argument("-o", "--output", type=Path)


def _check(given: argparse.Namespace) -> int:
    from selfcheck.figures.checking import check_drawings
    from selfcheck.rulebook.lint import lint, subject_of
    from selfcheck.rulebook.listing import contents, edition
    from selfcheck.rulebook.loading import drawings_beside, rules_text

    path = Path(given.rules or os.environ.get("SELFCHECK_RULES") or RULES)
    today = given.on or date.today()  # noqa: DTZ011 - the day as the calendar on the wall has it
    subject = subject_of(rules_text(path), path.name, today)
    found, book = lint(subject), subject.rulebook
    for fault in found.faults:
        print(fault, file=sys.stderr)
    for note in found.notes:
        print(f"{note.place}: note: {note.text}")
    faults, drawings = len(found.faults), drawings_beside(path, book.file)
    drawn = check_drawings(drawings) if drawings is not None else 0
    counted = f"{given.rules or RULES.name}: {faults or 'no'} fault{'' if faults == 1 else 's'}."
    print(f"{counted} {contents(book)}, {drawn} drawings. {edition(book)}.")
    return FAULTY if faults else OK


def _diff(given: argparse.Namespace) -> int:
    from selfcheck.authoring.comparing import compare
    from selfcheck.authoring.telling import report
    from selfcheck.rulebook.loading import rules_text

    found = compare(rules_text(given.old), rules_text(given.new), names=(given.old.name, given.new.name))
    print("\n".join(report(found, str(given.old), str(given.new))))
    return FAULTY if any(found.of(part) for part in given.fail_on) else OK


def _prove(given: argparse.Namespace) -> int:
    try:
        from selfcheck.proof.command import run
    except ModuleNotFoundError as error:
        if error.name != "z3":
            raise
        raise Unusable(NO_SOLVER) from None
    try:
        return run(chosen_rules(given.rules), given.only, given.output, as_json=given.json)
    except ValueError as error:
        raise Unusable(str(error)) from None


def _schema(given: argparse.Namespace) -> int:
    from selfcheck.rulebook.file import schema

    text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return OK
