"""What stands on paper between the words of a result: titles, headings of tables, blanks to fill in."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from selfcheck.rulebook.catalogue import gettext
from selfcheck.rulebook.catalogue import marked as _


class Furniture(Struct, frozen=True):
    """Titles and labels of the printed pages, in the order in which they stand there."""

    when: str = _("When:")
    who: str = _("Who:")
    because: str = _("Because you told us")
    missing: str = _("Please answer these questions")
    left_open: str = _("You have not answered these yet")
    todo: str = _("What to do")
    net: str = _("Safety list")
    plan: str = _("Your plan")
    session: str = _("How to do a session")
    habits: str = _("Habits")
    ticks: str = _("Tick off each time you did it, for six weeks")
    exercise: str = _("Exercise")
    week: str = _("Week")
    lights: str = _("Traffic light for pain")
    light: str = _("Light")
    while_moving: str = _("While you move")
    next_morning: str = _("Next morning")
    act: str = _("What to do")
    weeks: str = _("Week by week")
    mobility: str = _("Mobility")
    stretch: str = _("Stretch")
    strength: str = _("Strength")
    walking: str = _("Walking")
    stops: str = _("When to stop")
    rechecks: str = _("Look again")
    left_out: str = _("Left out for you")
    forms: str = _("Easier, harder and other ways")
    feel: str = _("You should feel:")
    stop_if: str = _("Also stop if:")
    help: str = _("How to get help")
    own: str = _("In your own words")
    patterns: str = _("What your answers fit with: descriptions, not causes and not a diagnosis")
    more_patterns: str = _("What else your answers fit with")
    supports: str = _("It fits because:")
    limits: str = _("Against it:")
    differential: str = _("What else it could be:")
    science: str = _("How good the science is:")
    next_test: str = _("A home test that would tell more:")
    sharper: str = _("What would sharpen the result")
    reported: str = _("What was reported, and when it began")
    for_staff: str = _("For ambulance and emergency department staff")
    blanks: tuple[str, ...] = (_("Name"), _("Date of birth"), _("Medicines"), _("Allergies"), _("Last meal"))
    flags: str = _("All warning signs, as answered")


@cache
def furniture() -> Furniture:
    """The titles and labels in the language of the page."""
    said: dict[str, Any] = {
        name: tuple(map(gettext, text)) if isinstance(text, tuple) else gettext(text)
        for name, text in asdict(Furniture()).items()
    }
    return Furniture(**said)
