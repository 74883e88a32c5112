"""The condition language: text to typed tree, checked against what can be asked.

A small part of Python's expression grammar, read with :mod:`ast` and never run.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from selfcheck.questionnaire import Kind, Side
from selfcheck.rulebook.quantities import OPERATORS, NumberReader
from selfcheck.rulebook.tree import (
    Answered,
    Choose,
    Count,
    Every,
    Fits,
    Has,
    Is,
    Node,
    Not,
    Quantity,
    Refer,
    Risk,
    Some,
)
from selfcheck.rulebook.vocabulary import Vocabulary, suggestion

DEEPEST = 24
PAIR = 2


def parse_condition(text: str, vocabulary: Vocabulary, side: Side | None = None) -> Node:
    """The tree of a condition, in body scope or as read for one side.

    Raises:
        ConditionFault: for anything outside the language, or a name, option or bound that does not exist.

    """
    reader = _Reader(text, vocabulary, side)
    return reader.condition(reader.expression())


def parse_quantity(text: str, vocabulary: Vocabulary, side: Side | None = None) -> Quantity:
    """The tree of a computed value.

    Raises:
        ConditionFault: as for a condition.

    """
    reader = _Reader(text, vocabulary, side)
    return reader.quantity(reader.expression())


class _Reader(NumberReader):
    """Reads one text for one side; every method takes a syntax node and gives a tree node or refuses."""

    depth = 0

    def condition(self, node: ast.expr) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(node, f"brackets nested deeper than {DEEPEST}; give parts a name")
        try:
            return self.read(node)
        finally:
            self.depth -= 1

    def read(self, node: ast.expr) -> Node:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return Every(tuple(self.condition(value) for value in values))
            case ast.BoolOp(values=values):
                return Some(tuple(self.condition(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.condition(operand))
            case ast.IfExp():
                return self.choose(node)
            case ast.Compare():
                return self.compare(node)
            case ast.Call():
                return self.call(node)
            case ast.Name():
                return self.name(node)
            case ast.Constant(value=str()):
                self.refuse(node, "option names stand bare, without quotation marks")
            case _:
                self.refuse(node, "this is not a condition the language knows")

    def choose(self, node: ast.IfExp) -> Node:
        test = self.condition(node.test)
        if not isinstance(test, Answered):
            self.refuse(node.test, "between 'if' and 'else' only answered(item) may stand")
        return Choose(test, self.condition(node.body), self.condition(node.orelse))

    def name(self, node: ast.Name) -> Node:
        word = node.id
        vocabulary = self.vocabulary
        if word in vocabulary.conditions:
            return Refer(self.key(node, word))
        item = self.find(node, word)
        if item is None:
            if word in vocabulary.computed:
                self.refuse(node, f"'{word}' needs a comparison, such as {word} >= 1")
            if word in vocabulary.broken:
                return Refer(word)
            self.refuse(node, f"unknown name '{word}'.{suggestion(word, vocabulary.names())}")
        if item.risk:
            unsure = frozenset(option for option in item.options if option == "not_sure")
            return Risk(item.id, frozenset(item.alarm) or frozenset({item.ticked}), unsure)
        self.refuse(node, f"item '{word}' needs a comparison, such as {self.example(item)}")

    def compare(self, node: ast.Compare) -> Node:
        left, operators, right = node.left, node.ops, node.comparators
        match operators, right:
            case [ast.In() | ast.NotIn()], [ast.Tuple(elts=elements)]:
                return self.chosen(left, elements, negated=isinstance(operators[0], ast.NotIn))
            case [ast.In() | ast.NotIn()], [ast.Name() as one]:
                self.refuse(one, f"write the options in brackets with a comma: ({one.id},)")
            case [ast.In() | ast.NotIn()], [other]:
                self.refuse(other, "write the options in round brackets with commas: (a, b)")
            case [ast.NotEq()], [ast.Name() as one]:
                return self.chosen(left, [one], negated=True)
            case [ast.Eq()], [ast.Name() | ast.Constant(value=str()) as one]:
                return self.chosen(left, [one], negated=False)
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "count":
            return self.counted(node, left)
        return self.measured(node)

    def chosen(self, left: ast.expr, options: Sequence[ast.expr], *, negated: bool) -> Node:
        meant = options[0].id if options and isinstance(options[0], ast.Name) else ""
        item = self.item(left, (Kind.SINGLE,), "a choice", meant)
        if not options:
            self.refuse(left, "write at least one option in the brackets")
        atom = Is(
            item.id if item else "", self.options(item, options), item.reserved if item else frozenset()
        )
        return Not(atom) if negated else atom

    def counted(self, node: ast.Compare, call: ast.Call) -> Node:
        bound = node.comparators[0]
        operator = OPERATORS.get(type(node.ops[0]))
        if len(node.ops) != 1 or operator is None or not isinstance(bound, ast.Constant) or call.keywords:
            self.refuse(node, "count(...) is compared with one whole number")
        number = bound.value
        if type(number) is not int or not 0 <= number <= len(call.args):
            self.refuse(
                bound, f"of {len(call.args)} conditions a whole number from 0 to {len(call.args)} can hold"
            )
        return Count(tuple(self.condition(part) for part in call.args), operator, number)

    def call(self, node: ast.Call) -> Node:
        if not isinstance(node.func, ast.Name) or node.keywords:
            self.refuse(node, "this is not a condition the language knows")
        word = node.func.id
        match word:
            case "any_of" | "all_of" | "none_of":
                return self.several(node, word)
            case "answered":
                item = self.item(self.only(node), tuple(Kind), "answered")
                return Answered(item.id if item else "", item.reserved if item else frozenset())
            case "either" | "both":
                return self.sides(node, word)
            case "other":
                return self.opposite(node)
            case "likely" | "possible":
                return self.fits(node, word)
            case "reached":
                return self.reached(node)
            case "count":
                self.refuse(node, "count(...) is compared with a number: count(a, b, c) >= 2")
            case _:
                words = ("any_of", "all_of", "none_of", "answered", "either", "both", "other", "count")
                self.refuse(node.func, f"unknown function '{word}'.{suggestion(word, words)}")

    def several(self, node: ast.Call, word: str) -> Node:
        if len(node.args) < PAIR:
            self.refuse(node, f"{word} takes an item and at least one of its options")
        meant = node.args[1].id if isinstance(node.args[1], ast.Name) else ""
        item = self.item(node.args[0], (Kind.MULTI,), word, meant)
        reader = self.turned(node) if isinstance(node.args[0], ast.Call) else self
        atom = Has(item.id if item else "", reader.options(item, node.args[1:]), word == "all_of")
        return Not(atom) if word == "none_of" else atom

    def sides(self, node: ast.Call, word: str) -> Node:
        if self.side is not None:
            self.refuse(node, f"{word}(...) has a meaning only in body scope")
        part = self.only(node)
        left, right = (
            type(self)(self.text, self.vocabulary, side).condition(part) for side in ("left", "right")
        )
        self.check_sides(part, left, right)
        return Some((left, right)) if word == "either" else Every((left, right))

    def opposite(self, node: ast.Call) -> Node:
        part = self.only(node)
        there = self.turned(node).condition(part)
        self.check_sides(part, there, self.condition(part))
        return there

    def fits(self, node: ast.Call, word: str) -> Node:
        part = self.only(node)
        if not isinstance(part, ast.Name):
            self.refuse(part, f"{word} takes the name of a pattern")
        if part.id not in self.vocabulary.patterns:
            hint = suggestion(part.id, self.vocabulary.patterns)
            self.refuse(part, f"unknown pattern '{part.id}'.{hint}")
        return Fits(part.id, word == "likely")

    def reached(self, node: ast.Call) -> Node:
        match node.args:
            case [ast.Name(id=flag), ast.Name(id=disposition)]:
                pass
            case _:
                self.refuse(node, "reached takes a red flag and a disposition")
        for place, (word, known, kind) in enumerate(
            (
                (flag, self.vocabulary.flags, "red flag"),
                (disposition, self.vocabulary.dispositions, "disposition"),
            )
        ):
            if word not in known:
                self.refuse(node.args[place], f"unknown {kind} '{word}'.{suggestion(word, known)}")
        self.vocabulary.reached.add((flag, disposition))
        return Refer(f"{flag}@{disposition}")
