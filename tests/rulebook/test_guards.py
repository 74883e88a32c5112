"""Rules that are ruled out before they are read: read all the same, none of them holds or is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings

from selfcheck import load_rulebook
from selfcheck.answers import Answers
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.prepared import Trigger, prepared
from selfcheck.assessment.reading import Reading, read
from selfcheck.assessment.scoring import fits, verdicts
from selfcheck.rulebook.conditions import Condition, Evaluation
from selfcheck.rulebook.parts.safety import Cluster, RedFlag
from selfcheck.rulebook.sieve import Rule, Sifted
from tests.rulebook.answer_sets import answer_sets
from tests.rulebook.asking import reading as reading_of

AnyTrigger = Trigger[RedFlag] | Trigger[Cluster]
RULES = load_rulebook()
searched = settings(max_examples=400, derandomize=True, deadline=None, database=None)


def afresh(reading: Reading, *, lenient: bool = False, silent: bool = False) -> Evaluation:
    """The same answers with nothing worked out in advance, but which questions are asked: another way of
    reading asks no other questions than the strict one.
    """
    rulebook = reading.rulebook
    asked = dict(reading.strict.asked) if lenient or silent else {}
    return Evaluation(
        reading.strict.values,
        rulebook.conditions,
        rulebook.ask_if,
        rulebook.careful,
        fits(rulebook),
        lenient=lenient,
        silent=silent,
        asked=asked,
    )


def left_out(reading: Reading) -> Iterator[tuple[str, Condition]]:
    """Every condition that is not read for these answers, with the id of its rule."""
    layout = prepared(reading.rulebook)
    triggers: list[AnyTrigger] = [*without(reading, layout.flags), *without(reading, layout.clusters)]
    for trigger in triggers:
        yield from ((trigger.rule.id, row.holds) for row in trigger.rule.when)
    for gate in without(reading, layout.gates):
        yield from ((gate.caution.id, row.holds) for row in gate.caution.when)
    for name, note in without(reading, layout.notes):
        yield name, note.holds
    for advice in without(reading, layout.advice):
        if advice.when is not None:
            yield advice.text.id, advice.when
    for contributor in without(reading, layout.contributors):
        yield contributor.habit, contributor.when
    for extra in without(reading, layout.extras):
        yield extra.id, extra.when


def without(reading: Reading, rules: Sifted[Rule]) -> list[Rule]:
    kept = {id(rule) for rule in rules.that_may_hold(reading.strict.open_ways)}
    return [rule for rule in rules.rules if id(rule) not in kept]


def closed_rows(reading: Reading) -> Iterator[tuple[str, Condition]]:
    """Every row of a rule, and every condition asked by itself or by name, of which no way is open."""
    layout = prepared(reading.rulebook)
    triggers: list[AnyTrigger] = [*layout.flags.rules, *layout.clusters.rules]
    for trigger in triggers:
        for level in trigger.levels:
            if not level.ways & reading.strict.open_ways:
                yield trigger.rule.id, level.row.holds
    for gate in layout.gates.rules:
        for row, _, ways in gate.rows:
            if not ways & reading.strict.open_ways:
                yield gate.caution.id, row.holds
    for condition, ways in layout.alone.items():
        if not ways & reading.strict.open_ways:
            yield condition.text, condition
    for key, ways in layout.named.items():
        if not ways & reading.strict.open_ways:
            yield key, reading.rulebook.conditions[key]


@searched
@given(answer_sets(RULES))
def test_a_rule_that_is_left_out_is_false_however_it_is_read(answers: Answers) -> None:
    reading = read(RULES, answers)
    ways = (afresh(reading), afresh(reading, lenient=True), afresh(reading, silent=True))
    weigh_patterns(reading)
    for way in ways:
        way.statuses.update(reading.strict.statuses)
    wrong = [
        name
        for name, condition in (*left_out(reading), *closed_rows(reading))
        if any(condition.holds(way) is not False for way in ways)
    ]
    assert wrong == []


@searched
@given(answer_sets(RULES))
def test_a_question_noted_as_not_asked_is_not_asked(answers: Answers) -> None:
    reading = read(RULES, answers)
    fresh = afresh(reading)
    noted = {item for item, asked in reading.strict.asked.items() if asked is False}
    unanswered = {item for item in RULES.ask_if if item not in reading.strict.values}
    assert noted & unanswered == {item for item in unanswered if not fresh.is_asked(item)}


@searched
@given(answer_sets(RULES))
def test_every_finding_has_the_verdict_of_its_condition(answers: Answers) -> None:
    reading = read(RULES, answers)
    found, fresh, layout = verdicts(RULES, reading.strict), afresh(reading), prepared(RULES).findings
    wrong = {
        key: (found[key], verdict)
        for key in layout.verdicts
        if (verdict := RULES.conditions[key].holds(fresh)) is not found[key]
    }
    assert wrong == {}


def test_most_flags_are_left_out_for_harmless_answers(base: dict[str, object]) -> None:
    harmless, flags = reading_of(RULES, base), prepared(RULES).flags
    assert len(without(harmless, flags)) > len(flags.rules) / 2
