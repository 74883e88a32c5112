"""What one other answer would change, in lines of text for people who write rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from selfcheck.answers import Answer, Answers
from selfcheck.assessment import assess
from selfcheck.assessment.flips import Flip, Outcome, flips, other_answers, outcome_of, with_answer
from selfcheck.assessment.reading import read
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.everywhere import read_by
from selfcheck.rulebook.model import Rulebook

WORDS = {True: "true", False: "false", None: "unknown"}


def near_miss_lines(rulebook: Rulebook, answers: Answers) -> Iterator[str]:
    """The patterns that home tests not done yet could still make possible."""
    misses = assess(rulebook, answers).near_misses
    if misses:
        yield "[near misses]"
    for miss in misses:
        needs = f"; {', '.join(miss.needs)} would decide" if miss.needs else ""
        yield f"  {miss.pattern.id}: score {miss.score} of {miss.pattern.possible}{needs}"


def change_lines(rulebook: Rulebook, answers: Answers) -> Iterator[str]:
    """Every other answer that would change the result by itself, grouped by what would follow."""
    now = outcome_of(assess(rulebook, answers))
    groups: dict[str, list[Flip]] = {}
    for flip in flips(rulebook, answers):
        groups.setdefault(_difference(now, flip.outcome), []).append(flip)
    yield "[what one other answer would change]"
    for what, found in sorted(groups.items(), key=lambda pair: _order(rulebook, now, pair[1][0].outcome)):
        yield f"  {what}: {_answers(found)}"


def _order(rulebook: Rulebook, now: Outcome, outcome: Outcome) -> tuple[bool, int, bool]:
    """Dispositions first, the most urgent at the top; then patterns; then the plan alone."""
    level = rulebook.dispositions[outcome.level].rank or 0
    same = outcome.disposition == now.disposition and outcome.level == now.level
    return same, 0 if same else -level, outcome.patterns == now.patterns


def _difference(now: Outcome, then: Outcome) -> str:
    if (then.disposition, then.level, then.channel) != (now.disposition, now.level, now.channel):
        least = "" if then.level == then.disposition else f", at least {then.level}"
        return f"{then.disposition}{least}" + (f" ({then.channel})" if then.channel else "")
    changed = [
        f"{name} {now.patterns.get(name, 'no')} -> {then.patterns.get(name, 'no')}"
        for name in {**now.patterns, **then.patterns}
        if now.patterns.get(name) != then.patterns.get(name)
    ]
    return "; ".join(changed) or "the plan only"


def _answers(found: Iterable[Flip]) -> str:
    together: dict[str, list[str]] = {}
    for flip in found:
        together.setdefault(flip.item, []).append(_said(flip.before, flip.answer))
    return _listed(together)


def _said(before: Answer | None, answer: Answer) -> str:
    """An answer as it differs from the one before: of several ticks the one put in or taken out."""
    if isinstance(answer, tuple):
        ticked = before if isinstance(before, tuple) else ()
        more = [option for option in answer if option not in ticked]
        fewer = [option for option in ticked if option not in answer]
        return f"+{more[0]}" if more else f"-{fewer[0]}"
    return answer if isinstance(answer, str) else f"{answer:g}"


def rule_change_lines(rulebook: Rulebook, answers: Answers, condition: Condition) -> Iterator[str]:
    """Every other answer that would change the verdict of one condition by itself."""
    before = condition.holds(read(rulebook, answers).strict)
    found: dict[str, dict[str, list[str]]] = {}
    for name in sorted(read_by(rulebook, condition.node)):
        item = rulebook.questionnaire.items[name]
        said = answers.values.get(name)
        for answer in other_answers(rulebook, item, said):
            changed = with_answer(rulebook, answers, name, answer)
            if changed is None:
                continue
            after = condition.holds(read(rulebook, changed).strict)
            if after is not before:
                found.setdefault(WORDS[after], {}).setdefault(name, []).append(_said(said, answer))
    for verdict in ("true", "false", "unknown"):
        if verdict in found:
            yield f"    {verdict} with {_listed(found[verdict])}"


def _listed(answers: Mapping[str, list[str]]) -> str:
    return ", ".join(f"{item} = {' or '.join(given)}" for item, given in answers.items())
