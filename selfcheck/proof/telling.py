"""Answers and results in the words of the rules file, for people who read a proof."""

from __future__ import annotations

from selfcheck.answers import Answers
from selfcheck.handout.words import answer_words
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Disposition


def told(rulebook: Rulebook, answers: Answers) -> str:
    """Answers as questions and what was said to them; with their ids, so that they can be found."""
    items = rulebook.questionnaire.items
    parts = [
        f"{items[name].short}: {answer_words(items[name], value, rulebook)} [{name}]"
        for name, value in answers.values.items()
    ]
    return "; ".join(parts) or "nothing answered"


def one_answer(rulebook: Rulebook, item: str, option: str) -> str:
    """One question with one answer."""
    return told(rulebook, Answers({item: option}))


def result(disposition: Disposition) -> str:
    """A result by its heading."""
    return f"'{disposition.heading}' ({disposition.id})"
