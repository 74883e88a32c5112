"""The tree of a condition to a formula of two values: whether it is certainly true, or certainly false.

What "unknown" means is worked out here, once, so that a language with only true and false can say exactly
what the rules say. Writing a formula in a language is then no more than spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


class UnsayableError(Exception):
    """A condition that asks for more than the answers: how well a pattern fits."""


@dataclass(frozen=True, slots=True)
class Given:
    """The item has an answer."""

    item: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer to a single choice is one of ``options``; false where there is none."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A several-choice answer holds one of ``options`` or more; false where there is none."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number made of answers against a bound; only where all of ``items`` are given."""

    quantity: Quantity
    operator: str
    bound: float


@dataclass(frozen=True, slots=True)
class Named:
    """Another formula of the same program, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part is false."""

    part: Formula


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true; true without parts."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A part is true; false without parts."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many parts are true."""

    parts: tuple[Formula, ...]
    number: int


Formula = Given | OneOf | Holding | Amount | Named | Opposite | All | AnyOf | AtLeast
TRUE, FALSE = All(()), AnyOf(())


@dataclass(frozen=True, slots=True)
class Rails:
    """When a condition is certainly true, and when it is certainly false."""

    true: Formula
    false: Formula


Name = Callable[[str, bool], Formula]
"""The formula that stands for a named condition (or ``?item``, whether it is asked) being true, or false."""


def rails(rulebook: Rulebook, node: Node, name: Name) -> Rails:  # noqa: C901, PLR0911 - one case per node
    """Both formulas of a tree.

    Raises:
        UnsayableError: where it asks how well a pattern fits.

    """
    match node:
        case Is(item, options, reserved):
            counted, left = one_of(item, options), one_of(item, options | reserved)
            return _said(rulebook, name, item, Rails(counted, opposite(left)))
        case Risk(item, yes):
            return _said(rulebook, name, item, _both_ways(one_of(item, yes)))
        case Has(item, options, every):
            wanted = [(option,) for option in sorted(options)] if every else [tuple(sorted(options))]
            held = all_of(Holding(item, each) for each in wanted)
            return _said(rulebook, name, item, _both_ways(held))
        case Answered(item, reserved):
            return _both_ways(all_of((Given(item), opposite(one_of(item, reserved)))))
        case Compare(quantity, operator, bound):
            return _amount(rulebook, name, Amount(quantity, operator, bound))
        case Refer(key):
            return Rails(name(key, True), name(key, False))  # noqa: FBT003 - which of the two
        case Fits(pattern):
            raise UnsayableError(f"asks how well '{pattern}' fits")
        case Not(part):
            found = rails(rulebook, part, name)
            return Rails(found.false, found.true)
        case Every(parts):
            every_part = [rails(rulebook, part, name) for part in parts]
            return Rails(all_of(one.true for one in every_part), any_of(one.false for one in every_part))
        case Some(parts):
            any_part = [rails(rulebook, part, name) for part in parts]
            return Rails(any_of(one.true for one in any_part), all_of(one.false for one in any_part))
        case Choose(test, then, otherwise):
            given = rails(rulebook, test, name).true
            return _chosen(given, rails(rulebook, then, name), rails(rulebook, otherwise, name))
        case Count(parts, operator, number):
            return _counted([rails(rulebook, part, name) for part in parts], operator, number)


def one_of(item: str, options: Iterable[str]) -> Formula:
    """The answer is one of them; false where there are none to be."""
    return OneOf(item, tuple(sorted(options))) if options else FALSE


def opposite(part: Formula) -> Formula:
    """Not the part."""
    if part in (TRUE, FALSE):
        return TRUE if part == FALSE else FALSE
    return part.part if isinstance(part, Opposite) else Opposite(part)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part, without those that say nothing."""
    found = tuple(dict.fromkeys(part for part in parts if part != TRUE))
    if FALSE in found:
        return FALSE
    return found[0] if len(found) == 1 else All(found)


def any_of(parts: Iterable[Formula]) -> Formula:
    """A part, without those that are never true."""
    found = tuple(dict.fromkeys(part for part in parts if part != FALSE))
    if TRUE in found:
        return TRUE
    return found[0] if len(found) == 1 else AnyOf(found)


def _both_ways(formula: Formula) -> Rails:
    return Rails(formula, opposite(formula))


def _absent(rulebook: Rulebook, name: Name, item: str) -> Rails:
    """What the absence of an answer says: see ``Evaluation.absent``."""
    if item not in rulebook.ask_if:
        return Rails(FALSE, FALSE)
    careful = item in rulebook.careful
    return Rails(name(f"?{item}", True) if careful else FALSE, name(f"?{item}", False))  # noqa: FBT003 - as above


def _said(rulebook: Rulebook, name: Name, item: str, where_given: Rails) -> Rails:
    """``where_given.true`` is false where there is no answer; ``where_given.false`` may be anything there."""
    absent, given = _absent(rulebook, name, item), Given(item)
    gone = opposite(given)
    return Rails(
        any_of((where_given.true, all_of((gone, absent.true)))),
        any_of((all_of((given, where_given.false)), all_of((gone, absent.false)))),
    )


def _amount(rulebook: Rulebook, name: Name, amount: Amount) -> Rails:
    items = tuple(dict.fromkeys(measures(amount.quantity)))
    if isinstance(amount.quantity, Measure):
        return _said(rulebook, name, items[0], _both_ways(amount))
    _refuse_zero(rulebook, amount.quantity)
    given = all_of((*(Given(item) for item in items), opposite(amount)))
    gone = (all_of((opposite(Given(item)), _absent(rulebook, name, item).false)) for item in items)
    return Rails(amount, any_of((given, *gone)))


def _refuse_zero(rulebook: Rulebook, quantity: Quantity) -> None:
    """Dividing by what may be zero means "unknown" here and something else everywhere else."""
    if isinstance(quantity, Sum):
        _refuse_zero(rulebook, quantity.left)
        _refuse_zero(rulebook, quantity.right)
        if quantity.operator == "/" and not _above_zero(rulebook, quantity.right):
            raise UnsayableError("divides by something that may be zero")


def _above_zero(rulebook: Rulebook, quantity: Quantity) -> bool:
    match quantity:
        case Number(value):
            return value > 0
        case Measure(item):
            return (rulebook.questionnaire.items[item].low or 0) > 0
        case _:
            return False


def _chosen(given: Formula, then: Rails, otherwise: Rails) -> Rails:
    def choose(one: Formula, other: Formula) -> Formula:
        return any_of((all_of((given, one)), all_of((opposite(given), other))))

    return Rails(choose(then.true, otherwise.true), choose(then.false, otherwise.false))


def _counted(parts: list[Rails], operator: str, number: int) -> Rails:
    """Certain only where every number that the unknown parts allow gives the same."""
    surely, perhaps = tuple(one.true for one in parts), tuple(opposite(one.false) for one in parts)
    more = number + 1
    match operator:
        case ">=":
            return Rails(AtLeast(surely, number), opposite(AtLeast(perhaps, number)))
        case ">":
            return Rails(AtLeast(surely, more), opposite(AtLeast(perhaps, more)))
        case "<":
            return Rails(opposite(AtLeast(perhaps, number)), AtLeast(surely, number))
        case "<=":
            return Rails(opposite(AtLeast(perhaps, more)), AtLeast(surely, more))
        case _:
            exactly = all_of((AtLeast(surely, number), opposite(AtLeast(perhaps, more))))
            return Rails(exactly, any_of((AtLeast(surely, more), opposite(AtLeast(perhaps, number)))))
