"""What holds about a person that makes exercises unsuitable, and what might."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from selfcheck.assessment.model import ActiveCaution
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import Reading
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Caution, CautionRow

Undecided = tuple[Caution, tuple[CautionRow, ...]]
"""A caution with the rows of which it is not known whether they hold."""


def held_and_undecided(reading: Reading) -> tuple[tuple[ActiveCaution, ...], tuple[Undecided, ...]]:
    """The cautions that hold, and those of which it is not known whether they do."""
    certain: list[ActiveCaution] = []
    unknown: list[Undecided] = []
    open_ways, lenient = reading.strict.open_ways, reading.lenient
    for gate in reading.layout.gates.that_may_hold(open_ways):
        rows = [(row, holds(lenient)) for row, holds, ways in gate.rows if ways & open_ways]
        held = tuple([row for row, verdict in rows if verdict])
        undecided = tuple([row for row, verdict in rows if verdict is None])
        if held:
            certain.append(_caution(reading, gate.caution, held))
        if undecided:
            unknown.append((gate.caution, undecided))
    return tuple(certain), tuple(unknown)


def open_caution(reading: Reading, caution: Caution, rows: Sequence[CautionRow]) -> ActiveCaution:
    """A caution that may hold, with what has to be answered to know."""
    items = dict.fromkeys(item for row in rows for item in reading.unanswered(row.holds))
    return replace(_caution(reading, caution, rows), open_items=tuple(items))


def _caution(reading: Reading, caution: Caution, rows: Sequence[CautionRow]) -> ActiveCaution:
    rulebook = reading.rulebook
    floors = [rulebook.dispositions[row.floor] for row in rows if row.floor]
    return ActiveCaution(
        caution=caution,
        action=min((row.action for row in rows), key=("stop", "refer", "modify").index),
        because=tuple(dict.fromkeys(reason for row in rows for reason in row.holds.because(reading.lenient))),
        withholds=withheld_tags(rulebook, rows),
        everything=any(row.action in ("stop", "refer") for row in rows),
        floor=max(floors, key=rank, default=None),
        ends_check=any(row.ends_check for row in rows),
        hold_caps=tuple((cap.kind, cap.hold_seconds) for row in rows for cap in row.hold_cap),
        advice=next((row.advice for row in rows if row.advice), caution.advice),
    )


def withheld_tags(rulebook: Rulebook, rows: Sequence[CautionRow]) -> frozenset[str]:
    """The tags of exercises that rows of a caution withhold."""
    return frozenset().union(*(_withheld_tags(rulebook, row) for row in rows))


def _withheld_tags(rulebook: Rulebook, row: CautionRow) -> frozenset[str]:
    if not row.withholds_all_but:
        return frozenset(row.withholds)
    families = frozenset(tag.id for tag in rulebook.file.tag if tag.family)
    return (families - frozenset(row.withholds_all_but)) | frozenset(row.withholds)
