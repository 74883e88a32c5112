"""An assessment beside engines that evaluate the same conditions for the same answers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from bench.logic.engines import IF_CHAIN, PEERS, Peer, Run
from bench.logic.program import Program, program
from bench.measuring import Effort, Times, duration, in_turn, ratio, released, say
from bench.people import desk_worker, made_up, people, shipped
from bench.results import Line, Section, unmeasured
from selfcheck import assess
from selfcheck.answers import Answers, logical_values
from selfcheck.assessment.scoring import fits
from selfcheck.rulebook.conditions import Condition, Evaluation, Value
from selfcheck.rulebook.guards import Guards
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.sieve import Ruler

PEOPLE, ROUNDS = 40, 15
QUICK = 3
CHECKED, CHECKED_PEOPLE = 300, 260
MOST_TIMES_IF_CHAIN = 10.0
CALLS, MOST_SECONDS = 3_000, 300e-6
WHOLE, SIFTED = "assess", "conditions only"
Truths = Callable[[Answers], Sequence[bool]]


class Disagreement(Exception):
    """A peer that says something else than the rules: then its time is worth nothing."""


def measure(effort: Effort) -> Section:
    """The row of the table."""
    rulebook = shipped()
    whole = program(rulebook)
    runs, missing = _made(whole)
    tried = (
        *made_up(rulebook, QUICK if effort.quick else CHECKED),
        *people(rulebook, QUICK if effort.quick else CHECKED_PEOPLE),
    )
    truths = sifted(rulebook, whole.conditions)
    true = check(rulebook, whole, {**runs, SIFTED: None}, tried)
    times, count = _timed(rulebook, truths, runs, effort)
    lines = [line for peer in (IF_CHAIN, *PEERS) if peer.name in runs for line in _lines(peer, times, count)]
    lines.insert(0, _alone(rulebook, effort))
    lines += [unmeasured(f"{WHOLE} beside conditions only", peer.name, why, 1.0) for peer, why in missing]
    return Section(
        "Assess, with reasons",
        _how(whole, count, len(times[WHOLE])) + _checked(len(tried), true, whole),
        tuple(lines),
        (_slower(whole),),
    )


def _made(whole: Program) -> tuple[dict[str, Run], list[tuple[Peer, str]]]:
    runs, missing = {}, []
    for peer in (IF_CHAIN, *PEERS):
        try:
            runs[peer.name] = peer.make(whole)
        except ImportError:
            missing.append((peer, f"`pip install {peer.package}`, or the extra `bench`"))
            say(f"  {peer.name} is missing: pip install {peer.package}")
    return runs, missing


def certainly(rulebook: Rulebook, conditions: Sequence[Condition]) -> Truths:
    """Our interpreter on every condition: whether it is certainly true."""

    def truths(answers: Answers) -> Sequence[bool]:
        evaluation = _evaluation(rulebook, logical_values(rulebook.questionnaire, answers))
        return [condition.holds(evaluation) is True for condition in conditions]

    return truths


def sifted(rulebook: Rulebook, conditions: Sequence[Condition]) -> Truths:
    """The same as an assessment does it: only conditions that these answers do not rule out are read."""
    ruler = Ruler(Guards(rulebook.conditions, rulebook.questionnaire.items))
    asks = [(item, ruler.bits(each.node), each.holds) for item, each in rulebook.ask_if.items()]
    rules = ruler.sifted([(ruler.bits(one.node), (at, one.holds)) for at, one in enumerate(conditions)])
    sieve, needing = ruler.sieve(), ruler.needing()

    def truths(answers: Answers) -> Sequence[bool]:
        values = logical_values(rulebook.questionnaire, answers)
        evaluation = _evaluation(rulebook, values)
        found = evaluation.open_ways = sieve.open_ways(values)
        for item, ways, holds in asks:
            if item not in values and (not found & ways or holds(evaluation) is False):
                evaluation.asked[item] = False
                found &= ~needing.get(item, 0)
        evaluation.open_ways = found
        verdicts = [False] * len(conditions)
        for at, holds in rules.that_may_hold(found):
            verdicts[at] = holds(evaluation) is True
        return verdicts

    return truths


def _evaluation(rulebook: Rulebook, values: Mapping[str, Value]) -> Evaluation:
    return Evaluation(values, rulebook.conditions, rulebook.ask_if, rulebook.careful, fits(rulebook))


def check(
    rulebook: Rulebook, whole: Program, runs: Mapping[str, Run | None], tried: Sequence[Answers]
) -> int:
    """Whether all say the same for these people; ``None`` stands for our own sifted way. How many
    conditions were certainly true for somebody.

    Raises:
        Disagreement: naming the first condition about which they do not.

    """
    said, ours = certainly(rulebook, whole.conditions), sifted(rulebook, whole.conditions)
    say(f"  {len(whole.asked)} conditions, all peers on {len(tried)} answer sets")
    true: set[int] = set()
    for answers in tried:
        expected = list(said(answers))
        true.update(place for place, truth in enumerate(expected) if truth)
        values = logical_values(rulebook.questionnaire, answers)
        for name, run in runs.items():
            found = [bool(truth) for truth in (ours(answers) if run is None else run(values))]
            if found != expected:
                at = next(place for place, truth in enumerate(expected) if found[place] is not truth)
                raise Disagreement(f"{name}: '{whole.asked[at]}' is {found[at]} for {dict(answers.values)}")
    return len(true)


def _timed(rulebook: Rulebook, truths: Truths, runs: Mapping[str, Run], effort: Effort) -> tuple[Times, int]:
    chosen = people(rulebook, QUICK if effort.quick else PEOPLE)
    say(f"  {len(chosen)} people, {effort.rounds(ROUNDS)} rounds in turn")

    def all_of(work: Callable[[Answers], object]) -> Callable[[], object]:
        return lambda: [work(answers) for answers in chosen]

    def given(run: Run) -> Callable[[Answers], object]:
        return lambda answers: run(logical_values(rulebook.questionnaire, answers))

    contestants = {
        WHOLE: all_of(lambda answers: assess(rulebook, answers)),
        SIFTED: all_of(truths),
        **{name: all_of(given(run)) for name, run in runs.items()},
    }
    return in_turn(contestants, effort.rounds(ROUNDS)), len(chosen)


def _alone(rulebook: Rulebook, effort: Effort) -> Line:
    answers, calls = desk_worker(rulebook), effort.rounds(CALLS)
    say(f"  one person, {calls} calls")
    times = in_turn({WHOLE: lambda: assess(rulebook, answers)}, calls, time.perf_counter)[WHOLE]
    seconds = statistics.median(times)
    return Line(
        f"{WHOLE} for a desk worker, wall clock, median of {calls:,} calls",
        f"the goal of {duration(MOST_SECONDS)}",
        duration(seconds),
        duration(MOST_SECONDS),
        seconds / MOST_SECONDS,
        1.0,
    )


def _lines(peer: Peer, times: Times, count: int) -> list[Line]:
    most = MOST_TIMES_IF_CHAIN if peer is IF_CHAIN else 1.0
    name = f"{peer.name} ({released(peer.package)})" if peer.package else peer.name
    theirs = duration(statistics.median(times[peer.name]) / count)
    return [
        Line(
            what,
            name,
            duration(statistics.median(times[ours]) / count),
            theirs,
            ratio(times[ours], times[peer.name]),
            most,
        )
        for ours, what in ((WHOLE, f"{WHOLE} beside conditions only"), (SIFTED, f"{SIFTED}, both"))
    ]


def _how(whole: Program, count: int, rounds: int) -> str:
    return (
        f"The {len(whole.asked)} conditions of the shipped rules that an assessment reads (warning signs, clusters, "
        "cautions, findings, patterns, plan, advice, what is asked) were translated from their parsed trees into each "
        "language: as Python a function of plain expressions on local variables, which is the if-chain; for the others "
        "an expression each. Nothing was written twice by hand. “Unknown” is worked into the expressions, so that each "
        f"says whether a condition is certainly true. {len(whole.left_out)} more that ask how well a pattern fits need "
        "scores, which no peer has; they are left out for all. Processor time for one person, from checked answers, "
        f"over {count} people of the test cases; medians of {rounds} rounds in turn. Everything is compiled beforehand. "
    )


def _checked(tried: int, true: int, whole: Program) -> str:
    return (
        f"On {tried} answer sets, made-up ones and people of the test cases, all of them said what our interpreter says "
        f"({true} of the {len(whole.asked)} conditions were true for somebody); had one not, there would be no figure."
    )


def _slower(whole: Program) -> str:
    return (
        "The peers answer one question: which conditions are true? `assess` also tells unknown from false, reads the "
        "answers up to four ways, gives the answers behind each verdict, scores and ranks patterns, and makes the plan. "
        "So `assess` is set beside less work than it does itself; “conditions only, both” sets like beside like: "
        f"the truth of the same {len(whole.asked)} conditions and nothing else, ours through the sieve that an "
        "assessment uses. CEL and JsonLogic have no names for parts that several conditions share; they get them "
        "written out, and so do ZEN's expressions alone."
    )
