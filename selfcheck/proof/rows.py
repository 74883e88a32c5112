"""The parts of a level as literals: sources of levels, rows of rules and cautions, questions that wait."""

from __future__ import annotations

from msgspec import Struct

from selfcheck.assessment.ranks import rank
from selfcheck.proof.circuit import Circuit, Literal
from selfcheck.rulebook.parts.safety import Caution, CautionRow, Cluster, Disposition, RedFlag, Row


class Source(Struct, frozen=True):
    """Something that raises the result to a level while it holds.

    ``block`` is that of a flag, ``B`` for a cluster, empty for cautions and patterns. ``explains`` marks
    what must never decide.
    """

    rule: str
    place: int
    disposition: Disposition
    holds: Literal
    block: str = ""
    explains: bool = False

    @property
    def rank(self) -> int:
        """The rank of its level."""
        return rank(self.disposition)


class RowReading(Struct, frozen=True):
    """One row of a flag or cluster: when it holds as said, when only with "not sure" as yes, and when it
    is unknown whether it holds as said, or else whether with "not sure" as yes.
    """

    row: Row
    disposition: Disposition
    capped: Disposition
    strict: Literal
    lenient: Literal
    unknown: Literal
    unknown_lenient: Literal

    def at(self, circuit: Circuit, disposition: Disposition) -> Literal:
        """When it gives exactly this level."""
        parts = ((self.strict, self.disposition), (self.lenient, self.capped))
        return circuit.some(holds for holds, level in parts if level is disposition)

    def from_rank(self, circuit: Circuit, least: int) -> Literal:
        """When it gives at least this rank."""
        parts = ((self.strict, self.disposition), (self.lenient, self.capped))
        return circuit.some(holds for holds, level in parts if rank(level) >= least)


class RuleReading(Struct, frozen=True):
    """A flag or cluster with its rows read."""

    rule: RedFlag | Cluster
    rows: tuple[RowReading, ...]

    @property
    def block(self) -> str:
        """Clusters count as Block B."""
        return self.rule.block if isinstance(self.rule, RedFlag) else "B"


class CautionReading(Struct, frozen=True):
    """A row of a caution: when it holds, and when it is unknown."""

    caution: Caution
    row: CautionRow
    holds: Literal
    unknown: Literal


class Waiting(Struct, frozen=True):
    """A question that keeps the result incomplete while ``holds``, as one of a block."""

    item: str
    block: str
    holds: Literal
