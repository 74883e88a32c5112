"""The numbers in a condition: comparisons, bounds and computed values, syntax to tree."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from selfcheck.questionnaire import Kind
from selfcheck.rulebook.naming import NameReader
from selfcheck.rulebook.tree import Compare, Every, Measure, Node, Number, Quantity, Sum

OPERATORS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class NumberReader(NameReader):
    """Reads the numbers of one text for one side; every method gives a tree node or refuses."""

    def measured(self, node: ast.Compare) -> Node:
        """A comparison of numbers, or a chain of them."""
        terms = [node.left, *node.comparators]
        links = tuple(
            self.link(node, first, operator, second)
            for first, operator, second in zip(terms, node.ops, terms[1:], strict=False)
        )
        return links[0] if len(links) == 1 else Every(links)

    def link(self, node: ast.Compare, first: ast.expr, sign: ast.cmpop, second: ast.expr) -> Node:
        """One link of a chain: a number on one side, an item or a computed value on the other."""
        operator = OPERATORS.get(type(sign))
        if operator is None:
            self.refuse(node, "numbers are compared with <, <=, ==, >=, >")
        low, high = self.constant(first), self.constant(second)
        if (low is None) == (high is None):
            self.refuse(node, "one side of a comparison is a number, the other an item or a computed value")
        if high is None:
            first, operator, high = second, MIRRORED[operator], low
        quantity = self.quantity(first)
        self.check_bound(node, quantity, high or 0.0)
        return Compare(quantity, operator, high or 0.0)

    @staticmethod
    def constant(node: ast.expr) -> float | None:
        """The figure that is written there, if one is."""
        match node:
            case ast.Constant(value=bool()):
                return None
            case ast.Constant(value=int() | float() as value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return -value
            case _:
                return None

    def check_bound(self, node: ast.AST, quantity: Quantity, bound: float) -> None:
        """Refuse a bound outside the range of its item."""
        if not isinstance(quantity, Measure) or quantity.item not in self.vocabulary.questionnaire.items:
            return
        item = self.vocabulary.questionnaire.items[quantity.item]
        if (item.low is not None and bound < item.low) or (item.high is not None and bound > item.high):
            self.refuse(
                node, f"{bound:g} lies outside the range of '{item.id}', {item.low:g} to {item.high:g}"
            )

    def quantity(self, node: ast.expr) -> Quantity:
        """What is compared: figures, items and computed values, joined by signs."""
        number = self.constant(node)
        if number is not None:
            return Number(number)
        match node:
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in SIGNS:
                return Sum(self.quantity(left), SIGNS[type(operator)], self.quantity(right))
            case ast.Name(id=word) if word in self.vocabulary.computed:
                return self.worked(node, word)
            case ast.Call(func=ast.Name(id="count")):
                self.refuse(node, "count(...) stands first: count(a, b, c) >= 2")
            case ast.Name() | ast.Call():
                item = self.item(node, (Kind.NUMBER, Kind.SCALE), "a number")
                return Measure(item.id if item else "")
            case _:
                self.refuse(node, "numbers are made of items, computed values, figures and + - * / only")

    def worked(self, node: ast.AST, word: str) -> Quantity:
        """A computed value, of this side where it has sides."""
        sides = self.vocabulary.computed[word]
        if None in sides:
            return sides[None]
        if self.side is None:
            self.refuse(node, f"'{word}' has a left and a right: write either(...) or both(...)")
        return sides[self.side]
