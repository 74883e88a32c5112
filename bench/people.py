"""The people whose answers are measured with: those of the test cases, and made-up ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from selfcheck import load_rulebook
from selfcheck.answers import Answers, read_answers
from selfcheck.proof.sampling import random_answers
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of, harmless_base

SEED = 20261122
DESK: Mapping[str, Any] = {
    "sitting_hours_day": 9, "sitting_break_interval": "m61_120", "t_thomas_left": "clearly_above",
}  # fmt: skip


@lru_cache(maxsize=1)
def shipped() -> Rulebook:
    """The shipped rules, read once."""
    return load_rulebook()


def people(rulebook: Rulebook, number: int) -> tuple[Answers, ...]:
    """So many of the people of the test cases, evenly over the files."""
    cases = list(all_cases())
    steps = (place * len(cases) // number for place in range(min(number, len(cases))))
    return tuple(answers_of(rulebook, cases[step]) for step in steps)


def made_up(rulebook: Rulebook, number: int) -> tuple[Answers, ...]:
    """So many made-up answer sets, the same ones in every run."""
    return tuple(islice(random_answers(rulebook, SEED), number))


def desk_worker(rulebook: Rulebook, **changes: object) -> Answers:
    """Somebody who sits all day, and did one home test."""
    return read_answers(rulebook.questionnaire, {**harmless_base(), **DESK, **changes})
