"""What came of a proof: each property with its cases, exceptions and counterexamples."""

from __future__ import annotations

from msgspec import Struct, field

from selfcheck.answers import Answers


class Counterexample(Struct, frozen=True):
    """The fewest answers that break a property (``None`` where no answer set does what it should), what
    becomes of them, and the entry of the rules that it is about.
    """

    about: str
    says: str
    answers: Answers | None = None


class Property(Struct, frozen=True):
    """One property: ``cases`` are what it was looked at for, ``solved`` the questions that z3 had to answer.

    ``exceptions`` are those that the rules file declares, each with its reason.
    """

    id: str
    statement: str
    cases: int
    solved: int = 0
    exceptions: tuple[str, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether nothing breaks it."""
        return not self.counterexamples


class Proof(Struct, frozen=True):
    """All properties, and figures about the run: ``sampled`` answer sets tried on the program itself,
    ``nodes`` of the circuit that stands for the rules, seconds, and the most memory used, in MB.
    """

    version: str
    fingerprint: str
    status: str
    properties: tuple[Property, ...]
    sampled: int = 0
    nodes: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0
    solver: str = field(default="")

    @property
    def proved(self) -> bool:
        """Whether every property holds."""
        return all(one.proved for one in self.properties)
