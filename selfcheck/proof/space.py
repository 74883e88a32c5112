"""Every answer set that can be given, as inputs of a circuit: each question unanswered or answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from selfcheck.answers import Answer, Answers
from selfcheck.proof.circuit import FALSE, Circuit, Literal
from selfcheck.proof.numbers import Bits, Intervals, NotModelledError, Scale
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Compare, Measure, Node, measures, parts_of

SOME_WORDS = "some words"


class Space:
    """The inputs for what was said, and what rules make of it (see :func:`answers.logical_values`).

    ``scales`` are the numbers by item, ``raw`` the inputs of options as they were ticked.
    """

    def __init__(self, rulebook: Rulebook, circuit: Circuit) -> None:
        """Make the inputs of every question."""
        self.rulebook = rulebook
        self.circuit = circuit
        self.items = rulebook.questionnaire.items
        self.raw: dict[str, dict[str, Literal]] = {}
        self.scales: dict[str, Scale] = {}
        self.said: dict[str, Literal] = {}
        self._logical: dict[tuple[str, str], Literal] = {}
        self._put: dict[tuple[str, str], list[tuple[str, str]]] = {}
        computed = _computed_with(rulebook)
        for item in self.items.values():
            self._add(item, item.id in computed)
        for source, targets in rulebook.questionnaire.sets.items():
            for target in targets:
                self._put.setdefault(target, []).append(source)

    def _add(self, item: Item, computed: bool) -> None:  # noqa: FBT001
        circuit = self.circuit
        match item.kind:
            case Kind.SINGLE:
                chosen = self.items[item.among] if item.among else item
                self.raw[item.id] = {option: circuit.input() for option in chosen.options}
                self.said[item.id] = circuit.some(self.raw[item.id].values())
            case Kind.MULTI:
                self.said[item.id] = circuit.input()
                self.raw[item.id] = {option: circuit.input() for option in item.options}
            case Kind.TEXT:
                self.said[item.id] = circuit.input()
            case _:
                self.said[item.id] = circuit.input()
                self.scales[item.id] = (Bits if computed else Intervals)(circuit, item)

    def inputs_of(self, item: str) -> tuple[Literal, ...]:
        """The inputs that hold the answer to a question."""
        scale = self.scales.get(item)
        if scale is not None:
            return (self.said[item], *scale.write(0))
        options = tuple(self.raw.get(item, {}).values())
        return options if self.items[item].kind is Kind.SINGLE else (self.said[item], *options)

    def is_said(self, item: str) -> Literal:
        """Whether rules see an answer to the question."""
        if self.items[item].kind is Kind.SINGLE:
            options = self.raw[item]
            return self.circuit.some(self.has(item, option) for option in options)
        return self.said[item]

    def has(self, item: str, option: str) -> Literal:
        """Whether rules see an option in the answer to a question: ticked, or following from another answer."""
        key = item, option
        if key not in self._logical:
            self._logical[key] = self._has(item, option)
        return self._logical[key]

    def _has(self, item: str, option: str) -> Literal:
        circuit = self.circuit
        if option not in self.raw.get(item, {}):
            return FALSE
        asked = self.items[item]
        put = self._follows(item, option, frozenset())
        others = [one for one in self._put_into(item) if one != option]
        ticked = self.raw[item][option]
        if asked.kind is not Kind.MULTI:
            if put != FALSE and others:
                raise NotModelledError(f"two answers to '{item}' follow from other answers")
            ticked = circuit.every((ticked, *(self._follows(item, one, frozenset()) ^ 1 for one in others)))
            return circuit.some((ticked, put, self._only_choice(asked, option)))
        if option in asked.alone:
            following = (self._follows(item, one, frozenset()) ^ 1 for one in others)
            ticked = circuit.every((ticked, *following))
        return circuit.either(ticked, circuit.both(put, self.said[item]))

    def _put_into(self, item: str) -> list[str]:
        return [option for target, option in self._put if target == item]

    def _follows(self, item: str, option: str, seen: frozenset[tuple[str, str]]) -> Literal:
        """Whether an option follows from some other answer; going round in a circle adds nothing."""
        key = item, option
        sources = (source for source in self._put.get(key, ()) if source not in seen)
        return self.circuit.some(self._ever(*source, seen | {key}) for source in sources)

    def _ever(self, item: str, option: str, seen: frozenset[tuple[str, str]]) -> Literal:
        """Whether an option was ticked or put in at any time, also if another answer then replaced it."""
        put = self._follows(item, option, seen)
        if self.items[item].kind is Kind.MULTI:
            put = self.circuit.both(put, self.said[item])
        return self.circuit.either(self.raw[item][option], put)

    def _only_choice(self, item: Item, option: str) -> Literal:
        """Whether an item that chooses among the answers to another one is left with this one only."""
        if not item.among:
            return FALSE
        choices = self.items[item.among].options
        ticked = (self.has(item.among, one) ^ (one != option) for one in choices)
        silent = self.said[item.id] ^ 1
        return self.circuit.every((silent, self.said[item.among], *ticked))

    def constraints(self, items: Iterable[str]) -> Iterator[Literal]:
        """What holds of some questions' inputs in every answer set that the program takes."""
        for name in items:
            item = self.items[name]
            if item.kind is Kind.SINGLE:
                yield self.circuit.counts(self.raw[name].values(), 2)[2] ^ 1
            elif item.kind is Kind.MULTI:
                yield from self._several(item)
            elif name in self.scales:
                yield from self.scales[name].constraints()
            yield from self._between(item)

    def _several(self, item: Item) -> Iterator[Literal]:
        ticked, circuit = self.raw[item.id], self.circuit
        yield from (circuit.either(self.said[item.id], one ^ 1) for one in ticked.values())
        for option in item.alone:
            others = circuit.some(one for other, one in ticked.items() if other != option)
            yield circuit.both(ticked[option], others) ^ 1

    def _between(self, item: Item) -> Iterator[Literal]:
        """An item among the answers to another one, and an item that is at most another one."""
        circuit = self.circuit
        if item.among:
            answered = self.said[item.among]
            for option, chosen in self.raw[item.id].items():
                yield circuit.every((chosen, answered, self.raw[item.among][option] ^ 1)) ^ 1
        if item.at_most:
            least, most = self.scales[item.id], self.scales[item.at_most]
            both = circuit.both(self.said[item.id], self.said[item.at_most])
            for steps in range(least.steps + 1):
                bound = least.low + steps * least.step
                more = circuit.both(least.at_least(steps), most.compared("<", bound))
                yield circuit.both(both, more) ^ 1

    def write(self, answers: Answers) -> dict[Literal, bool]:
        """The values of the inputs for an answer set."""
        inputs: dict[Literal, bool] = {}
        for item, answer in answers.values.items():
            for option, literal in self.raw.get(item, {}).items():
                inputs[literal] = option == answer or (isinstance(answer, tuple) and option in answer)
            if self.items[item].kind is not Kind.SINGLE:
                inputs[self.said[item]] = True
            if item in self.scales:
                scale = self.scales[item]
                inputs.update(scale.write(scale.steps_of(answer)))  # type: ignore[arg-type]
        return inputs

    def read(self, inputs: Mapping[Literal, bool]) -> Answers:
        """The answer set that some values of the inputs stand for; of an interval the lowest number."""
        values: dict[str, Answer] = {}
        for name, item in self.items.items():
            ticked = tuple(option for option, one in self.raw.get(name, {}).items() if inputs.get(one))
            if item.kind is Kind.SINGLE:
                if ticked:
                    values[name] = ticked[0]
            elif inputs.get(self.said[name]):
                scale = self.scales.get(name)
                number = scale.number(scale.read(inputs)) if scale else SOME_WORDS
                values[name] = ticked if item.kind is Kind.MULTI else number
        return Answers(values)


def _computed_with(rulebook: Rulebook) -> frozenset[str]:
    """The items whose numbers are computed with, or compared with each other."""
    found = {item.id for item in rulebook.questionnaire.items.values() if item.at_most}
    found |= {item.at_most for item in rulebook.questionnaire.items.values() if item.at_most}
    for computed in rulebook.file.computed:
        for quantity in computed.value.values():
            found.update(measures(quantity))
    return frozenset(found)


def computed_in(node: Node) -> Iterator[Compare]:
    """The comparisons of a tree that are not of one answer alone."""
    if isinstance(node, Compare) and not isinstance(node.quantity, Measure):
        yield node
    for part in parts_of(node):
        yield from computed_in(part)
