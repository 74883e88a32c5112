"""Questions: the answer to each changes something, or is kept for the sheet only."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.proof.case import Case
from selfcheck.proof.circuit import Literal
from selfcheck.proof.report import Counterexample, Property
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.tree import Node, Refer, items_of, parts_of

MOST_TRIED = 12


def none_useless(case: Case) -> Property:
    """Each question can change a verdict that something rests on, or is read by the programme or the journey."""
    asked = case.solver.asked
    outcomes = case.outcomes
    elsewhere = set(_read_elsewhere(case))
    items = [item for item in case.items.values() if not item.sheet_only and item.kind is not Kind.TEXT]
    found = [
        Counterexample(item.id, f"no answer to '{item.short}' [{item.id}] changes anything.")
        for item in items
        if item.id not in elsewhere and not _matters(case, item, outcomes)
    ]
    return Property(
        id="no_useless_question",
        statement="The answer to every question can change a level, a caution, a finding, a pattern, a plan, "
        "a text or what is asked, or the question is marked as for the sheet only.",
        cases=len(items),
        solved=case.solver.asked - asked,
        exceptions=(
            f"For the sheet only: {sum(one.sheet_only for one in case.items.values())} questions.",
            "Texts in the person's own words are printed, and read by no rule.",
        ),
        counterexamples=tuple(found),
    )


def _matters(case: Case, item: Item, outcomes: list[Literal]) -> bool:
    """Whether some outcome is another one for somebody when this question is left empty."""
    case.forget()
    changed, circuit = case.unanswered(item.id), case.circuit
    affected = [one for one in outcomes if changed[one] != one]
    for one in affected[:MOST_TRIED]:
        if case.solver.find((one, changed[one] ^ 1)) is not None:
            return True
    rest = circuit.some(circuit.both(one, changed[one] ^ 1) for one in affected[MOST_TRIED:])
    return case.solver.find((rest,)) is not None


def _read_elsewhere(case: Case) -> Iterator[str]:
    """The questions that the programme, texts, home tests and the order of pages read."""
    book, file = case.rulebook, case.rulebook.file
    programme = file.programme
    yield from (programme.equipment_item, programme.timing.minutes_item, file.journey.stopped_item)
    conditions: list[Condition | None] = [
        *book.ask_if.values(),
        *book.page_if.values(),
        *book.also_if.values(),
    ]
    conditions += [note.holds for flag in file.red_flag for note in flag.note]
    conditions += [note.holds for cluster in file.cluster for note in cluster.note]
    conditions += [advice.when for advice in file.advice]
    conditions += [test.left_out_when for test in file.home_test]
    conditions += [file.journey.no_tests_when, file.journey.careful_when]
    conditions += [lead.when for level in file.disposition for lead in level.lead]
    conditions += [flag.private_unless for flag in file.red_flag]
    options = (option.shown_if for item in file.item for option in item.option)
    conditions += [book.conditions[name] for name in options if name]
    for condition in conditions:
        if condition is not None:
            yield from _all_items(case, condition.node)
    wishes = {
        item.id for item in case.items.values() if set(item.options) & set(file.journey.wishes.values())
    }
    yield from wishes
    yield from (item.among for item in case.items.values() if item.among)


def _all_items(case: Case, node: Node) -> Iterator[str]:
    if isinstance(node, Refer):
        yield from _all_items(case, case.rulebook.conditions[node.key].node)
    yield from items_of(node)
    for part in parts_of(node):
        yield from _all_items(case, part)
