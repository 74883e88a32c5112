"""Patterns and cautions to a plan: mode, level, focus, exercises, time and habits, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfcheck.assessment.choosing import Chooser
from selfcheck.assessment.model import PatternResult, Plan, PlannedExercise, Triage
from selfcheck.assessment.prepared import Rule, Silenced, prepared
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.triage import rank
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern, Status
from selfcheck.rulebook.parts.programme import Dose, Exercise, Extra, Mode, Programme

Slots = dict[str, list[PlannedExercise]]


def plan(reading: Reading, triage: Triage, patterns: Sequence[PatternResult]) -> Plan:
    """The plan for one person; an empty one, of the mode "none", where no exercise may be shown."""
    programme = reading.rulebook.file.programme
    mode = _mode(reading, triage)
    if not mode.slots:
        return Plan(mode=mode.id, level=1)
    level = min(_level(reading, triage), mode.level_at_most)
    focus = _focus(reading.rulebook, mode, patterns)
    chooser = _chooser(reading, triage, mode, level)
    maker = _Maker(reading, chooser, mode, focus, {result.pattern.id: result for result in patterns})
    slots = maker.slots()
    maker.fill_up(slots)
    massage = maker.massage()
    habits = maker.habits()
    budget = maker.budget()
    _trim(programme, slots, budget)
    extras = maker.extras(slots, budget)
    chosen = [planned for slot in programme.slot_order for planned in slots[slot]]
    return Plan(
        mode=mode.id,
        level=level,
        focus=tuple(pattern.id for pattern in focus),
        mobility=tuple(slots["mobility"]),
        stretch=tuple(slots["stretch"]),
        strength=tuple(slots["strength"]),
        massage=tuple(massage),
        extras=tuple(extras),
        habits=tuple(habits),
        seconds=_seconds(programme, (*chosen, *extras)),
        withheld=tuple(chooser.withheld.values()),
        few=len(chosen) + len(extras) < programme.fewest,
    )


def _mode(reading: Reading, triage: Triage) -> Mode:
    """The first mode whose condition holds, at most the one that the disposition allows.

    Modes stand from least to most; the first is "no exercises".
    """
    rulebook = reading.rulebook
    modes = rulebook.file.programme.mode
    no_plan_from = rulebook.dispositions[rulebook.file.triage.no_plan_from]
    stopped = any(caution.everything for caution in triage.cautions)
    if rank(triage.level) >= rank(no_plan_from) or stopped:
        return modes[0]
    wanted = next(
        place
        for place, mode in enumerate(modes)
        if place > 0 and (mode.when is None or mode.when.holds(reading.strict))
    )
    names = [mode.id for mode in modes]
    most = names.index(triage.disposition.mode_at_most)
    if most > 0 and _keeps_mode(triage):
        most = len(modes) - 1
    return modes[min(wanted, most)]


def _keeps_mode(triage: Triage) -> bool:
    """Whether everything that gives the level leaves the mode as it is."""
    level = triage.level
    flags = [fired.keeps_mode for fired in triage.flags if fired.disposition is level]
    clusters = [fired.cluster.keeps_mode for fired in triage.clusters if fired.disposition is level]
    floors = [caution for caution in triage.cautions if caution.floor is level]
    return bool(flags or clusters) and all((*flags, *clusters)) and not floors and not triage.pattern_floors


def _level(reading: Reading, triage: Triage) -> int:
    rulebook = reading.rulebook
    for start in rulebook.file.programme.start_level:
        if start.when is not None and not start.when.holds(reading.strict):
            continue
        if start.unless is not None and start.unless.holds(reading.strict):
            continue
        below = rulebook.dispositions.get(start.disposition_below or "")
        if below is None or rank(triage.level) < rank(below):
            return start.level
    return 1


def _focus(rulebook: Rulebook, mode: Mode, patterns: Sequence[PatternResult]) -> tuple[Pattern, ...]:
    """The patterns whose exercises are wanted, in order."""
    programme = rulebook.file.programme
    statuses = {result.pattern.id: result.status for result in patterns}
    own = [result for result in patterns if result.pattern.kind == "self_care"]
    likely = [result.pattern for result in own if result.status is Status.LIKELY]
    ranked = likely + [result.pattern for result in own if result.status is Status.POSSIBLE]
    fallback = tuple(pattern for pattern in rulebook.file.pattern if pattern.kind == "fallback")[:1]
    if mode.focus == "calm":
        calm = next((name for name in programme.calm_patterns if statuses.get(name) is Status.LIKELY), None)
        return (rulebook.patterns[calm or programme.calm_patterns[0]],)
    if mode.focus == "refer_first":
        refer = _first_refer(programme, patterns)
        chosen = (*refer, *likely[:1]) if refer else tuple(ranked[: programme.focus_fill])
        return chosen or fallback
    chosen = tuple(likely[: programme.focus_most])
    if len(chosen) < programme.focus_fill:
        chosen = tuple(ranked[: programme.focus_fill])
    return chosen or fallback


def _first_refer(programme: Programme, patterns: Sequence[PatternResult]) -> tuple[Pattern, ...]:
    return tuple(
        result.pattern
        for result in patterns
        if result.pattern.kind == "refer"
        and (result.status is Status.LIKELY or result.pattern.id in programme.possible_refer)
    )[:1]


def _chooser(reading: Reading, triage: Triage, mode: Mode, level: int) -> Chooser:
    rulebook = reading.rulebook
    programme = rulebook.file.programme
    said = reading.strict.values.get(programme.equipment_item)
    equipment = said if isinstance(said, frozenset) else frozenset(programme.equipment_default)
    changes = {
        change.exercise: Dose(
            hold_seconds=change.hold_seconds,
            reps=change.reps,
            sets=dose.sets,
            each_side=dose.each_side,
            days_per_week=dose.days_per_week,
            words=change.words,
        )
        for change in programme.dose_change
        if change.mode == mode.id and (dose := rulebook.exercises[change.exercise].dose) is not None
    }
    cautions = (*triage.cautions, *triage.open_cautions)
    return Chooser(
        rulebook,
        level,
        equipment,
        triage.cautions,
        triage.open_cautions,
        frozenset().union(*(caution.withholds for caution in cautions)),
        any(caution.everything for caution in cautions),
        changes,
    )


class _Maker:
    """One plan in the making."""

    def __init__(
        self,
        reading: Reading,
        chooser: Chooser,
        mode: Mode,
        focus: tuple[Pattern, ...],
        results: dict[str, PatternResult],
    ) -> None:
        self.reading = reading
        self.programme = reading.rulebook.file.programme
        self.chooser = chooser
        self.mode = mode
        self.focus = focus
        self.results = results
        self.chosen: set[str] = set()
        self.seated = bool(self.programme.seated_when.holds(reading.strict))

    def may_hold(self, rules: Silenced[Rule]) -> list[Rule]:
        """The rules of a list that this person's answers do not rule out at a glance."""
        return rules.that_may_hold(self.reading.signals, self.reading.strict.values)

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
        fitting = [side for side in result.sides if side.status in (Status.LIKELY, Status.POSSIBLE)]
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
            if _seconds(self.programme, (*total, candidate)) > budget and len(slot) > extra.replaces_above:
                total.remove(slot[-1])
                if _seconds(self.programme, (*total, candidate)) <= budget:
                    slot.pop()
            if _seconds(self.programme, (*total, candidate)) <= budget:
                extras.append(self.planned(exercise, None))
        return extras

    def is_wanted(self, extra: Extra) -> bool:
        strict = self.reading.strict
        return bool(extra.when.holds(strict)) and not (extra.unless and extra.unless.holds(strict))


def _seconds(programme: Programme, exercises: Sequence[PlannedExercise]) -> int:
    return sum(seconds_of(programme, planned.dose) for planned in exercises if planned.dose)


def seconds_of(programme: Programme, dose: Dose) -> int:
    """How long one exercise takes: both sides, counted sets, rests between, and changing over."""
    timing = programme.timing
    sets = min(dose.sets, timing.counted_sets)
    once = sets * dose.reps * (dose.hold_seconds + timing.between_reps_seconds)
    once += (sets - 1) * timing.between_sets_seconds
    return once * (2 if dose.each_side else 1) + timing.change_seconds


def _trim(programme: Programme, slots: Slots, budget: int) -> None:
    """Drop exercises from the end of the slots until the plan fits the time."""
    total = sum(_seconds(programme, taken) for taken in slots.values())
    for slot in programme.trim_order:
        while total > budget and len(slots[slot]) > programme.trim_keeps:
            total -= _seconds(programme, [slots[slot].pop()])
