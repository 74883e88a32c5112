"""How a pattern fits to FHIRPath: points of findings, capped by group, against the pattern's thresholds.

The statuses are those of a pattern by itself, before patterns are weighed against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.assessment.score_sheets import Sheet, keys_of, sheets_of
from selfcheck.handout.fhir.conditions import fhirpath, holds, name
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem

AGAINST = "against"


def fitting(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """For every pattern its points by side and group, and when it is possible and likely; always known."""
    sheets = sheets_of(rulebook)
    for pattern in rulebook.file.pattern:
        places = sheets.of_pattern.get(pattern.id)
        if places is None:
            yield from _ruled(rulebook, pattern)
            continue
        found = [_scored(rulebook, sheets.sheets[place]) for place in places]
        for points, _, _ in found:
            yield from points
        yield name("possible", pattern.id), _any(f"({possible})" for _, possible, _ in found)
        yield name("likely", pattern.id), _any(f"({likely})" for _, _, likely in found)


def _any(parts: Iterable[str]) -> str:
    return " or ".join(parts) or "false"


def _true(condition: Condition | None, rulebook: Rulebook, *, default: bool) -> str:
    if condition is None:
        return str(default).lower()
    return f"iif({fhirpath(rulebook, condition.node)}, true, false)"


def _ruled(rulebook: Rulebook, pattern: Pattern) -> Iterator[tuple[str, str]]:
    """A pattern that has conditions in place of points."""
    applies = _true(pattern.applies_when, rulebook, default=True)
    likely = _true(pattern.likely_when, rulebook, default=False)
    possible = _true(pattern.possible_when, rulebook, default=False)
    yield name("likely", pattern.id), f"{applies} and {likely}"
    yield name("possible", pattern.id), f"{applies} and ({likely} or {possible})"


def _scored(rulebook: Rulebook, sheet: Sheet) -> tuple[list[tuple[str, str]], str, str]:
    """The points of one side by group, and when they make the pattern possible and likely."""
    pattern, settings = sheet.pattern, rulebook.file.scoring
    stem = ("points", pattern.id, *([sheet.side] if sheet.side else []))
    texts = {group: _points(rulebook, sheet, group) for group in (*settings.most_points, AGAINST)}
    points = [(name(*stem, group), text) for group, text in texts.items() if text]
    names = {group: f"%{name(*stem, group)}" for group, text in texts.items() if text}
    total = [
        names[group] if group == AGAINST else f"iif({names[group]} > {most}, {most}, {names[group]})"
        for group, most in (*settings.most_points.items(), (AGAINST, 0))
        if group in names
    ]
    groups = [f"iif({each} > 0, 1, 0)" for group, each in names.items() if group != AGAINST]
    if pattern.possible is None or not groups:
        return points, "false", "false"
    needed = [
        f"{' + '.join(groups)} >= {settings.groups_needed}",
        f"{' + '.join(total)} >= {pattern.possible}",
        *(_met(keys) for keys in (sheet.gate, sheet.hallmark) if keys),
    ]
    possible = " and ".join(needed)
    if pattern.likely is None:
        return points, possible, "false"
    tested = [_met(sheet.test_list)] if sheet.test_list else []
    return points, possible, " and ".join([*needed, f"{' + '.join(total)} >= {pattern.likely}", *tested])


def _met(keys: Iterable[str]) -> str:
    """Whether any of some findings is true."""
    return f"iif({_any(holds(key) for key in sorted(keys))}, true, false)"


def _points(rulebook: Rulebook, sheet: Sheet, group: str) -> str:
    """The points of a group: of the items of a family only the highest that holds counts."""
    families: dict[str, list[PatternItem]] = {}
    for item in sheet.pattern.item:
        families.setdefault(item.family or item.finding, []).append(item)
    terms = (_family(rulebook, sheet, items, group) for items in families.values())
    return " + ".join(term for term in terms if term)


def _family(rulebook: Rulebook, sheet: Sheet, items: list[PatternItem], group: str) -> str:
    ordered = sorted(items, key=lambda item: -item.points)
    if not any(_weight(item, group) for item in ordered):
        return ""
    text = "0"
    for item in reversed(ordered):
        found = _any(holds(key) for key in keys_of(rulebook, item.finding, sheet.side))
        text = f"iif({found}, {_weight(item, group)}, {text})"
    return text


def _weight(item: PatternItem, group: str) -> int:
    """What an item adds to a group; what speaks against a pattern stands apart, without a cap."""
    if item.points <= 0:
        return item.points if group == AGAINST else 0
    return item.points if item.group == group else 0
