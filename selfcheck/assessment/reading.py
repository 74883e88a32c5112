"""Answers read against a rulebook: strictly, leniently ("not sure" as yes), and with reserved answers silent."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from selfcheck.answers import Answers, logical_values
from selfcheck.assessment.prepared import Prepared, prepared
from selfcheck.assessment.scoring import fits
from selfcheck.rulebook.conditions import Condition, Evaluation, Value
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Refer, items_of

NOT_SURE = "not_sure"


class Reading(Struct, frozen=True):
    """One person's answers in the three ways rules look at them, and the rules laid out. ``lenient`` is the strict
    one where no risk factor was answered "not sure"; ``silent`` likewise where no reserved answer was given;
    ``silent_lenient`` is both. ``found`` keeps the unanswered items of what many rules share.
    """

    rulebook: Rulebook
    layout: Prepared
    strict: Evaluation
    lenient: Evaluation
    silent: Evaluation
    silent_lenient: Evaluation
    found: dict[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict)

    def is_open(self, condition: Condition) -> bool:
        """Whether a condition is unknown, strictly or leniently, and not for a reserved answer only."""
        holds = condition.holds
        return (holds(self.strict) is None and holds(self.silent) is None) or (
            holds(self.lenient) is None and holds(self.silent_lenient) is None
        )

    def is_asked(self, item: str) -> bool:
        """Whether a question is to be asked, also one that another answer has answered."""
        if item in self.strict.values:
            return self.strict.is_asked(item)
        return self.strict.asked.get(item) is not False

    def unanswered(self, condition: Condition) -> tuple[str, ...]:
        """The items that keep a condition unknown: asked, not answered, and read by an undecided part.

        Read strictly and leniently: beside a "not sure" that counts as yes an unanswered question can
        still matter where a strict reading has already decided that nothing holds.
        """
        found = self._open(condition, lenient=False)
        if self.lenient is self.strict:
            return found
        return tuple(dict.fromkeys((*found, *self._open(condition, lenient=True))))

    def _open(self, condition: Condition, *, lenient: bool) -> tuple[str, ...]:
        if condition.holds(self.lenient if lenient else self.strict) is not None:
            return ()
        node = condition.node
        if isinstance(node, Refer):
            return self._named(node.key, lenient=lenient)
        if condition.parts:
            parts = (self._open(part, lenient=lenient) for part in condition.parts)
        else:
            parts = (self._asked(item) for item in sorted(items_of(node)) if item not in self.strict.values)
        return tuple(dict.fromkeys(item for part in parts for item in part))

    def _named(self, key: str, *, lenient: bool) -> tuple[str, ...]:
        """Those of a condition that others name, worked out once."""
        if (key, lenient) not in self.found:
            self.found[key, lenient] = self._open(self.rulebook.conditions[key], lenient=lenient)
        return self.found[key, lenient]

    def _asked(self, item: str) -> tuple[str, ...]:
        """The item itself, after what would have to be answered to know whether it is asked at all."""
        condition = self.rulebook.ask_if.get(item)
        if condition is None:
            return (item,)
        key = f"?{item}"
        if (key, False) not in self.found:
            self.found[key, False] = (*self._open(condition, lenient=False), item)
        return self.found[key, False]


def read(rulebook: Rulebook, answers: Answers) -> Reading:
    """The answers, ready for rules to be asked about them."""
    values: dict[str, Value] = logical_values(rulebook.questionnaire, answers)
    strict = Evaluation(values, rulebook.conditions, rulebook.ask_if, rulebook.careful, fits(rulebook))
    layout = prepared(rulebook)
    _close_ways(layout, strict)
    unsure = NOT_SURE in map(values.get, rulebook.risk_items)
    reserved = any(values[item] in options for item, options in rulebook.reserved if item in values)
    lenient = _read_as(strict, lenient=True) if unsure else strict
    silent = _read_as(strict, silent=True) if reserved else strict
    both = _read_as(silent, lenient=True) if unsure and reserved else None
    return Reading(rulebook, layout, strict, lenient, silent, both or (lenient if unsure else silent))


def apart(reading: Reading) -> Reading:
    """The same reading once more, before anything else is worked out: what is worked out in one of the two, like
    weighed patterns, stays there.
    """
    copies: dict[int, Evaluation] = {}
    for each in (reading.strict, reading.lenient, reading.silent, reading.silent_lenient):
        if id(each) not in copies:
            copies[id(each)] = replace(
                each, memo=dict(each.memo), asked=dict(each.asked), findings={}, tally=None, statuses={}
            )
    return Reading(
        reading.rulebook,
        reading.layout,
        copies[id(reading.strict)],
        copies[id(reading.lenient)],
        copies[id(reading.silent)],
        copies[id(reading.silent_lenient)],
    )


def _read_as(evaluation: Evaluation, **way: bool) -> Evaluation:
    """The same answers in another way, with what is known about which questions are asked and with the
    patterns' statuses. Verdicts of conditions are left behind: another way of reading has its own.
    """
    return replace(evaluation, memo={}, asked=dict(evaluation.asked), findings={}, **way)


def _close_ways(layout: Prepared, evaluation: Evaluation) -> None:
    """Close the ways for rules to hold that the answers rule out (see :mod:`selfcheck.rulebook.sieve`), and
    note the questions without an answer that are not to be asked, which closes more of them.
    """
    asking, values = layout.asking, evaluation.values
    asked = evaluation.asked = dict(asking.none)
    found = evaluation.open_ways = layout.sieve.open_ways(values)
    evaluation.ways = layout.named
    undecided = []
    for item, ways, rest in asking.items:
        if item in values:
            del asked[item]
        elif found & ways:
            del asked[item]
            undecided.append((item, ways, rest))
        else:
            found &= rest
    for item, ways, rest in undecided:
        if not found & ways or evaluation.ask_if[item].holds(evaluation) is False:
            asked[item] = False
            found &= rest
    evaluation.open_ways = found
