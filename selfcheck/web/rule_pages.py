"""The rule base for people: an overview, its kinds, a search, and a page for every entry. No answers, no cookie."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.rulebook.entries import Entry, entries, search
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.spoken import bare_ids
from selfcheck.web.browsing import facts, in_every_plan, uses, withheld
from selfcheck.web.rule_labels import ONE_OF, TABLES, VALUES
from selfcheck.web.state import rulebook

if TYPE_CHECKING:
    from selfcheck.rulebook.proved import Record

rule_pages = Blueprint("rules", __name__, url_prefix="/rules")

MOST_WANTED = 100
MOST_FOUND = 60
GROUPED_BY = {"exercise": "kind", "source": "read", "red_flag": "block", "pattern": "kind"}


def _record() -> Record | None:
    from selfcheck.rulebook.proved import record_of

    return record_of(rulebook().proof)


@rule_pages.get("")
def overview() -> str:
    """What the rules hold, or what a search finds."""
    book = rulebook()
    wanted = request.args.get("q", "")[:MOST_WANTED].strip()
    found = search(book, wanted)
    by_table = entries(book).by_table
    return render_template(
        "pages/rules.html",
        wanted=wanted,
        found=found[:MOST_FOUND],
        more=len(found) - MOST_FOUND,
        kinds=[(table, name, words, len(by_table[table])) for table, (name, words) in TABLES.items()],
        one_of=ONE_OF,
        record=_record(),
    )


@rule_pages.get("/proof")
def proof() -> str:
    """What was proved of the rules, when, and what that leaves open."""
    return render_template("pages/proof.html", record=_record())


@rule_pages.get("/kind/<table>")
def kind(table: str) -> str:
    """Every entry of one kind."""
    book = rulebook()
    if table not in TABLES:
        abort(404)
    name, words = TABLES[table]
    groups = _grouped(book, table, entries(book).by_table[table])
    return render_template("pages/rule_kind.html", name=name, words=words, groups=groups, wanted="")


def _grouped(book: Rulebook, table: str, found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries under their headings; one heading without words where a table has none."""
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        heading = ""
        if table == "item":
            heading = book.questionnaire.sections[entry.part.section].title
        elif table in GROUPED_BY:
            heading = str(VALUES[GROUPED_BY[table], getattr(entry.part, GROUPED_BY[table])])
        groups.setdefault(heading, []).append(entry)
    return groups


@rule_pages.get("/<name>")
def entry(name: str) -> ResponseReturnValue:
    """Everything the rules say under one id."""
    book = rulebook()
    found = entries(book).by_id.get(name)
    if found is None:
        bare = bare_ids(book).get(name)
        return redirect(url_for("rules.entry", name=bare), 301) if bare else _unknown(book, name)
    sources = [book.sources[source] for one in found for source in getattr(one.part, "sources", ())]
    return render_template(
        "pages/rule.html",
        name=name,
        found=[(one, ONE_OF[one.table], facts(book, one)) for one in found],
        uses=uses(book, name),
        withheld=withheld(book, found[0]),
        in_every_plan=in_every_plan(book, name),
        sources=dict.fromkeys(sources),
        read=VALUES,
    )


def _unknown(book: Rulebook, name: str) -> ResponseReturnValue:
    """A page that helps on: entries of nearly that id, and the search."""
    known = entries(book).by_id
    near = [known[one][0] for one in get_close_matches(name[:MOST_WANTED], known, n=5)]
    return render_template("pages/rule_unknown.html", near=near, wanted="", one_of=ONE_OF), 404
