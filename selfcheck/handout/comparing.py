"""Two assessments of one person, then and now, to rows that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from selfcheck.answers import Answer, is_number
from selfcheck.assessment.model import Assessment
from selfcheck.handout.words import answer_words
from selfcheck.questionnaire import Item
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Compared, Region


class Row(Struct, frozen=True):
    """One thing then and now, empty where it was not answered. ``counts`` marks a change that is larger
    than what measuring alone can make.
    """

    label: str
    then: str
    now: str
    change: str
    counts: bool = False


class Rows(Struct, frozen=True):
    """Rows under one title, with what has to be said about them."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


def comparison(rulebook: Rulebook, region: Region, then: Assessment, now: Assessment) -> tuple[Rows, ...]:
    """The result first, then everything that the rules list and that was answered at least once."""
    found = [Rows(_("Result"), (_result(region, then, now),))]
    for title, entries in _titled(rulebook).items():
        rows = tuple(row for entry in entries for row in _rows(rulebook, entry, then, now))
        if rows:
            found.append(Rows(title, rows, region.say(next((one.note for one in entries if one.note), ""))))
    return tuple(found)


def _result(region: Region, then: Assessment, now: Assessment) -> Row:
    before, after = (region.say(one.triage.disposition.heading) for one in (then, now))
    return Row(_("What to do"), before, after, _("the same") if before == after else _("changed"))


def _titled(rulebook: Rulebook) -> dict[str, list[Compared]]:
    """The entries of the rules by title: their own, or that of the page of their first item."""
    questionnaire, found = rulebook.questionnaire, dict[str, list[Compared]]()
    for entry in rulebook.file.compared:
        first = next(_stored(rulebook, entry.items[0]))
        title = entry.title or questionnaire.sections[first.section].title
        found.setdefault(title, []).append(entry)
    return found


def _stored(rulebook: Rulebook, name: str) -> Iterator[Item]:
    """The items under which the answers to a name are stored: two, if it has sides."""
    questionnaire = rulebook.questionnaire
    return (questionnaire.items[one] for one in questionnaire.sided.get(name, (name,)))


def _rows(rulebook: Rulebook, entry: Compared, then: Assessment, now: Assessment) -> Iterator[Row]:
    for item in (item for name in entry.items for item in _stored(rulebook, name)):
        before, after = (one.answers.values.get(item.id) for one in (then, now))
        if before is None and after is None:
            continue
        change, counts = _change(entry, before, after)
        label = item.short[:1].upper() + item.short[1:]
        yield Row(label, _words(rulebook, item, before), _words(rulebook, item, after), change, counts)


def _words(rulebook: Rulebook, item: Item, value: Answer | None) -> str:
    return "" if value is None else answer_words(item, value, rulebook)


def _change(entry: Compared, before: Answer | None, after: Answer | None) -> tuple[str, bool]:
    """How much it changed, and whether that is more than measuring alone can make."""
    if before is None or after is None:
        return "", False
    if not is_number(before) or not is_number(after):
        return (_("the same") if before == after else _("changed")), False
    if before == after:
        return _("the same"), False
    size = round(abs(after - before), 3)
    words = (_("%(n)s less") if after < before else _("%(n)s more")) % {"n": f"{size:g}"}
    counts = _counts(entry, before, after - before)
    return (f"{words}: {entry.counts_words}" if counts and entry.counts_words else words), counts


def _counts(entry: Compared, before: float, difference: float) -> bool:
    size, share = round(abs(difference), 3), 100 * abs(difference) / abs(before) if before else 0
    percents = [entry.counts_from_percent, entry.less_from_percent if difference < 0 else None]
    return (entry.counts_from is not None and size >= entry.counts_from) or any(
        percent is not None and share >= percent for percent in percents
    )
