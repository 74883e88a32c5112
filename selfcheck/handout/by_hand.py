"""Rules to what somebody needs to score a questionnaire on paper: a letter for each box, and what weighs
more together. Only what the rules declare; nothing is worked out by trying answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.parts.safety import Caution, CautionRow, Cluster, Disposition, RedFlag, Row
from selfcheck.rulebook.spoken import Spoken, spoken
from selfcheck.rulebook.tree import Count, Every, Has, Is, Node, Refer, Risk, Some, parts_of

Choice = tuple[str, str]
SEE_RULES = "+"
SAFETY_BLOCKS = ("A", "B", "C", "risk")
Rule = RedFlag | Cluster | Caution


class Letter(Struct, frozen=True):
    """What one tick means by itself. ``group`` names the kind of sign where several kinds add up."""

    level: str
    rank: int
    group: str = ""


class Together(Struct, frozen=True):
    """Answers that mean something together: the level, in words with the numbers of the questions."""

    id: str
    name: str
    letter: Letter
    words: str


class Meaning(Struct, frozen=True):
    """What a name in the words above stands for."""

    name: str
    words: str


class Scoring(Struct, frozen=True):
    """Everything for scoring by hand. ``together`` is in order of urgency."""

    letters: Mapping[Choice, Letter]
    together: tuple[Together, ...]
    meanings: tuple[Meaning, ...]


class Scorer:
    """Reads the rows of all rules that give a level. ``numbers`` are those of the questions on paper, by
    the id in the file.
    """

    def __init__(self, rulebook: Rulebook, region: Region, numbers: Mapping[str, int]) -> None:
        """Keep what is read."""
        self.rulebook = rulebook
        self.region = region
        self.numbers = numbers
        self.nameless = frozenset(
            named.id for named in rulebook.file.named if named.plain is None and named.scope == "body"
        )

    def scoring(self) -> Scoring:
        """The letters of single answers and the rules that need more than one."""
        letters: dict[Choice, Letter] = {}
        together: list[Together] = []
        named: dict[str, None] = {}
        for rule, row, level in self.rows():
            letter = self.letter(rule, row, level)
            alone = list(self.alone(row.holds.node))
            for choice in alone:
                if choice and (choice not in letters or _weight(letters[choice]) < _weight(letter)):
                    letters[choice] = letter
            if None in alone:
                together.append(self.together(rule, row, letter))
                for choice in self.mentioned(row.holds.node):
                    letters.setdefault(choice, Letter(SEE_RULES, 0))
                named.update(dict.fromkeys(self.names(row.holds.node)))
        together.sort(key=lambda one: -one.letter.rank)
        return Scoring(
            letters, tuple(together), tuple(self.meaning(name) for name in named if name not in self.nameless)
        )

    def rows(self) -> Iterator[tuple[Rule, Row | CautionRow, Disposition]]:
        """Every row that gives a level, with it."""
        file, levels = self.rulebook.file, self.rulebook.dispositions
        rules: tuple[RedFlag | Cluster, ...] = (*file.red_flag, *file.cluster)
        for rule in rules:
            yield from ((rule, row, levels[row.disposition]) for row in rule.when)
        for caution in file.caution:
            yield from ((caution, row, levels[row.floor]) for row in caution.when if row.floor)

    def letter(self, rule: Rule, row: Row | CautionRow, level: Disposition) -> Letter:
        """The level of a row, with its kind of sign where that adds up with other kinds."""
        soft_level = self.rulebook.file.triage.soft_level
        adds_up = isinstance(row, Row) and not row.soft and level.id == soft_level
        group = rule.soft_group if adds_up and isinstance(rule, RedFlag) else None
        return Letter(level.letter, level.rank or 0, (group or "").replace("_", " "))

    def alone(self, node: Node) -> Iterator[Choice | None]:
        """The single answers with which a condition holds; ``None`` for a part that is more than one."""
        match node:
            case Is(item, options) | Has(item, options, False):
                yield from ((item, option) for option in sorted(options))
            case Some(parts):
                for part in parts:
                    yield from self.alone(part)
            case Refer(key) if key in self.rulebook.conditions and key not in self.rulebook.red_flags:
                yield from self.alone(self.rulebook.conditions[key].node)
            case _:
                yield None

    def mentioned(self, node: Node) -> Iterator[Choice]:
        """The answers to warning signs and risks that take part in a condition, the harmless ones left out."""
        match node:
            case Is(item, options) | Has(item, options) | Risk(item, options):
                asked = self.rulebook.questionnaire.items[item]
                above = self.rulebook.questionnaire.items.get(asked.follows or "", asked)
                if asked.block in SAFETY_BLOCKS or above.block in SAFETY_BLOCKS:
                    yield from ((item, option) for option in sorted(options) if option != asked.benign)
            case Refer(key) if key in self.rulebook.conditions and key not in self.rulebook.red_flags:
                yield from self.mentioned(self.rulebook.conditions[key].node)
            case Every(parts) | Some(parts) | Count(parts):
                for part in parts:
                    yield from self.mentioned(part)
            case _:
                return

    def together(self, rule: Rule, row: Row | CautionRow, letter: Letter) -> Together:
        """One row of a rule in words."""
        words = self.words(row.holds.node)
        if isinstance(rule, Cluster) and rule.soft_flags_from_groups is not None:
            words = _("boxes or rules with a group beside the letter, from %(n)s or more groups") % {
                "n": rule.soft_flags_from_groups
            }
        elif isinstance(row, Row) and row.unsure == "full":
            words = _("%(rule)s (here “Not sure” counts in full)") % {"rule": words}
        return Together(rule.id, self.region.say(rule.plain), letter, words)

    def words(self, node: Node) -> str:
        """A condition as running text in which every question is followed by its number."""
        return self.line(spoken(self.rulebook, node))

    def line(self, line: Spoken) -> str:
        """The same of something already said."""
        if line.entry in self.nameless:
            return f"({self.words(self.rulebook.conditions[line.entry].node)})"
        number = self.numbers.get(line.entry)
        name = f"{line.words} [{number}]" if number else line.words
        words = self.region.say(f"{name}: {line.said}" if line.said else name)
        if not line.parts:
            return words
        inner = [f"({self.line(part)})" if len(part.parts) > 1 else self.line(part) for part in line.parts]
        joined = line.joins.join(inner)
        return joined if line.joins in (_(" and "), _(" or ")) else f"{words} {joined}"

    def names(self, node: Node) -> Iterator[str]:
        """The named conditions and findings that somebody has to know to read a condition."""
        if isinstance(node, Refer):
            name = node.key.partition("@")[0]
            if name in self.rulebook.conditions and not self.is_flags(name):
                yield name
                yield from self.names(self.rulebook.conditions[name].node)
        for part in parts_of(node):
            yield from self.names(part)

    def is_flags(self, name: str) -> bool:
        """Whether a name stands for warning signs only, which have rules of their own."""
        if name in self.rulebook.red_flags:
            return True
        node = self.rulebook.conditions[name].node
        parts = parts_of(node) or (node,)
        return all(isinstance(part, Refer) and self.is_flags(part.key.partition("@")[0]) for part in parts)

    def meaning(self, name: str) -> Meaning:
        """What a named condition stands for."""
        label = spoken(self.rulebook, Refer(name))
        return Meaning(label.words, self.words(self.rulebook.conditions[name].node))


def _weight(letter: Letter) -> tuple[int, bool]:
    """What counts more by itself: the higher level, then one that adds up."""
    return letter.rank, bool(letter.group)
