"""The command line: results to standard output, messages to standard error, never a stack trace."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from selfcheck.answers import AnswersError
from selfcheck.input import (
    FAULTY,
    OK,
    UNUSABLE,
    Unusable,
    assessed_lines,
    chosen_region,
    chosen_rules,
    given_lines,
    read_object,
)
from selfcheck.places import PAPERS
from selfcheck.rule_commands import add_rule_commands
from selfcheck.rulebook.faults import RulebookError
from selfcheck.timezone import no_zone_looked_for

ANSWERS = "answers: a file, or - for standard input"


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
    add_rule_commands(command)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from selfcheck import __version__, load_rulebook

        book = load_rulebook()
        print(f"selfcheck {__version__}, rules {book.file.meta.version} ({book.fingerprint})")
        parser.exit()


def _assess(given: argparse.Namespace) -> int:
    from selfcheck.assessment import assess
    from selfcheck.assessment.plain import to_plain

    book = chosen_rules(given.rules)
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
    book = chosen_rules(given.rules)
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

    book = chosen_rules(given.rules)
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
    book = chosen_rules(given.rules)
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

    book = chosen_rules(given.rules)
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


def _figures(given: argparse.Namespace) -> int:
    from selfcheck.figures.sheet import contact_sheet

    given.output.write_text(contact_sheet(chosen_rules(given.rules)), encoding="utf-8")
    return OK


def _serve(given: argparse.Namespace) -> int:
    gc.disable()  # everything made until serving begins stays for good
    with no_zone_looked_for():
        from selfcheck.serving import serve

    serve(lambda: chosen_rules(given.rules), given.host, given.port)
    return OK
