"""Conditions read and asked against a rulebook, the way the product does it."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.answers import read_answers
from selfcheck.assessment.reading import Reading, read
from selfcheck.questionnaire import Side
from selfcheck.rulebook.conditions import Condition, Verdict
from selfcheck.rulebook.interpreter import compiled
from selfcheck.rulebook.language import parse_condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.vocabulary import Vocabulary


def vocabulary(rulebook: Rulebook) -> Vocabulary:
    """Every name that a condition of this rulebook may use."""
    file = rulebook.file
    return Vocabulary(
        rulebook.questionnaire,
        {
            **{named.id: named.scope for named in file.named},
            **{finding.id: finding.scope for finding in file.finding},
            **dict.fromkeys(rulebook.red_flags, "body"),
        },
        frozenset(rulebook.red_flags),
        frozenset(rulebook.patterns),
        frozenset(rulebook.dispositions),
        {entry.id: dict(entry.value) for entry in file.computed},
    )


def condition(rulebook: Rulebook, text: str, side: Side | None = None) -> Condition:
    """A condition in body scope, or as read for one side."""
    return compiled(parse_condition(text, vocabulary(rulebook), side), text)


def reading(rulebook: Rulebook, answers: Mapping[str, object]) -> Reading:
    """Checked answers, ready to be asked about."""
    return read(rulebook, read_answers(rulebook.questionnaire, answers))


def verdict(
    rulebook: Rulebook, text: str, answers: Mapping[str, object], side: Side | None = None
) -> Verdict:
    """The strict verdict of a condition: true, false or ``None`` for unknown."""
    return condition(rulebook, text, side).holds(reading(rulebook, answers).strict)
