"""The tree of a condition to lines in the words of its questions and answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from selfcheck.questionnaire import Item
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Computed
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
)


class Spoken(Struct, frozen=True):
    """One line: the name of what is read, what it has to be, and the lines under it.

    ``entry`` is the id of what is read, empty where the line only joins its ``parts``; ``joins`` is the
    word between these when they stand in one line.
    """

    words: str
    entry: str = ""
    said: str = ""
    parts: tuple[Spoken, ...] = ()
    joins: str = ""


def spoken(rulebook: Rulebook, node: Node, *, this_side: bool = False) -> Spoken:
    """A condition in words. With ``this_side`` the tree of one side stands for both."""
    return _Speaker(rulebook, this_side=this_side).say(node)


def calculation(rulebook: Rulebook, quantity: Quantity, *, this_side: bool = False) -> str:
    """How a number is worked out, in words."""
    return _Speaker(rulebook, this_side=this_side).calculated(quantity)


def in_one_line(line: Spoken) -> str:
    """The same as running text; what is joined inside something joined stands in brackets."""
    words = f"{line.words}: {line.said}" if line.said else line.words
    if not line.parts:
        return words
    inner = [f"({in_one_line(part)})" if len(part.parts) > 1 else in_one_line(part) for part in line.parts]
    joined = line.joins.join(inner)
    return joined if line.joins in (_(" and "), _(" or ")) else f"{words} {joined}"


@lru_cache(maxsize=4)
def bare_ids(rulebook: Rulebook) -> dict[str, str]:
    """The id under which the file has an item, by the id under which its answer is stored."""
    twins = {twin: bare for bare, both in rulebook.questionnaire.sided.items() for twin in both}
    return {name: twins.get(name, name) for name in rulebook.questionnaire.items}


class _Speaker:
    """Says the nodes of one tree."""

    def __init__(self, rulebook: Rulebook, *, this_side: bool) -> None:
        self.rulebook = rulebook
        self.this_side = this_side

    def say(self, node: Node) -> Spoken:
        match node:
            case Every() | Some() | Count() | Choose() | Not():
                return self.joined(node)
            case Compare(quantity, operator, bound):
                return self.compared(quantity, operator, bound)
            case Refer(key):
                return self.referred(key)
            case Fits(pattern, likely):
                name = self.rulebook.patterns[pattern].name
                return Spoken(name, pattern, _("fits well") if likely else _("fits well, or may fit"))
            case _:
                return self.answered(node)

    def joined(self, node: Every | Some | Count | Choose | Not) -> Spoken:
        match node:
            case Every(parts):
                return self.lines(_("All of these:"), parts, _(" and "))
            case Some(parts):
                return self.lines(_("Any of these:"), parts, _(" or "))
            case Count(parts, operator, number):
                words = _("%(amount)s of these:") % {"amount": _amount(operator, f"{number}").capitalize()}
                return self.lines(words, parts, "; ")
            case Not(part):
                return self.denied(part)
            case Choose(test, then, otherwise):
                known = replace(self.say(test), said=_("answered, and then"), parts=(self.say(then),))
                unknown = Spoken(_("without that answer:"), parts=(self.say(otherwise),))
                return Spoken(_("One of these two:"), parts=(known, unknown), joins="; ")

    def lines(self, words: str, parts: Iterable[Node], joins: str) -> Spoken:
        return Spoken(words, parts=tuple(self.say(part) for part in parts), joins=joins)

    def denied(self, part: Node) -> Spoken:
        line = self.say(part)
        if isinstance(part, Is | Has):
            return replace(line, said=_("anything but %(answers)s") % {"answers": line.said})
        if isinstance(part, Answered):
            return replace(line, said=_("not answered"))
        return Spoken(_("This does not hold:"), parts=(line,))

    def answered(self, node: Is | Has | Risk | Answered) -> Spoken:
        item = self.rulebook.questionnaire.items[node.item]
        match node:
            case Has(options=options, every=every):
                said = self.labels(item, options, _(" and ") if every else _(" or "))
            case Is(options=options):
                said = self.labels(item, options, _(" or "))
            case Risk(yes=yes, unsure=unsure):
                said = self.labels(item, yes, _(" or "))
                if unsure:
                    said = _("%(yes)s (where care is wanted, %(unsure)s, too)") % {
                        "yes": said,
                        "unsure": self.labels(item, unsure, _(" or ")),
                    }
            case Answered():
                said = _("answered")
        return Spoken(self.name(item), bare_ids(self.rulebook)[item.id], said)

    def labels(self, item: Item, options: Iterable[str], joined_by: str) -> str:
        chosen = set(options)
        of = self.rulebook.questionnaire.items[item.among] if item.among else item
        return joined_by.join(f"“{option.label}”" for option in of.option if option.id in chosen)

    def name(self, item: Item) -> str:
        bare = bare_ids(self.rulebook)[item.id]
        if bare == item.id or not self.this_side:
            return item.short
        return _("%(question)s, on that side") % {"question": item.short.rpartition(",")[0]}

    def compared(self, quantity: Quantity, operator: str, bound: float) -> Spoken:
        computed = _computed(self.rulebook).get(quantity)
        if computed is not None:
            said = _amount(operator, f"{bound:g} {computed.unit}")
            return Spoken(computed.id.replace("_", " "), computed.id, said)
        if isinstance(quantity, Measure):
            item = self.rulebook.questionnaire.items[quantity.item]
            unit = f" {item.unit}" if item.unit else ""
            return Spoken(
                self.name(item), bare_ids(self.rulebook)[item.id], _amount(operator, f"{bound:g}{unit}")
            )
        return Spoken(self.calculated(quantity), said=_amount(operator, f"{bound:g}"))

    def calculated(self, quantity: Quantity) -> str:
        match quantity:
            case Number(value):
                return f"{value:g}"
            case Measure(item):
                return self.name(self.rulebook.questionnaire.items[item])
            case Sum(left, sign, right):
                signs = {"+": _("plus"), "-": _("minus"), "*": _("times"), "/": _("divided by")}
                return f"({self.calculated(left)} {signs[sign]} {self.calculated(right)})"

    def referred(self, key: str) -> Spoken:
        name, _at, level = key.partition("@")
        name, _colon, side = name.partition(":")
        words = _name_of(self.rulebook, name)
        said = self.rulebook.dispositions[level].heading if level else ""
        if side:
            said = _("on that side") if self.this_side else {"left": _("left"), "right": _("right")}[side]
        return Spoken(words, name, said)


def _name_of(rulebook: Rulebook, name: str) -> str:
    if name in rulebook.red_flags:
        return rulebook.red_flags[name].plain
    if name in rulebook.findings:
        return rulebook.findings[name].label
    named = next(named for named in rulebook.file.named if named.id == name)
    return named.plain or name.replace("_", " ")


def _amount(operator: str, amount: str) -> str:
    """A comparison in words."""
    words = {
        ">=": _("%(n)s or more"),
        "<=": _("%(n)s or less"),
        ">": _("more than %(n)s"),
        "<": _("less than %(n)s"),
        "==": _("exactly %(n)s"),
    }
    return words[operator] % {"n": amount}


@lru_cache(maxsize=4)
def _computed(rulebook: Rulebook) -> dict[Quantity, Computed]:
    """The computed values by what they are worked out from."""
    return {quantity: one for one in rulebook.file.computed for quantity in one.value.values()}
