"""A rulebook and a person's answers to one frozen assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment.candidates import layout_of
from selfcheck.assessment.model import AdviceText, Assessment, PatternResult, Plan, Triage
from selfcheck.assessment.patterns import (
    Lowered,
    finding_table,
    fitting_patterns,
    near_misses,
    weigh_patterns,
)
from selfcheck.assessment.programme import plan
from selfcheck.assessment.ranks import levels_of, rank
from selfcheck.assessment.reading import Reading, read
from selfcheck.assessment.suited_tests import SuitedTests
from selfcheck.assessment.triage import triage
from selfcheck.assessment.urgency import Urgency, highest, urgency
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, Disposition, RedFlag

__all__ = ["Assessment", "assess", "whole"]


def assess(rulebook: Rulebook, answers: Answers | Mapping[str, object]) -> Assessment:
    """Everything the rules say about one set of answers. Pure: same input, same output.

    Raises:
        AnswersError: if raw answers are given that cannot be used.

    """
    if not isinstance(answers, Answers):
        answers = read_answers(rulebook.questionnaire, answers)
    reading = read(rulebook, answers)
    lowered = weigh_patterns(reading)
    return whole(reading, answers, lowered, urgency(reading))


def whole(reading: Reading, answers: Answers, lowered: Lowered, found: Urgency) -> Assessment:
    """All the rest, once the patterns are weighed and it is known how urgent it is."""
    rulebook = reading.rulebook
    suited = SuitedTests(reading, found)
    patterns = fitting_patterns(reading, lowered, suited)
    triaged = triage(reading, answers, found)
    planned = plan(reading, triaged, patterns)
    lead = _lead(reading, triaged)
    return Assessment(
        answers=answers,
        triage=triaged,
        lead=lead,
        advice=tuple(_advice(reading, triaged, patterns, planned, lead)),
        findings=finding_table(reading),
        patterns=patterns,
        near_misses=near_misses(reading, suited),
        plan=planned,
        recheck_days=layout_of(rulebook).modes[planned.mode].recheck_days,
        rules={
            "version": rulebook.file.meta.version,
            "fingerprint": rulebook.fingerprint,
            "status": rulebook.file.meta.status,
        },
    )


def _lead(reading: Reading, triaged: Triage) -> str:
    """The first sentence of a result: a rule's own text where it stands in place of it, a gate's text
    where only a gate gave the level, else the disposition's sentence with the plain names filled in.
    """
    disposition = triaged.disposition
    own = _own_lead(reading.rulebook, triaged)
    if own is not None:
        return own
    rules = _rules_at(triaged, disposition)
    gate = next((caution for caution in triaged.cautions if caution.floor is disposition), None)
    if not rules and gate is not None and gate.advice:
        return gate.advice
    names = list(dict.fromkeys(rule.plain for rule in rules))
    if not names:
        return disposition.lead_alone
    template = next(
        lead.text for lead in disposition.lead if lead.when is None or lead.when.holds(reading.strict)
    )
    return template.replace("{plain}", listed(names))


def _own_lead(rulebook: Rulebook, triaged: Triage) -> str | None:
    """The text of a rule that stands in place of the disposition's sentence: one that asks for that, or in
    an emergency the one of the rule that decides where it goes, so that no result names two places.
    """
    level, fired = triaged.disposition, _fired(triaged)
    if not fired:
        return None
    default = rulebook.file.triage.default_channel
    for rule in (rule for rule, disposition in fired if disposition is level):
        text = next((text for text in rule.advice if text.disposition == level.id), None)
        decides = triaged.channel is not None and (rule.channel or default) == triaged.channel
        if text is not None and (text.instead_of_lead or decides):
            return text.text
    return None


def _fired(triaged: Triage) -> list[tuple[RedFlag | Cluster, Disposition]]:
    """Every rule that fired, with its level."""
    flags = [(found.flag, found.disposition) for found in triaged.flags]
    return [*flags, *((found.cluster, found.disposition) for found in triaged.clusters)]


def listed(names: list[str]) -> str:
    """Names as a sentence has them: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _rules_at(triaged: Triage, disposition: Disposition) -> list[RedFlag | Cluster]:
    flags = [fired.flag for fired in triaged.flags if fired.disposition is disposition]
    clusters = [
        fired.cluster
        for fired in triaged.clusters
        if fired.disposition is disposition and (not fired.cluster.explains_only or not flags)
    ]
    return [*flags, *clusters]


def _advice(
    reading: Reading, triaged: Triage, patterns: tuple[PatternResult, ...], planned: Plan, lead: str
) -> Iterator[AdviceText]:
    """What to tell the person besides the lead, most urgent first. A rule's own text is used only at the
    level it was written for; from "no plan" on only texts of the level itself are told, but for a rule after
    which the advice of the others follows.
    """
    rulebook = reading.rulebook
    settings = rulebook.file.triage
    quiet = rank(triaged.level) >= levels_of(rulebook).no_plan_from
    alone = quiet and not _others_follow(rulebook, triaged)
    if quiet and not alone:
        yield from _lead_of_others(reading, triaged)
    for rule, level in sorted(_fired(triaged), key=lambda pair: -rank(pair[1])):
        if alone and level is not triaged.level:
            continue
        text = next((text for text in rule.advice if text.disposition == level.id), None)
        if text is not None and not text.instead_of_lead and text.text != lead:
            yield AdviceText(rule.id, text.text, rule.label)
    for name, note in reading.layout.notes.that_may_hold(reading.strict.open_ways):
        told = note.every_level or note.for_clinician or not quiet
        if told and note.holds.holds(reading.strict):
            yield AdviceText(f"{name}_note", note.text, for_clinician=note.for_clinician)
    for caution in triaged.cautions:
        if caution.advice and caution.advice != lead and (caution.everything or not quiet):
            yield AdviceText(caution.caution.id, caution.advice, caution.caution.label)
    if triaged.level.id != settings.interrupts:
        yield from _pattern_advice(
            triaged, [one for one in patterns if not quiet or _is_urgent(rulebook, one)]
        )
    if not quiet:
        yield from _general_advice(reading, planned)


def _others_follow(rulebook: Rulebook, triaged: Triage) -> bool:
    """Whether everything that gives the level leaves room for what other rules say; never in an emergency."""
    rules = _rules_at(triaged, triaged.level)
    follow = bool(rules) and all(isinstance(rule, RedFlag) and rule.advice_follows for rule in rules)
    gated = any(caution.floor is triaged.level for caution in triaged.cautions)
    return follow and not gated and triaged.level.id != rulebook.file.triage.interrupts


def _lead_of_others(reading: Reading, triaged: Triage) -> Iterator[AdviceText]:
    """What would have come first without the rules that leave room for others."""
    flags = tuple(one for one in triaged.flags if not one.flag.advice_follows)
    levels = [one.disposition for one in flags] + [one.disposition for one in triaged.clusters]
    if levels:
        level = highest(reading.rulebook, levels)
        others = replace(triaged, flags=flags, level=level, disposition=level)
        yield AdviceText(f"{level.id}_lead", _lead(reading, others))


def _is_urgent(rulebook: Rulebook, result: PatternResult) -> bool:
    """Whether a pattern's advice was written for a level at which nothing is planned."""
    level = rulebook.dispositions.get(result.pattern.advice_for or "")
    return level is not None and rank(level) >= levels_of(rulebook).no_plan_from


def _pattern_advice(triaged: Triage, patterns: Iterable[PatternResult]) -> Iterator[AdviceText]:
    """What to do about a pattern that needs somebody's look; by when only if the disposition says the same."""
    for result in patterns:
        pattern = result.pattern
        if pattern.advice:
            timed = pattern.advice_time and pattern.advice_for == triaged.disposition.id
            text = f"{pattern.advice_time} {pattern.advice}" if timed else pattern.advice
            yield AdviceText(f"ADV-REFER-{pattern.id}", text)


def _general_advice(reading: Reading, planned: Plan) -> Iterator[AdviceText]:
    layout, strict = reading.layout, reading.strict
    for advice in layout.advice.that_may_hold(strict.open_ways):
        if advice.modes and planned.mode not in advice.modes:
            continue
        if advice.with_massage and not planned.massage:
            continue
        if advice.unless is not None and layout.verdict(advice.unless, strict) is not False:
            continue
        if advice.when is None or advice.when.holds(strict):
            yield advice.text
