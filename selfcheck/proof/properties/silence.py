"""Empty questions: none of them is ever taken for "no"."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.answers import Answers
from selfcheck.assessment.ranks import rank
from selfcheck.proof.case import Case, chosen
from selfcheck.proof.circuit import Changed, Literal
from selfcheck.proof.report import Counterexample, Property
from selfcheck.proof.rows import Source
from selfcheck.proof.telling import result, told
from selfcheck.questionnaire import Item, Kind

BLOCKS = ("A", "B")


def never_no(case: Case) -> Property:
    """What an answer raises, an empty question raises or holds open."""
    asked, found, cases = case.solver.asked, [], 0
    promises = case.rulebook.file.promises
    exempt = {one.item for one in promises.may_be_empty}
    for item in case.items.values():
        if item.id in exempt or item.sheet_only:
            continue
        case.forget()
        changed = case.unanswered(item.id)
        affected = [one for one in case.affected(changed) if _counts(case, one)]
        for block in BLOCKS:
            raised = [one for one in affected if one.block == block]
            if raised:
                cases += 1
                found += list(_calmer(case, item, changed, raised))
        if item.benign and item.block in BLOCKS:
            cases += 1
            found += list(_calmer_than_no(case, item, changed))
    return Property(
        id="never_no",
        statement="A question that is asked and left empty never gives a calmer complete result than any "
        "answer to it: the result is incomplete, or at least as urgent, or so urgent that it stands while "
        "questions of that block are open. It is never calmer than the harmless answer.",
        cases=cases,
        solved=case.solver.asked - asked,
        exceptions=(
            *(f"{case.items[one.item].short} [{one.item}]. {one.because}" for one in promises.may_be_empty),
            *(f"{one.rule}. {one.because}" for one in promises.uncounted),
            "Nothing more is asked of people for whom the check ends early.",
            "Flags of Block C, cautions and patterns hold no result open.",
        ),
        counterexamples=tuple(found),
    )


def _counts(case: Case, source: Source) -> bool:
    """Whether an empty question has to hold this source open."""
    uncounted = {one.rule for one in case.rulebook.file.promises.uncounted}
    return source.block in BLOCKS and not source.explains and source.rule not in uncounted


def _own(case: Case, item: Item, changed: Changed, block: str) -> list[Literal]:
    """That the empty question itself does not keep the result incomplete, below the level that a block needs."""
    needs = case.levels.needs
    return [
        changed[one.holds] ^ 1
        for one in case.levels.waiting
        if one.item == item.id and needs(one.block) >= needs(block)
    ]


def _calmer(case: Case, item: Item, changed: Changed, raised: list[Source]) -> Iterator[Counterexample]:
    """Some answer raises more than the empty question does, which gives a complete result all the same."""
    block = raised[0].block
    needs = case.levels.needs(block)
    short, full = case.falls(raised, None, changed, needs)
    answers = case.solver.find(
        (
            short,
            changed[case.asked[item.id]],
            changed[case.levels.ends_check] ^ 1,
            case.space.said[item.id],
            *_agreeing(case, item),
            *_own(case, item, changed, block),
        ),
        (full, changed[case.levels.incomplete] ^ 1),
    )
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        return _is_calmer(case, item, answers, {one.rule for one in raised}, needs)

    yield case.counterexample(item.id, answers, breaks, lambda answers: _tells(case, item, answers))


def _agreeing(case: Case, item: Item) -> Iterator[Literal]:
    """That no other question was answered against this one: what follows from an answer is told nowhere else
    otherwise.
    """
    space = case.space
    for (source, option), targets in case.rulebook.questionnaire.sets.items():
        for target, answer in targets if source == item.id else ():
            other = case.circuit.both(space.said[target], space.raw[target][answer] ^ 1)
            yield case.circuit.both(space.raw[item.id][option], other) ^ 1


def _is_calmer(case: Case, item: Item, answers: Answers, rules: set[str], needs: int) -> bool:
    if item.id not in answers.values or not _agree(case, item, answers):
        return False
    before, after = case.assess(answers).triage, case.assess(answers.with_changes({item.id: None})).triage
    if after.disposition.answers_needed or any(one.ends_check for one in after.cautions):
        return False
    if not case.is_asked(answers, item.id):
        return False
    fired = [rank(one.disposition) for one in before.flags if one.flag.id in rules]
    fired += [rank(one.disposition) for one in before.clusters if one.cluster.id in rules]
    return rank(after.level) < min(max(fired, default=0), needs)


def _agree(case: Case, item: Item, answers: Answers) -> bool:
    said = answers.values.get(item.id)
    ticked = said if isinstance(said, tuple) else (said,)
    for option in ticked:
        for target, answer in case.rulebook.questionnaire.sets.get((item.id, str(option)), ()):
            value = answers.values.get(target, answer)
            if value != answer and not (isinstance(value, tuple) and answer in value):
                return False
    return True


def _calmer_than_no(case: Case, item: Item, changed: Changed) -> Iterator[Counterexample]:
    """The harmless answer gives more than the empty question does, and the result is complete."""
    benign = item.benign or ""
    harmless = case.answered(item, benign)
    sources = [one for one in case.levels.sources if harmless[one.holds] != changed[one.holds]]
    short, full = case.falls(sources, harmless, changed)
    complete = changed[case.levels.incomplete] ^ 1
    answers = case.solver.find((short, changed[case.asked[item.id]]), (full, complete))
    if answers is None:
        return

    def breaks(answers: Answers) -> bool:
        if not case.is_asked(answers, item.id):
            return False
        told_no = case.assess(chosen(item, answers, benign)).triage
        silent = case.assess(answers.with_changes({item.id: None})).triage
        return not silent.disposition.answers_needed and rank(silent.level) < rank(told_no.level)

    yield case.counterexample(
        item.id,
        chosen(item, answers, benign)
        if item.kind is not Kind.MULTI
        else answers.with_changes({item.id: (benign,)}),
        breaks,
        lambda answers: _tells(case, item, chosen(item, answers, benign)),
    )


def _tells(case: Case, item: Item, answers: Answers) -> str:
    before = case.assess(answers).triage
    after = case.assess(answers.with_changes({item.id: None})).triage
    return (
        f"{told(case.rulebook, answers)}: the level is {result(before.level)}. With '{item.short}' left empty "
        f"the result is {result(after.disposition)}, complete."
    )
