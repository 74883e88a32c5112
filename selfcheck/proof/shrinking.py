"""An answer set that breaks a property to the fewest answers that still do, tried on the program itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.questionnaire import Kind, Questionnaire

Breaks = Callable[[Answers], bool]


def shrunk(questionnaire: Questionnaire, answers: Answers, breaks: Breaks) -> Answers:
    """The fewest answers: none of them, and no tick in a list, can be left out.

    ``answers`` must break the property; so does what is given back.
    """
    answers = _fewer(questionnaire, answers, breaks)
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(questionnaire, answers):
            if _is_valid(questionnaire, smaller) and breaks(smaller):
                answers, changed = smaller, True
                break
    return answers


def _fewer(questionnaire: Questionnaire, answers: Answers, breaks: Breaks) -> Answers:
    """Leave answers out by halves, then quarters, and so on, as long as the rest still breaks."""
    size = max(len(answers.values) // 2, 1)
    while True:
        names = list(answers.values)
        for start in range(0, len(names), size):
            rest = answers.with_changes(dict.fromkeys(names[start : start + size]))
            if _is_valid(questionnaire, rest) and breaks(rest):
                answers = rest
        if size == 1:
            return answers
        size = max(size // 2, 1)


def _smaller(questionnaire: Questionnaire, answers: Answers) -> Iterator[Answers]:
    """The same without one answer, without one tick, or with one answer made harmless."""
    for name, value in answers.values.items():
        yield answers.with_changes({name: None})
        item = questionnaire.items[name]
        if isinstance(value, tuple) and value:
            for option in value:
                rest: Answer = tuple(one for one in value if one != option)
                yield answers.with_changes({name: rest})
        elif item.kind is Kind.SINGLE and item.benign and value != item.benign:
            yield answers.with_changes({name: item.benign})


def _is_valid(questionnaire: Questionnaire, answers: Answers) -> bool:
    try:
        read_answers(questionnaire, answers.values)
    except AnswersError:
        return False
    return True
