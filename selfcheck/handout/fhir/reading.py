"""A QuestionnaireResponse from anywhere to answers, checked as all answers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from selfcheck.answers import AnswerFault, Answers, AnswersError, is_number, read_answers
from selfcheck.handout.fhir.codes import FORM, SYSTEM, chosen_from, code, is_truth, version
from selfcheck.handout.fhir.response import ABSENT
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook

VALUE = "value"
OURS = frozenset({SYSTEM, None})


class _Refused(Exception):
    """An answer that cannot be read; the text says what would be right."""


def read_response(rulebook: Rulebook, resource: object) -> Answers:
    """The answers in a response to our Questionnaire. Pages, hints and the result are passed over.

    Raises:
        AnswersError: for another resource or Questionnaire, other rules, an unknown question, a question
            answered twice, or an answer of the wrong kind; with every fault.

    """
    if not isinstance(resource, dict) or resource.get("resourceType") != "QuestionnaireResponse":
        raise AnswersError((AnswerFault("resourceType", "a QuestionnaireResponse is expected"),))
    faults = list(_wrong_form(rulebook, resource))
    raw: dict[str, object] = {}
    for item in _items(resource):
        link, answers = item.get("linkId"), item.get("answer")
        if not answers:
            continue
        asked = rulebook.questionnaire.items.get(link) if isinstance(link, str) else None
        if asked is None:
            if not str(link).startswith(("page-", "result-")):
                faults.append(AnswerFault(repr(link)[:60], "no such question"))
            continue
        if asked.id in raw:
            faults.append(AnswerFault(asked.id, "answered twice; one answer is expected"))
        try:
            raw[asked.id] = _answer(rulebook, asked, answers)
        except _Refused as refused:
            faults.append(AnswerFault(asked.id, str(refused)))
    if faults:
        raise AnswersError(tuple(faults))
    return read_answers(rulebook.questionnaire, raw)


def _wrong_form(rulebook: Rulebook, resource: Mapping[str, object]) -> Iterator[AnswerFault]:
    """A response need not name its Questionnaire; if it does, it has to be this one."""
    named = resource.get("questionnaire")
    if named is None:
        return
    url, _, made_with = str(named).partition("|")
    if url != FORM:
        yield AnswerFault("questionnaire", f"an answer to another Questionnaire; '{FORM}' is expected")
    elif made_with and made_with != version(rulebook):
        yield AnswerFault(
            "questionnaire", f"made with rules {made_with!r:.60}; these are {version(rulebook)}"
        )


def _items(resource: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every item, also those under groups and answers, in order."""
    waiting = [resource]
    while waiting:
        parent = waiting.pop()
        if "linkId" in parent:
            yield parent
        inside = [child for key in ("item", "answer") for child in _listed(parent.get(key))]
        waiting.extend(reversed(inside))


def _listed(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _answer(rulebook: Rulebook, item: Item, answers: object) -> object:
    """The answer as it would be typed into a file of answers."""
    values = [found for answer in _listed(answers) if (found := _value(answer)) is not None]
    if item.kind is Kind.MULTI:
        absent = any(extension.get("url") == ABSENT for answer in _listed(answers)
                     for extension in _listed(answer.get("extension")))  # fmt: skip
        if not values and not absent:
            raise _Refused("an answer without a value")
        return [_option(rulebook, item, value) for value in values]
    if len(values) != 1:
        raise _Refused(f"{len(values)} values; one is expected")
    if is_truth(item) and isinstance(values[0], bool):
        return "yes" if values[0] else "no"
    if item.kind is Kind.SINGLE:
        return _option(rulebook, item, values[0])
    return _number(item, values[0]) if item.kind is not Kind.TEXT else values[0]


def _value(answer: Mapping[str, object]) -> object:
    """What stands under value[x], whatever its type."""
    return next((value for key, value in answer.items() if key.startswith(VALUE)), None)


def _option(rulebook: Rulebook, item: Item, value: object) -> str:
    codes = _codes(rulebook, item.id)
    if isinstance(value, dict) and value.get("system") in OURS:
        name = str(value.get("code"))
        if name in codes:
            return codes[name]
        raise _Refused(f"{name!r:.60} is no answer here; one of: {', '.join(list(codes)[:12])}")
    raise _Refused(f"a code of the system '{SYSTEM}' is expected")


@lru_cache(maxsize=1024)
def _codes(rulebook: Rulebook, name: str) -> Mapping[str, str]:
    """The options of an item by their code."""
    item = rulebook.questionnaire.items[name]
    return {code(rulebook, item, option): option for option in chosen_from(rulebook, item).options}


def _number(item: Item, value: object) -> object:
    """A number, bare or as a Quantity in the item's unit."""
    if not isinstance(value, dict):
        return value
    if value.get("unit") not in (None, item.unit) or not is_number(value.get("value")):
        raise _Refused(f"a number{f' in {item.unit}' if item.unit else ''} is expected")
    return value["value"]
