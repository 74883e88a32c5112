"""The names in a condition: syntax to items, options and keys, or a refusal with its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NoReturn, Self

from selfcheck.questionnaire import THIS_SIDE, Item, Kind, Side
from selfcheck.rulebook.misspelling import slip_in
from selfcheck.rulebook.tree import Node
from selfcheck.rulebook.vocabulary import ConditionFault, Vocabulary, suggestion

LONGEST = 600
KINDS = {
    Kind.SINGLE: "has one answer",
    Kind.MULTI: "has several answers",
    Kind.NUMBER: "is a number",
    Kind.SCALE: "is a number",
    Kind.TEXT: "is text",
}
ONE_LINE = {ord("\n"): " ", ord("\r"): " ", ord("\t"): " "}
STRANGE = re.compile(r"[#\\\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that would be skipped in silence (a remark, a joined line, control characters)."""


class NameReader:
    """Reads the names of one text for one side; every method takes a syntax node and answers or refuses."""

    def __init__(self, text: str, vocabulary: Vocabulary, side: Side | None) -> None:
        """Start with one text; ``side`` is ``None`` in body scope."""
        self.text = text
        self.vocabulary = vocabulary
        self.side = side
        self.depth = 0
        self.line = text.translate(ONE_LINE).lstrip()
        self.indent = len(text) - len(self.line)

    def expression(self) -> ast.expr:
        """The syntax tree of the text."""
        if len(self.text) > LONGEST:
            raise ConditionFault(
                f"condition of {len(self.text)} characters; write at most {LONGEST}, or give parts a name",
                LONGEST,
                len(self.text),
            )
        strange = STRANGE.search(self.text)
        if strange:
            raise ConditionFault("this sign has no meaning in a condition", *strange.span())
        try:
            return ast.parse(self.line, mode="eval").body
        except SyntaxError as error:
            slip = slip_in(self.text)
            if slip is not None:
                raise ConditionFault(*slip) from None
            start = max(min(self.indent + (error.offset or len(self.line)), len(self.text)) - 1, 0)
            raise ConditionFault("this is not a condition the language knows", start, start + 1) from None
        except (ValueError, RecursionError, MemoryError):
            raise ConditionFault("this cannot be read as a condition", 0, len(self.text)) from None

    def refuse(self, node: ast.AST, message: str) -> NoReturn:
        """Refuse a node, with its place in the text."""
        line = self.line.encode()
        start, end = (
            self.indent + len(line[: getattr(node, key, None) or 0].decode())
            for key in ("col_offset", "end_col_offset")
        )
        raise ConditionFault(message, start, end)

    def key(self, node: ast.AST, word: str) -> str:
        """The key of a condition that is named, of this side where it has sides."""
        if self.vocabulary.conditions[word] == "body":
            return word
        if self.side is None:
            self.refuse(node, f"'{word}' has a left and a right: write either({word}) or both({word})")
        return f"{word}:{self.side}"

    @staticmethod
    def example(item: Item, named: str = "") -> str:
        """How a question of that kind is compared: with the option that was named, else one that acts."""
        words = [option for option in (named, *item.alarm, *item.options) if option.isidentifier()]
        harmless = {item.benign, *item.alone}
        known = [option for option in words if option in item.options and option not in harmless]
        option = next(iter((*known, *(word for word in words if word in item.options))), None)
        if option is None and item.kind is Kind.SINGLE:
            return f"answered({item.id})"
        return {
            Kind.SINGLE: f"{item.id} == {option}",
            Kind.MULTI: f"any_of({item.id}, {option})",
            Kind.TEXT: f"answered({item.id})",
        }.get(item.kind, f"{item.id} >= {((item.low or 0) + (item.high or 0)) // 2:g}")

    def find(self, node: ast.AST, word: str) -> Item | None:
        """The item of that name, of this side where it has sides."""
        asked = self.vocabulary.questionnaire
        if word in asked.sided:
            if self.side is None:
                self.refuse(node, f"item '{word}' has a left and a right: write either(...) or both(...)")
            return asked.items[f"{word}_{self.side}"]
        return asked.items.get(word)

    def item(self, node: ast.expr, kinds: Sequence[Kind], use: str, named: str = "") -> Item | None:
        """The item that a name or other(name) stands for; ``None`` for one that is faulty itself. ``named`` is an
        option that was meant, for the remedy.
        """
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "other":
            part = self.only(node)
            found = self.turned(node).item(part, kinds, use)
            self.check_sides(part, found, self.item(part, kinds, use))
            return found
        if not isinstance(node, ast.Name):
            self.refuse(node, f"{use} takes the name of an item here")
        item = self.find(node, node.id)
        if item is None:
            if node.id in self.vocabulary.broken:
                return None
            if node.id in self.vocabulary.conditions:
                self.refuse(node, f"'{node.id}' is a condition itself and stands alone")
            known = {*self.vocabulary.questionnaire.items, *self.vocabulary.questionnaire.sided}
            self.refuse(node, f"unknown item '{node.id}'.{suggestion(node.id, known)}")
        if item.kind not in kinds:
            self.refuse(node, f"item '{node.id}' {KINDS[item.kind]}; write {self.example(item, named)}")
        return item

    def turned(self, node: ast.AST) -> Self:
        """The reader of the other side."""
        if self.side is None:
            self.refuse(node, "other(...) has a meaning only in side scope")
        return type(self)(self.text, self.vocabulary, "right" if self.side == "left" else "left")

    def only(self, node: ast.Call) -> ast.expr:
        """The one argument of a call."""
        if len(node.args) != 1 or node.keywords:
            self.refuse(node, "this takes exactly one argument")
        return node.args[0]

    def options(self, item: Item | None, nodes: Sequence[ast.expr]) -> frozenset[str]:
        """The options that some names stand for."""
        return frozenset(self.option(item, node) for node in nodes)

    def option(self, item: Item | None, node: ast.expr) -> str:
        """The option that a name stands for, of this side where it has sides."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.refuse(node, "option names stand bare, without quotation marks")
        if not isinstance(node, ast.Name):
            self.refuse(node, "the name of an option is expected here")
        known = self.vocabulary.questionnaire.options[item.id] if item is not None else ()
        if item is None or node.id in known:
            return node.id
        sided = self.side if node.id == THIS_SIDE else f"{node.id}_{self.side}"
        if sided in known:
            return str(sided)
        if f"{node.id}_left" in known:
            self.refuse(node, f"'{node.id}' has a left and a right: write either(...) or both(...)")
        hint = suggestion(node.id, item.options)
        self.refuse(
            node,
            f"item '{item.id}' has no option '{node.id}'."
            + (hint or f" Its options: {', '.join(item.options)}"),
        )

    def check_sides(self, part: ast.expr, one: Node | Item | None, another: Node | Item | None) -> None:
        """Refuse a part that reads the same from both sides, unless it names something faulty itself."""
        named = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
        faulty = self.vocabulary.broken - self.vocabulary.computed.keys()
        if one == another and named.isdisjoint(faulty):
            self.refuse(part, "nothing in here has a left and a right")
