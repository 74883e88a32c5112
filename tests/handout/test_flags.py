"""Every red flag has one line with the mark of what was said to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec.structs import replace

from selfcheck.answers import Answer, Answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import read
from selfcheck.handout.flags import flag_groups
from selfcheck.handout.sheet_model import FlagLine
from selfcheck.handout.words import clinical_words
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook


def answered(assessment: Assessment, flag: str, answer: str | tuple[str, ...]) -> Assessment:
    """The same result with another answer to a flag's own question."""
    answers = {**assessment.triage.flag_answers, flag: answer}
    return replace(assessment, triage=replace(assessment.triage, flag_answers=answers))


def possible(item: Item) -> Iterator[str | tuple[str, ...]]:
    """Every option, and of a list none, one or two."""
    if item.kind is Kind.MULTI:
        for number in range(3):
            yield from combinations(item.options, number)
    else:
        yield from item.options


def wanted(item: Item, answer: str | tuple[str, ...]) -> str:
    """The mark by the definition: nothing but harmless answers is no, nothing but "not sure" is unsure."""
    said = set(answer) if isinstance(answer, tuple) else {answer}
    if said <= {item.benign, "not_applicable"}:
        return "N"
    return "?" if said == {"not_sure"} else "Y"


def line(rulebook: Rulebook, assessment: Assessment, flag: str) -> FlagLine:
    reading = read(rulebook, Answers({"print_self_harm": "yes"}))
    found = [
        one for group in flag_groups(rulebook, assessment, reading) for one in group.lines if one.id == flag
    ]
    assert len(found) == 1
    return found[0]


def test_every_answer_to_every_flag_has_its_mark(rulebook: Rulebook) -> None:
    nothing = assess(rulebook, Answers({}))
    tried = 0
    for flag in rulebook.file.red_flag:
        item = rulebook.questionnaire.items.get(flag.id)
        for answer in possible(item) if item is not None else ("yes", "no"):
            found = line(rulebook, answered(nothing, flag.id, answer), flag.id)
            mark = wanted(item, answer) if item is not None else {"yes": "Y", "no": "N"}[str(answer)]
            assert (found.mark, found.remark, found.star) == (mark, "", ""), (flag.id, answer)
            assert found.label == flag.label
            assert found.short == (flag.sheet or flag.label)
            assert found.answer == words(rulebook, item, answer, mark), (flag.id, answer)
            assert found.everyones == (mark == "N")
            tried += 1
    assert tried > 3 * len(rulebook.file.red_flag)


def words(rulebook: Rulebook, item: Item | None, answer: Answer, mark: str) -> str:
    """What stands behind a yes: the answer, unless it is just yes."""
    if mark != "Y" or item is None or answer in ("yes", ("yes",)):
        return ""
    return clinical_words(item, answer, rulebook)


def test_what_was_not_asked_not_answered_or_is_private_says_so(rulebook: Rulebook) -> None:
    nothing = assess(rulebook, Answers({}))
    private = [flag.id for flag in rulebook.file.red_flag if flag.private_unless is not None]
    assert private
    for flag in rulebook.file.red_flag:
        unasked, unanswered = (
            line(rulebook, answered(nothing, flag.id, state), flag.id)
            for state in ("not_asked", "not_answered")
        )
        assert (unasked.mark, unasked.remark, unasked.star) == ("-", "", "")
        assert (unanswered.mark, unanswered.remark, unanswered.star) == ("-", "not answered", "*")
        assert unasked.everyones
        assert not unanswered.everyones
    closed = read(rulebook, Answers({}))
    lines = {one.id: one for group in flag_groups(rulebook, nothing, closed) for one in group.lines}
    for name in private:
        assert (lines[name].label, lines[name].mark, lines[name].remark) == (
            "A private question",
            "-",
            "not printed",
        )
