"""An assessment and what a case expects of it to the sentences that say what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfcheck.assessment import assess
from selfcheck.assessment.model import Assessment, PatternResult, PlannedExercise
from selfcheck.assessment.reading import read
from selfcheck.assessment.scoring import tally
from selfcheck.handout.content import handout
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.journey import Journey
from tests.cases.case_files import Case, answers_of

SLOTS = ("mobility", "stretch", "strength", "extras", "massage", "habits")


@dataclass(frozen=True)
class Outcome:
    """An assessment, ready to be looked at."""

    rulebook: Rulebook
    assessment: Assessment

    @property
    def fired(self) -> dict[str, str]:
        """The red flags and clusters that fired, with their levels."""
        triage = self.assessment.triage
        flags = {fired.flag.id: fired.disposition.id for fired in triage.flags}
        return flags | {fired.cluster.id: fired.disposition.id for fired in triage.clusters}

    @property
    def withheld_tags(self) -> frozenset[str]:
        """Every tag that a caution withholds."""
        return frozenset().union(*(caution.withholds for caution in self.assessment.triage.cautions))

    @property
    def main(self) -> list[str]:
        """The exercises of the three slots."""
        return ids(self.assessment.plan.main)

    @property
    def shown(self) -> set[str]:
        """Every movement that is shown: the plan with all forms of its exercises, and what others do."""
        plan = self.assessment.plan
        return {exercise.id for exercise in plan.given} - set(ids(plan.habits))

    def scored(self, pattern: str) -> int:
        """The points of a pattern's better side, whether it fits or not."""
        reading = read(self.rulebook, self.assessment.answers)
        return tally(self.rulebook, reading.strict).sides(pattern)[0][1]

    def result(self, pattern: str) -> PatternResult | None:
        """A pattern that fits, if it does."""
        return next((found for found in self.assessment.patterns if found.pattern.id == pattern), None)


def outcome(rulebook: Rulebook, case: Case) -> Outcome:
    """Assess a case."""
    return Outcome(rulebook, assess(rulebook, answers_of(rulebook, case)))


def ids(planned: Sequence[PlannedExercise]) -> list[str]:
    return [one.exercise.id for one in planned]


def deviations(case: Case, found: Outcome) -> list[str]:
    """What differs from what a case expects, one sentence each. A case that names no channel, nothing that fires and
    nothing that is missing expects none; anything else it does not name is not looked at.

    Raises:
        KeyError: for something the case expects that nobody knows how to check.

    """
    expected = {"channel": None, "fires": {}, "missing": [], **case.expected}
    unknown = sorted(expected.keys() - CHECKS.keys())
    if unknown:
        raise KeyError(f"{case.id}: nothing checks {', '.join(unknown)}")
    return [
        f"{case.id}, {key}: {sentence}"
        for key, value in expected.items()
        for sentence in CHECKS[key](found, value)
    ]


def differs(actual: object, expected: object) -> Iterator[str]:
    if actual != expected:
        yield f"is {actual}, expected {expected}"


def lacks(actual: Sequence[str] | set[str], expected: Sequence[str]) -> Iterator[str]:
    absent = [one for one in expected if one not in actual]
    if absent:
        yield f"{', '.join(absent)} not among {', '.join(sorted(actual))}"


def has(actual: Sequence[str] | set[str], unwanted: Sequence[str]) -> Iterator[str]:
    present = [one for one in unwanted if one in actual]
    if present:
        yield f"{', '.join(present)} should not be there"


def contains(text: str, wanted: str) -> Iterator[str]:
    if wanted not in text:
        yield f"is '{text}', expected '{wanted}' in it"


def families(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    tags = {tag.id for tag in found.rulebook.file.tag if tag.family}
    return differs(sorted(found.withheld_tags & tags), sorted(wanted))


def other_tags(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    tags = {tag.id for tag in found.rulebook.file.tag if not tag.family}
    return differs(sorted(found.withheld_tags & tags), sorted(wanted))


def cautions(found: Outcome, wanted: Mapping[str, str]) -> Iterator[str]:
    held = {caution.caution.id: caution.action for caution in found.assessment.triage.cautions}
    for name, action in wanted.items():
        yield from differs({name: held.get(name)}, {name: action})


def plan(found: Outcome, wanted: bool) -> Iterator[str]:
    planned = bool(found.main)
    yield from differs(planned, wanted)
    if not wanted:
        yield from differs(sorted(found.shown | set(ids(found.assessment.plan.habits))), [])


def slot(name: str) -> Callable[[Outcome, list[str]], Iterator[str]]:
    return lambda found, wanted: differs(ids(getattr(found.assessment.plan, name)), wanted)


def one_pattern(result: PatternResult, wanted: Mapping[str, object]) -> Iterator[str]:
    actual: dict[str, object] = {"status": str(result.status), "score": result.score}
    actual |= {str(side.side): f"{side.status} {side.score}" for side in result.sides if side.side}
    for key in wanted.keys() - {"id"}:
        yield from (f"{result.pattern.id} {key} {said}" for said in differs(actual.get(key), wanted[key]))


def patterns(found: Outcome, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from differs(
        [result.pattern.id for result in found.assessment.patterns], [one["id"] for one in wanted]
    )
    yield from patterns_include(found, wanted)


def patterns_include(found: Outcome, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in wanted:
        result = found.result(one["id"])
        if result is None:
            yield f"{one['id']} does not fit"
        else:
            yield from one_pattern(result, one)


def unlikely(found: Outcome, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in wanted:
        if found.result(one["id"]) is not None:
            yield f"{one['id']} fits"
        if "score" in one:
            yield from (f"{one['id']} {said}" for said in differs(found.scored(one["id"]), one["score"]))


def arithmetic(found: Outcome, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The counted findings of a pattern, and each group's points before and after its cap."""
    caps = found.rulebook.file.scoring.most_points
    for one in wanted:
        result = found.result(one["pattern"])
        counted = result.sides[0].points if result else ()
        yield from differs({item.finding: item.points for item in counted}, one["findings"])
        sums: dict[str, int] = {}
        for item in counted:
            sums[item.group] = sums.get(item.group, 0) + item.points
        capped = {group: [points, min(points, caps[group])] for group, points in sums.items()}  # type: ignore[index]
        yield from differs(capped, one["groups"])
        yield from differs(sum(points for _, points in capped.values()), result.score if result else None)


def advice(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    return lacks([one.id for one in found.assessment.advice], wanted)


def advice_without_time(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    """What to do about a pattern, without "within two weeks" where something more urgent is known."""
    told = {one.id: one.text for one in found.assessment.advice}
    for name in wanted:
        yield from differs(told.get(f"ADV-REFER-{name}"), found.rulebook.patterns[name].advice)


def crisis_line(found: Outcome, wanted: bool) -> Iterator[str]:
    region = next(iter(found.rulebook.regions.values()))
    return differs(bool(handout(found.rulebook, found.assessment, region).crisis), wanted)


def tests_offered(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    wish = found.rulebook.file.journey.tests_wish
    return lacks(Journey(found.rulebook, found.assessment.answers, wishes=(wish,)).home_tests.chosen, wanted)


def dropped(found: Outcome, wanted: Sequence[str]) -> Iterator[str]:
    """Left out for want of time, so not shown and not withheld."""
    yield from has(found.shown, wanted)
    yield from has([one.exercise.id for one in found.assessment.plan.withheld], wanted)


CHECKS: Mapping[str, Callable[[Outcome, Any], Iterator[str]]] = {
    "disposition": lambda found, wanted: differs(found.assessment.triage.disposition.id, wanted),
    "channel": lambda found, wanted: differs(found.assessment.triage.channel, wanted),
    "fires": lambda found, wanted: differs(found.fired, wanted),
    "missing": lambda found, wanted: differs(list(found.assessment.triage.missing), wanted),
    "cautions": cautions,
    "withholds": families,
    "tags": other_tags,
    "lead_says": lambda found, wanted: contains(found.assessment.lead, wanted),
    "patterns_shown": lambda found, wanted: differs(bool(found.assessment.shown_patterns), wanted),
    "patterns": patterns,
    "patterns_include": patterns_include,
    "unlikely": unlikely,
    "arithmetic": arithmetic,
    "mode": lambda found, wanted: differs(found.assessment.plan.mode, wanted),
    "level": lambda found, wanted: differs(found.assessment.plan.level, wanted),
    "focus": lambda found, wanted: differs(list(found.assessment.plan.focus), wanted),
    "plan": plan,
    **{name: slot(name) for name in SLOTS},
    "exercises": lambda found, wanted: differs(sorted(found.main), sorted(wanted)),
    "plans": lambda found, wanted: lacks(found.shown, wanted),
    "seconds": lambda found, wanted: differs(found.assessment.plan.seconds, wanted),
    "must_not": lambda found, wanted: has(found.shown, wanted),
    "first_mobility": lambda found, wanted: differs(found.main[:1], [wanted]),
    "dropped": dropped,
    "advice": advice,
    "advice_without_time": advice_without_time,
    "crisis_line": crisis_line,
    "tests_offered": tests_offered,
}
