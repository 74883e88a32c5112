"""Reports about the rules, written as Markdown for people who read them: ``python -m selfcheck.reports``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from selfcheck import load_rulebook
from selfcheck.answers import AnswersError, read_answers
from selfcheck.assessment.single_answers import markdown
from selfcheck.places import ROOT, RULES
from selfcheck.rulebook import knowledge, ledger
from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.model import Rulebook

BASE = ROOT / "tests" / "cases" / "base_answers.json"
INTRODUCTION = """\
# What each answer gives by itself

Made by `python -m selfcheck.reports options -o docs/options.md` from the rules; do not edit.

Every answer is given alone: all other questions have the harmless answers of `{base}`, and
questions that the answer opens are left empty. A follow-up is shown with the first answer that opens it
("with ..."). An empty follow-up on a card of the first pages counts as its more careful answer, so such a
row shows the highest level that its question can start. Where answers weigh more together than alone,
this table cannot show it.

Levels, from the least: {levels}.
*Incomplete*: the questions in the last column have to be answered before there is a result. *Cautions*
limit or stop exercises; `selfcheck rules ID` shows each."""

JOURNEY = """\
# The journey, page by page

Made by `python -m selfcheck.reports journey -o docs/journey.md` from the rules; do not edit.

Every page with its questions, in the order of the file, and when each is asked. A condition is false only on
answers: while it is unknown the question is asked. *Empty* says what an empty answer does: *must*, the page does
not go on; *the careful answer counts*; or it *may stay open*, which is never a No. Notices between pages and the
pages that ask one by one hold no questions of their own."""

KNOWLEDGE = """\
# How the rules hang together

Made by `python -m selfcheck.reports knowledge -o docs/knowledge.md` from the rules; do not edit.

A person answers **questions**. Some answers are **warning signs** (`red_flag`, and `cluster` where several weigh more
together); they decide how soon somebody should look, and nothing lowers that. Some are **cautions**: they take away
the exercises that bear one of their tags, and also do so while it is not known whether they hold. The other answers
make **findings**, single observations that are true, false or unknown. **Patterns** count findings with points, for
and against, at most so much for each group; the better of two sides counts. Interactions hold patterns back that are
better explained by another. The patterns that fit best choose the **plan**: slots are filled in turn from their lists,
a withheld exercise gives way to its swap, a hard one to its easier form, until the minutes are used up. Every table
below shows one of these steps, entry by entry. What each entry says, and its sources: `selfcheck rules ID`, or
`/rules` on the web."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one report; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m selfcheck.reports", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    options = commands.add_parser("options", help="what each answer gives by itself")
    options.add_argument("--base", type=Path, default=BASE, help="harmless answers to all questions (JSON)")
    journey = commands.add_parser(
        "journey", help="pages, questions, conditions, and the page of each question"
    )
    parts = commands.add_parser("knowledge", help="how findings, patterns, cautions and exercises connect")
    for command in (options, journey, parts):
        command.add_argument("-o", "--output", type=Path)
        command.add_argument("--rules", type=Path, default=RULES)
    given = parser.parse_args(arguments)
    try:
        rulebook = load_rulebook(given.rules)
        lines = _lines(given.command, rulebook, given)
        text = "\n".join(lines) + "\n"
        if given.output:
            given.output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except (OSError, RulebookError, AnswersError, json.JSONDecodeError) as error:
        sys.stderr.write(f"reports {given.command}: {error}\n")
        return 2
    return 0


def _lines(command: str, rulebook: Rulebook, given: argparse.Namespace) -> Iterator[str]:
    match command:
        case "journey":
            return journey_report(rulebook)
        case "knowledge":
            return knowledge_report(rulebook)
        case _:
            return options_report(rulebook, given.base)


def options_report(rulebook: Rulebook, base: Path = BASE) -> Iterator[str]:
    """The lines of ``docs/options.md``."""
    answers = read_answers(rulebook.questionnaire, json.loads(base.read_text(encoding="utf-8")))
    ranked = sorted(
        (level for level in rulebook.file.disposition if level.rank), key=lambda level: level.rank or 0
    )
    yield INTRODUCTION.format(
        base=base.relative_to(ROOT).as_posix() if base.is_relative_to(ROOT) else base.name,
        levels=", ".join(f"`{level.id}`" for level in ranked),
    )
    yield from markdown(rulebook, answers)


def journey_report(rulebook: Rulebook) -> Iterator[str]:
    """The lines of ``docs/journey.md``."""
    yield JOURNEY
    yield from ledger.markdown(rulebook)


def knowledge_report(rulebook: Rulebook) -> Iterator[str]:
    """The lines of ``docs/knowledge.md``."""
    yield KNOWLEDGE
    yield from knowledge.markdown(rulebook)


if __name__ == "__main__":
    sys.exit(main())
