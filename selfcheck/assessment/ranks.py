"""The order of dispositions."""

from __future__ import annotations

from selfcheck.rulebook.parts.safety import Disposition


def rank(disposition: Disposition) -> int:
    """The place of a disposition in the order; 0 for one outside it."""
    return disposition.rank or 0
