"""All conditions that an assessment can read to one program of formulas, each said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from bench.logic.formula import (
    All,
    AnyOf,
    AtLeast,
    Formula,
    Named,
    Opposite,
    UnsayableError,
    rails,
)
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook

READ = ("red_flag", "cluster", "caution", "finding", "pattern", "interaction", "programme", "advice")
"""The tables of which an assessment reads conditions; those that only lay out pages are left out."""


@dataclass(frozen=True, slots=True)
class Program:
    """Formulas by name, in an order in which each is defined before it is used.

    ``conditions`` are the conditions that are asked about by name, ``asked`` the names of their formulas,
    in the same order. ``left_out`` are the names of those that cannot be said.
    """

    formulas: Mapping[str, Formula]
    conditions: tuple[Condition, ...]
    asked: tuple[str, ...]
    left_out: tuple[str, ...]

    def inlined(self) -> tuple[Formula, ...]:
        """The formulas asked about, with every named one put in its place, for languages without names."""
        whole: dict[str, Formula] = {}
        for name, formula in self.formulas.items():
            whole[name] = _with_names(formula, whole)
        return tuple(whole[name] for name in self.asked)


class _Writer:
    """Defines formulas as they are asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.formulas: dict[str, Formula] = {}
        self.unsayable: set[str] = set()

    def named(self, key: str, wanted: bool) -> Formula:  # noqa: FBT001 - true or false, that is the question
        name = f"{key} is {'true' if wanted else 'false'}"
        condition = self.rulebook.ask_if[key[1:]] if key[0] == "?" else self.rulebook.conditions[key]
        return self.define(name, condition, wanted=wanted)

    def define(self, name: str, condition: Condition, *, wanted: bool) -> Formula:
        if name in self.unsayable:
            raise UnsayableError(name)
        if name not in self.formulas:
            try:
                found = rails(self.rulebook, condition.node, self.named)
            except UnsayableError:
                self.unsayable.add(name)
                raise
            self.formulas[name] = found.true if wanted else found.false
        found_name = self.formulas[name]
        return found_name if isinstance(found_name, Named) or _is_constant(found_name) else Named(name)


def program(rulebook: Rulebook) -> Program:
    """The program of a rulebook."""
    writer = _Writer(rulebook)
    asked: list[str] = []
    conditions: list[Condition] = []
    left_out: list[str] = []
    for key, condition in conditions_of(rulebook).items():
        name = f"{key} is true"
        try:
            writer.define(name, condition, wanted=True)
        except UnsayableError:
            left_out.append(key)
        else:
            asked.append(name)
            conditions.append(condition)
    return Program(_needed(writer.formulas, asked), tuple(conditions), tuple(asked), tuple(left_out))


def conditions_of(rulebook: Rulebook) -> dict[str, Condition]:
    """Every condition that an assessment asks about, each once: findings by their key, ``?item`` for
    whether an item is asked, the others by where they stand. Those that are only named by others are not
    among them; they come in where they are named.
    """
    keys = {id(condition): key for key, condition in rulebook.conditions.items()}
    found = {f"?{item}": asks for item, asks in rulebook.ask_if.items()}
    for table in READ:
        for place, condition in _within(getattr(rulebook.file, table), table):
            found.setdefault(keys.get(id(condition), place), condition)
    return found


def _within(value: object, place: str) -> Iterator[tuple[str, Condition]]:
    match value:
        case Condition():
            yield place, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from _within(getattr(value, name), f"{place}/{name}")
        case Mapping():
            for name, part in value.items():
                yield from _within(part, f"{place}/{name}")
        case tuple() | list():
            for number, part in enumerate(value):
                yield from _within(part, f"{place}/{getattr(part, 'id', number)}")


def _is_constant(formula: Formula) -> bool:
    return isinstance(formula, All | AnyOf) and not formula.parts


def _needed(formulas: Mapping[str, Formula], asked: list[str]) -> dict[str, Formula]:
    """The formulas asked about and those they are made of, in order of definition."""
    needed: set[str] = set()
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting.extend(names_in(formulas[name]))
    return {name: formula for name, formula in formulas.items() if name in needed}


def names_in(formula: Formula) -> Iterator[str]:
    """The names that a formula uses."""
    match formula:
        case Named(name):
            yield name
        case Opposite(part):
            yield from names_in(part)
        case All(parts) | AnyOf(parts) | AtLeast(parts):
            for part in parts:
                yield from names_in(part)


def _with_names(formula: Formula, whole: Mapping[str, Formula]) -> Formula:
    match formula:
        case Named(name):
            return whole[name]
        case Opposite(part):
            return Opposite(_with_names(part, whole))
        case All(parts):
            return All(tuple(_with_names(part, whole) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_with_names(part, whole) for part in parts))
        case AtLeast(parts, number):
            return AtLeast(tuple(_with_names(part, whole) for part in parts), number)
        case _:
            return formula
