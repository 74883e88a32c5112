"""What was said: raw answers to checked ones. An answer that is absent is not "no"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from msgspec import Struct

from selfcheck.questionnaire import Item, Kind, Questionnaire

Answer = str | int | float | tuple[str, ...]
Logical = str | float | frozenset[str]
MOST_SHOWN = 12
LONGEST_NAME = 60
ROUNDING = 1e-9
LARGEST_SHOWN = 10**30
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
JOINERS = "\u200c\u200d"


class Answers(Struct, frozen=True):
    """Checked answers by item id, in the order of the questionnaire.

    A several-choice answer is a tuple in the order of its options; ``()`` is an answer, too.
    """

    values: Mapping[str, Answer]

    def with_changes(self, changes: Mapping[str, Answer | None]) -> Answers:
        """The same with some answers put in, or taken out where the change is ``None``."""
        merged = {**self.values, **changes}
        return Answers({item: value for item, value in merged.items() if value is not None})


class AnswerFault(Struct, frozen=True):
    """What is wrong with one answer, and what would be right."""

    item: str
    message: str


class AnswersError(ValueError):
    """Answers that cannot be used. ``faults`` holds everything that is wrong with them."""

    def __init__(self, faults: tuple[AnswerFault, ...]) -> None:
        """Keep them all; the text names each."""
        super().__init__("\n".join(f"{fault.item}: {fault.message}" for fault in faults))
        self.faults = faults


def read_answers(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers:
    """Check answers from outside. ``None`` is the same as absent.

    Raises:
        AnswersError: with every unknown item, unknown option, number out of range or wrong kind.

    """
    faults: list[AnswerFault] = []
    values: dict[str, Answer] = {}
    choices, ticks = questionnaire.choices, questionnaire.ticks
    for name, value in raw.items():
        if type(value) is str and value in choices.get(name, ()):
            values[name] = value
            continue
        if (
            type(value) is list
            and len(value) == 1
            and type(value[0]) is str
            and value[0] in ticks.get(name, ())
        ):
            values[name] = (value[0],)
            continue
        item = questionnaire.items.get(name) if isinstance(name, str) else None
        if item is None:
            faults.append(AnswerFault(spelt_out(str(name), 60), _unknown(str(name), questionnaire)))
        elif value is not None:
            checked, message = check_answer(item, value, questionnaire)
            if message:
                faults.append(AnswerFault(name, message))
            elif checked is not None:
                values[name] = checked
    if not faults:
        faults.extend(faults_between(questionnaire, Answers(values)))
    if faults:
        raise AnswersError(tuple(faults))
    return Answers(values)


def _unknown(name: str, questionnaire: Questionnaire) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, questionnaire.items, n=1) if len(name) <= LONGEST_NAME else []
    return "no such item." + (f" Did you mean '{near[0]}'?" if near else "")


def check_answer(item: Item, value: object, questionnaire: Questionnaire) -> tuple[Answer | None, str]:
    """The answer as it is stored and an empty message, or ``None`` and what would be right."""
    match item.kind:
        case Kind.SINGLE:
            return _single(item, value, questionnaire)
        case Kind.MULTI:
            return _multi(item, value)
        case Kind.TEXT:
            return _text(item, value)
        case _:
            return _number(item, value)


def _single(item: Item, value: object, questionnaire: Questionnaire) -> tuple[Answer | None, str]:
    whole = questionnaire.items[item.among] if item.among else item
    named = str(value) if type(value) is int and abs(value) < LARGEST_SHOWN else value
    for option in whole.option if isinstance(named, str) else ():
        if option.id == named:
            return option.id, ""
    return None, f"{_quoted(value)} is no answer here; one of: {_listed(whole.options)}"


def _multi(item: Item, value: object) -> tuple[Answer | None, str]:
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        return None, f"a list is expected, of: {_listed(item.options)}"
    options, chosen = item.options, set(value)
    wrong = [part for part in value if part not in options]
    if wrong:
        return None, f"{_quoted(wrong[0])} is no answer here; any of: {_listed(options)}"
    alone = chosen & item.alone if len(chosen) > 1 else ()
    if alone:
        return None, f"'{min(alone)}' cannot stand beside other answers"
    return tuple(option for option in options if option in chosen), ""


def _number(item: Item, value: object) -> tuple[Answer | None, str]:
    low, high, step = item.low or 0.0, item.high or 0.0, item.step
    if not is_number(value):
        return None, f"{_quoted(value)} is not a number; {_range(item)} is expected"
    if not low <= value <= high:
        return None, f"{_quoted(value)} is out of range; {_range(item)} is expected"
    steps = (value - low) / step
    if abs(steps - round(steps)) > ROUNDING:
        return None, f"{_quoted(value)} is too exact; {_range(item)} in steps of {step:g} is expected"
    return value, ""


def _range(item: Item) -> str:
    unit = f" ({item.unit})" if item.unit else ""
    return f"a number from {item.low or 0.0:g} to {item.high or 0.0:g}{unit}"


def _text(item: Item, value: object) -> tuple[Answer | None, str]:
    if not isinstance(value, str):
        return None, "text is expected"
    tidy = " ".join(value.split())
    if len(tidy) > item.max_characters:
        return None, f"{len(tidy)} characters are too many; at most {item.max_characters} are expected"
    if not is_plain(tidy):
        return None, "only letters, figures and signs are expected, no control characters"
    return (tidy or None), ""


def is_plain(text: str) -> bool:
    """Whether a text holds no control, direction-changing or private characters."""
    return all(character in JOINERS or unicodedata.category(character) not in HIDDEN for character in text)


def faults_between(questionnaire: Questionnaire, answers: Answers) -> Iterator[AnswerFault]:
    """Faults between two answers that are each sound by themselves."""
    values, bound = answers.values, questionnaire.bound
    for name, value in values.items():
        if name not in bound:
            continue
        item = questionnaire.items[name]
        if item.among and item.among in values:
            allowed = values[item.among]
            if isinstance(allowed, tuple) and value not in allowed:
                yield AnswerFault(name, f"'{value}' is not among the answers to '{item.among}'")
        if item.at_most and is_number(values.get(item.at_most)) and is_number(value):
            limit = values[item.at_most]
            if value > limit:  # type: ignore[operator] # both are numbers: see above
                yield AnswerFault(name, f"{value:g} is more than the answer to '{item.at_most}', {limit}")


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number that was answered (not a truth value)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _quoted(value: object) -> str:
    if isinstance(value, int) and abs(value) >= LARGEST_SHOWN:
        return "this number"
    text = str(value) if isinstance(value, str | int | float) else type(value).__name__
    return f"'{spelt_out(text, 40)}'"


def spelt_out(text: str, most: int) -> str:
    """The beginning of a text on one line, with signs that cannot be seen spelt out."""
    shown = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[:most])
    return shown + ("…" if len(text) > most else "")


def _listed(options: Iterable[str]) -> str:
    names = list(options)
    return ", ".join(names[:MOST_SHOWN]) + (
        f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    )


def logical_values(questionnaire: Questionnaire, answers: Answers) -> dict[str, Logical]:
    """The answers as rules read them: several-choice answers as sets, and what follows from an answer
    (see ``Option.sets``) put beside what was said, either one counting. Where there is only one answer
    to choose among, it is chosen.
    """
    values: dict[str, Logical] = dict(answers.values)  # type: ignore[arg-type] # lists become sets below
    one_tick = questionnaire.one_tick
    for name in questionnaire.several & values.keys():
        ticks: tuple[str, ...] = values[name]  # type: ignore[assignment] # of a list
        values[name] = one_tick.get(ticks) or frozenset(ticks)
    waiting = list(filter(values.__contains__, questionnaire.setting))
    while waiting:
        name = waiting.pop()
        value, setting = values[name], questionnaire.setting.get(name, frozenset())
        for option in value & setting if isinstance(value, frozenset) else (value,):
            if option in setting:
                for target, answer in questionnaire.sets[name, str(option)]:
                    if _put(questionnaire, values, target, answer):
                        waiting.append(target)
    for name, among in questionnaire.among.items():
        choices = values.get(among)
        if name not in values and isinstance(choices, frozenset) and len(choices) == 1:
            values[name] = next(iter(choices))
    return values


def _put(questionnaire: Questionnaire, values: dict[str, Logical], target: str, answer: str) -> bool:
    """Add what follows to the answers; whether that changed anything.

    A several-choice question that was not answered stays so: one known tick must not turn the rest of
    its list into "no".
    """
    before = values.get(target)
    if questionnaire.items[target].kind is not Kind.MULTI:
        values[target] = answer
    elif isinstance(before, frozenset):
        values[target] = (before - questionnaire.items[target].alone) | {answer}
    return values.get(target) != before
