"""A condition to FHIRPath with the same three values: true, false, and the empty collection for unknown.

FHIRPath's ``and``, ``or`` and ``not()`` follow Kleene as the rules do, so only what is read from answers
needs care. ``%saidX`` is the answer to item x, ``%askedX`` whether it is to be asked, ``%holdsX`` another
condition, ``%possibleX`` and ``%likelyX`` how a pattern fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selfcheck.handout.fhir.codes import code
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Compare,
    Count,
    Every,
    Fits,
    Has,
    Is,
    Measure,
    Node,
    Not,
    Number,
    Quantity,
    Refer,
    Risk,
    Some,
    Sum,
    measures,
)

UNKNOWN = "{}"
BETWEEN = re.compile("[_:]+(.)")


def name(*parts: str) -> str:
    """The name of a variable, such as ``saidPainNow``: R4 allows letters and digits only."""
    return BETWEEN.sub(lambda found: found[1].upper(), "_".join(parts).replace("@", "_at_"))


def said(item: str) -> str:
    """The answer to an item: codes, a number or a text; empty where there is none."""
    return f"%{name('said', item)}"


def asked(item: str) -> str:
    """Whether an item is to be asked; only for those with a condition."""
    return f"%{name('asked', item)}"


def holds(key: str) -> str:
    """A condition that others name, by its key."""
    return f"%{name('holds', key)}"


def fhirpath(rulebook: Rulebook, node: Node) -> str:
    """The expression of a tree: the strict reading, in which "not sure" is not "yes"."""
    return _Writer(rulebook).write(node)


class _Writer:
    """Writes trees; ``write`` gives an expression, ``part`` one that can stand in a larger one."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def write(self, node: Node) -> str:  # noqa: C901, PLR0911 - one case per node
        match node:
            case Is(item, options, reserved):
                return self.read(
                    item, _one_of(self.without(item, reserved - options), self.codes(item, options))
                )
            case Risk(item, yes):
                return self.read(item, _one_of(said(item), self.codes(item, yes)))
            case Has():
                return self.has(node)
            case Answered(item, reserved):
                return f"{self.without(item, reserved)}.exists()"
            case Compare():
                return self.compare(node)
            case Refer(key):
                return holds(key)
            case Fits(pattern, likely):
                return f"%{name('likely' if likely else 'possible', pattern)}"
            case Not(part):
                return f"{self.part(part, always=True)}.not()"
            case Every(parts):
                return " and ".join(self.part(part) for part in parts)
            case Some(parts):
                return " or ".join(self.part(part) for part in parts)
            case Choose(test, then, otherwise):
                return f"iif({self.write(test)}, {self.write(then)}, {self.write(otherwise)})"
            case Count():
                return self.count(node)

    def part(self, node: Node, *, always: bool = False) -> str:
        text = self.write(node)
        return f"({text})" if always or isinstance(node, Every | Some | Count) else text

    def codes(self, item: str, options: Iterable[str]) -> list[str]:
        found = self.rulebook.questionnaire.items[item]
        return sorted(code(self.rulebook, found, option) for option in options)

    def without(self, item: str, reserved: frozenset[str]) -> str:
        """The answer, taken away where it counts as unanswered."""
        if not reserved:
            return said(item)
        return f"{said(item)}.where(({_one_of('$this', self.codes(item, reserved))}).not())"

    def absent(self, item: str) -> str:
        """What a question without an answer means: unknown if it was to be asked, false if not. A careful
        follow-up that was left empty counts as yes.
        """
        if item not in self.rulebook.ask_if:
            return UNKNOWN
        return asked(item) if item in self.rulebook.careful else f"{asked(item)} and {UNKNOWN}"

    def read(self, item: str, test: str, *, empty_is_unknown: bool = True) -> str:
        """A test of an answer; what an absent one means where the test itself does not say unknown."""
        absent = self.absent(item)
        if absent == UNKNOWN and empty_is_unknown:
            return test
        return f"iif({said(item)}.exists(), {test}, {absent})"

    def has(self, node: Has) -> str:
        codes = self.codes(node.item, node.options)
        if node.every:
            test = " and ".join(f"{said(node.item)} contains '{each}'" for each in codes)
        else:
            test = f"{said(node.item)}.exists({_one_of('$this', codes)})"
        return self.read(node.item, test, empty_is_unknown=False)

    def compare(self, node: Compare) -> str:
        operator = "=" if node.operator == "==" else node.operator
        amount = quantity(node.quantity)
        test = f"{amount} {operator} {_number(node.bound)}"
        if isinstance(node.quantity, Measure):
            return self.read(node.quantity.item, test)
        conditional = [
            item for item in dict.fromkeys(measures(node.quantity)) if item in self.rulebook.ask_if
        ]
        if not conditional:
            return test
        all_asked = " and ".join(f"({said(item)}.exists() or {asked(item)})" for item in conditional)
        return f"iif(({amount}).exists(), {test}, {all_asked} and {UNKNOWN})"

    def count(self, node: Count) -> str:
        """How many hold at least and, with those that are unknown, at most."""
        parts = [self.write(part) for part in node.parts]
        least = " + ".join(f"iif({part}, 1, 0)" for part in parts)
        most = " + ".join(f"iif(({part}).not(), 0, 1)" for part in parts)

        def at_least(number: int) -> str:
            return f"({least} >= {number} or ({most} >= {number} and {UNKNOWN}))"

        number = node.number
        match node.operator:
            case ">=":
                return at_least(number)
            case ">":
                return at_least(number + 1)
            case "<":
                return f"{at_least(number)}.not()"
            case "<=":
                return f"{at_least(number + 1)}.not()"
            case _:
                return f"{at_least(number)} and {at_least(number + 1)}.not()"


def quantity(amount: Quantity) -> str:
    """A number made of answers; empty where a part is, or where it divides by zero."""
    match amount:
        case Number(value):
            return _number(value)
        case Measure(item):
            return said(item)
        case Sum(left, operator, right):
            return f"({quantity(left)} {operator} {quantity(right)})"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _one_of(subject: str, codes: list[str]) -> str:
    if len(codes) == 1:
        return f"{subject} = '{codes[0]}'"
    return f"{subject} in ({' | '.join(f'{each!r}' for each in codes)})"
