"""Where an answer stands in a QuestionnaireResponse, and what follows from other answers, as FHIRPath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from selfcheck.handout.fhir.codes import code, is_truth
from selfcheck.handout.fhir.conditions import name, said
from selfcheck.handout.fhir.outline import paths
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

NOTHING = "''"
"""What a several-choice answer with nothing ticked is read as: an answer, but no option."""

Pair = tuple[str, str]


def answer_path(rulebook: Rulebook, item: str) -> str:
    """The answers to an item in a QuestionnaireResponse."""
    steps = (*paths(rulebook)[item], item)
    return "%resource" + "".join(f".item.where(linkId='{link}')" for link in steps) + ".answer"


def said_variables(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """``saidX`` for every item. Where it can follow from another answer, ``ownX`` is what was answered."""
    items = rulebook.questionnaire.items
    targets = _derivations(rulebook)
    for item in items.values():
        follows = item.id in targets or item.among is not None
        yield name("own" if follows else "said", item.id), _own(rulebook, item)
    for target, derived in targets.items():
        yield name("said", target), _derived(rulebook, items[target], derived)
    for chosen, among in rulebook.questionnaire.among.items():
        only = f"{said(among)}.where({said(among)}.count() = 1 and $this != {NOTHING})"
        yield name("said", chosen), f"iif({own(chosen)}.exists(), {own(chosen)}, {only})"


def own(item: str) -> str:
    """What was answered to an item of which the answer can follow from another one."""
    return f"%{name('own', item)}"


def _own(rulebook: Rulebook, item: Item) -> str:
    path = answer_path(rulebook, item.id)
    if is_truth(item):
        yes, no = (code(rulebook, item, option) for option in ("yes", "no"))
        return f"{path}.value.select(iif($this, '{yes}', '{no}'))"
    match item.kind:
        case Kind.SINGLE:
            return f"{path}.value.code"
        case Kind.MULTI:
            return f"{path}.select(iif(value.exists(), value.code, {NOTHING}))"
        case _:
            return f"{path}.value"


def _derived(rulebook: Rulebook, item: Item, derived: Mapping[str, list[str]]) -> str:
    """An answer with what follows from others put in: over a single answer, beside the several ticked."""
    answered = own(item.id)
    added = {option: " or ".join(tests) for option, tests in derived.items()}
    if item.kind is not Kind.MULTI:
        text = answered
        for option, test in added.items():
            text = f"iif({test}, '{code(rulebook, item, option)}', {text})"
        return text
    alone = " and ".join(f"$this != '{code(rulebook, item, option)}'" for option in sorted(item.alone))
    test = " or ".join(added.values())
    kept = f"iif({test}, {answered}.where({alone}), {answered})" if alone else answered
    more = "".join(
        f" | iif({test}, '{code(rulebook, item, option)}', {{}})" for option, test in added.items()
    )
    return f"iif({answered}.exists(), {kept}{more}, {{}})"


@lru_cache(maxsize=8)
def _derivations(rulebook: Rulebook) -> Mapping[str, Mapping[str, list[str]]]:
    """For each item that others set, by option, the tests of any of which it follows."""
    found: dict[str, dict[str, list[str]]] = {}
    for source in rulebook.questionnaire.sets:
        for (target, option), through in _reached(rulebook, source):
            tests = found.setdefault(target, {}).setdefault(option, [])
            tests.append(_test(rulebook, source, through))
    return found


def _reached(rulebook: Rulebook, source: Pair) -> Iterator[tuple[Pair, frozenset[str]]]:
    """What follows from an answer, step by step, with the several-choice items on the way there: they have
    to be answered for anything to follow through them.
    """
    asked = rulebook.questionnaire
    waiting: list[tuple[Pair, frozenset[str]]] = [(source, frozenset())]
    seen = {source: [frozenset[str]()]}
    while waiting:
        pair, through = waiting.pop(0)
        for following in asked.sets.get(pair, ()):
            ways = seen.setdefault(following, [])
            if any(way <= through for way in ways):
                continue
            ways.append(through)
            yield following, through
            several = asked.items[following[0]].kind is Kind.MULTI
            waiting.append((following, through | {following[0]} if several else through))


def _test(rulebook: Rulebook, source: Pair, through: frozenset[str]) -> str:
    """Whether an answer was given, and the lists on the way from it were answered."""
    item = rulebook.questionnaire.items[source[0]]
    targets = {target for pairs in rulebook.questionnaire.sets.values() for target, _ in pairs}
    answered = own(item.id) if item.id in targets or item.among else said(item.id)
    given = f"$this = '{code(rulebook, item, source[1])}'"
    parts = [f"{answered}.exists({given})", *(f"{own(each)}.exists()" for each in sorted(through))]
    return parts[0] if len(parts) == 1 else f"({' and '.join(parts)})"
