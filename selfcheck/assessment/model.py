"""What an assessment says: one frozen structure, and the same as plain data with stable keys."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from selfcheck.answers import Answer, Answers
from selfcheck.rulebook.conditions import Reason
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem, Status
from selfcheck.rulebook.parts.programme import Dose, Exercise
from selfcheck.rulebook.parts.safety import Caution, Cluster, Disposition, RedFlag

Reasons = tuple[Reason, ...]


class FiredFlag(Struct, frozen=True):
    """A red flag with the level it reached and the answers that decided it."""

    flag: RedFlag
    disposition: Disposition
    because: Reasons
    soft: bool
    keeps_mode: bool


class FiredCluster(Struct, frozen=True):
    """A cluster with the level it raises to."""

    cluster: Cluster
    disposition: Disposition
    because: Reasons


class ActiveCaution(Struct, frozen=True):
    """A caution that holds (or may hold: ``open_items`` are then what has to be answered to know).

    ``withholds`` are the tags of exercises it takes away; ``everything`` takes away all of them.
    """

    caution: Caution
    action: str
    because: Reasons
    withholds: frozenset[str]
    everything: bool
    floor: Disposition | None
    ends_check: bool
    hold_caps: tuple[tuple[str, int], ...] = ()
    open_items: tuple[str, ...] = ()
    advice: str | None = None


class Triage(Struct, frozen=True):
    """How soon the person should be seen, and everything that led to it.

    ``level`` is the highest level reached, also where the disposition is "incomplete". ``missing`` are
    the warning signs that were to be asked and have no answer; ``open_items`` what else could raise the
    result. ``flag_answers`` has every red flag: a stored answer, ``not_asked`` or ``not_answered``,
    for a derived flag ``yes``, ``no`` or ``not_answered``.
    """

    disposition: Disposition
    level: Disposition
    channel: str | None
    flags: tuple[FiredFlag, ...]
    clusters: tuple[FiredCluster, ...]
    cautions: tuple[ActiveCaution, ...]
    open_cautions: tuple[ActiveCaution, ...]
    flag_answers: Mapping[str, str | tuple[str, ...]]
    missing: tuple[str, ...]
    open_items: tuple[str, ...]
    pattern_floors: tuple[str, ...] = ()


class Point(Struct, frozen=True):
    """An item of a pattern that counts, for or against."""

    item: PatternItem
    because: Reasons


class SideResult(Struct, frozen=True):
    """One side's (or, with side ``None``, the body's) score of a pattern."""

    side: str | None
    status: Status
    score: int
    test_points: int
    points: tuple[PatternItem, ...]


class PatternResult(Struct, frozen=True):
    """A pattern with its better side first. ``capped_by`` names the interactions that lowered it."""

    pattern: Pattern
    status: Status
    sides: tuple[SideResult, ...]
    supports: tuple[Point, ...] = ()
    limits: tuple[Point, ...] = ()
    next_best_test: str | None = None
    capped_by: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """The score of the better side."""
        return self.sides[0].score if self.sides else 0


class NearMiss(Struct, frozen=True):
    """A pattern that could still become possible, and the tests that would decide."""

    pattern: Pattern
    score: int
    needs: tuple[str, ...]


class PlannedExercise(Struct, frozen=True):
    """An exercise with the dose this person is given; ``first_side`` is the side to start with.

    ``easier``, ``harder`` (for the last weeks) and ``variants`` are forms that suit this person, too;
    ``seconds`` is how long it takes.
    """

    exercise: Exercise
    dose: Dose | None
    words: str | None = None
    first_side: str | None = None
    for_pattern: str | None = None
    seconds: int = 0
    easier: Exercise | None = None
    harder: Exercise | None = None
    variants: tuple[Exercise, ...] = ()


class Withheld(Struct, frozen=True):
    """An exercise that was looked for and left out, and the cautions that say why.

    ``needs`` are the questions to answer before it could be shown.
    """

    exercise: Exercise
    cautions: tuple[str, ...]
    needs: tuple[str, ...]


class Plan(Struct, frozen=True):
    """What to do at home. Times in seconds."""

    mode: str
    level: int
    focus: tuple[str, ...] = ()
    mobility: tuple[PlannedExercise, ...] = ()
    stretch: tuple[PlannedExercise, ...] = ()
    strength: tuple[PlannedExercise, ...] = ()
    massage: tuple[PlannedExercise, ...] = ()
    extras: tuple[PlannedExercise, ...] = ()
    services: tuple[PlannedExercise, ...] = ()
    habits: tuple[PlannedExercise, ...] = ()
    seconds: int = 0
    withheld: tuple[Withheld, ...] = ()
    few: bool = False

    @property
    def given(self) -> tuple[Exercise, ...]:
        """Everything the person is told to do or may do, with easier, harder and other forms."""
        chosen = (*self.main, *self.extras, *self.massage, *self.services, *self.habits)
        forms = [form for one in chosen for form in (one.easier, one.harder, *one.variants) if form]
        return (*(one.exercise for one in chosen), *forms)

    @property
    def main(self) -> tuple[PlannedExercise, ...]:
        """The exercises of the three slots, in order."""
        return self.mobility + self.stretch + self.strength


class AdviceText(Struct, frozen=True):
    """A text for the person, or ``for_clinician`` only, with names in braces still to be filled in by region."""

    id: str
    text: str
    clinical: str | None = None
    small_print: bool = False
    for_clinician: bool = False


class Assessment(Struct, frozen=True):
    """The whole result for one set of answers. Texts may name region words in braces.

    ``findings`` maps every finding to true, false or ``None``; for one with sides it is true if either
    side is, and unknown only if both are.
    """

    answers: Answers
    triage: Triage
    lead: str
    advice: tuple[AdviceText, ...]
    findings: Mapping[str, bool | None]
    patterns: tuple[PatternResult, ...]
    near_misses: tuple[NearMiss, ...]
    plan: Plan
    recheck_days: tuple[int, ...]
    rules: Mapping[str, str]

    @property
    def shown_patterns(self) -> tuple[PatternResult, ...]:
        """The patterns a person is shown: none where the disposition hides them."""
        return self.patterns if self.triage.disposition.patterns_shown else ()


def plain_answer(value: Answer | frozenset[str]) -> object:
    """An answer as JSON knows it."""
    return (
        sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
    )
