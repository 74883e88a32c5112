"""Case files, written for clinicians, to answers and to what is expected of them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment.reading import read
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

HERE = Path(__file__).parent
ALL = ("vignettes", "worked", "coverage")
ABOUT_ANSWERS = frozenset({"id", "story", "change", "without", "stops_after"})


@dataclass(frozen=True)
class Case:
    """One person: the answers that differ from the base, and what must come out.

    ``without`` are questions left empty on purpose; ``stops_after`` is the last page that was answered.
    """

    id: str
    story: str
    base: Mapping[str, object]
    change: Mapping[str, object]
    without: frozenset[str]
    stops_after: str | None
    expected: Mapping[str, Any]


@lru_cache
def harmless_base() -> dict[str, object]:
    """The answers that need no more than self-care."""
    base: dict[str, object] = json.loads((HERE / "base_answers.json").read_text(encoding="utf-8"))
    return base


@lru_cache
def table(name: str) -> dict[str, Any]:
    """A file of this folder."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def read_cases(name: str) -> tuple[Case, ...]:
    """The cases of one file. A file without a base of its own shares the harmless one."""
    file = table(name)
    base = file.get("base") or harmless_base()
    return tuple(
        Case(
            id=entry["id"],
            story=entry["story"],
            base=base,
            change=entry.get("change", {}),
            without=frozenset(entry.get("without", ())),
            stops_after=entry.get("stops_after"),
            expected={key: value for key, value in entry.items() if key not in ABOUT_ANSWERS},
        )
        for entry in file["case"]
    )


def all_cases() -> Iterator[Case]:
    """The cases of every file."""
    for name in ALL:
        yield from read_cases(name)


def answers_of(rulebook: Rulebook, case: Case) -> Answers:
    """A case's answers, as a person would have left them: see :func:`completed`.

    Raises:
        ValueError: naming the case and the answer that the rules do not know.

    """
    pages = list(rulebook.questionnaire.sections)
    last = pages.index(case.stops_after) if case.stops_after else len(pages)
    left_out = case.without | {
        item.id for item in rulebook.questionnaire.items.values() if pages.index(item.section) > last
    }
    raw = {**case.base, **case.change}
    try:
        return completed(rulebook, raw, keep=frozenset(case.change), left_out=left_out)
    except AnswersError as error:
        raise ValueError(f"case {case.id}: {error}") from error


def completed(
    rulebook: Rulebook,
    raw: Mapping[str, object],
    keep: frozenset[str] = frozenset(),
    left_out: frozenset[str] | set[str] = frozenset(),
) -> Answers:
    """The answers with the harmless one to every question that they open, and without those to questions
    that they close (unless they are to be kept), as the form does it.
    """
    answers = read_answers(rulebook.questionnaire, {item: raw[item] for item in raw if item not in left_out})
    while True:
        strict = read(rulebook, answers).strict
        closed = [item for item in answers.values if item not in keep and not strict.is_asked(item)]
        opened = {
            name: answer
            for name, answer in harmless_answers(rulebook).items()
            if name not in answers.values and name not in left_out and strict.is_asked(name)
        }
        if not opened and not closed:
            return answers
        answers = answers.with_changes(opened | dict.fromkeys(closed))


@lru_cache
def harmless_answers(rulebook: Rulebook) -> Mapping[str, Answer]:
    """Every question that has a harmless answer, with it."""
    items = rulebook.questionnaire.items.values()
    return {item.id: harmless_answer(item) for item in items if item.benign}


def harmless_answer(item: Item) -> str | tuple[str, ...]:
    """What "none of these" records for an item."""
    benign = item.benign or ""
    return (benign,) if item.kind is Kind.MULTI else benign
