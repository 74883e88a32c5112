"""Answers to the lines of the clinician's background and self-tests, in the order of the rules file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.handout.case import Case
from selfcheck.handout.sheet_model import Line
from selfcheck.questionnaire import SIDES, Kind
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.parts.patterns import HomeTest
from selfcheck.rulebook.parts.sheet import SheetLine, SheetPart, SheetRun


def sentence(case: Case, parts: Iterable[SheetPart]) -> str:
    """The answered parts of a sentence, in order."""
    said = ""
    for part in parts:
        words = case.words(part.item, part.at_most)
        if words and (part.unless is None or case.answer(part.unless) is None):
            whole = " ".join(word for word in (part.before, words + _close(part.after)) if word)
            said = f"{said}{part.join} {whole}" if said else whole
    return said


def _close(after: str | None) -> str:
    """Words after an answer: a sign such as "/10" without a space."""
    return "" if not after else after if after.startswith("/") else f" {after}"


def background(case: Case) -> Iterator[Line]:
    """The lines of the background: those of the rules file by how long they stay, then all other answers."""
    rows: list[SheetLine | SheetRun] = [*case.rows.line, *case.rows.run]
    for row in sorted(rows, key=lambda row: -row.keep):
        text = sentence(case, row.part) if isinstance(row, SheetLine) else _run(case, row)
        if text:
            yield Line(row.label, text, row.keep)
    yield from _own(case)
    text = "; ".join(_others(case))
    if text:
        yield Line(_("Other answers"), text, case.rows.keep.other)


def _run(case: Case, run: SheetRun) -> str:
    """Yes-or-no questions together, by what was said. An unanswered one is in none of them."""
    said: dict[str, list[str]] = {"yes": [], "not_sure": [], "no": []}
    for one in run.items:
        value = case.answer(one.item)
        if value in said:
            said[str(value)].append(one.words)
        elif value is not None and value != "not_applicable":
            said["yes"].append(f"{one.words} ({case.words(one.item)})")
    labels = {"yes": _("Yes: %s"), "not_sure": _("Not sure: %s"), "no": _("No: %s")}
    return ". ".join(labels[kind] % ", ".join(words) for kind, words in said.items() if words)


def _own(case: Case) -> Iterator[Line]:
    """Activities and notes in the person's own words, which the page can do without if it must."""
    items = case.rulebook.questionnaire.items
    for goal in case.rows.goal:
        words, score = case.answer(goal.item), case.words(goal.score)
        if words is not None:
            label = items[goal.item].clinical or items[goal.item].short
            yield Line(
                f"{label} ({score}/10)" if score else label, str(words), case.rows.keep.goals, own=True
            )
    for note in case.rows.own_notes:
        if case.answer(note) is not None:
            label = items[note].clinical or items[note].short
            yield Line(label, str(case.answer(note)), case.rows.keep.own, own=True)


def _told(case: Case) -> frozenset[str | None]:
    """The questions that have a place of their own on the sheet."""
    rows, file = case.rows, case.rulebook.file
    sided = case.rulebook.questionnaire.sided
    tests = (item for test in file.home_test for item in test.items)
    return frozenset(
        {rows.age, rows.sex, rows.filled_by, rows.sites, rows.duration, *rows.own_words, *rows.own_notes}
        | {name for goal in rows.goal for name in (goal.item, goal.score)}
        | {part.item for part in rows.situation}
        | {part.item for line in rows.line for part in line.part}
        | {one.item for run in rows.run for one in run.items}
        | {twin for item in tests for twin in sided.get(item, (item,))}
        | {flag.id for flag in file.red_flag}
        | {file.journey.stopped_item, *rows.unsaid, *file.triage.private_items}
    )  # fmt: skip


def _others(case: Case) -> Iterator[str]:
    """Every answer without a place of its own, those left out that only say that nothing was wrong."""
    told = _told(case)
    for name, value in case.assessment.answers.values.items():
        item = case.rulebook.questionnaire.items[name]
        if name not in told and value != item.benign and item.kind is not Kind.TEXT:
            unit = f" {item.unit}" if item.unit else ""
            yield f"{case.say(item.clinical or item.short)}: {case.words(name)}{unit}"


def tests(case: Case) -> Iterator[Line]:
    """Each home test that was done: per side what came out, then cut-off and measurement error."""
    for test in case.rulebook.file.home_test:
        found = "; ".join(_sides(case, test))
        if found:
            limits = ((_("cut-off %s"), test.sheet_cut_off), (_("error %s"), test.sheet_error))
            said = "; ".join((found, *(words % limit for words, limit in limits if limit)))
            yield Line(test.sheet_name or test.name, said, case.rows.keep.tests)
    stopped = case.words(case.rulebook.file.journey.stopped_item)
    if stopped:
        yield Line(_("Stopped, pain or other reason"), stopped, case.rows.keep.tests)


def _sides(case: Case, test: HomeTest) -> Iterator[str]:
    sided = case.rulebook.questionnaire.sided
    letters = {"left": _("L"), "right": _("R")}
    for index, side in enumerate(SIDES):
        items = (sided[item][index] for item in test.items if item in sided)
        found = ", ".join(_results(case, items))
        if found:
            yield f"{letters[side]} {found}"
    plain = ", ".join(_results(case, (item for item in test.items if item not in sided)))
    if plain:
        yield plain


def _results(case: Case, items: Iterable[str]) -> Iterator[str]:
    for name in items:
        words = case.words(name)
        if words:
            item = case.rulebook.questionnaire.items[name]
            detail = (item.clinical or "").partition(": ")[2].partition(" (")[0]
            unit = f" {item.unit}" if item.unit else ""
            yield f"{detail} {words}{unit}".strip()
