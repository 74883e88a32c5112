"""Patterns and cautions to a plan: mode, level, focus, exercises, time and habits, the same every time."""

from __future__ import annotations

from collections.abc import Sequence

from selfcheck.assessment.candidates import layout_of
from selfcheck.assessment.choosing import Chooser, simple_choices
from selfcheck.assessment.forms import with_forms
from selfcheck.assessment.making import Maker, total_seconds, trim
from selfcheck.assessment.model import PatternResult, Plan, Triage
from selfcheck.assessment.ranks import levels_of, rank
from selfcheck.assessment.reading import Reading
from selfcheck.assessment.scoring import LIKELY, POSSIBLE
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.programme import Mode, Programme


def plan(reading: Reading, triage: Triage, patterns: Sequence[PatternResult]) -> Plan:
    """The plan for one person; an empty one, of the mode "none", where no exercise may be shown."""
    programme = reading.rulebook.file.programme
    mode = _mode(reading, triage)
    if not mode.slots:
        return Plan(mode=mode.id, level=1)
    level = min(_level(reading, triage), mode.level_at_most)
    focus = _focus(reading.rulebook, mode, patterns)
    chooser = _chooser(reading, triage, mode, level)
    maker = Maker(reading, chooser, layout_of(reading.rulebook), mode, focus, patterns)
    slots = maker.slots()
    maker.fill_up(slots)
    massage = maker.massage()
    habits = maker.habits()
    budget = maker.budget()
    trim(programme, slots, budget)
    extras = maker.extras(slots, budget)
    services = tuple(maker.services())
    lists = (slots["mobility"], slots["stretch"], slots["strength"], extras)
    mobility, stretch, strength, more = with_forms(chooser, programme, mode, lists)
    return Plan(
        mode=mode.id,
        level=level,
        focus=maker.focused,
        mobility=mobility,
        stretch=stretch,
        strength=strength,
        massage=tuple(massage),
        extras=more,
        services=services,
        habits=tuple(habits),
        seconds=total_seconds(lists),
        withheld=tuple(chooser.withheld.values()),
        few=sum(map(len, lists)) < programme.fewest,
    )


def _mode(reading: Reading, triage: Triage) -> Mode:
    """The first mode whose condition holds, at most the one that the disposition allows.

    Modes stand from least to most; the first is "no exercises".
    """
    rulebook, layout, plans = reading.rulebook, reading.layout, layout_of(reading.rulebook)
    modes = rulebook.file.programme.mode
    stopped = any(caution.everything for caution in triage.cautions)
    if stopped or rank(triage.level) >= levels_of(rulebook).no_plan_from:
        return modes[0]
    wanted = modes[-1]
    for mode, when in plans.offered:
        if when is None or layout.verdict(when, reading.strict):
            wanted = mode
            break
    most = plans.places[triage.disposition.mode_at_most]
    if plans.places[wanted.id] <= most or (most > 0 and _keeps_mode(triage)):
        return wanted
    return modes[most]


def _keeps_mode(triage: Triage) -> bool:
    """Whether everything that gives the level leaves the mode as it is."""
    level = triage.level
    flags = [fired.keeps_mode for fired in triage.flags if fired.disposition is level]
    clusters = [fired.cluster.keeps_mode for fired in triage.clusters if fired.disposition is level]
    floors = [caution for caution in triage.cautions if caution.floor is level]
    return bool(flags or clusters) and all((*flags, *clusters)) and not floors and not triage.pattern_floors


def _level(reading: Reading, triage: Triage) -> int:
    layout = reading.layout
    for start in layout_of(reading.rulebook).starts:
        if start.when is not None and not layout.verdict(start.when, reading.strict):
            continue
        if start.unless is not None and layout.verdict(start.unless, reading.strict):
            continue
        if start.from_rank is None or rank(triage.level) < start.from_rank:
            return start.level
    return 1


def _focus(rulebook: Rulebook, mode: Mode, patterns: Sequence[PatternResult]) -> tuple[Pattern, ...]:
    """The patterns whose exercises are wanted, in order."""
    programme = rulebook.file.programme
    own = [result for result in patterns if result.pattern.kind == "self_care"]
    likely = [result.pattern for result in own if result.status is LIKELY]
    ranked = likely + [result.pattern for result in own if result.status is POSSIBLE]
    fallback = layout_of(rulebook).fallback
    if mode.focus == "calm":
        fitting = {result.pattern.id for result in patterns if result.status is LIKELY}
        calm = next((name for name in programme.calm_patterns if name in fitting), None)
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
        and (result.status is LIKELY or result.pattern.id in programme.possible_refer)
    )[:1]


def _chooser(reading: Reading, triage: Triage, mode: Mode, level: int) -> Chooser:
    rulebook = reading.rulebook
    programme = rulebook.file.programme
    said = reading.strict.values.get(programme.equipment_item)
    equipment = said if isinstance(said, frozenset) else frozenset(programme.equipment_default)
    cautions = (*triage.cautions, *triage.open_cautions)
    tags = frozenset().union(*(caution.withholds for caution in cautions))
    everything = any(caution.everything for caution in cautions)
    layout = layout_of(rulebook)
    return Chooser(
        layout.candidates,
        level,
        equipment,
        triage.cautions,
        triage.open_cautions,
        tags,
        everything,
        layout.doses[mode.id],
        simple=simple_choices(rulebook),
    )
