"""Which exercise this person can be given in place of a wanted one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from selfcheck.assessment.candidates import SUPERVISED, Candidate, layout_of
from selfcheck.assessment.model import ActiveCaution, Withheld
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.programme import Dose

Choice = tuple[Candidate, bool]
LEVELS = (1, 2, 3)


class Chooser(Struct):
    """The rules for one person: what is withheld and why, what is at home, and the level to start at.

    ``tags`` are all withheld tags, ``everything`` says that nothing may be given; ``withheld`` collects every exercise that was wanted and left out.
    ``free`` says that nothing is withheld, ``simple`` are the choices of each level that can then be looked up,
    ``ready`` those of this level; ``changes_doses`` says that a dose may be other than usual.
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
    simple: Mapping[int, Mapping[str, Choice]] = field(default_factory=dict)
    ready: Mapping[str, Choice] = field(default_factory=dict)
    changes_doses: bool = False
    free: bool = False

    def __post_init__(self) -> None:
        """Work out what holds for every exercise."""
        self.free = not self.tags and not self.everything
        self.ready = self.simple.get(self.level, {}) if self.free else {}
        self.changes_doses = bool(self.dose_changes or self.certain)

    def resolve(self, name: str) -> Choice | None:
        """The exercise to give for a wanted one, and whether it is a swap; ``None`` if there is none.

        Too hard a one gives way to its easier form, a withheld one to its swap, one that needs something
        that is not at home to what stands in for it, its swap or easier form, again and again; going round in a circle gives none.
        """
        choice = self.ready.get(name)
        if choice is not None:
            return choice
        seen: set[str] = set()
        swapped = False
        wanted: str | None = name
        while wanted is not None and wanted not in seen:
            seen.add(wanted)
            exercise = self.candidates[wanted]
            if self.gives(exercise, self.level):
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

    def gives(self, exercise: Candidate, most: int) -> bool:
        """Whether an exercise can be given as it is, at that level at most; if a caution speaks against it, that
        is noted.
        """
        return (
            exercise.level <= most
            and (self.free or not self.is_withheld(exercise))
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
        dose = self.dose_changes.get(exercise.id, exercise.usual.dose)
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
        return self if self.free else replace(self, withheld={})


@lru_cache(maxsize=8)
def simple_choices(rulebook: Rulebook) -> Mapping[int, Mapping[str, Choice]]:
    """For each start level the choices that are the same whatever is at home, if nothing is withheld."""
    candidates = layout_of(rulebook).candidates
    everything = frozenset(one.needs for one in candidates.values() if one.needs)
    found: dict[int, dict[str, Choice]] = {}
    for level in LEVELS:
        bare, full = (Chooser(candidates, level, home, (), ()) for home in (frozenset[str](), everything))
        choices = ((name, bare.resolve(name), full.resolve(name)) for name in candidates)
        found[level] = {name: one for name, one, other in choices if one is not None and one == other}
    return found


def _that_withhold(tags: frozenset[str], cautions: Iterable[ActiveCaution]) -> list[ActiveCaution]:
    return [caution for caution in cautions if caution.everything or not tags.isdisjoint(caution.withholds)]
