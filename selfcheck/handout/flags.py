"""Red flags as lines: every flag once, with one mark, and what was said where it was reported."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import Reading
from selfcheck.handout.sheet_model import FlagGroupLines, FlagLine
from selfcheck.handout.words import clinical_words
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import RedFlag

YES, NO, UNSURE, NOT_ASKED = "Y", "N", "?", "-"
STAR = "*"
PLAIN = {"yes": YES, "no": NO, "not_sure": UNSURE}


def flag_groups(rulebook: Rulebook, assessment: Assessment, reading: Reading) -> Iterator[FlagGroupLines]:
    """Every red flag under its heading, in file order."""
    for group in rulebook.file.flag_group:
        flags = (flag for flag in rulebook.file.red_flag if flag.group == group.id)
        lines = tuple(_line(rulebook, assessment, reading, flag) for flag in flags)
        if lines:
            yield FlagGroupLines(group.label, group.sheet or group.label, lines)


def _line(rulebook: Rulebook, assessment: Assessment, reading: Reading, flag: RedFlag) -> FlagLine:
    answer = assessment.triage.flag_answers[flag.id]
    short = flag.sheet or flag.label
    if flag.private_unless is not None and not flag.private_unless.holds(reading.strict):
        name = _("A private question")
        return FlagLine(flag.id, name, name, NOT_ASKED, "", _("not printed"))
    if answer == "not_answered":
        return FlagLine(flag.id, flag.label, short, NOT_ASKED, "", _("not answered"), STAR)
    if answer == "not_asked":
        return FlagLine(flag.id, flag.label, short, NOT_ASKED, "")
    item = rulebook.questionnaire.items.get(flag.id)
    values = set(answer) if isinstance(answer, tuple) else {answer}
    if item is None:
        return FlagLine(flag.id, flag.label, short, PLAIN[str(answer)], "")
    if values <= {item.benign, "not_applicable"}:
        return FlagLine(flag.id, flag.label, short, NO, "")
    if values == {"not_sure"}:
        return FlagLine(flag.id, flag.label, short, UNSURE, "")
    words = "" if values == {"yes"} else clinical_words(item, answer, rulebook)
    return FlagLine(flag.id, flag.label, short, YES, words)
