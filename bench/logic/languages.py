"""A formula in a language of others: Python, ZEN, CEL and JsonLogic. No more than spelling.

Answers come as a mapping ``a`` in all of them; what was not answered is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bench.logic.formula import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Formula,
    Given,
    Holding,
    Named,
    OneOf,
    Opposite,
)
from bench.logic.program import Program
from selfcheck.rulebook.tree import Measure, Number, Quantity, Sum, measures

Json = object


class Language:
    """How one language spells each kind of formula."""

    yes, no, and_, or_, not_ = "true", "false", "&&", "||", "!"

    def write(self, formula: Formula) -> str:
        """The formula as an expression that can stand in a larger one."""
        match formula:
            case Named(name):
                return self.named(name)
            case Opposite(part):
                return f"{self.not_}({self.write(part)})"
            case All(parts):
                return self._joined(self.and_, parts) if parts else self.yes
            case AnyOf(parts):
                return self._joined(self.or_, parts) if parts else self.no
            case AtLeast(parts, number):
                return self.at_least([self.write(part) for part in parts], number)
            case _:
                return self.atom(formula)

    def atom(self, formula: Given | OneOf | Holding | Amount) -> str:
        """What is read from answers."""
        match formula:
            case Given(item):
                return self.given(item)
            case OneOf(item, options):
                return self.one_of(item, options)
            case Holding(item, options):
                return self.holding(item, options)
            case Amount():
                items = dict.fromkeys(measures(formula.quantity))
                given = f" {self.and_} ".join(self.given(item) for item in items)
                return f"({given} {self.and_} {self.amount(formula.quantity)} {formula.operator} {float(formula.bound)!r})"

    def _joined(self, word: str, parts: tuple[Formula, ...]) -> str:
        return f"({f' {word} '.join(self.write(part) for part in parts)})"

    def amount(self, quantity: Quantity) -> str:
        """A number made of answers."""
        match quantity:
            case Number(value):
                return repr(float(value))
            case Measure(item):
                return self.answer(item)
            case Sum(left, operator, right):
                return f"({self.amount(left)} {operator} {self.amount(right)})"

    def answer(self, item: str) -> str:
        """The answer to an item."""
        return f"a.{item}"

    def named(self, name: str) -> str:
        """Another formula; languages without names get a program with every formula in its place."""
        raise LookupError(name)

    def given(self, item: str) -> str:
        """Whether there is an answer."""
        return f"has(a.{item})"

    def one_of(self, item: str, options: tuple[str, ...]) -> str:
        """The answer is one of the options."""
        same = f"== '{options[0]}'" if len(options) == 1 else f"in {list(options)!r}"
        return f"({self.given(item)} {self.and_} {self.answer(item)} {same})"

    def holding(self, item: str, options: tuple[str, ...]) -> str:
        """The answer holds one of the options."""
        held = f" {self.or_} ".join(f"'{option}' in {self.answer(item)}" for option in options)
        return f"({self.given(item)} {self.and_} ({held}))"

    def at_least(self, parts: list[str], number: int) -> str:
        """So many parts are true."""
        return f"(({' + '.join(f'({part} ? 1 : 0)' for part in parts)}) >= {number})"


class Python(Language):
    """Plain Python, as a person would write it: answers and named conditions are local variables."""

    yes, no, and_, or_, not_ = "True", "False", "and", "or", "not "

    def __init__(self, program: Program) -> None:
        """Number the names."""
        self.program = program
        self.names = {name: f"c{number}" for number, name in enumerate(program.formulas)}
        self.items: dict[str, None] = {}

    def source(self) -> str:
        """A function ``chain(a)`` that gives, for answers as the rules read them, the truth of everything asked about, in order."""
        lines = [f"    {self.names[name]} = {self.write(one)}" for name, one in self.program.formulas.items()]
        answers = [f"    a_{item} = get('{item}')" for item in self.items]
        asked = ", ".join(self.names[name] for name in self.program.asked)
        return "\n".join(["def chain(a):", "    get = a.get", *answers, *lines, f"    return ({asked},)"])

    def answer(self, item: str) -> str:
        """The answer, or ``None``."""
        self.items[item] = None
        return f"a_{item}"

    def named(self, name: str) -> str:
        """The local variable."""
        return self.names[name]

    def given(self, item: str) -> str:
        """There is an answer."""
        return f"{self.answer(item)} is not None"

    def one_of(self, item: str, options: tuple[str, ...]) -> str:
        """``None`` is none of the options."""
        return f"({self.answer(item)} {f'== {options[0]!r}' if len(options) == 1 else f'in {options!r}'})"

    def holding(self, item: str, options: tuple[str, ...]) -> str:
        """Sets know whether they have anything in common."""
        answer = self.answer(item)
        if len(options) == 1:
            return f"({answer} is not None and {options[0]!r} in {answer})"
        return f"({answer} is not None and not {answer}.isdisjoint({options!r}))"

    def at_least(self, parts: list[str], number: int) -> str:
        """Truth values count as numbers."""
        return f"({' + '.join(f'bool({part})' for part in parts)} >= {number})"


class Zen(Language):
    """ZEN: what is not there is null, which is in no list; earlier results of a node stand under ``$``."""

    and_, or_, not_ = "and", "or", "not "

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` are the keys of the node's results."""
        self.names = names

    def named(self, name: str) -> str:
        """An earlier result."""
        return f"$.{self.names[name]}"

    def given(self, item: str) -> str:
        """There is an answer."""
        return f"a.{item} != null"

    def one_of(self, item: str, options: tuple[str, ...]) -> str:
        """Null is none of the options."""
        return f"(a.{item} {f'== {options[0]!r}' if len(options) == 1 else f'in {list(options)!r}'})"


class Cel(Language):
    """CEL: an absent field is an error, so that every atom asks first whether it is there."""


class CelWithMacros(Cel):
    """The same, with a macro that goes through what was ticked."""

    def holding(self, item: str, options: tuple[str, ...]) -> str:
        """Something ticked is one of the options."""
        if len(options) == 1:
            return super().holding(item, options)
        return f"(has(a.{item}) && a.{item}.exists(ticked, ticked in {list(options)!r}))"


def json_logic(formula: Formula) -> Json:
    """A formula in JsonLogic, which is JSON itself."""
    match formula:
        case Opposite(part):
            return {"!": [json_logic(part)]}
        case All(parts):
            return {"and": [json_logic(part) for part in parts]} if parts else True
        case AnyOf(parts):
            return {"or": [json_logic(part) for part in parts]} if parts else False
        case AtLeast(parts, number):
            return {">=": [{"+": [{"if": [json_logic(part), 1, 0]} for part in parts]}, number]}
        case Given(item):
            return {"!==": [_var(item), None]}
        case OneOf(item, options):
            return (
                {"===": [_var(item), options[0]]}
                if len(options) == 1
                else {"in": [_var(item), list(options)]}
            )
        case Holding(item, options):
            return {"or": [{"in": [option, _var(item)]} for option in options]}
        case Amount(quantity, operator, bound):
            given = [json_logic(Given(item)) for item in dict.fromkeys(measures(quantity))]
            return {"and": [*given, {operator: [_json_amount(quantity), bound]}]}
        case Named(name):
            raise LookupError(name)


def _json_amount(quantity: Quantity) -> Json:
    match quantity:
        case Number(value):
            return value
        case Measure(item):
            return _var(item)
        case Sum(left, operator, right):
            return {operator: [_json_amount(left), _json_amount(right)]}


def _var(item: str) -> Json:
    return {"var": f"a.{item}"}
