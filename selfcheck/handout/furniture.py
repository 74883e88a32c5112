"""What stands on paper between the words of a result: titles, headings of tables, blanks to fill in."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from selfcheck.rulebook.catalogue import gettext as _


class Furniture(Struct, frozen=True):
    """Titles and labels of the printed pages, in the order in which they stand there."""

    when: str
    who: str
    because: str
    missing: str
    left_open: str
    todo: str
    net: str
    plan: str
    session: str
    habits: str
    ticks: str
    exercise: str
    week: str
    lights: str
    light: str
    while_moving: str
    next_morning: str
    act: str
    weeks: str
    mobility: str
    stretch: str
    strength: str
    walking: str
    stops: str
    rechecks: str
    left_out: str
    forms: str
    feel: str
    stop_if: str
    help: str
    own: str
    patterns: str
    more_patterns: str
    supports: str
    limits: str
    differential: str
    science: str
    next_test: str
    sharper: str
    reported: str
    for_staff: str
    blanks: tuple[str, ...]
    flags: str


@cache
def furniture() -> Furniture:
    """The titles and labels in the language of the page."""
    return Furniture(
        when=_("When:"),
        who=_("Who:"),
        because=_("Because you told us"),
        missing=_("Please answer these questions"),
        left_open=_("You have not answered these yet"),
        todo=_("What to do"),
        net=_("Safety list"),
        plan=_("Your plan"),
        session=_("How to do a session"),
        habits=_("Habits"),
        ticks=_("Tick off each time you did it, for six weeks"),
        exercise=_("Exercise"),
        week=_("Week"),
        lights=_("Traffic light for pain"),
        light=_("Light"),
        while_moving=_("While you move"),
        next_morning=_("Next morning"),
        act=_("What to do"),
        weeks=_("Week by week"),
        mobility=_("Mobility"),
        stretch=_("Stretch"),
        strength=_("Strength"),
        walking=_("Walking"),
        stops=_("When to stop"),
        rechecks=_("Look again"),
        left_out=_("Left out for you"),
        forms=_("Easier, harder and other ways"),
        feel=_("You should feel:"),
        stop_if=_("Also stop if:"),
        help=_("How to get help"),
        own=_("In your own words"),
        patterns=_("What your answers fit with: descriptions, not causes and not a diagnosis"),
        more_patterns=_("What else your answers fit with"),
        supports=_("It fits because:"),
        limits=_("Against it:"),
        differential=_("What else it could be:"),
        science=_("How good the science is:"),
        next_test=_("A home test that would tell more:"),
        sharper=_("What would sharpen the result"),
        reported=_("What was reported, and when it began"),
        for_staff=_("For ambulance and emergency department staff"),
        blanks=(_("Name"), _("Date of birth"), _("Medicines"), _("Allergies"), _("Last meal")),
        flags=_("All warning signs, as answered"),
    )
