"""A handout as plain text, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.handout.model import Handout, Picture, PlanWords
from selfcheck.rulebook.catalogue import gettext as _


def to_text(sheet: Handout) -> str:
    """The whole handout as text, a paragraph per block."""
    return "\n".join(_lines(sheet))


def _lines(sheet: Handout) -> Iterator[str]:
    yield sheet.heading.upper()
    yield from (line for line in (sheet.instruction, sheet.lead, sheet.crisis, sheet.crisis_unasked) if line)
    if sheet.reached:
        yield _("What you have answered so far means already: %s") % sheet.reached
    if sheet.when:
        yield _("When: %s") % sheet.when
    if sheet.who:
        yield _("Who: %s") % sheet.who
    yield from _block(_("Because you told us"), (f"{said.question}: {said.answer}" for said in sheet.because))
    yield from _block(_("Please answer"), (said.question for said in sheet.missing))
    yield from _block(_("What to do"), (*sheet.meanwhile, *(text for _id, text in sheet.advice)))
    yield from _block(_("You have not answered these yet"), (said.question for said in sheet.left_open))
    for net in sheet.safety_net:
        yield from _block(net.act, net.signs)
    if sheet.plan is not None:
        yield from _plan(sheet.plan)
    if sheet.nothing_fits:
        yield from ("", sheet.nothing_fits_said)
    for picture in sheet.pictures:
        yield from _picture(picture)
    yield from _block(_("What else your answers fit with"), sheet.more_patterns)
    yield from _block(
        _("In your own words"), tuple(f"{said.question}: {said.answer}" for said in sheet.own_words)
    )
    for group in sheet.flags:
        lines = (f"{line.mark}  {line.label} {line.answer}{line.remark}".rstrip() for line in group.lines)
        yield from _block(group.label, lines)
    yield ""
    yield from (*sheet.small_print, *sheet.notices, sheet.version)


def _block(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield title
        yield from (f"- {line}" for line in found)


def _plan(plan: PlanWords) -> Iterator[str]:
    yield ""
    yield _("Your plan: about %d minutes") % plan.minutes
    yield from (line for line in (plan.few, *plan.session) if line)
    for name, moves in plan.slots:
        yield from _block(name, tuple(f"{move.name}: {move.dose}. {' '.join(move.steps)}" for move in moves))
    yield from _block(
        _("Every day"), tuple(f"{habit.name}: {' '.join(habit.steps)}" for habit in plan.habits)
    )
    yield from _block(_("Left out"), plan.withheld)
    yield from _block(_("Stop rules"), plan.stops)


def _picture(picture: Picture) -> Iterator[str]:
    yield ""
    yield f"{picture.fits}: {picture.name}" + (f" ({picture.sides})" if picture.sides else "")
    yield from (*picture.together, *(f"- {name}" for name in picture.members))
    yield from _block(_("It fits because"), picture.supports)
    yield from _block(_("Against it"), picture.limits)
    yield _("What else it could be: %s") % picture.differential
    yield _("How good the science is: %s") % picture.grade
    for other in picture.beside:
        yield from _picture(other)
