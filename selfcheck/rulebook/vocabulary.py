"""The names that conditions may use, and what it is to get one wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct, field

from selfcheck.questionnaire import Questionnaire, Side
from selfcheck.rulebook.tree import Quantity


class ConditionFault(ValueError):
    """A condition that cannot be read; ``start`` and ``end`` are character offsets in its text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        """Keep the place with the message."""
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = max(end, start + 1)


class Vocabulary(Struct):
    """Every name a condition may use.

    ``conditions`` maps named conditions, findings and flags to their scope; ``computed`` holds what has
    been read so far, by id and side; ``broken`` are ids of entries that are faulty themselves and are
    not complained of twice; ``reached`` collects the pairs of flag and disposition that were asked for.
    """

    questionnaire: Questionnaire
    conditions: Mapping[str, Literal["body", "side"]] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    dispositions: frozenset[str] = frozenset()
    computed: dict[str, dict[Side | None, Quantity]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    reached: set[tuple[str, str]] = field(default_factory=set)

    def names(self) -> set[str]:
        """All of them, to find the one that was meant."""
        asked = self.questionnaire
        return {*asked.items, *asked.sided, *self.conditions, *self.computed}


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """A closing half-sentence that names the nearest known word, or nothing."""
    near = get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean '{near[0]}'?" if near else ""
