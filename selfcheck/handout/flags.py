"""Red flags as lines: every flag once, with one mark, and what was said where it was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.answers import Answer
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import NOT_SURE, Reading
from selfcheck.handout.sheet_model import NO, NOT_ASKED, UNSURE, YES, FlagGroupLines, FlagLine
from selfcheck.handout.words import clinical_words
from selfcheck.questionnaire import Item
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import RedFlag

STAR = "*"
PLAIN = {"yes": YES, "no": NO, "not_sure": UNSURE}


class _Flag(Struct, frozen=True):
    """A red flag with the lines that are the same whoever gave that answer, and the one of a question that may not
    be printed.
    """

    private_unless: Condition | None
    item: Item | None
    lines: Mapping[Answer, FlagLine]
    private: FlagLine


_Listed = tuple[str, Mapping[Answer, FlagLine], _Flag]
"""A red flag by its id: the lines of answers of which it is sure that they may be printed, and the flag."""


@lru_cache(maxsize=8)
def _groups(rulebook: Rulebook) -> tuple[tuple[str, str, tuple[_Listed, ...]], ...]:
    """The groups that have red flags, in file order: their two names, and their flags."""
    flags: dict[str, list[_Listed]] = {}
    for flag in rulebook.file.red_flag:
        known = _flag(rulebook, flag)
        sure = known.lines if flag.private_unless is None else {}
        flags.setdefault(flag.group, []).append((flag.id, sure, known))
    return tuple(
        (group.label, group.sheet or group.label, tuple(flags[group.id]))
        for group in rulebook.file.flag_group
        if group.id in flags
    )


def _flag(rulebook: Rulebook, flag: RedFlag) -> _Flag:
    item, private = rulebook.questionnaire.items.get(flag.id), _("A private question")

    def line(mark: str, remark: str = "", star: str = "") -> FlagLine:
        return FlagLine(flag.id, flag.label, flag.sheet or flag.label, mark, "", remark, star, item is None)

    marks = PLAIN if item is None else {"yes": YES, "not_sure": UNSURE, "not_applicable": NO}
    if item is not None and item.benign is not None:
        marks = {**marks, item.benign: NO}
    lines: dict[Answer, FlagLine] = {answer: line(mark) for answer, mark in marks.items()}
    lines |= {(answer,): line for answer, line in lines.items() if isinstance(answer, str)}
    lines |= {"not_answered": line(NOT_ASKED, _("not answered"), STAR), "not_asked": line(NOT_ASKED)}
    hidden = FlagLine(flag.id, private, private, NOT_ASKED, "", _("not printed"))
    return _Flag(flag.private_unless, item, lines, hidden)


def flag_groups(rulebook: Rulebook, assessment: Assessment, reading: Reading) -> Iterator[FlagGroupLines]:
    """Every red flag under its heading, in file order."""
    answers = assessment.triage.flag_answers
    if assessment.triage.flags:
        answers = {**answers, **dict.fromkeys(_unsure(rulebook, assessment), "not_sure")}
    for label, short, flags in _groups(rulebook):
        lines = [
            sure.get(answers[name]) or _line(rulebook, answers[name], reading, flag)
            for name, sure, flag in flags
        ]
        yield FlagGroupLines(label, short, tuple(lines))


def _unsure(rulebook: Rulebook, assessment: Assessment) -> Iterator[str]:
    """The flags worked out from other answers that fired, and would not have for sure: one of these is "not sure"."""
    for fired in assessment.triage.flags:
        if fired.flag.id not in rulebook.questionnaire.items and any(
            reason.answer == NOT_SURE for reason in fired.because
        ):
            yield fired.flag.id


def _line(rulebook: Rulebook, answer: Answer, reading: Reading, flag: _Flag) -> FlagLine:
    if flag.private_unless is not None and not flag.private_unless.holds(reading.strict):
        return flag.private
    if answer in flag.lines:
        return flag.lines[answer]
    if isinstance(answer, tuple) and all(one in flag.lines and flag.lines[one].mark == NO for one in answer):
        return flag.lines["not_applicable"]
    words = clinical_words(flag.item, answer, rulebook) if flag.item is not None else ""
    yes = flag.lines["yes"]
    return FlagLine(yes.id, yes.label, yes.short, YES, words)
