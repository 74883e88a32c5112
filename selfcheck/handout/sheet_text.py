"""The clinician's sheet as plain text for a record: the order of the printed sheet, in few characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _

from selfcheck.handout.model import Handout
from selfcheck.handout.sheet_model import Block, FlagGroupLines, FlagLine, Line, Sheet

MOST_CHARACTERS = 2000


def sheet_text(handout: Handout) -> str:
    """The sheet in at most ``MOST_CHARACTERS``; lines that find no room leave in the order of the sheet."""
    sheet = handout.sheet
    blocks = (sheet.background, sheet.tests, sheet.reading, sheet.told)
    lines = [*sheet.reported, *(line for block in blocks for line in block.lines)]
    for level in (0, *sorted(line.keep for line in lines if line.keep)):
        text = "\n".join(_paragraphs(sheet, level))
        if len(text) <= MOST_CHARACTERS:
            return text
    return text


def _paragraphs(sheet: Sheet, level: int) -> Iterator[str]:
    yield sheet.title
    yield " ".join(sheet.notices)
    if sheet.facts:
        yield "; ".join(sheet.facts)
    yield f"{sheet.situation_title.upper()}: {sheet.situation}"
    yield f"{sheet.flags_title.upper()}: {_reported(sheet, level)}"
    yield " ".join(f"{group.short}: {_marks(group)}." for group in sheet.flags)
    if sheet.own_words.lines:
        yield f"{sheet.own_words.title.upper()}: {_lines(sheet.own_words, 0, '')}"
    places = ", ".join(place.words for place in sheet.chart.places) or sheet.chart.none
    yield f"{sheet.chart.title.upper()}: {places}. {sheet.chart.timeline}."
    for block in (sheet.background, sheet.tests, sheet.reading, sheet.told):
        said = _lines(block, level, sheet.more_on_paper)
        if said:
            yield f"{block.title.upper()}: {said}"
    foot = sheet.foot
    yield f"{foot.answered}. {foot.version}" + (f". {foot.code_title} {foot.code}" if foot.code else "")


def _reported(sheet: Sheet, level: int) -> str:
    kept = [line for line in sheet.reported if not line.keep or line.keep > level]
    named = ", ".join(f"{line.label} ({line.text})" if line.text else line.label for line in kept)
    return f"{sheet.verdict} {named}".rstrip()


def _marks(group: FlagGroupLines) -> str:
    """The marks of a group: the commonest of all that are left once for all, the others one by one."""
    common, count = Counter(map(_mark, group.lines)).most_common(1)[0]
    others = [f"{line.short} {_mark(line)}" for line in group.lines if _mark(line) != common]
    rest = _("others %s") % common if others else _("all %s") % common
    return ", ".join((*others, rest if count > 1 or not others else _single(group, common)))


def _single(group: FlagGroupLines, common: str) -> str:
    return next(f"{line.short} {common}" for line in group.lines if _mark(line) == common)


def _mark(line: FlagLine) -> str:
    return f"{line.mark}{line.star}"


def _lines(block: Block, level: int, more: str) -> str:
    kept = [line for line in block.lines if not line.keep or line.keep > level]
    said = [_line(line) for line in kept]
    if len(kept) < len(block.lines):
        said.append(more)
    return " ".join(said)


def _line(line: Line) -> str:
    text = f"“{line.text}”" if line.own else line.text
    whole = f"{line.label}: {text}" if line.label else text
    return whole if whole.endswith((".", "”")) else f"{whole}."
