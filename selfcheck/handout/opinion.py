"""What the tool made of the answers and told the person, as lines of the clinician's sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfcheck.assessment.model import PatternResult, PlannedExercise, Point, Withheld
from selfcheck.assessment.scoring import FITTING
from selfcheck.handout.case import Case
from selfcheck.handout.sheet_model import Line
from selfcheck.handout.together import clinician_names
from selfcheck.handout.words import short_dose_words
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.parts.patterns import Status

SIDE_LETTERS = {"left": "L", "right": "R"}


def reading_lines(case: Case) -> Iterator[Line]:
    """At most a few patterns that the person was shown, or that none fits; before them what rules note for whoever
    treats the person.
    """
    for one in case.assessment.advice:
        if one.for_clinician:
            yield Line(_("Note"), case.say(one.text), case.rows.keep.reading)
    if not case.assessment.triage.disposition.patterns_shown:
        yield Line("", _("Patterns are left out at this level of urgency."), case.rows.keep.reading)
        return
    shown = [result for result in case.assessment.shown_patterns if result.pattern.kind != "fallback"]
    if not shown:
        yield Line("", _("No pattern fits."))
    names = clinician_names(case.rulebook, shown)
    for result in shown[: case.rows.most_patterns]:
        name = f"{names[result.pattern.id]} {sides_said(result, SIDE_LETTERS, '+')}".rstrip()
        yield Line(name, _pattern(case, result), case.rows.keep.reading)
    tests = case.rulebook.home_tests
    sharper = [
        f"{miss.pattern.clinician_name}: {', '.join(tests[need].sheet_name or tests[need].name for need in miss.needs)}"
        for miss in case.assessment.near_misses
    ]
    if sharper:
        yield Line(_("Would sharpen it"), "; ".join(sharper), case.rows.keep.sharper)


def sides_said(result: PatternResult, names: Mapping[str, str], together: str) -> str:
    """The sides on which a pattern fits as well as it is said to, and after them one on which it may fit."""
    fitting = [(names[one.side], one.status) for one in result.sides if one.side and one.status in FITTING]
    alike = together.join(name for name, status in fitting if status is result.status)
    less = [_("%s: may fit") % name for name, status in fitting if status is not result.status]
    return "; ".join((alike, *less) if alike else less)


def _pattern(case: Case, result: PatternResult) -> str:
    pattern = result.pattern
    fits = _("fits well") if result.status is Status.LIKELY else _("may fit")
    parts = (
        [_("%(score)s of %(needed)s") % {"score": result.score, "needed": pattern.likely}]
        if pattern.likely
        else []
    )
    parts.append(fits)
    supports, limits = _reasons(case, result.supports), _reasons(case, result.limits)
    if supports:
        parts.append(_("for: %s") % supports)
    parts.append(_("against: %s") % (limits or _("nothing answered")))
    parts.append(_("evidence %s") % pattern.evidence.grade)
    return "; ".join((*parts, pattern.id))


def _reasons(case: Case, points: tuple[Point, ...]) -> str:
    strongest = sorted(points, key=lambda point: -abs(point.item.points))[: case.rows.most_reasons]
    return ", ".join(case.rulebook.findings[point.item.finding].label for point in strongest)


def told_lines(case: Case, shown: tuple[str, ...]) -> Iterator[Line]:
    """The very words shown first; then the rules that set the level, exercises, what was left out, dates."""
    yield Line("", " ".join(f"“{words}”" for words in shown))
    yield from _set_by(case)
    plan = case.assessment.plan
    slots = (
        (_("Mobility"), plan.mobility), (_("Stretches"), plan.stretch), (_("Strength"), plan.strength),
        (_("Extras"), plan.extras), (_("Self-massage"), plan.massage), (_("Habits"), plan.habits),
    )  # fmt: skip
    for label, moves in slots:
        if moves:
            yield Line(label, "; ".join(map(_exercise, moves)), case.rows.keep.exercises)
    if plan.withheld:
        yield Line(_("Withheld"), "; ".join(_withheld(case)), case.rows.keep.withheld)
    if case.rechecks:
        yield Line(_("Re-check"), ", ".join(case.rechecks))


def _set_by(case: Case) -> Iterator[Line]:
    decided, most = list(_deciding(case)), case.rows.most_rules
    more = [_("%s more") % (len(decided) - most)] if len(decided) > most else []
    if decided:
        yield Line(_("Set by"), ", ".join((*decided[:most], *more)), case.rows.keep.set_by)


def _deciding(case: Case) -> Iterator[str]:
    """The ids of the rules that gave the level."""
    triage = case.assessment.triage
    private = case.rulebook.file.triage.private_items
    yield from (
        one.flag.id for one in triage.flags if one.disposition is triage.level and one.flag.id not in private
    )
    yield from (one.cluster.id for one in triage.clusters if one.disposition is triage.level)
    yield from (one.caution.id for one in triage.cautions if one.floor is triage.level)


def _exercise(planned: PlannedExercise) -> str:
    dose = planned.words or (short_dose_words(planned.dose) if planned.dose else "")
    return f"{planned.exercise.name} ({dose})" if dose else planned.exercise.name


def _withheld(case: Case) -> Iterator[str]:
    """The names of the exercises by the reason for which they were left out."""
    grouped: dict[str, list[str]] = {}
    for one in case.assessment.plan.withheld:
        grouped.setdefault(_why(case, one), []).append(one.exercise.name)
    for why, names in grouped.items():
        yield f"{', '.join(names)} ({why})"


def _why(case: Case, one: Withheld) -> str:
    if one.needs:
        items = case.rulebook.questionnaire.items
        return _("not answered: %s") % ", ".join(items[need].short for need in one.needs)
    cautions = (case.rulebook.cautions[caution].label for caution in one.cautions)
    return ", ".join(dict.fromkeys(cautions))
