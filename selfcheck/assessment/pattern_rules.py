"""What decides about patterns beside their points: conditions of their own, interactions, and the levels they give."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.guards import STATUS_OF, Guards, Ways, pattern_of
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Status
from selfcheck.rulebook.parts.safety import Disposition


class Ruled(Struct, frozen=True):
    """A pattern that has conditions in place of points."""

    id: str
    applies_when: Condition | None
    likely_when: Condition | None
    possible_when: Condition | None


class Floored(Struct, frozen=True):
    """A pattern with the least dispositions that its statuses give."""

    id: str
    floors: tuple[tuple[Status, Disposition], ...]


class Cap(Struct, frozen=True):
    """An interaction: when which patterns are lowered to what. Patterns that do not fit are left out of
    account where it lowers them no further. Of the ``causes``, if there are any, one has to fit.
    """

    id: str
    when: Condition
    causes: frozenset[str]
    patterns: frozenset[str]
    at_most: Status
    fitting_only: bool


class PatternRules(Struct, frozen=True):
    """The interactions in order, the place of each pattern in the file, the patterns without points by kind, and
    those that give a level, the most urgent first.
    """

    caps: tuple[Cap, ...]
    order: Mapping[str, int]
    rules: tuple[Ruled, ...]
    headings: tuple[Ruled, ...]
    fallbacks: tuple[Ruled, ...]
    floored: tuple[Floored, ...]

    def without_points(self, pattern: str) -> Ruled:
        """One of the patterns without points."""
        return next(one for one in (*self.rules, *self.headings, *self.fallbacks) if one.id == pattern)


@lru_cache(maxsize=8)
def pattern_rules(rulebook: Rulebook) -> PatternRules:
    """The layout of a rulebook's patterns, made once."""
    file, guards = rulebook.file, Guards(rulebook.conditions, rulebook.questionnaire.items)
    return PatternRules(
        caps=tuple(
            Cap(
                one.id,
                one.when,
                _causes(rulebook, guards.of(one.when.node)),
                frozenset(one.patterns),
                one.at_most,
                one.at_most is not Status.EXCLUDED,
            )
            for one in file.interaction
        ),
        order={pattern.id: place for place, pattern in enumerate(file.pattern)},
        rules=_without_points(file, "rule"),
        headings=_without_points(file, "heading"),
        fallbacks=_without_points(file, "fallback"),
        floored=_floored(rulebook),
    )


def _without_points(file: RulesFile, kind: str) -> tuple[Ruled, ...]:
    return tuple(
        Ruled(one.id, one.applies_when, one.likely_when, one.possible_when)
        for one in file.pattern
        if one.kind == kind
    )


def _floored(rulebook: Rulebook) -> tuple[Floored, ...]:
    patterns = sorted(rulebook.file.pattern, key=lambda pattern: pattern.urgency or 0)
    return tuple(
        Floored(one.id, tuple((each.status, rulebook.dispositions[each.disposition]) for each in one.floor))
        for one in patterns
        if one.floor
    )


def _causes(rulebook: Rulebook, ways: Ways) -> frozenset[str]:
    """The weighed patterns of which one has to fit for any of these ways to be open; none if not all have one."""
    found: set[str] = set()
    for way in ways:
        needed = (pattern_of(name) for name in way.needs if name.startswith(STATUS_OF))
        weighed = [name for name in needed if rulebook.patterns[name].kind not in ("heading", "fallback")]
        if not weighed:
            return frozenset()
        found.add(weighed[0])
    return frozenset(found)
