"""Answers and doses as a person reads them."""

from __future__ import annotations

from selfcheck.answers import Answer
from selfcheck.questionnaire import Item, Option
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.catalogue import ngettext
from selfcheck.rulebook.conditions import Value
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.programme import Dose


def answer_words(item: Item, value: Answer | Value, rulebook: Rulebook) -> str:
    """An answer as the person chose it."""
    options = rulebook.questionnaire.options[item.among or item.id]
    if isinstance(value, tuple | frozenset):
        ticked = [option.label for name, option in options.items() if name in value]
        return ", ".join(ticked) or _("None of these")
    if isinstance(value, str):
        return options[value].label if value in options else value
    return f"{value:g} {item.unit}" if item.unit else f"{value:g}"


def clinical_words(item: Item, value: Answer | Value, rulebook: Rulebook, at_most: int | None = None) -> str:
    """An answer in the words of the clinician's sheet. Of several ticks ``at_most`` are named."""
    options = rulebook.questionnaire.options[item.among or item.id]
    if isinstance(value, tuple | frozenset):
        ticked = [_clinical(option) for name, option in options.items() if name in value]
        left = len(ticked) - at_most if at_most else 0
        if left > 0:
            more = ngettext("%(n)s more", "%(n)s more", left) % {"n": left}
            ticked = [*ticked[:at_most], more]
        return "; ".join(ticked) if any("," in words for words in ticked) else ", ".join(ticked)
    if isinstance(value, str):
        return _clinical(options[value]) if value in options else value
    return f"{value:g}"


def _clinical(option: Option) -> str:
    """An option inside a sentence: its clinical words, or the person's without the capital."""
    if option.clinical:
        return option.clinical
    if option.id == "none":
        return _("none")
    words = option.label
    is_name = words[1:2].isupper() or words.startswith("I ")
    return words if is_name else words[:1].lower() + words[1:]


def short_dose_words(dose: Dose) -> str:
    """A dose as a clinician reads it."""
    parts = [_("%(n)s s") % {"n": dose.hold_seconds}] if dose.hold_seconds > 1 else []
    parts.append(_("%(sets)s x %(reps)s") % {"sets": dose.sets, "reps": dose.reps})
    if dose.each_side:
        parts.append(_("each side"))
    parts.append(_("%(n)s/week") % {"n": dose.days_per_week})
    return ", ".join(parts)


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
