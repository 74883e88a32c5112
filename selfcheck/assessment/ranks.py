"""The order of dispositions, and those that the rules name for a purpose."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Disposition


def rank(disposition: Disposition) -> int:
    """The place of a disposition in the order; 0 for one outside it."""
    return disposition.rank or 0


class Levels(Struct, frozen=True):
    """The dispositions that ``[triage]`` names; ``no_plan_from`` is the rank from which there is no plan."""

    nothing_found: Disposition
    soft: Disposition
    unsure_at_most: Disposition
    no_plan_from: int


@lru_cache(maxsize=8)
def levels_of(rulebook: Rulebook) -> Levels:
    """The named dispositions of a rulebook, looked up once."""
    settings, known = rulebook.file.triage, rulebook.dispositions
    return Levels(
        known[settings.nothing_found],
        known[settings.soft_level],
        known[settings.unsure_at_most],
        rank(known[settings.no_plan_from]),
    )
