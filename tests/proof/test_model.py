"""The circuit that the proof reads says the same as the program, on random answer sets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from random import Random

from selfcheck import load_rulebook
from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.ranks import rank
from selfcheck.proof.circuit import Literal, value
from selfcheck.proof.levels import Levels
from selfcheck.proof.plans import Plans
from selfcheck.proof.sampling import changed, random_answers
from tests.cases.case_files import completed
from tests.properties.journeys import harmless

RULES = load_rulebook()
SETS = 5_000 if os.environ.get("CI") == "true" else 250
Sees = Callable[[Literal], bool]


@lru_cache(maxsize=1)
def model() -> tuple[Levels, Plans, Mapping[str, Mapping[str, Literal]]]:
    """The whole model, with every literal that is compared."""
    levels = Levels(RULES)
    plans = Plans(levels)
    findings = {
        key: levels.strict.named(key)
        for finding in RULES.file.finding
        for key in (
            [f"{finding.id}:{side}" for side in ("left", "right")]
            if finding.scope == "side"
            else [finding.id]
        )
    }
    return levels, plans, {
        "disposition": {one.id: levels.at(one) for one in RULES.file.disposition},
        "mode": {mode.id: one for mode, one in zip(RULES.file.programme.mode, plans.modes, strict=True)},
        "given": {one.id: plans.given(one, 3) for one in RULES.file.exercise},
        "true": {key: one.true for key, one in findings.items()},
        "false": {key: one.false for key, one in findings.items()},
    }  # fmt: skip


def nearly_harmless(number: int) -> list[Answers]:
    """People with a plan, mostly: the harmless answers of the cases with some changed."""
    chance = Random(2)  # noqa: S311 - no secret
    base = harmless(RULES)
    start = Answers(completed(RULES, dict(base)).values)
    return [changed(RULES, start, chance, chance.choice((1, 3, 8, 20))) for _ in range(number)]


def modelled(answers: list[Answers]) -> list[Sees]:
    """For each answer set, what the model says of a literal."""
    levels, _, _ = model()
    inputs: dict[Literal, int] = {}
    for place, one in enumerate(answers):
        for literal, true in levels.space.write(one).items():
            inputs[literal] = inputs.get(literal, 0) | true << place
    values = levels.circuit.simulate(inputs, len(answers))

    def sees(place: int) -> Sees:
        return lambda literal: bool(value(values, literal, len(answers)) >> place & 1)

    return [sees(place) for place in range(len(answers))]


def of_the_model(sees: Sees) -> dict[str, object]:
    levels, _, named = model()
    fired = {
        one.rule: one.rank for one in sorted(levels.sources, key=lambda one: one.rank) if sees(one.holds)
    }
    standing = {pattern.id: levels.standings[pattern.id] for pattern in RULES.file.pattern}
    return {
        "disposition": [name for name, one in named["disposition"].items() if sees(one)],
        "mode": [name for name, one in named["mode"].items() if sees(one)],
        "fired": fired,
        "cautions": {one.caution.id for one in levels.cautions if sees(one.holds)},
        "open cautions": {one.caution.id for one in levels.cautions if sees(one.unknown)},
        "patterns": {
            name: "likely" if sees(one.likely) else "possible"
            for name, one in standing.items()
            if sees(one.possible)
        },
        "waits": sees(levels.incomplete),
        "findings": {
            key: True if sees(named["true"][key]) else False if sees(named["false"][key]) else None
            for key in named["true"]
            if ":" not in key
        },
    }


def of_the_program(assessment: Assessment) -> dict[str, object]:
    triage = assessment.triage
    fired = {one.flag.id: rank(one.disposition) for one in triage.flags}
    fired |= {one.cluster.id: rank(one.disposition) for one in triage.clusters}
    fired |= {one.caution.id: rank(one.floor) for one in triage.cautions if one.floor}
    for pattern in triage.pattern_floors:
        levels = [RULES.dispositions[floor.disposition] for floor in RULES.patterns[pattern].floor]
        fired[pattern] = max(rank(level) for level in levels)
    sided = {finding.id for finding in RULES.file.finding if finding.scope == "side"}
    return {
        "disposition": [triage.disposition.id],
        "mode": [assessment.plan.mode],
        "fired": fired,
        "cautions": {one.caution.id for one in triage.cautions},
        "open cautions": {one.caution.id for one in triage.open_cautions},
        "patterns": {one.pattern.id: str(one.status) for one in assessment.patterns},
        "waits": triage.disposition.answers_needed,
        "findings": {name: one for name, one in assessment.findings.items() if name not in sided},
    }


def test_the_model_says_what_the_program_says() -> None:
    model()
    answers = [*islice(random_answers(RULES, seed=1), SETS // 3), *nearly_harmless(SETS - SETS // 3)]
    planned = 0
    for one, sees in zip(answers, modelled(answers), strict=True):
        assessment = assess(RULES, one)
        assert of_the_model(sees) == of_the_program(assessment), one.values
        plan = assessment.plan
        for found in (*plan.main, *plan.extras, *plan.massage, *plan.habits):
            planned += 1
            assert sees(model()[2]["given"][found.exercise.id]), (found.exercise.id, one.values)
    assert planned > SETS // 10
