"""A rulebook ready to be proved about: its circuit, what becomes of it when one answer changes, and the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from selfcheck.answers import Answer, Answers, AnswersError, read_answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.ranks import rank
from selfcheck.assessment.reading import Reading, read
from selfcheck.proof.circuit import FALSE, TRUE, Changed, Literal, Substitution
from selfcheck.proof.levels import Levels
from selfcheck.proof.plans import Plans
from selfcheck.proof.report import Counterexample
from selfcheck.proof.rows import Source
from selfcheck.proof.shrinking import shrunk
from selfcheck.proof.solver import Solver
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook

Breaks = Callable[[Answers], bool]
Tells = Callable[[Answers], str]
FAILS_TO_AGREE = (
    "the model of the rules finds these answers, but the program does not confirm them. This is a fault of "
    "the proof itself: please report it."
)


class Case:
    """Everything that the properties share. All literals are made before any answer is changed."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Read the rules into a circuit.

        Raises:
            NotModelledError: if the rules use something that the proof cannot read.
            ImportError: if z3 is not installed.

        """
        self.rulebook = rulebook
        self.items = rulebook.questionnaire.items
        self.levels = Levels(rulebook)
        self.circuit = self.levels.circuit
        self.space = self.levels.space
        self.plans = Plans(self.levels)
        self.solver = Solver(self.space)
        ranks = {source.rank for source in self.levels.sources}
        self.reached = {least: self.levels.from_rank(least) for least in sorted(ranks)}
        self.at = {one.id: self.levels.at(one) for one in rulebook.file.disposition}
        self.given = {one.id: self.plans.given(one) for one in rulebook.file.exercise}
        self.given_as_extra = {one.id: self.plans.given(one, 2) for one in rulebook.file.exercise}
        self.withheld = {one.id: self.plans.withheld(one) for one in rulebook.file.exercise}
        self.hard = self.plans.level_from(rulebook.file.programme.harder_from_level)
        self.too_hard = {level: self.plans.level_from(level) ^ 1 for level in (2, 3)}
        self.asked = {item: self.levels.strict.is_asked(item) for item in self.items}
        self.outcomes = list(self._outcomes())
        self.solver.know_constraints()
        self._substitution = Substitution(self.circuit)
        self._size = len(self.circuit)

    def _outcomes(self) -> Iterator[Literal]:
        """Everything that a question could change, what rests on little first."""
        strict, programme = self.levels.strict, self.rulebook.file.programme
        conditions = [one for finding in self.rulebook.file.finding for one in finding.when.values()]
        conditions += [one.when for one in programme.extra]
        conditions += [one.when for one in programme.contributor]
        conditions += [one.when for one in programme.focus_change]
        conditions += [programme.massage_when, programme.seated_when]
        found = {strict.condition(condition).true for condition in conditions}
        found |= {one.holds for one in self.levels.sources} | {one.holds for one in self.levels.cautions}
        found |= {*self.plans.modes, self.hard, *self.at.values()}
        yield from sorted(found)

    def forget(self) -> None:
        """Take out what earlier changes have left in the circuit."""
        self.circuit.forget(self._size)

    def changed(self, changes: dict[Literal, Literal]) -> Changed:
        """What becomes of everything when some inputs are replaced."""
        return self._substitution(changes)

    def unanswered(self, item: str) -> Changed:
        """What becomes of everything when a question is left empty."""
        return self.changed(dict.fromkeys(self.space.inputs_of(item), FALSE))

    def answered(self, item: Item, option: str) -> Changed:
        """What becomes of everything when an option is chosen, or ticked beside others."""
        raw = self.space.raw[item.id]
        if item.kind is not Kind.MULTI:
            return self.changed({one: TRUE if name == option else FALSE for name, one in raw.items()})
        ticked = {raw[name]: FALSE for name in (raw if option in item.alone else item.alone)}
        return self.changed({**ticked, raw[option]: TRUE, self.space.said[item.id]: TRUE})

    def affected(self, changed: Changed) -> list[Source]:
        """The sources of levels that a change can switch."""
        return [one for one in self.levels.sources if changed[one.holds] != one.holds]

    def not_reached(self, changed: Changed, least: int) -> list[Literal]:
        """That nothing reaches a rank after a change, one literal per source."""
        return [changed[one.holds] ^ 1 for one in self.levels.sources if one.rank >= least]

    def falls(
        self, sources: Iterable[Source], before: Changed | None, after: Changed, most: int | None = None
    ) -> tuple[Literal, Literal]:
        """That a source gives a rank before a change which nothing gives after it: first in short, looking
        at the rules of these sources only, then in full. What cannot be in short cannot be at all.

        ``most`` is the rank from which a difference no longer counts.
        """
        circuit, sources = self.circuit, tuple(sources)
        rules = {one.rule for one in sources}
        related = [one for one in self.levels.sources if one.rule in rules]
        short, full = [], []
        for least, reached in self.reached.items():
            if most is not None and least > most:
                continue
            held = circuit.some(
                before[one.holds] if before else one.holds for one in sources if one.rank >= least
            )
            near = circuit.some(after[one.holds] for one in related if one.rank >= least)
            short.append(circuit.both(held, near ^ 1))
            full.append(circuit.both(held, after[reached] ^ 1))
        return circuit.some(short), circuit.some(full)

    def assess(self, answers: Answers) -> Assessment:
        """The program's own result."""
        return assess(self.rulebook, answers)

    def level(self, answers: Answers) -> int:
        """The rank of the program's own level."""
        return rank(self.assess(answers).triage.level)

    def counterexample(self, about: str, answers: Answers, breaks: Breaks, tells: Tells) -> Counterexample:
        """The fewest answers that break a property on the program itself, with what becomes of them."""
        if not self.is_valid(answers) or not breaks(answers):
            return Counterexample(about, FAILS_TO_AGREE, answers)
        fewest = shrunk(self.rulebook.questionnaire, answers, breaks)
        return Counterexample(about, tells(fewest), fewest)

    def holds(self, condition: Condition) -> Literal:
        """When a condition holds as said. Only while nothing is changed."""
        return self.levels.strict.condition(condition).true

    def reading(self, answers: Answers) -> Reading:
        """The program's own reading of answers."""
        return read(self.rulebook, answers)

    def is_asked(self, answers: Answers, item: str) -> bool:
        """Whether the program asks a question of a person who leaves it empty."""
        return read(self.rulebook, answers.with_changes({item: None})).strict.is_asked(item)

    def is_valid(self, answers: Answers) -> bool:
        """Whether the program takes these answers."""
        try:
            read_answers(self.rulebook.questionnaire, answers.values)
        except AnswersError:
            return False
        return True


def chosen(item: Item, answers: Answers, option: str) -> Answers:
    """The answers with an option chosen, or ticked beside those that can stand beside it."""
    value: Answer = option
    if item.kind is Kind.MULTI:
        before = answers.values.get(item.id)
        ticked = before if isinstance(before, tuple) and option not in item.alone else ()
        value = tuple(
            one for one in item.options if one == option or (one in ticked and one not in item.alone)
        )
    return answers.with_changes({item.id: value})


def has(answers: Answers, item: str, option: str) -> bool:
    """Whether an option is chosen or ticked."""
    value = answers.values.get(item)
    return value == option or (isinstance(value, tuple) and option in value)
