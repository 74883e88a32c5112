"""One person's answers to what any single other answer would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import Assessment, assess
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import read
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.everywhere import read_by, told_apart
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, RedFlag
from selfcheck.rulebook.tree import Node


class Outcome(Struct, frozen=True):
    """What a person would notice of a result: the disposition and the level reached, where an emergency
    goes, the patterns with their status, and everything that is planned.
    """

    disposition: str
    level: str
    channel: str | None
    patterns: Mapping[str, str]
    plan: tuple[str, ...]


class Flip(Struct, frozen=True):
    """One other answer to one question (``before`` is ``None`` where there is none yet), and what follows.

    ``raises`` says whether the level goes up.
    """

    item: str
    before: Answer | None
    answer: Answer
    outcome: Outcome
    raises: bool


def outcome_of(assessment: Assessment) -> Outcome:
    """What a person would notice of an assessment."""
    triage, plan = assessment.triage, assessment.plan
    given = (*plan.main, *plan.extras, *plan.massage, *plan.habits)
    return Outcome(
        triage.disposition.id,
        triage.level.id,
        triage.channel,
        {found.pattern.id: str(found.status) for found in assessment.patterns},
        (plan.mode, *(one.exercise.id for one in given)),
    )


def flips(rulebook: Rulebook, answers: Answers, items: Iterable[str] | None = None) -> Iterator[Flip]:
    """Every single answer that would change the result, in the order of the questionnaire.

    Only questions that are asked, or those ``items`` of them; every option of a choice, each tick put in or
    taken out, and of numbers one for each stretch that no rule tells apart. What the answer opens stays
    empty, and answers to questions that it closes drop out, as on the pages.
    """
    assessment = assess(rulebook, answers)
    now, level = outcome_of(assessment), rank(assessment.triage.level)
    wanted = None if items is None else frozenset(items)
    strict = read(rulebook, answers).strict
    for item in rulebook.questionnaire.items.values():
        if (wanted is not None and item.id not in wanted) or not strict.is_asked(item.id):
            continue
        for answer in other_answers(rulebook, item, answers.values.get(item.id)):
            changed = with_answer(rulebook, answers, item.id, answer)
            if changed is None:
                continue
            found = assess(rulebook, changed)
            outcome = outcome_of(found)
            if outcome != now:
                raises = rank(found.triage.level) > level
                yield Flip(item.id, answers.values.get(item.id), answer, outcome, raises)


def other_answers(rulebook: Rulebook, item: Item, before: Answer | None) -> Iterator[Answer]:
    """The answers that a person could have given to a question instead."""
    options = (rulebook.questionnaire.items[item.among] if item.among else item).options
    shown = [option.id for option in options.values() if not option.hidden]
    match item.kind:
        case Kind.SINGLE:
            yield from (option for option in shown if option != before)
        case Kind.MULTI:
            yield from _other_ticks(item, shown, before if isinstance(before, tuple) else ())
        case Kind.NUMBER | Kind.SCALE:
            yield from (number for number in told_apart(rulebook, item) if number != before)


def _other_ticks(item: Item, shown: list[str], ticked: tuple[str, ...]) -> Iterator[Answer]:
    """One tick more or one less; one that stands alone takes the place of all others."""
    for option in shown:
        if option in ticked:
            if len(ticked) > 1:
                yield tuple(other for other in ticked if other != option)
        elif option in item.alone:
            yield (option,)
        else:
            kept = {*ticked, option} - item.alone
            yield tuple(other for other in item.options if other in kept)


def with_answer(rulebook: Rulebook, answers: Answers, item: str, answer: Answer) -> Answers | None:
    """The answers with another one, and without those to questions that are no longer asked; ``None`` if
    they cannot stand together.
    """
    changed = answers.with_changes({item: answer})
    while True:
        strict = read(rulebook, changed).strict
        closed = [name for name in changed.values if name != item and not strict.is_asked(name)]
        if not closed:
            break
        changed = changed.with_changes(dict.fromkeys(closed))
    try:
        return read_answers(rulebook.questionnaire, changed.values)
    except AnswersError:
        return None


def raising(rulebook: Rulebook, assessment: Assessment, most: int) -> tuple[Flip, ...]:
    """A few single answers that would make the result more urgent, the least urgent of each question.

    They are answers to questions that the rules behind this result read, about what can change: declared
    alarms, scales, and what is not answered. Never one that would make the result less urgent.
    """
    triage, answers = assessment.triage, assessment.answers
    level = rank(triage.level)
    rules: tuple[RedFlag | Cluster, ...] = (
        *(one.flag for one in triage.flags),
        *(one.cluster for one in triage.clusters),
    )
    rows = [
        row for rule in rules for row in rule.when if rank(rulebook.dispositions[row.disposition]) > level
    ]
    found: dict[str, Flip] = {}
    for row in sorted(rows, key=lambda row: rank(rulebook.dispositions[row.disposition])):
        for item in _that_can_change(rulebook, answers, row.holds.node):
            if item.id in found or len(found) == most:
                continue
            for answer in other_answers(rulebook, item, answers.values.get(item.id)):
                changed = with_answer(rulebook, answers, item.id, answer)
                if changed is None or not row.holds.holds(read(rulebook, changed).strict):
                    continue
                after = assess(rulebook, changed)
                if rank(after.triage.level) > level:
                    before = answers.values.get(item.id)
                    found[item.id] = Flip(item.id, before, answer, outcome_of(after), raises=True)
                    break
    return tuple(found.values())


def _that_can_change(rulebook: Rulebook, answers: Answers, node: Node) -> Iterator[Item]:
    private = rulebook.file.triage.private_items
    strict = read(rulebook, answers).strict
    for name in sorted(read_by(rulebook, node)):
        item = rulebook.questionnaire.items[name]
        changes = item.alarm or item.kind is Kind.SCALE or name not in answers.values
        fixed = item.block in ("page1", "risk")
        if changes and not fixed and name not in private and strict.is_asked(name):
            yield item
