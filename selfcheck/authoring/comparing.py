"""Two rulebooks and many people to whose results differ, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.flips import Outcome, outcome_of
from selfcheck.assessment.patterns import weigh_patterns
from selfcheck.assessment.reading import read
from selfcheck.authoring.changes import EntryChange, aims, conditions_of, entry_changes
from selfcheck.authoring.people import Raw, harmless, people, tidy
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook

Part = Literal["disposition", "patterns", "plan"]
PARTS: tuple[Part, ...] = ("disposition", "patterns", "plan")
RANDOM = 800
AIMED = 80


class Difference(Struct, frozen=True):
    """One person whose result differs: under the old rules and under the new ones."""

    person: Answers
    old: Outcome
    new: Outcome


class Comparison(Struct, frozen=True):
    """Two rulebooks, which entries differ, how many people were tried, and those whose results differ. ``unmet`` are
    changed conditions that hold for nobody of them.
    """

    old: Rulebook
    new: Rulebook
    changes: tuple[EntryChange, ...]
    tried: int
    differences: tuple[Difference, ...]
    unmet: tuple[EntryChange, ...]

    def of(self, part: Part) -> tuple[Difference, ...]:
        """The people for whom one part of the result differs."""
        return tuple(one for one in self.differences if differs(one, part))


def compare(
    old_text: str,
    new_text: str,
    size: tuple[int, int] = (RANDOM, AIMED),
    names: tuple[str, str] = ("old", "new"),
) -> Comparison:
    """Two rules files, over people made for both; ``size`` says how many at random, and how many for each
    changed entry. ``names`` stand in messages.

    Raises:
        RulebookError: with every fault that keeps one of them from loading.

    """
    old, new = read_rulebook(old_text, names[0]), read_rulebook(new_text, names[1])
    changes = entry_changes(old_text, new_text)
    tried, found = 0, []
    unmet = conditions_of(new, changes)
    for person in _once(_everybody(old, new, changes, size)):
        results = both(old, new, person)
        _meet(new, person, results[1], unmet)
        tried += 1
        if results[0] != results[1]:
            found.append(Difference(person, *results))
    return Comparison(old, new, changes, tried, tuple(found), tuple(unmet))


def _meet(
    rulebook: Rulebook, person: Answers, outcome: Outcome, unmet: dict[EntryChange, tuple[Condition, ...]]
) -> None:
    """Take the changes out of which a condition holds for this person, and the patterns that fit."""
    if unmet:
        reading = read(rulebook, known_to(rulebook, person))
        weigh_patterns(reading)
        for change, conditions in list(unmet.items()):
            if change.id in dict(outcome.patterns) or any(
                one.holds(reading.strict) is True for one in conditions
            ):
                del unmet[change]


def _everybody(
    old: Rulebook, new: Rulebook, changes: tuple[EntryChange, ...], size: tuple[int, int]
) -> Iterator[Answers]:
    """People for the new questions; and, where one is gone or not the same any more, for the old ones."""
    wanted = tuple(aims(old, new, changes))
    gone = any(new.questionnaire.items.get(name) != item for name, item in old.questionnaire.items.items())
    for book in (new, old) if gone else (new,):
        known = book.questionnaire.items.keys()
        yield from people(book, size[0], (aim for aim in wanted if known >= set(aim.items)), size[1])


def _once(everybody: Iterable[Answers]) -> Iterator[Answers]:
    seen: set[frozenset[tuple[str, Answer]]] = set()
    for person in everybody:
        key = frozenset(person.values.items())
        if key not in seen:
            seen.add(key)
            yield person


def both(old: Rulebook, new: Rulebook, person: Answers) -> tuple[Outcome, Outcome]:
    """The results of one person under two rulebooks; an answer that one of them does not know is left out."""
    return outcome_of(assess(old, known_to(old, person))), outcome_of(assess(new, known_to(new, person)))


def known_to(rulebook: Rulebook, person: Answers) -> Answers:
    """The answers that a rulebook has questions and options for."""
    try:
        return read_answers(rulebook.questionnaire, person.values)
    except AnswersError as error:
        wrong = {fault.item for fault in error.faults}
        return known_to(
            rulebook, Answers({name: value for name, value in person.values.items() if name not in wrong})
        )


def differs(one: Difference, part: Part) -> bool:
    """Whether a part of the result differs; the level and the place to go count as the disposition."""
    if part == "disposition":
        before, after = one.old, one.new
        return (before.disposition, before.level, before.channel) != (
            after.disposition,
            after.level,
            after.channel,
        )
    return bool(getattr(one.old, part) != getattr(one.new, part))


def shortest(old: Rulebook, new: Rulebook, one: Difference, part: Part) -> tuple[Difference, Raw]:
    """The same difference for somebody with as few answers out of the ordinary as can be, and those answers."""
    plain = harmless(new)
    unlike = [name for name, value in one.person.values.items() if plain.values.get(name) != value]
    best = one
    for name in unlike:
        raw = {key: value for key, value in best.person.values.items() if key != name}
        if name in plain.values:
            raw[name] = plain.values[name]
        person = tidy(new, raw)
        if person is not None:
            tried = Difference(person, *both(old, new, person))
            if differs(tried, part) and _same(tried, one, part):
                best = tried
    told = {
        name: value
        for name, value in best.person.values.items()
        if plain.values.get(name) != value and name in new.questionnaire.items
    }
    return best, {
        name: value for name, value in told.items() if new.questionnaire.items[name].kind is not Kind.TEXT
    }


def _same(tried: Difference, one: Difference, part: Part) -> bool:
    """Whether it is the same difference, of the patterns or dispositions; of plans any will do."""
    if part == "plan":
        return True
    if part == "patterns":
        return moved(tried) == moved(one)
    return (tried.old.level, tried.new.level) == (one.old.level, one.new.level)


def moved(one: Difference) -> tuple[tuple[str, str, str], ...]:
    """The patterns whose status differs, with the status before and after."""
    names = {**one.old.patterns, **one.new.patterns}
    return tuple(
        (name, one.old.patterns.get(name, "no"), one.new.patterns.get(name, "no"))
        for name in names
        if one.old.patterns.get(name) != one.new.patterns.get(name)
    )
