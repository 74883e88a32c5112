"""Alarms: each gives the level that is promised for it, and none ever lowers a result."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.answers import Answers
from selfcheck.assessment.ranks import rank
from selfcheck.proof.case import Case, chosen, has
from selfcheck.proof.report import Counterexample, Property
from selfcheck.proof.telling import one_answer, result, told
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.parts.proof import AlarmPromise


def promised_levels(case: Case) -> Property:
    """Each alarm of a group with a promise gives at least the promised level, whatever else is said."""
    asked, cases, found = case.solver.asked, 0, []
    promises = case.rulebook.file.promises.alarm
    for promise in promises:
        for item, option in _alarms_of(case, promise):
            cases += 1
            case.forget()
            found += list(_below(case, promise, item, option))
    groups = {group.id: group.label for group in case.rulebook.file.flag_group}
    return Property(
        id="alarm_level",
        statement="Each alarm gives at least the result that is promised for its group, whatever else is "
        "answered or left empty.",
        cases=cases,
        solved=case.solver.asked - asked,
        exceptions=tuple(
            f"{groups[one.group]}, {', '.join(one.options) or 'all but ' + ', '.join(one.but)}: "
            f"at least {one.least}. {one.because}"
            for one in promises
        ),
        counterexamples=tuple(found),
    )


def _alarms_of(case: Case, promise: AlarmPromise) -> Iterator[tuple[Item, str]]:
    for flag in case.rulebook.file.red_flag:
        item = case.items.get(flag.id)
        if flag.group != promise.group or item is None:
            continue
        for option in item.alarm:
            if option not in promise.but and option in (promise.options or item.alarm):
                yield item, option


def _below(case: Case, promise: AlarmPromise, item: Item, option: str) -> Iterator[Counterexample]:
    least = case.rulebook.dispositions[promise.least]
    changed = case.answered(item, option)
    answers = case.solver.find((), case.not_reached(changed, rank(least)))
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        return has(answers, item.id, option) and case.level(answers) < rank(least)

    def tells(answers: Answers) -> str:
        level = case.assess(answers).triage.level
        return f"{told(case.rulebook, answers)}: the level is {result(level)}, promised is {result(least)}."

    yield case.counterexample(item.id, chosen(item, answers, option), breaks, tells)


def monotone(case: Case) -> Property:
    """No alarm that is set lowers the level."""
    asked, found = case.solver.asked, []
    alarms = [(item, option) for item in case.items.values() for option in item.alarm]
    for item, option in alarms:
        case.forget()
        found += list(_lowered(case, item, option))
    return Property(
        id="monotone",
        statement="Setting a declared alarm never lowers the level, whatever was answered to its question "
        "before (but another alarm).",
        cases=len(alarms),
        solved=case.solver.asked - asked,
        exceptions=tuple(
            f"{case.items[one.item].short}, {one.option or 'all alarms'} in place of {one.than}. {one.because}"
            for one in case.rulebook.file.promises.calmer
        ),
        counterexamples=tuple(found),
    )


def _before(case: Case, item: Item, option: str) -> frozenset[str]:
    """The answers in place of which an alarm may be calmer: other alarms of a single choice, and those
    declared.
    """
    calmer = case.rulebook.file.promises.calmer
    declared = {one.than for one in calmer if one.item == item.id and one.option in (option, None)}
    return frozenset(declared | (set(item.alarm) if item.kind is Kind.SINGLE else set()))


def _lowered(case: Case, item: Item, option: str) -> Iterator[Counterexample]:
    changed, except_for = case.answered(item, option), _before(case, item, option)
    short, full = case.falls(case.affected(changed), None, changed)
    allowed = [case.space.raw[item.id][name] ^ 1 for name in sorted(except_for)]
    answers = case.solver.find((short, *allowed), (full,))
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        if any(has(answers, item.id, name) for name in except_for):
            return False
        return case.level(chosen(item, answers, option)) < case.level(answers)

    def tells(answers: Answers) -> str:
        before = case.assess(answers).triage.level
        after = case.assess(chosen(item, answers, option)).triage.level
        more = one_answer(case.rulebook, item.id, option)
        return f"{told(case.rulebook, answers)}: {result(before)}. With {more} it is {result(after)}."

    yield case.counterexample(item.id, answers, breaks, tells)
