"""An entry of the rules to what its page says: facts with words, links and conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from msgspec import Struct
from pydantic import BaseModel

from selfcheck.handout.words import dose_words
from selfcheck.questionnaire import Option, with_shared_options
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.entries import NAMES_ANOTHER, Entry, entries, names_in, withheld_for
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Floor, PatternItem
from selfcheck.rulebook.parts.programme import Dose
from selfcheck.rulebook.parts.safety import HoldCap, LevelText, Row
from selfcheck.rulebook.spoken import Spoken, calculation, spoken
from selfcheck.rulebook.tree import Measure, Number, Sum
from selfcheck.web.rule_labels import FIELDS, GROUPS, SETS_THE_PAGE, TABLES, VALUES

FIRST = (
    "text", "hint", "why", "steps", "dose", "option", "holds", "when", "ask_if", "advice", "mechanism",
    "evidence", "differential",
)  # fmt: skip
"""Fields that a reader looks for first."""

UNSAID = (("scope", "body"), ("block", "other"))
"""What is so of most entries."""


class Value(Struct, frozen=True):
    """One thing that is said: words, with a link if they name an entry; a condition; or facts of its own."""

    words: str = ""
    entry: str = ""
    note: str = ""
    holds: Spoken | None = None
    raw: str = ""
    facts: tuple[Fact, ...] = ()


class Fact(Struct, frozen=True):
    """A label and what is said under it. ``steps`` are numbered; what is ``folded`` is shown when asked for."""

    label: str
    values: tuple[Value, ...]
    steps: bool = False
    folded: bool = False


class Uses(Struct, frozen=True):
    """The entries of one table that name an entry."""

    label: str
    entries: tuple[Entry, ...]


def facts(rulebook: Rulebook, entry: Entry) -> tuple[Fact, ...]:
    """Everything the rules say in one entry: what matters most first, the rest in the order of the file."""
    part = entry.part
    if entry.table == "item":
        part = with_shared_options(part, rulebook.questionnaire.answer_types)
    return tuple(_Teller(rulebook, part, entry).facts(part))


def uses(rulebook: Rulebook, name: str) -> tuple[Uses, ...]:
    """What names an entry, by table."""
    found = entries(rulebook).named_by.get(name, ())
    grouped = ((table, tuple(entry for entry in found if entry.table == table)) for table in TABLES)
    return tuple(Uses(str(TABLES[table][0]), some) for table, some in grouped if some)


def withheld(rulebook: Rulebook, entry: Entry) -> tuple[Value, ...]:
    """The cautions that take an exercise out, each with the kinds of movement they do it for."""
    meanings = {tag.id: tag.meaning for tag in rulebook.file.tag}
    families = {tag.id for tag in rulebook.file.tag if tag.family}
    return tuple(
        Value(
            rulebook.cautions[name].plain, name, "; ".join(meanings[tag] for tag in tags if tag in families)
        )
        for name, tags in withheld_for(rulebook, getattr(entry.part, "tags", ())).items()
    )


def in_every_plan(rulebook: Rulebook, name: str) -> bool:
    """Whether the rules of the programme itself name an exercise, whatever the patterns."""
    return name in names_in(rulebook, Entry("programme", "", "", rulebook.file.programme))


def _weight(key: str) -> int:
    return FIRST.index(key) if key in FIRST else len(FIRST)


class _Teller:
    """Tells the fields of one entry."""

    def __init__(self, rulebook: Rulebook, whole: BaseModel, entry: Entry) -> None:
        self.rulebook = rulebook
        self.entry = entry
        self.answers: Mapping[str, Option] = getattr(whole, "options", {})
        self.this_side = getattr(whole, "scope", "body") == "side" or getattr(whole, "sided", False)
        self.known = entries(rulebook).by_id
        self.tellers: Mapping[type[BaseModel], Callable[[Any], Value]] = {
            Option: self.option,
            PatternItem: self.points,
            LevelText: lambda text: Value(text.text, note=self.level(text.disposition)),
            Floor: lambda floor: Value(
                str(VALUES["at_most", floor.status]), note=self.level(floor.disposition)
            ),
            HoldCap: lambda cap: Value(
                _("%(kind)s: %(n)s seconds", kind=VALUES["kind", cap.kind], n=cap.hold_seconds)
            ),
            Row: self.row,
            Dose: lambda dose: Value(dose.words or dose_words(dose)),
        }

    def facts(self, part: BaseModel) -> Iterator[Fact]:
        for key in sorted(type(part).model_fields, key=_weight):
            value = self.ask_if() if key == "ask_if" else getattr(part, key)
            if key in SETS_THE_PAGE or self.goes_without_saying(key, value):
                continue
            yield Fact(
                str(FIELDS.get(key, key.replace("_", " "))),
                tuple(self.values(key, value)),
                steps=key == "steps",
                folded=key == "tags",
            )

    def goes_without_saying(self, key: str, value: object) -> bool:
        return value in (None, (), "", {}, self.entry.title) or value is False or (key, value) in UNSAID

    def ask_if(self) -> Condition | None:
        stored = self.rulebook.questionnaire.sided.get(self.entry.id, (self.entry.id,))[0]
        return self.rulebook.ask_if.get(stored)

    def values(self, key: str, value: object) -> Iterator[Value]:
        if isinstance(value, Mapping):
            yield self.value(key, next(iter(value.values())))
        elif isinstance(value, tuple):
            for one in value:
                yield self.value(key, one)
        else:
            yield self.value(key, value)

    def value(self, key: str, value: object) -> Value:
        if isinstance(value, Condition):
            return Value(holds=spoken(self.rulebook, value.node, this_side=self.this_side), raw=value.text)
        if isinstance(value, BaseModel):
            tell = self.tellers.get(type(value))
            return tell(value) if tell else Value(facts=tuple(self.facts(value)))
        if isinstance(value, Number | Measure | Sum):
            return Value(calculation(self.rulebook, value, this_side=self.this_side))
        return self.word(key, value)

    def word(self, key: str, value: object) -> Value:
        if (key, str(value)) in VALUES:
            return Value(str(VALUES[key, str(value)]))
        if isinstance(value, bool):
            return Value(_("yes"))
        if key in NAMES_ANOTHER and str(value) in self.known:
            return Value(self.known[str(value)][0].title, str(value))
        if isinstance(value, int | float):
            return Value(f"{value:g}")
        return Value(self.sentence(key, str(value)))

    def sentence(self, key: str, value: str) -> str:
        if key == "section":
            return self.rulebook.questionnaire.sections[value].title
        if key == "channel":
            return next(channel.instruction for channel in self.rulebook.file.channel if channel.id == value)
        if value in self.answers:
            return self.answers[value].label
        return value.replace("{plain}", _("(what was said)"))

    def option(self, option: Option) -> Value:
        notes = [option.clinical or ""]
        if option.shown_if:
            notes.append(_("shown if: %(condition)s", condition=self.known[option.shown_if][0].title))
        return Value(option.label, note="; ".join(note for note in notes if note))

    def points(self, item: PatternItem) -> Value:
        finding = self.rulebook.findings[item.finding]
        note = _("%(points)s points (%(group)s): %(because)s",
                 points=f"{item.points:+d}", group=GROUPS[item.group], because=item.because)  # fmt: skip
        return Value(finding.label, item.finding, note)

    def row(self, row: Row) -> Value:
        holds = Value(holds=spoken(self.rulebook, row.holds.node), raw=row.holds.text)
        return Value(facts=(Fact(self.level(row.disposition), (holds,)),))

    def level(self, name: str) -> str:
        return self.rulebook.dispositions[name].heading
