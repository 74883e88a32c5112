"""A comparison of two rulebooks to a report: counts, and people in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from selfcheck.authoring.changes import EntryChange
from selfcheck.authoring.comparing import PARTS, Comparison, Difference, Part, moved, shortest
from selfcheck.authoring.people import Raw, harmless
from selfcheck.handout.words import answer_words
from selfcheck.rulebook.model import Rulebook

EXAMPLES = 3
MOST_KINDS = 8
MOST_TRIED = 12
MOST_VALUES = 6
TITLES = {"disposition": "Disposition", "patterns": "Patterns", "plan": "Plan"}


def report(found: Comparison, old_name: str, new_name: str) -> Iterator[str]:
    """The lines of the report."""
    old, new = found.old, found.new
    yield f"{old_name} ({old.fingerprint}) -> {new_name} ({new.fingerprint})"
    yield f"Entries that differ: {len(found.changes) or 'none'}"
    for entry in found.changes:
        yield from _entry(entry)
    yield f"People compared: {found.tried}. All their other answers are harmless; {_harmless(new)}."
    for unmet in found.unmet:
        yield f"{unmet.table} {unmet.id} holds for none of them: what it does is not seen here."
    for part in PARTS:
        differing = found.of(part)
        share = f" ({100 * len(differing) / found.tried:.1f} %)" if differing else ""
        yield ""
        yield f"{TITLES[part]}: changes for {len(differing) or 'nobody'}{share}"
        kinds: Counter[str] = Counter(kind for one in differing for kind in _kinds(one, part))
        yield from (f"  {kind}: {count}" for kind, count in kinds.most_common(MOST_KINDS))
        if len(kinds) > MOST_KINDS:
            yield f"  and {len(kinds) - MOST_KINDS} more"
        for number, (told, change) in enumerate(_examples(old, new, differing, part), 1):
            yield f"  {number}. Somebody who says: {told}"
            yield f"     {change}"


def _entry(entry: EntryChange) -> Iterator[str]:
    """A changed entry with its values, as they were and as they are."""
    yield f"  {entry}"
    yield from (f"    {place}: {before} -> {after}" for place, before, after in entry.values[:MOST_VALUES])
    if len(entry.values) > MOST_VALUES:
        yield f"    and {len(entry.values) - MOST_VALUES} more"


def _harmless(rulebook: Rulebook) -> str:
    plain, items = harmless(rulebook), rulebook.questionnaire.items
    told = [name for name in plain.values if items[name].benign is None]
    return _told(rulebook, {name: plain.values[name] for name in told[:4]})


def _kinds(one: Difference, part: Part) -> tuple[str, ...]:
    """How the results differ, in the ids of the rules."""
    match part:
        case "disposition":
            return (
                f"{_level(one.old.disposition, one.old.level)} -> {_level(one.new.disposition, one.new.level)}",
            )
        case "patterns":
            return tuple(f"{name}: {before} -> {after}" for name, before, after in moved(one))
    gone = [f"-{name}" for name in one.old.plan if name not in one.new.plan]
    more = [f"+{name}" for name in one.new.plan if name not in one.old.plan]
    return (*gone, *more) or ("order only",)


def _level(disposition: str, level: str) -> str:
    return disposition if disposition == level else f"{disposition} (at least {level})"


def _examples(
    old: Rulebook, new: Rulebook, differing: tuple[Difference, ...], part: Part
) -> Iterator[tuple[str, str]]:
    """A few people in words, with what changes for them; as unlike as there are: first one for each kind of
    difference, the most frequent first.
    """
    counts: Counter[tuple[str, ...]] = Counter(_kinds(one, part) for one in differing)
    first = {
        kinds: next(one for one in differing if _kinds(one, part) == kinds)
        for kinds, _ in counts.most_common(EXAMPLES)
    }
    rest = (one for one in differing if all(one is not other for other in first.values()))
    told: dict[str, str] = {}
    for one in islice((*first.values(), *rest), MOST_TRIED):
        if len(told) < EXAMPLES:
            short, answers = shortest(old, new, one, part)
            told.setdefault(_told(new, answers), _first(_kinds(short, part)))
    yield from told.items()


def _told(rulebook: Rulebook, answers: Raw) -> str:
    """The answers that are out of the ordinary, as the person gave them."""
    items = rulebook.questionnaire.items
    said = (
        f"{items[name].short}: {answer_words(items[name], value, rulebook)}"
        for name, value in answers.items()
    )
    return "; ".join(said) or "nothing out of the ordinary"


def _first(kinds: tuple[str, ...]) -> str:
    more = f" and {len(kinds) - MOST_KINDS} more" if len(kinds) > MOST_KINDS else ""
    return "; ".join(kinds[:MOST_KINDS]) + more
