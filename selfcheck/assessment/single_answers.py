"""A rulebook and harmless answers to what each single answer gives by itself, as a table for clinicians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Triage
from selfcheck.assessment.reading import read
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Compare, Measure, Node, parts_of

HEAD = ("", "| answer | level by itself | decided by | cautions | waits for |", "|---|---|---|---|---|")
Choice = str | float
Stretch = tuple[Choice, Choice]
"""An option twice, or the first and the last of numbers that no rule tells apart."""


class Outcome(Struct, frozen=True):
    """What one answer gives: the level, where an emergency goes, the rules at that level, the cautions.

    ``waits_for`` are the questions that keep the result incomplete; empty if it is complete.
    """

    rank: int
    level: str
    channel: str | None
    rules: tuple[str, ...]
    cautions: tuple[str, ...]
    waits_for: tuple[str, ...]


class SingleAnswer(Struct, frozen=True):
    """One answer to one item, all else harmless except the answers that open the item (``given``)."""

    item: str
    stretch: Stretch
    given: Mapping[str, Choice]
    outcome: Outcome


def single_answers(rulebook: Rulebook, base: Answers) -> Iterator[SingleAnswer]:
    """Every option of every item, and of numbers every stretch between the thresholds of the rules.

    ``base`` is a complete harmless set. What an answer opens stays unanswered; a follow-up is read with
    the first answer that opens it. Texts are left out, and so is what cannot stand beside the base.
    """
    bounds = _bounds(rulebook)
    for item in rulebook.questionnaire.items.values():
        opened, given = _opened(rulebook, base, item, bounds)
        for stretch in _stretches(rulebook, item, bounds):
            answers = _with(rulebook, opened, item, stretch[0])
            if answers is not None:
                yield SingleAnswer(item.id, stretch, given, _outcome(assess(rulebook, answers).triage))


def _opened(
    rulebook: Rulebook, base: Answers, item: Item, bounds: Mapping[str, set[float]]
) -> tuple[Answers, Mapping[str, Choice]]:
    """The base with what opens an item, if it follows another one and the base does not open it."""
    if item.follows is None or read(rulebook, base).strict.is_asked(item.id):
        return base, {}
    parent = rulebook.questionnaire.items[item.follows]
    before, given = _opened(rulebook, base, parent, bounds)
    for first, _ in _stretches(rulebook, parent, bounds):
        answers = _with(rulebook, before, parent, first)
        if answers is not None and read(rulebook, answers).strict.is_asked(item.id):
            return answers, {**given, parent.id: first}
    return base, {}


def _stretches(rulebook: Rulebook, item: Item, bounds: Mapping[str, set[float]]) -> Iterator[Stretch]:
    if item.kind in (Kind.SINGLE, Kind.MULTI):
        options = (rulebook.questionnaire.items[item.among] if item.among else item).options
        yield from ((option, option) for option in options)
    elif item.low is not None and item.high is not None:
        low, high = item.low, item.high
        starts = sorted({low, *(bound for bound in bounds.get(item.id, ()) if low < bound <= high)})
        yield from zip(starts, [*(round(start - item.step, 6) for start in starts[1:]), high], strict=True)


def _bounds(rulebook: Rulebook) -> dict[str, set[float]]:
    """Of each number item, the numbers at which some rule begins to say something else."""
    file = rulebook.file
    conditions = [*rulebook.conditions.values(), *rulebook.ask_if.values()]
    conditions += [row.holds for cluster in file.cluster for row in cluster.when]
    conditions += [row.holds for caution in file.caution for row in caution.when]
    found: dict[str, set[float]] = {}
    for node in (part for condition in conditions for part in _nodes(condition.node)):
        if isinstance(node, Compare) and isinstance(node.quantity, Measure):
            item, bound = rulebook.questionnaire.items[node.quantity.item], node.bound
            after = round(bound + item.step, 6)
            starts = {">=": {bound}, "<": {bound}, "==": {bound, after}}.get(node.operator, {after})
            found.setdefault(item.id, set()).update(starts)
    return found


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in parts_of(node):
        yield from _nodes(part)


def _with(rulebook: Rulebook, base: Answers, item: Item, answer: Choice) -> Answers | None:
    """The base with one answer changed, ``None`` if they cannot stand together.

    A choice among the answers to another question becomes one of those first.
    """
    changes: dict[str, Answer | None] = {item.id: (str(answer),) if item.kind is Kind.MULTI else answer}
    if item.among:
        chosen = base.values.get(item.among)
        changes[item.among] = (*(chosen if isinstance(chosen, tuple) else ()), str(answer))
    try:
        return read_answers(rulebook.questionnaire, base.with_changes(changes).values)
    except AnswersError:
        return None


def _outcome(triage: Triage) -> Outcome:
    level = triage.level
    rules = (
        *(fired.flag.id for fired in triage.flags if fired.disposition is level),
        *(fired.cluster.id for fired in triage.clusters if fired.disposition is level),
        *(caution.caution.id for caution in triage.cautions if caution.floor is level),
        *triage.pattern_floors,
    )
    waits_for = triage.missing if triage.disposition.answers_needed else ()
    cautions = tuple(caution.caution.id for caution in triage.cautions)
    return Outcome(level.rank or 0, level.id, triage.channel, rules, cautions, waits_for)


def markdown(rulebook: Rulebook, base: Answers) -> Iterator[str]:
    """The lines of a Markdown document: a table per item, grouped by page, most urgent first.

    Items of which no answer changes anything are named in one line at the end of their page.
    """
    nothing = _outcome(assess(rulebook, base).triage)
    found = groupby(single_answers(rulebook, base), lambda one: one.item)
    by_item = {name: list(answers) for name, answers in found}
    for section, items in rulebook.questionnaire.by_section.items():
        told = {item.id: by_item[item.id] for item in items if item.id in by_item}
        loud = [name for name in told if not _quiet(told[name], nothing)]
        if told:
            yield from ("", f"## {rulebook.questionnaire.sections[section].title} (`{section}`)")
        for name in loud:
            item = rulebook.questionnaire.items[name]
            given = " and ".join(f"`{opener} = {answer}`" for opener, answer in told[name][0].given.items())
            yield from ("", f"**`{name}`** {item.short}" + (f", with {given}" if given else ""), *HEAD)
            yield from _rows(told[name], item.step)
        if len(told) > len(loud):
            quiet = ", ".join(f"`{name}`" for name in told if name not in loud)
            yield from ("", f"Nothing by itself, whatever is answered: {quiet}.")


def _quiet(answers: Iterable[SingleAnswer], nothing: Outcome) -> bool:
    """Whether no answer to an item changes anything; for a follow-up, whether all give the same."""
    (first, *others) = answers
    return all(one.outcome == first.outcome for one in others) and (
        bool(first.given) or first.outcome == nothing
    )


def _rows(answers: Iterable[SingleAnswer], step: float) -> Iterator[str]:
    together: dict[Outcome, list[Stretch]] = {}
    for one in answers:
        together.setdefault(one.outcome, []).append(one.stretch)
    for outcome, stretches in sorted(together.items(), key=lambda pair: -pair[0].rank):
        level = f"{outcome.level} ({outcome.channel})" if outcome.channel else outcome.level
        named = (outcome.rules, outcome.cautions, outcome.waits_for)
        cells = (
            ", ".join(_words(stretch) for stretch in _joined(stretches, step)),
            f"incomplete, at least {level}" if outcome.waits_for else level,
            *(", ".join(f"`{name}`" for name in names) or "-" for names in named),
        )
        yield f"| {' | '.join(cells)} |"


def _joined(stretches: Iterable[Stretch], step: float) -> list[Stretch]:
    """The same with numbers that follow on each other in one stretch."""
    joined: list[Stretch] = []
    for first, last in stretches:
        before = joined[-1][1] if joined else None
        if isinstance(first, str) or isinstance(before, str) or before is None or first > before + step * 1.5:
            joined.append((first, last))
        else:
            joined[-1] = (joined[-1][0], last)
    return joined


def _words(stretch: Stretch) -> str:
    first, last = stretch
    if isinstance(first, str):
        return f"`{first}`"
    return f"{first:g}" if first == last else f"{first:g} to {last:g}"
