"""Every rule with its verdict on one person's answers, and the answers that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment.changing import WORDS, change_lines, near_miss_lines, rule_change_lines
from selfcheck.assessment.model import plain_answer
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.reading import Reading, read
from selfcheck.assessment.score_sheets import sheets_of
from selfcheck.assessment.scoring import tally
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook


def explain(
    rulebook: Rulebook, raw: Answers | Mapping[str, object], only: str | None = None
) -> Iterator[str]:
    """Lines of text: each rule, its verdict, and why; then near misses, and what one other answer would
    change. Of one rule only if its id is given.

    Raises:
        AnswersError: for answers that cannot be used.

    """
    answers = raw if isinstance(raw, Answers) else read_answers(rulebook.questionnaire, raw)
    reading = read(rulebook, answers)
    weigh_patterns(reading)
    heading = ""
    for kind, name, detail, condition in _rules(rulebook):
        if only is not None and name.split(":")[0] != only:
            continue
        if kind != heading:
            heading = kind
            yield f"[{kind}]"
        yield _line(reading, name, detail, condition)
        if only is not None:
            yield from rule_change_lines(rulebook, answers, condition)
    for pattern, status in reading.strict.statuses.items():
        if only in (None, pattern):
            scored = pattern in sheets_of(rulebook).of_pattern
            points = f", score {tally(rulebook, reading.strict).sides(pattern)[0][1]}" if scored else ""
            yield f"  {pattern}: {status}{points}"
    if only is None:
        yield from near_miss_lines(rulebook, answers)
        yield from change_lines(rulebook, answers)


def _rules(rulebook: Rulebook) -> Iterator[tuple[str, str, str, Condition]]:
    """Every rule's table, name, what it gives, and condition."""
    file = rulebook.file
    for table, sided in (("named conditions", file.named), ("findings", file.finding)):
        for entry in sided:
            for side, condition in entry.when.items():
                yield table, f"{entry.id}:{side}" if side else entry.id, "", condition
    for table, rules in (("red flags", file.red_flag), ("clusters", file.cluster)):
        for rule in rules:
            yield from ((table, rule.id, row.disposition, row.holds) for row in rule.when)
    for caution in file.caution:
        yield from (("cautions", caution.id, row.action, row.holds) for row in caution.when)


def _line(reading: Reading, name: str, detail: str, condition: Condition) -> str:
    verdict, evaluation, how = condition.holds(reading.strict), reading.strict, ""
    if not verdict and condition.holds(reading.lenient):
        verdict, evaluation, how = True, reading.lenient, ', with "not sure" read as yes,'
    told = ", ".join(
        f"{reason.item} = {plain_answer(reason.answer)}" for reason in condition.because(evaluation)
    )
    level = f" -> {detail}" if detail else ""
    why = f"{how} because {told}" if told else ""
    if verdict is None:
        why += f" (not answered: {', '.join(reading.unanswered(condition)) or 'nothing'})"
    return f"  {name}{level}: {WORDS[verdict]}{why}"
