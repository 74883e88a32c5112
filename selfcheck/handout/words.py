"""Answers and doses as a person reads them."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

from selfcheck.answers import Answer
from selfcheck.questionnaire import Item
from selfcheck.rulebook.conditions import Value
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.programme import Dose


def answer_words(item: Item, value: Answer | Value, rulebook: Rulebook) -> str:
    """An answer as the person chose it."""
    options = rulebook.questionnaire.items[item.among].options if item.among else item.options
    if isinstance(value, tuple | frozenset):
        ticked = [option.label for name, option in options.items() if name in value]
        return ", ".join(ticked) or _("None of these")
    if isinstance(value, str):
        return options[value].label if value in options else value
    return f"{value:g} {item.unit}" if item.unit else f"{value:g}"


def dose_words(dose: Dose) -> str:
    """A dose as a person reads it."""
    parts = []
    if dose.hold_seconds > 1:
        parts.append(_("hold %(n)s seconds") % {"n": dose.hold_seconds})
    parts.append(ngettext("%(n)s time", "%(n)s times", dose.reps) % {"n": dose.reps})
    if dose.sets > 1:
        parts.append(ngettext("%(n)s set", "%(n)s sets", dose.sets) % {"n": dose.sets})
    if dose.each_side:
        parts.append(_("each side"))
    days = dose.days_per_week
    every_day = 7
    parts.append(
        _("every day")
        if days == every_day
        else ngettext("%(n)s day a week", "%(n)s days a week", days) % {"n": days}
    )
    return ", ".join(parts)
