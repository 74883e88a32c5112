"""Fills the slots of one person's plan, and keeps it within the time there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from selfcheck.assessment.candidates import Candidate, Layout, at_dose
from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PatternResult, PlannedExercise
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.scoring import FITTING
from selfcheck.rulebook.conditions import Condition, Verdict
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Extra, Mode, Programme
from selfcheck.rulebook.sieve import Rule, Sifted

Slots = dict[str, list[PlannedExercise]]


class Maker:
    """One plan in the making; what is chosen once is not chosen again."""

    __slots__ = (
        "chooser",
        "chosen",
        "focus",
        "focused",
        "harder_slot",
        "layout",
        "mode",
        "plans",
        "programme",
        "reading",
        "seated",
        "sides",
    )

    def __init__(
        self,
        reading: Reading,
        chooser: Chooser,
        plans: Layout,
        mode: Mode,
        focus: tuple[Pattern, ...],
        results: Iterable[PatternResult],
    ) -> None:
        """Start with nothing chosen; ``focus`` are the patterns wanted, ``results`` all that fit."""
        self.reading = reading
        self.layout = reading.layout
        self.programme = reading.rulebook.file.programme
        self.chooser = chooser
        hard = chooser.level >= self.programme.harder_from_level
        self.harder_slot = self.programme.harder_slot if hard else None
        self.plans = plans
        self.mode = mode
        self.focus = focus
        self.focused = tuple([pattern.id for pattern in focus])
        self.sides = {result.pattern.id: _first_side(result) for result in results}
        self.chosen: set[str] = set()
        self.seated = bool(self.holds(self.programme.seated_when))

    def holds(self, condition: Condition) -> Verdict:
        """The verdict of one of the programme's conditions."""
        return self.layout.verdict(condition, self.reading.strict)

    def may_hold(self, rules: Sifted[Rule]) -> list[Rule]:
        """The rules of a list that this person's answers do not rule out at a glance."""
        return rules.that_may_hold(self.reading.strict.open_ways)

    def slots(self) -> Slots:
        """Each slot filled in turn: the first choice of each focus pattern, then the second of each."""
        sizes = self.programme.seated_slots if self.seated else self.mode.slots
        return {slot: self.fill(slot, sizes.get(slot, 0)) for slot in self.programme.slot_order}

    def wanted(self, slot: str) -> list[tuple[str, ...]]:
        """The lists of a slot: of each focus pattern, or the seated one."""
        if self.seated:
            return [self.programme.seated.slot(slot)]
        return [self.plan_list(pattern, slot) for pattern in self.focused]

    def plan_list(self, pattern: str, slot: str) -> tuple[str, ...]:
        """A pattern's list, with what goes first for this person put in front."""
        names = self.plans.lists[pattern, slot]
        for condition, first in self.plans.first.get((pattern, slot), ()):
            if self.holds(condition):
                names = (first, *(name for name in names if name != first))
        return names

    def fill(self, slot: str, size: int) -> list[PlannedExercise]:
        """One slot, filled round by round from the lists of the focus patterns."""
        patterns = None if self.seated else self.focused
        taken: list[PlannedExercise] = []
        keys: set[str] = set()
        for round_ in zip_longest(*self.wanted(slot)):
            for place, name in enumerate(round_):
                if len(taken) == size:
                    return taken
                if name is None:
                    continue
                planned = self.take(slot, name, patterns[place] if patterns else None, keys)
                if planned is not None:
                    taken.append(planned)
        return taken

    def take(self, slot: str, name: str, pattern: str | None, keys: set[str]) -> PlannedExercise | None:
        """The exercise for one place of a list, unless it is missing, chosen, or too like another."""
        choice = self.chooser.resolve(name)
        if choice is None or choice[0].id in self.chosen:
            return None
        exercise, swapped = choice
        if slot == self.harder_slot:
            exercise = self.harder(exercise)
        key = exercise.key
        if key in keys and (swapped or slot != self.programme.repeat_key_slot):
            return None
        keys.add(key or exercise.id)
        return self.planned(exercise, pattern)

    def harder(self, exercise: Candidate) -> Candidate:
        """The harder form, where the person can be given it."""
        if exercise.harder is None or exercise.harder in self.chosen:
            return exercise
        harder = self.chooser.candidates[exercise.harder]
        choice = self.chooser.resolve(harder.id) if harder.kind == exercise.kind else None
        return harder if choice is not None and choice[0] is harder else exercise

    def planned(self, exercise: Candidate, pattern: str | None) -> PlannedExercise:
        """An exercise with this person's dose, noted as chosen."""
        self.chosen.add(exercise.id)
        planned = self.dosed(exercise) if self.chooser.changes_doses else exercise.usual
        if pattern is None:
            return planned
        side = self.sides.get(pattern) if exercise.each_side else None
        return PlannedExercise(planned.exercise, planned.dose, planned.words, side, pattern, planned.seconds)

    def dosed(self, exercise: Candidate) -> PlannedExercise:
        """An exercise with this person's dose."""
        dose = self.chooser.dose(exercise)
        if dose is exercise.usual.dose:
            return exercise.usual
        return at_dose(self.programme.timing, exercise.exercise, dose)

    def fill_up(self, slots: Slots) -> None:
        """Add simple seated exercises until there are enough to be called a plan."""
        fewest = self.programme.fewest
        if len(self.chosen) >= fewest:
            return
        for slot in self.programme.slot_order:
            for name in self.programme.seated.slot(slot):
                chosen = [planned for found in slots.values() for planned in found]
                keys = {planned.exercise.key for planned in chosen}
                exercise = self.chooser.candidates[name]
                choice = self.chooser.resolve(name)
                alike = exercise.key in keys and slot != self.programme.repeat_key_slot
                if alike or name in self.chosen or len(chosen) >= fewest:
                    continue
                if choice is not None and choice[0] is exercise:
                    slots[slot].append(self.planned(exercise, None))

    def massage(self) -> Iterator[PlannedExercise]:
        """The first self-massage of the focus patterns that suits, where it is offered at all; none in a seated plan."""
        if not self.mode.massage or self.seated or not self.holds(self.programme.massage_when):
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
            choice = self.chooser.resolve(service.exercise) if self.holds(service.when) else None
            if choice is not None and choice[0].id == service.exercise:
                yield choice[0].usual

    def habits(self) -> list[PlannedExercise]:
        """The first habit of each focus pattern, then those for findings, then the patterns' others."""
        strict, most = self.reading.strict, self.programme.most_habits
        found = [
            contributor.habit
            for contributor in self.may_hold(self.layout.contributors)
            if contributor.when.holds(strict) and (not contributor.modes or self.mode.id in contributor.modes)
        ]
        first, *rest = [*zip_longest(*[pattern.plan.habit for pattern in self.focus])] or [()]
        habits: list[PlannedExercise] = []
        for name in dict.fromkeys(chain(first, found, *rest)):
            choice = self.chooser.resolve(name) if name is not None else None
            if choice is None or choice[0].id in self.chosen:
                continue
            if len(habits) < most:
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
        may_hold = self.may_hold(self.layout.extras) if self.mode.extras and not self.seated else ()
        for extra in may_hold:
            if len(extras) == self.programme.most_extras or not self.is_wanted(extra):
                continue
            choice = self.chooser.at_level(max(2, self.chooser.level)).resolve(extra.exercise)
            if choice is None or choice[0].id in self.chosen:
                continue
            total = total_seconds((*slots.values(), extras)) + self.dosed(choice[0]).seconds
            slot = slots.get(extra.replaces_last_in or "", [])
            if total > budget and len(slot) > extra.replaces_above:
                total -= slot[-1].seconds
                if total <= budget:
                    slot.pop()
            if total <= budget:
                extras.append(self.planned(choice[0], None))
        return extras

    def is_wanted(self, extra: Extra) -> bool:
        """Whether an extra's condition holds, and what would make it needless does not."""
        return bool(extra.when.holds(self.reading.strict)) and not (extra.unless and self.holds(extra.unless))


def _first_side(result: PatternResult) -> str | None:
    """The side to start with, where only one side fits the pattern."""
    fitting = [side.side for side in result.sides if side.status in FITTING]
    return fitting[0] if len(fitting) == 1 else None


def total_seconds(exercises: Iterable[Iterable[PlannedExercise]]) -> int:
    """How long some lists of exercises take together."""
    return sum([planned.seconds for taken in exercises for planned in taken])


def trim(programme: Programme, slots: Slots, budget: int) -> None:
    """Drop exercises from the end of the slots until the plan fits the time."""
    total = total_seconds(slots.values())
    for slot in programme.trim_order if total > budget else ():
        while total > budget and len(slots[slot]) > programme.trim_keeps:
            total -= slots[slot].pop().seconds
