"""The clinician's sheet as plain text for a record: the order of the printed sheet, in few characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from selfcheck.handout.model import Handout
from selfcheck.handout.sheet_model import FlagLine, Line, Sheet
from selfcheck.rulebook.catalogue import gettext as _

MOST_CHARACTERS = 2000
LONGEST_CODE = 120
NOTHING_LEFT_OUT, FEW_PLACES, ONE_LIST_OF_FLAGS, NO_SITUATION = range(4)
MOST_PLACES = 4


def sheet_text(handout: Handout) -> str:
    """The sheet in at most ``MOST_CHARACTERS``. Lines that find no room leave in the order of the sheet;
    then, for those who ticked and wrote everything, the list of places, the headings of the red flags and
    the sentence about the situation. Marks, own words and result stay.
    """
    sheet = handout.sheet
    blocks = (sheet.background, sheet.tests, sheet.reading, sheet.told)
    lines = [*sheet.reported, *(line for block in blocks for line in block.lines)]
    levels = (0, *sorted(line.keep for line in lines if line.keep))
    steps = [(level, NOTHING_LEFT_OUT) for level in levels]
    steps += [(levels[-1], brief) for brief in (FEW_PLACES, ONE_LIST_OF_FLAGS, NO_SITUATION)]
    written = ("\n".join(_paragraphs(sheet, level, brief)) for level, brief in steps)
    return next((text for text in written if len(text) <= MOST_CHARACTERS), sheet.more_on_paper)


def _paragraphs(sheet: Sheet, level: int, brief: int) -> Iterator[str]:
    if brief < ONE_LIST_OF_FLAGS:
        yield sheet.title
    yield " ".join(sheet.notices)
    if sheet.facts:
        yield "; ".join(sheet.facts)
    if brief < NO_SITUATION:
        yield f"{sheet.situation_title.upper()}: {sheet.situation}"
    yield f"{sheet.flags_title.upper()}: {_reported(sheet, level)}"
    yield _flags(sheet, brief)
    places = [place.words for place in sheet.chart.places]
    if brief < FEW_PLACES or len(places) <= MOST_PLACES:
        yield f"{sheet.chart.title.upper()}: {'; '.join(places) or sheet.chart.none}. {sheet.chart.timeline}."
    for block in (sheet.own_words, sheet.background, sheet.tests, sheet.reading, sheet.told):
        kept = _kept(block.lines, level)
        if kept:
            yield f"{block.title.upper()}: {' '.join(map(_line, kept))}"
    yield " ".join(_end(sheet, level, brief))


def _kept(lines: Iterable[Line], level: int) -> list[Line]:
    return [line for line in lines if not line.keep or line.keep > level]


def _end(sheet: Sheet, level: int, brief: int) -> Iterator[str]:
    foot = sheet.foot
    yield f"{foot.answered}. {foot.version}."
    if foot.code and len(foot.code) <= LONGEST_CODE:
        yield f"{foot.code_title} {foot.code}."
    if level or brief:
        yield sheet.more_on_paper


def _reported(sheet: Sheet, level: int) -> str:
    kept = _kept(sheet.reported, level)
    named = ", ".join(f"{line.label} ({line.text})" if line.text else line.label for line in kept)
    return f"{sheet.verdict} {named}".rstrip()


def _flags(sheet: Sheet, brief: int) -> str:
    if brief < ONE_LIST_OF_FLAGS:
        return " ".join(f"{group.short}: {_marks(group.lines)}." for group in sheet.flags)
    return f"{_marks([line for group in sheet.flags for line in group.lines])}."


def _marks(lines: Iterable[FlagLine]) -> str:
    """The commonest mark once for all flags that have it, the others one by one."""
    marked = [(line.short, f"{line.mark}{line.star}") for line in lines]
    common, count = Counter(mark for _short, mark in marked).most_common(1)[0]
    if count == 1:
        return ", ".join(" ".join(one) for one in marked)
    others = [f"{short} {mark}" for short, mark in marked if mark != common]
    return ", ".join((*others, (_("others %s") if others else _("all %s")) % common))


def _line(line: Line) -> str:
    text = f"“{line.text}”" if line.own else line.text
    whole = f"{line.label}: {text}" if line.label else text
    return whole if whole.endswith((".", "”")) else f"{whole}."
