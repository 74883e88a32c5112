"""Fills the slots of one person's plan, and keeps it within the time there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PatternResult, PlannedExercise
from selfcheck.assessment.prepared import prepared
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.scoring import FITTING
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Dose, Exercise, Extra, Mode, Programme
from selfcheck.rulebook.sieve import Rule, Sifted

Slots = dict[str, list[PlannedExercise]]


class Maker:
    """One plan in the making; what is chosen once is not chosen again."""

    def __init__(
        self,
        reading: Reading,
        chooser: Chooser,
        mode: Mode,
        focus: tuple[Pattern, ...],
        results: dict[str, PatternResult],
    ) -> None:
        """Start with nothing chosen; ``focus`` are the patterns wanted, ``results`` all that fit."""
        self.reading = reading
        self.programme = reading.rulebook.file.programme
        self.chooser = chooser
        self.mode = mode
        self.focus = focus
        self.results = results
        self.chosen: set[str] = set()
        self.seated = bool(self.programme.seated_when.holds(reading.strict))

    def may_hold(self, rules: Sifted[Rule]) -> list[Rule]:
        """The rules of a list that this person's answers do not rule out at a glance."""
        return rules.that_may_hold(self.reading.strict.open_ways)

    def slots(self) -> Slots:
        """Each slot filled in turn: the first choice of each focus pattern, then the second of each."""
        sizes = self.programme.seated_slots if self.seated else self.mode.slots
        return {slot: self.fill(slot, sizes.get(slot, 0)) for slot in self.programme.slot_order}

    def wanted(self, slot: str) -> list[tuple[str | None, tuple[str, ...]]]:
        """The lists of a slot, by the pattern they come from."""
        if self.seated:
            return [(None, self.programme.seated.slot(slot))]
        return [(pattern.id, self.plan_list(pattern, slot)) for pattern in self.focus]

    def plan_list(self, pattern: Pattern, slot: str) -> tuple[str, ...]:
        """A pattern's list, with what goes first for this person put in front."""
        names = pattern.plan.slot(slot)
        for change in self.programme.focus_change:
            applies = change.slot == slot and pattern.id in change.patterns
            if applies and change.when.holds(self.reading.strict):
                names = (change.exercise, *(name for name in names if name != change.exercise))
        return names

    def fill(self, slot: str, size: int) -> list[PlannedExercise]:
        """One slot, filled round by round from the lists of the focus patterns."""
        lists = self.wanted(slot)
        taken: list[PlannedExercise] = []
        keys: set[str] = set()
        for place in range(max((len(names) for _, names in lists), default=0)):
            for pattern, names in lists:
                if len(taken) == size or place >= len(names):
                    continue
                planned = self.take(slot, names[place], pattern, keys)
                if planned is not None:
                    taken.append(planned)
        return taken

    def take(self, slot: str, name: str, pattern: str | None, keys: set[str]) -> PlannedExercise | None:
        """The exercise for one place of a list, unless it is missing, chosen, or too like another."""
        choice = self.chooser.resolve(name)
        if choice is None or choice[0].id in self.chosen:
            return None
        exercise, swapped = choice
        exercise = self.harder(slot, exercise)
        repeats = slot == self.programme.repeat_key_slot and not swapped
        if exercise.key is not None and exercise.key in keys and not repeats:
            return None
        keys.add(exercise.key or exercise.id)
        return self.planned(exercise, pattern)

    def harder(self, slot: str, exercise: Exercise) -> Exercise:
        """The harder form, where the person starts at the highest level and can be given it."""
        if slot != self.programme.harder_slot or self.chooser.level < self.programme.harder_from_level:
            return exercise
        if exercise.harder is None or exercise.harder in self.chosen:
            return exercise
        harder = self.reading.rulebook.exercises[exercise.harder]
        choice = self.chooser.resolve(harder.id) if harder.kind == exercise.kind else None
        return harder if choice is not None and choice[0] is harder else exercise

    def planned(self, exercise: Exercise, pattern: str | None) -> PlannedExercise:
        """An exercise with this person's dose, noted as chosen."""
        self.chosen.add(exercise.id)
        dose = self.chooser.dose(exercise)
        return PlannedExercise(
            exercise, dose, dose.words if dose else None, self.side(dose, pattern), pattern
        )

    def side(self, dose: Dose | None, pattern: str | None) -> str | None:
        """The side to start with, where only one side fits the pattern."""
        result = self.results.get(pattern or "")
        if dose is None or not dose.each_side or result is None:
            return None
        fitting = [side for side in result.sides if side.status in FITTING]
        return fitting[0].side if len(fitting) == 1 else None

    def fill_up(self, slots: Slots) -> None:
        """Add simple seated exercises until there are enough to be called a plan."""
        if len(self.chosen) >= self.programme.fewest:
            return
        for slot in self.programme.slot_order:
            for name in self.programme.seated.slot(slot):
                chosen = [planned for found in slots.values() for planned in found]
                keys = {planned.exercise.key for planned in chosen}
                exercise = self.reading.rulebook.exercises[name]
                choice = self.chooser.resolve(name)
                taken = name in self.chosen or (
                    exercise.key in keys and slot != self.programme.repeat_key_slot
                )
                if len(chosen) >= self.programme.fewest or taken:
                    continue
                if choice is not None and choice[0] is exercise:
                    slots[slot].append(self.planned(exercise, None))

    def massage(self) -> Iterator[PlannedExercise]:
        """The first self-massage of the focus patterns that suits, where it is offered at all."""
        if not self.mode.massage or not self.programme.massage_when.holds(self.reading.strict):
            return
        for pattern in self.focus:
            for name in pattern.plan.massage:
                choice = self.chooser.resolve(name)
                if choice is not None and choice[0].kind == "self_massage":
                    yield self.planned(choice[0], pattern.id)
                    return

    def services(self) -> Iterator[PlannedExercise]:
        """What somebody else can do for this person, where massage is offered at all."""
        for service in self.programme.service if self.mode.massage else ():
            choice = (
                self.chooser.resolve(service.exercise) if service.when.holds(self.reading.strict) else None
            )
            if choice is not None and choice[0].id == service.exercise:
                yield PlannedExercise(choice[0], choice[0].dose)

    def habits(self) -> list[PlannedExercise]:
        """The first habit of each focus pattern, then those for findings, then the patterns' others."""
        strict = self.reading.strict
        first = [pattern.plan.habit[0] for pattern in self.focus if pattern.plan.habit]
        found = [
            contributor.habit
            for contributor in self.may_hold(prepared(self.reading.rulebook).contributors)
            if (not contributor.modes or self.mode.id in contributor.modes) and contributor.when.holds(strict)
        ]
        rest = [
            name
            for place in (1, 2)
            for pattern in self.focus
            for name in pattern.plan.habit[place : place + 1]
        ]
        habits: list[PlannedExercise] = []
        for name in dict.fromkeys((*first, *found, *rest)):
            choice = self.chooser.resolve(name)
            if (
                choice is not None
                and choice[0].id not in self.chosen
                and len(habits) < self.programme.most_habits
            ):
                habits.append(self.planned(choice[0], None))
        return habits

    def budget(self) -> int:
        """The time there is, in seconds, with what a plan may take on top of it."""
        timing = self.programme.timing
        said = self.reading.strict.values.get(timing.minutes_item)
        minutes = int(said) if isinstance(said, str) else timing.default_minutes
        return minutes * 60 + timing.spare_seconds

    def extras(self, slots: Slots, budget: int) -> list[PlannedExercise]:
        """At most a few more exercises, each only where the time allows it."""
        extras: list[PlannedExercise] = []
        for extra in (
            self.may_hold(prepared(self.reading.rulebook).extras)
            if self.mode.extras and not self.seated
            else ()
        ):
            if len(extras) == self.programme.most_extras or not self.is_wanted(extra):
                continue
            choice = self.chooser.at_level(max(2, self.chooser.level)).resolve(extra.exercise)
            if choice is None or choice[0].id in self.chosen:
                continue
            exercise = choice[0]
            candidate = PlannedExercise(exercise, self.chooser.dose(exercise))
            slot = slots.get(extra.replaces_last_in or "", [])
            total = [planned for taken in slots.values() for planned in taken] + extras
            if (
                total_seconds(self.programme, (*total, candidate)) > budget
                and len(slot) > extra.replaces_above
            ):
                total.remove(slot[-1])
                if total_seconds(self.programme, (*total, candidate)) <= budget:
                    slot.pop()
            if total_seconds(self.programme, (*total, candidate)) <= budget:
                extras.append(self.planned(exercise, None))
        return extras

    def is_wanted(self, extra: Extra) -> bool:
        """Whether an extra's condition holds, and what would make it needless does not."""
        strict = self.reading.strict
        return bool(extra.when.holds(strict)) and not (extra.unless and extra.unless.holds(strict))


def total_seconds(programme: Programme, exercises: Sequence[PlannedExercise]) -> int:
    """How long some exercises take together."""
    return sum(seconds_of(programme, planned.dose) for planned in exercises if planned.dose)


def seconds_of(programme: Programme, dose: Dose) -> int:
    """How long one exercise takes: both sides, counted sets, rests between, and changing over."""
    timing = programme.timing
    sets = min(dose.sets, timing.counted_sets)
    once = sets * dose.reps * (dose.hold_seconds + timing.between_reps_seconds)
    once += (sets - 1) * timing.between_sets_seconds
    return once * (2 if dose.each_side else 1) + timing.change_seconds


def trim(programme: Programme, slots: Slots, budget: int) -> None:
    """Drop exercises from the end of the slots until the plan fits the time."""
    total = sum(total_seconds(programme, taken) for taken in slots.values())
    for slot in programme.trim_order:
        while total > budget and len(slots[slot]) > programme.trim_keeps:
            total -= total_seconds(programme, [slots[slot].pop()])
