"""Which patterns are told of together, and by which names then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.assessment.model import PatternResult
from selfcheck.assessment.scoring import AT_LEAST
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Together


def applying(rulebook: Rulebook, shown: Iterable[PatternResult]) -> Iterator[Together]:
    """The rules whose patterns are all shown and fit as well as they ask, on one side where they ask for that."""
    found = {result.pattern.id: result for result in shown}
    for rule in rulebook.file.scoring.together:
        results = [found[name] for name in rule.patterns if name in found]
        fitting = AT_LEAST[rule.at_least]
        if len(results) < len(rule.patterns) or not all(result.status in fitting for result in results):
            continue
        sides = [{one.side for one in result.sides if one.status in fitting} for result in results]
        if not rule.same_side or set.intersection(*sides):
            yield rule


def clinician_names(rulebook: Rulebook, shown: Iterable[PatternResult]) -> dict[str, str]:
    """What patterns that are shown are called on the sheet, by id."""
    results = list(shown)
    names = {result.pattern.id: result.pattern.clinician_name for result in results}
    for rule in applying(rulebook, results):
        names |= rule.clinician_names
    return names
