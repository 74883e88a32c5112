"""Every claim of the articles the rules came from is kept by an entry that exists and can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from selfcheck.answers import Answer, Answers
from selfcheck.assessment.patterns import finding_table
from selfcheck.assessment.reading import read
from selfcheck.rulebook import ledger
from selfcheck.rulebook.conditions import all_items
from selfcheck.rulebook.entries import Entries, entries
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases
from tests.cases.expectations import Outcome, outcome
from tests.rulebook.answer_sets import some_answers

TABLE = Path(__file__).parents[2] / "docs" / "coverage.md"
CLAIMS = 173
NOT_KEPT = {"S1-58"}
MOST_TRIED = 20_000
Row = tuple[str, str]


def rows() -> list[Row]:
    """Each claim's number with what keeps it."""
    return re.findall(
        r"^\| (S\d-\d+) \| [^|]+ \| ([^|]+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE
    )


def named() -> Iterator[str]:
    for _, kept in rows():
        yield from re.findall(r"`([^`]+)`", kept)


@pytest.fixture(scope="module")
def outcomes(rulebook: Rulebook) -> tuple[Outcome, ...]:
    return tuple(outcome(rulebook, case) for case in all_cases())


def names_nothing(rulebook: Rulebook, known: Entries, reference: str) -> bool:
    """Whether a reference is neither an entry, nor a field with something in it, nor an option."""
    if reference in known.by_id:
        return False
    head, _, field = reference.partition(".")
    parts = [entry.part for entry in known.by_id.get(head, ())]
    table = getattr(rulebook.file, head, ())
    parts += table if isinstance(table, tuple) else [table]
    options = rulebook.questionnaire.items[head].options if head in rulebook.questionnaire.items else ()
    ids = {getattr(part, "id", None) for part in parts}
    return not (field in options or field in ids or any(getattr(part, field, None) for part in parts))


def test_every_claim_is_there_once_and_names_what_keeps_it() -> None:
    numbers = [number for number, _ in rows()]
    assert len(numbers) == len(set(numbers)) == CLAIMS
    assert {number for number, kept in rows() if "`" not in kept} == NOT_KEPT


def test_everything_the_table_names_is_in_the_rules(rulebook: Rulebook) -> None:
    known = entries(rulebook)
    assert [name for name in named() if names_nothing(rulebook, known, name)] == []


def test_a_name_that_is_not_in_the_rules_is_noticed(rulebook: Rulebook) -> None:
    known = entries(rulebook)
    for wrong in ("st_pigeons", "pain_sites.elbow", "st_pigeon.colour", "programme.pairings"):
        assert names_nothing(rulebook, known, wrong), wrong


def test_every_question_the_table_names_stands_on_a_page(rulebook: Rulebook) -> None:
    homes = {place.item.id: place for place in ledger.places(rulebook)}
    asked = {name for name in named() if name in homes}
    assert asked
    assert {name for name in asked if not homes[name].pages and homes[name].item.drawn} == set()


def test_every_pattern_and_exercise_the_table_names_is_given_in_some_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    fitting = {result.pattern.id for found in outcomes for result in found.assessment.patterns}
    given = {exercise.id for found in outcomes for exercise in found.assessment.plan.given}
    told = {advice.id for found in outcomes for advice in found.assessment.advice}
    supervised = {exercise.id for exercise in rulebook.file.exercise if exercise.level == "supervised"}
    wanted = {name.split(".")[0] for name in named()}
    assert wanted & rulebook.patterns.keys() <= fitting
    assert wanted & rulebook.exercises.keys() <= given | supervised
    assert wanted & rulebook.advice.keys() <= told


def test_every_finding_holds_in_some_case_or_for_some_answers_to_what_it_reads(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    held = {name for found in outcomes for name, true in found.assessment.findings.items() if true}
    assert [name for name in rulebook.findings if name not in held and not can_hold(rulebook, name)] == []


def can_hold(rulebook: Rulebook, finding: str) -> bool:
    """Whether answers to the questions that a finding reads make it true."""
    return any(
        finding_table(read(rulebook, Answers(answers)))[finding] for answers in answers_for(rulebook, finding)
    )


def answers_for(rulebook: Rulebook, finding: str) -> Iterator[dict[str, Answer]]:
    condition = next(iter(rulebook.findings[finding].when.values()))
    items = sorted(all_items(rulebook.conditions, condition.node))
    choices = [(None, *some_answers(rulebook.questionnaire.items[item])) for item in items]
    for chosen in islice(product(*choices), MOST_TRIED):
        yield {item: answer for item, answer in zip(items, chosen, strict=True) if answer is not None}
