"""Which exercise this person can be given in place of a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from selfcheck.assessment.model import ActiveCaution, Withheld
from selfcheck.assessment.prepared import prepared
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.programme import Dose, Exercise

Choice = tuple[Exercise, bool]


class Chooser(Struct):
    """The rules for one person: what is withheld and why, what is at home, and the level to start at.

    ``tags`` are all withheld tags, ``everything`` says that nothing may be given; ``withheld`` collects every exercise that was wanted and left out.
    """

    rulebook: Rulebook
    level: int
    equipment: frozenset[str]
    certain: tuple[ActiveCaution, ...]
    unknown: tuple[ActiveCaution, ...]
    tags: frozenset[str] = frozenset()
    everything: bool = False
    dose_changes: Mapping[str, Dose] = field(default_factory=dict)
    withheld: dict[str, Withheld] = field(default_factory=dict)

    def resolve(self, name: str | None, level: int | None = None) -> Choice | None:
        """The exercise to give for a wanted one, and whether it is a swap; ``None`` if there is none.

        Too hard a one gives way to its easier form, a withheld one to its swap, one that needs something
        that is not at home to what stands in for it, its swap or easier form, again and again; going round in a circle gives none.
        """
        most = self.level if level is None else level
        seen: set[str] = set()
        swapped = False
        while name is not None and name not in seen:
            seen.add(name)
            exercise = self.rulebook.exercises[name]
            if exercise.level == "supervised":
                return None
            if exercise.level > most:
                name = exercise.easier
            elif self.is_withheld(exercise):
                name, swapped = exercise.swap, True
            elif exercise.needs is not None and exercise.needs not in self.equipment:
                name, swapped = exercise.without or exercise.swap or exercise.easier, True
            else:
                return exercise, swapped
        return None

    def is_withheld(self, exercise: Exercise) -> bool:
        """Whether a caution takes the exercise away, or may; it is then noted with the reason."""
        tags = prepared(self.rulebook).tags[exercise.id]
        if not self.everything and tags.isdisjoint(self.tags):
            return False
        certain = _that_withhold(tags, self.certain)
        unknown = _that_withhold(tags, self.unknown)
        needs = () if certain else tuple(dict.fromkeys(item for one in unknown for item in one.open_items))
        names = tuple(one.caution.id for one in (certain or unknown))
        self.withheld.setdefault(exercise.id, Withheld(exercise, names, needs))
        return True

    def dose(self, exercise: Exercise) -> Dose | None:
        """The exercise's dose, with fixed changes and the longest holds of the cautions."""
        dose = self.dose_changes.get(exercise.id, exercise.dose)
        for caution in self.certain:
            for kind, most in caution.hold_caps:
                if dose is not None and kind == exercise.kind and dose.hold_seconds > most:
                    dose = dose.model_copy(update={"hold_seconds": most, "words": None})
        return dose

    def at_level(self, level: int) -> Chooser:
        """The same rules from another start level; what is withheld is noted in the same place."""
        return replace(self, level=level)


def _that_withhold(tags: frozenset[str], cautions: Iterable[ActiveCaution]) -> list[ActiveCaution]:
    return [caution for caution in cautions if caution.everything or not tags.isdisjoint(caution.withholds)]
