"""Which exercise this person can be given in place of a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from selfcheck.assessment.candidates import SUPERVISED, Candidate
from selfcheck.assessment.model import ActiveCaution, Withheld
from selfcheck.rulebook.parts.programme import Dose

Choice = tuple[Candidate, bool]


class Chooser(Struct):
    """The rules for one person: what is withheld and why, what is at home, and the level to start at.

    ``tags`` are all withheld tags, ``everything`` says that nothing may be given; ``withheld`` collects every exercise that was wanted and left out.
    """

    candidates: Mapping[str, Candidate]
    level: int
    equipment: frozenset[str]
    certain: tuple[ActiveCaution, ...]
    unknown: tuple[ActiveCaution, ...]
    tags: frozenset[str] = frozenset()
    everything: bool = False
    dose_changes: Mapping[str, Dose] = field(default_factory=dict)
    withheld: dict[str, Withheld] = field(default_factory=dict)

    def resolve(self, name: str) -> Choice | None:
        """The exercise to give for a wanted one, and whether it is a swap; ``None`` if there is none.

        Too hard a one gives way to its easier form, a withheld one to its swap, one that needs something
        that is not at home to what stands in for it, its swap or easier form, again and again; going round in a circle gives none.
        """
        seen: set[str] = set()
        swapped = False
        wanted: str | None = name
        while wanted is not None and wanted not in seen:
            seen.add(wanted)
            exercise = self.candidates[wanted]
            if self.gives(exercise):
                return exercise, swapped
            if exercise.level == SUPERVISED:
                return None
            if exercise.level > self.level:
                wanted = exercise.easier
            elif self.is_withheld(exercise):
                wanted, swapped = exercise.swap, True
            else:
                wanted, swapped = exercise.instead, True
        return None

    def gives(self, exercise: Candidate) -> bool:
        """Whether an exercise can be given as it is; if a caution speaks against it, that is noted."""
        return (
            exercise.level <= self.level
            and not self.is_withheld(exercise)
            and (exercise.needs is None or exercise.needs in self.equipment)
        )

    def is_withheld(self, exercise: Candidate) -> bool:
        """Whether a caution takes the exercise away, or may; it is then noted with the reason."""
        tags = exercise.tags
        if not self.everything and tags.isdisjoint(self.tags):
            return False
        if exercise.id not in self.withheld:
            certain = _that_withhold(tags, self.certain)
            unknown = _that_withhold(tags, self.unknown)
            needs = (
                () if certain else tuple(dict.fromkeys(item for one in unknown for item in one.open_items))
            )
            names = tuple(one.caution.id for one in (certain or unknown))
            self.withheld[exercise.id] = Withheld(exercise.exercise, names, needs)
        return True

    def dose(self, exercise: Candidate) -> Dose | None:
        """The exercise's dose, with fixed changes and the longest holds of the cautions."""
        dose = self.dose_changes.get(exercise.id, exercise.dose)
        for caution in self.certain:
            for kind, most in caution.hold_caps:
                if dose is not None and kind == exercise.kind and dose.hold_seconds > most:
                    dose = dose.model_copy(update={"hold_seconds": most, "words": None})
        return dose

    def at_level(self, level: int) -> Chooser:
        """The same rules from another start level; what is withheld is noted in the same place."""
        return self if level == self.level else replace(self, level=level)

    def silent(self) -> Chooser:
        """The same rules, for looking without noting what is withheld."""
        return replace(self, withheld={})


def _that_withhold(tags: frozenset[str], cautions: Iterable[ActiveCaution]) -> list[ActiveCaution]:
    return [caution for caution in cautions if caution.everything or not tags.isdisjoint(caution.withholds)]
