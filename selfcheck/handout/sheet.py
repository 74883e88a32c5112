"""One case to the clinician's sheet: history first, absent findings printed, the tool's opinion last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from selfcheck.figures.body_map import MapWords, body_map
from selfcheck.handout.background import background, sentence, tests
from selfcheck.handout.case import Case
from selfcheck.handout.flags import STAR
from selfcheck.handout.opinion import reading_lines, told_lines
from selfcheck.handout.sheet_model import (
    NO,
    NOT_ASKED,
    UNSURE,
    YES,
    Block,
    Chart,
    FlagGroupLines,
    FlagLine,
    Foot,
    Line,
    Place,
    Sheet,
)
from selfcheck.handout.words import clinical_words
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.catalogue import ngettext


def clinician_sheet(
    case: Case, flags: tuple[FlagGroupLines, ...], shown: tuple[str, ...], notices: tuple[str, ...]
) -> Sheet:
    """The whole sheet. ``shown`` is the result in the very words that the person was shown."""
    marked = [line for group in flags for line in group.lines]
    situation = sentence(case, case.rows.situation)
    return _in_order(
        Sheet(
            title=_("For the person treating you: patient-completed self-check"),
            notices=notices,
            facts=tuple(_facts(case)),
            blanks=(_("Name"), _("Date of birth")),
            situation_title=_("Situation"),
            situation=f"{situation[:1].upper()}{situation[1:]}." if situation else _("Not described."),
            flags_title=_("Red flags"),
            verdict=_verdict(marked),
            alarm=any(line.mark in {YES, UNSURE} for line in marked),
            reported=tuple(_reported(case, marked)),
            key=_("Y yes, N no, ? not sure, - not asked, -* not answered. All self-reported."),
            flags=flags,
            own_words=Block("own", _("Own words"), "", tuple(_own_words(case))),
            chart=_chart(case),
            background=Block("background", _("Background"), "", tuple(background(case))),
            tests=_tests(case),
            reading=Block(
                "reading", _("Tool's reading"), _("From rules, not a diagnosis."), tuple(reading_lines(case))
            ),
            told=Block("told", _("Told to patient"), "", tuple(told_lines(case, shown))),
            foot=_foot(case),
            more=_("More in the annex."),
            more_on_paper=_("More on the printed sheet."),
            annex=_("Annex to the sheet: what found no room on it"),
        )
    )


def _tests(case: Case) -> Block:
    done = tuple(tests(case))
    note = _("Self-measured at home.") if done else ""
    return Block("tests", _("Self-tests"), note, done or (Line("", _("None done.")),))


def _facts(case: Case) -> Iterator[str]:
    rows = case.rows
    if case.time:
        yield case.time
    if case.words(rows.filled_by):
        yield _("filled in by: %s") % case.words(rows.filled_by)
    age = case.answer(rows.age)
    if isinstance(age, int | float):
        yield _("age %s") % _band(age, rows.age_bands)
    sex = case.rulebook.questionnaire.items.get(rows.sex or "")
    if sex is not None and case.answer(rows.sex) not in {None, *sex.reserved, "prefer_not"}:
        yield case.words(rows.sex)
    yield from case.occasion.remarks
    if case.occasion.clinic:
        yield case.occasion.clinic


def _band(age: float, bands: tuple[int, ...]) -> str:
    """An age as its band: "35-44", below the first "under 18", from the last on "85 or over"."""
    below = [first for first in bands if first <= age]
    above = [first for first in bands if first > age]
    if not below:
        return _("under %s") % above[0] if above else f"{age:g}"
    return f"{below[-1]}-{above[0] - 1}" if above else _("%s or over") % below[-1]


def _verdict(marked: list[FlagLine]) -> str:
    count = {mark: sum(line.mark == mark for line in marked) for mark in (YES, UNSURE)}
    derived = sum(line.mark == NO and line.derived for line in marked)
    denied = sum(line.mark == NO for line in marked) - derived
    unanswered = sum(line.star == STAR for line in marked)
    not_asked = sum(line.mark == NOT_ASKED and not line.star for line in marked)
    parts = [ngettext("%(n)s reported", "%(n)s reported", count[YES]) % {"n": count[YES] or _("None")}]
    if count[UNSURE]:
        parts.append(_("%s not sure") % count[UNSURE])
    if denied:
        parts.append(_("%s denied") % denied)
    if derived:
        parts.append(_("%s not met") % derived)
    if unanswered:
        parts.append(_("%s not answered, so not ruled out") % unanswered)
    if not_asked:
        parts.append(_("%s not asked") % not_asked)
    return f"{', '.join(parts)}."


def _reported(case: Case, marked: list[FlagLine]) -> Iterator[Line]:
    keep = case.rows.keep
    for line in marked:
        if line.mark in {YES, UNSURE}:
            words = line.answer or (_("not sure") if line.mark == UNSURE else "")
            yield Line(line.short, words, keep.details)
    clusters = [one.cluster.label for one in case.assessment.triage.clusters if not one.cluster.explains_only]
    if clusters:
        yield Line(_("Raised together"), "; ".join(clusters), keep.clusters)


def _own_words(case: Case) -> Iterator[Line]:
    items = case.rulebook.questionnaire.items
    for name in case.rows.own_words:
        value = case.answer(name)
        if value is not None:
            label = (items[name].clinical or items[name].short).partition(" (")[0]
            yield Line(label, str(value), own=True)


def _chart(case: Case) -> Chart:
    items = case.rulebook.questionnaire.items
    sites = items.get(case.rows.sites or "")
    ticked = case.answer(case.rows.sites)
    chosen = ticked if isinstance(ticked, tuple) else ()
    numbers = {option: number for number, option in enumerate(sites.options if sites else (), 1)}
    places = tuple(
        Place(numbers[site], clinical_words(sites, (site,), case.rulebook)) for site in chosen if sites
    )
    said = _("Body outline, back and front. Marked: %s.") % (
        "; ".join(f"{place.number} {place.words}" for place in places) or _("nothing")
    )
    words = MapWords(
        back=_("Back"), front=_("Front"), left=_("Left"), right=_("Right"), label=said, figures=12
    )
    duration = items.get(case.rows.duration or "")
    steps = (
        tuple(clinical_words(duration, name, case.rulebook) for name in duration.options) if duration else ()
    )
    lasted = case.answer(case.rows.duration)
    reached = list(duration.options).index(str(lasted)) + 1 if duration and lasted else 0
    return Chart(
        title=_("Where, and since when"),
        drawing=body_map(chosen, numbers, words, name="sheet"),
        said=said,
        places=places,
        none=_("no place marked"),
        timeline=_("Onset to now: %s") % (case.words(case.rows.duration) or _("not answered")),
        steps=steps,
        reached=reached,
    )


def _foot(case: Case) -> Foot:
    occasion = case.occasion
    answered, asked = _counted(case)
    return Foot(
        verdict=_("Person treating: with the above I"),
        choices=(_("agree"), _("agree in part"), _("do not agree")),
        found=_("Found:"),
        answered=_("%(n)s of %(m)s questions answered") % {"n": answered, "m": asked},
        version=_("Rules %(version)s (%(fingerprint)s)")
        % {"version": case.rulebook.file.meta.version, "fingerprint": case.rulebook.fingerprint},
        code_title=_("Answers code") if occasion.code else "",
        code=occasion.code,
        qr=occasion.qr,
        qr_said=_("QR code of the answers code %s") % occasion.code if occasion.qr else "",
    )


def _counted(case: Case) -> tuple[int, int]:
    """How many questions were answered, of how many that were to be asked. Free texts do not count."""
    questionnaire, reading = case.rulebook.questionnaire, case.reading.strict
    optional = {*case.rulebook.file.journey.wishes, *case.rulebook.file.journey.on_request}
    said = case.assessment.answers.values
    answered = asked = 0
    for name, item in questionnaire.items.items():
        section = questionnaire.sections[item.section]
        page = case.rulebook.page_if.get(section.id)
        closed = bool(section.test) or section.id in optional or (page and page.holds(reading) is False)
        if item.kind is Kind.TEXT or (name not in said and (closed or not item.drawn)):
            continue
        answered += name in said
        asked += name in said or reading.is_asked(name)
    return answered, asked


def _in_order(sheet: Sheet) -> Sheet:
    """The same with an order of leaving in which no two lines have the same place."""
    blocks = {name: getattr(sheet, name).lines for name in ("background", "tests", "reading", "told")}
    movable = [
        (line.keep, -place, name, place)
        for name, lines in (("reported", sheet.reported), *blocks.items())
        for place, line in enumerate(lines)
        if line.keep
    ]
    order = {(name, place): n for n, (_keep, _at, name, place) in enumerate(sorted(movable), 1)}

    def numbered(name: str, lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(replace(line, keep=order.get((name, place), 0)) for place, line in enumerate(lines))

    changed = {
        name: replace(getattr(sheet, name), lines=numbered(name, lines)) for name, lines in blocks.items()
    }
    return replace(sheet, reported=numbered("reported", sheet.reported), **changed)
