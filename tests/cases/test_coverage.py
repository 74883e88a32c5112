"""Every rule is reached by some case, so that a new rule without a case fails here by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from tests.cases.case_files import Case, all_cases, read_cases
from tests.cases.expectations import Outcome, deviations, outcome

Reached = tuple[str, str]


@pytest.fixture(scope="module")
def outcomes(rulebook: Rulebook) -> tuple[Outcome, ...]:
    return tuple(outcome(rulebook, case) for case in all_cases())


@pytest.mark.parametrize("case", read_cases("coverage"), ids=lambda case: case.id)
def test_a_coverage_case_gives_its_written_result(rulebook: Rulebook, case: Case) -> None:
    assert deviations(case, outcome(rulebook, case)) == []


def test_case_names_are_unique() -> None:
    names = [case.id for case in all_cases()]
    assert len(names) == len(set(names))


def test_every_red_flag_and_cluster_fires_at_each_of_its_levels_in_some_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    assert without_a_case(levels(rulebook), fired(outcomes)) == []


def test_every_caution_acts_in_each_of_its_ways_in_some_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    assert without_a_case(actions(rulebook), acted(outcomes)) == []


def test_every_pattern_becomes_possible_and_likely_in_some_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    assert without_a_case(statuses(rulebook), fitted(outcomes)) == []


def test_every_disposition_channel_and_mode_is_reached_by_some_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    file = rulebook.file
    declared = [(disposition.id, "") for disposition in file.disposition]
    declared += [(channel.id, "") for channel in file.channel]
    declared += [(mode.id, "") for mode in file.programme.mode]
    reached = {
        (name or "", "")
        for found in outcomes
        for name in (
            found.assessment.triage.disposition.id,
            found.assessment.triage.channel,
            found.assessment.plan.mode,
        )
    }
    assert without_a_case(declared, reached) == []


def test_without_cases_every_rule_is_named(rulebook: Rulebook) -> None:
    assert ("rf_fever", "urgent_48h") in without_a_case(levels(rulebook), [])
    named = {name for name, _ in without_a_case(levels(rulebook), [])}
    assert named == rulebook.red_flags.keys() | rulebook.clusters.keys()


def test_every_exercise_is_planned_by_some_case(rulebook: Rulebook, outcomes: tuple[Outcome, ...]) -> None:
    for_people = {exercise.id for exercise in rulebook.file.exercise if exercise.level != "supervised"}
    assert for_people <= {name for found in outcomes for name in planned(found)}


def test_supervised_exercises_are_planned_by_no_case(
    rulebook: Rulebook, outcomes: tuple[Outcome, ...]
) -> None:
    supervised = {exercise.id for exercise in rulebook.file.exercise if exercise.level == "supervised"}
    assert supervised
    assert not supervised & {name for found in outcomes for name in planned(found)}


def without_a_case(declared: Iterable[Reached], reached: Iterable[Reached]) -> list[Reached]:
    """What is declared and never reached."""
    seen = set(reached)
    return [one for one in dict.fromkeys(declared) if one not in seen]


def levels(rulebook: Rulebook) -> Iterator[Reached]:
    for flag in rulebook.file.red_flag:
        yield from ((flag.id, row.disposition) for row in flag.when)
    for cluster in rulebook.file.cluster:
        yield from ((cluster.id, row.disposition) for row in cluster.when)


def fired(outcomes: Iterable[Outcome]) -> Iterator[Reached]:
    return (reached for found in outcomes for reached in found.fired.items())


def actions(rulebook: Rulebook) -> Iterator[Reached]:
    return ((caution.id, row.action) for caution in rulebook.file.caution for row in caution.when)


def acted(outcomes: Iterable[Outcome]) -> Iterator[Reached]:
    for found in outcomes:
        yield from ((one.caution.id, one.action) for one in found.assessment.triage.cautions)


def statuses(rulebook: Rulebook) -> Iterator[Reached]:
    return ((pattern.id, status) for pattern in rulebook.file.pattern for status in reachable(pattern))


def reachable(pattern: Pattern) -> Iterator[str]:
    """The statuses that a pattern's entry allows. One that is shown when nothing else fits is likely then."""
    if pattern.possible is not None or pattern.possible_when is not None:
        yield "possible"
    if pattern.likely is not None or pattern.likely_when is not None or pattern.kind == "fallback":
        yield "likely"


def fitted(outcomes: Iterable[Outcome]) -> Iterator[Reached]:
    for found in outcomes:
        yield from ((one.pattern.id, str(one.status)) for one in found.assessment.patterns)


def planned(found: Outcome) -> list[str]:
    """Everything a person is given: also easier, harder and other forms, and what somebody else does."""
    return [exercise.id for exercise in found.assessment.plan.given]
