"""A person to the same person seen in a mirror: left for right in every question and answer."""

from __future__ import annotations

from selfcheck.answers import Answer, Answers, read_answers
from selfcheck.rulebook.model import Rulebook

OTHER = {"left": "right", "right": "left"}


def other_side(name: str) -> str:
    """An id with its side changed: ``left``, ``..._left`` and back."""
    stem, _, side = name.rpartition("_")
    if side not in OTHER:
        return name
    return f"{stem}_{OTHER[side]}" if stem else OTHER[side]


def mirrored(rulebook: Rulebook, answers: Answers) -> Answers:
    """The same answers about the other side."""
    raw: dict[str, object] = {other_side(item): other_answer(value) for item, value in answers.values.items()}
    return read_answers(rulebook.questionnaire, raw)


def other_answer(value: Answer) -> Answer:
    if isinstance(value, tuple):
        return tuple(other_side(option) for option in value)
    return other_side(value) if isinstance(value, str) else value
