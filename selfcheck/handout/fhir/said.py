"""Where an answer stands in a QuestionnaireResponse, and what follows from other answers, as FHIRPath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from selfcheck.handout.fhir.codes import code, is_truth
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
    """``said_x`` for every item. Where it can follow from another answer, ``own_x`` is what was answered."""
    asked = rulebook.questionnaire
    targets = _derivations(rulebook)
    for item in asked.items.values():
        follows = item.id in targets or item.among is not None
        yield f"{'own' if follows else 'said'}_{item.id}", _own(rulebook, item)
    for name, derived in targets.items():
        yield f"said_{name}", _derived(rulebook, asked.items[name], derived)
    for name, among in asked.among.items():
        only = f"%said_{among}.where(%said_{among}.count() = 1 and $this != {NOTHING})"
        yield f"said_{name}", f"iif(%own_{name}.exists(), %own_{name}, {only})"


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
    own = f"%own_{item.id}"
    added = {option: " or ".join(tests) for option, tests in derived.items()}
    if item.kind is not Kind.MULTI:
        text = own
        for option, test in added.items():
            text = f"iif({test}, '{code(rulebook, item, option)}', {text})"
        return text
    alone = " and ".join(f"$this != '{code(rulebook, item, option)}'" for option in sorted(item.alone))
    kept = f"iif({' or '.join(added.values())}, {own}.where({alone}), {own})" if alone else own
    more = "".join(
        f" | iif({test}, '{code(rulebook, item, option)}', {{}})" for option, test in added.items()
    )
    return f"iif({own}.exists(), {kept}{more}, {{}})"


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
    name, option = source
    item = rulebook.questionnaire.items[name]
    targets = {target for pairs in rulebook.questionnaire.sets.values() for target, _ in pairs}
    own = f"%{'own' if name in targets or item.among else 'said'}_{name}"
    given = f"$this = '{code(rulebook, item, option)}'"
    parts = [f"{own}.exists({given})", *(f"%own_{each}.exists()" for each in sorted(through))]
    return parts[0] if len(parts) == 1 else f"({' and '.join(parts)})"
