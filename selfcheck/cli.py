"""The command line: results to standard output, messages to standard error, never a stack trace."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from selfcheck.answers import AnswersError
from selfcheck.input import Unusable, assessed_lines, chosen_region, given_lines, read_object
from selfcheck.places import PAPERS, RULES
from selfcheck.rulebook.faults import RulebookError
from selfcheck.timezone import no_zone_looked_for

if TYPE_CHECKING:
    from selfcheck.rulebook.model import Rulebook

OK, FAULTY, UNUSABLE = 0, 1, 2
ANSWERS = "answers: a file, or - for standard input"
NO_SOLVER = "z3 is not installed; it comes with: pip install 'selfcheck[verify]'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    try:
        given = _parser().parse_args(arguments)
    except RulebookError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except RulebookError as error:
        print(error, file=sys.stderr)
        return FAULTY if given.command == "check" else UNUSABLE
    except (Unusable, AnswersError) as error:
        print(f"selfcheck {given.command}: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        print(f"selfcheck {given.command}: {error.filename}: {error.strerror}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="selfcheck", description="A self-check for low back, hip and buttock pain.", allow_abbrev=False
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="package version, rules version and fingerprint"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    serve = command("serve", _serve, "the web questionnaire on a production server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    assess = command("assess", _assess, "answers (JSON or TOML) to an assessment")
    assess.add_argument("file", help=ANSWERS)
    assess.add_argument("--format", choices=("json", "text"), default="json")
    assess.add_argument("--lines", action="store_true", help="JSON Lines in, JSON Lines out")
    explain = command("explain", _explain, "every rule with its verdict and the answers that decided it")
    explain.add_argument("file", help=ANSWERS)
    explain.add_argument("id", nargs="?", help="one rule only")
    handed = command("handout", _handout, "the printed sheets as PDF, HTML or text")
    handed.add_argument("file", help=ANSWERS)
    handed.add_argument("-o", "--output", type=Path, required=True, help="FILE.pdf, FILE.html or FILE.txt")
    handed.add_argument("--paper", choices=PAPERS, default=os.environ.get("SELFCHECK_PAPER") or PAPERS[0])
    rules = command("rules", _rules, "the rule base as text, or one entry of it")
    rules.add_argument("id", nargs="?")
    fhir = command("fhir", _fhir, "questions, codes, conditions or one person's answers as FHIR R4")
    fhir.add_argument("what", choices=("questionnaire", "codes", "conditions", "response"))
    fhir.add_argument("file", nargs="?", help=f"for a response; {ANSWERS}")
    figures = command("figures", _figures, "all drawings on one page")
    figures.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    for added in (serve, assess, explain, handed, rules, fhir, figures):
        added.add_argument("--rules", type=Path, help="another rules file")
    _add_authoring(command)
    return parser


def _add_authoring(command: Callable[..., argparse.ArgumentParser]) -> None:
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


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from selfcheck import __version__, load_rulebook

        book = load_rulebook()
        print(f"selfcheck {__version__}, rules {book.file.meta.version} ({book.fingerprint})")
        parser.exit()


def _rulebook(given: argparse.Namespace) -> Rulebook:
    from selfcheck import load_rulebook

    return load_rulebook(given.rules or os.environ.get("SELFCHECK_RULES") or RULES)


def _assess(given: argparse.Namespace) -> int:
    from selfcheck.assessment import assess
    from selfcheck.assessment.plain import to_plain

    book = _rulebook(given)
    if given.lines:
        with given_lines(given.file) as lines:
            return _print_each(assessed_lines(book, lines))
    assessment = assess(book, read_object(given.file))
    if given.format == "text":
        from selfcheck.handout.content import handout
        from selfcheck.handout.text import to_text

        print(to_text(handout(book, assessment, chosen_region(book))))
    else:
        print(json.dumps(to_plain(assessment), ensure_ascii=False, indent=1))
    return OK


def _print_each(lines: Iterable[tuple[bool, str]]) -> int:
    status = OK
    for good, line in lines:
        print(line)
        status = status if good else FAULTY
    return status


def _fhir(given: argparse.Namespace) -> int:
    from selfcheck.assessment import assess
    from selfcheck.handout.fhir.exports import EXPORTS
    from selfcheck.handout.fhir.response import questionnaire_response

    if given.what in EXPORTS and given.file is not None:
        raise Unusable(f"{given.what}: no file is expected")
    if given.what not in EXPORTS and given.file is None:
        raise Unusable(f"{given.what}: name a file with answers, or - for standard input")
    book = _rulebook(given)
    region = chosen_region(book)
    if given.file is None:
        made = EXPORTS[given.what](book, region)
    else:
        made = questionnaire_response(book, assess(book, read_object(given.file)), region)
    print(json.dumps(made, ensure_ascii=False, indent=1))
    return OK


def _explain(given: argparse.Namespace) -> int:
    from selfcheck.assessment.explaining import explain
    from selfcheck.rulebook.vocabulary import suggestion

    book = _rulebook(given)
    lines = list(explain(book, read_object(given.file), given.id))
    if given.id and not lines:
        known = (*book.conditions, *book.clusters, *book.cautions, *book.patterns)
        raise Unusable(f"no rule '{given.id}'.{suggestion(given.id, known)}")
    print("\n".join(lines))
    return OK


def _handout(given: argparse.Namespace) -> int:
    from selfcheck.assessment import assess
    from selfcheck.handout.case import Occasion
    from selfcheck.handout.code import answers_code, qr_picture
    from selfcheck.handout.content import handout
    from selfcheck.handout.written import written

    if given.paper not in PAPERS:
        raise Unusable(f"SELFCHECK_PAPER: no paper '{given.paper}'; one of: {', '.join(PAPERS)}")
    book = _rulebook(given)
    result = assess(book, read_object(given.file))
    code = answers_code(book, result.answers)
    occasion = Occasion(datetime.now().astimezone(), code=code, qr=qr_picture(code).svg)
    sheet = handout(book, result, chosen_region(book), occasion)
    content = written(sheet, given.output.suffix, given.paper)
    if content is None:
        raise Unusable(f"'{given.output.name}': a name that ends in .pdf, .html or .txt is expected")
    given.output.write_bytes(content)
    return OK


def _rules(given: argparse.Namespace) -> int:
    from selfcheck.rulebook.listing import entry_text, overview
    from selfcheck.rulebook.vocabulary import suggestion

    book = _rulebook(given)
    if given.id is None:
        print("\n".join(overview(book)))
        return OK
    text = "\n".join(entry_text(book, given.id))
    if not text:
        raise Unusable(
            f"no entry '{given.id}'.{suggestion(given.id, (line.split()[0] for line in overview(book) if line.startswith('  ')))}"
        )
    print(text)
    return OK


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


def _figures(given: argparse.Namespace) -> int:
    from selfcheck.figures.sheet import contact_sheet

    given.output.write_text(contact_sheet(_rulebook(given)), encoding="utf-8")
    return OK


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
        return run(_rulebook(given), given.only, given.output, as_json=given.json)
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


def _serve(given: argparse.Namespace) -> int:
    gc.disable()  # everything made until serving begins stays for good
    with no_zone_looked_for():
        from selfcheck.serving import serve

    serve(lambda: _rulebook(given), given.host, given.port)
    return OK
