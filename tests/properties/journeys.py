"""A rulebook's questions to answer sets that a person might give: harmless but for a few changes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from selfcheck import load_rulebook
from selfcheck.answers import Answers
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import HERE as CASES
from tests.cases.case_files import completed

RULES = load_rulebook()
PROPERTIES = 14
EXAMPLES = 10_000 if os.environ.get("CI") == "true" else 600
searched = settings(
    max_examples=-(-EXAMPLES // PROPERTIES),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
Change = tuple[str, str | float]
ASKED_OF: Mapping[str, Change] = {
    "rf_ectopic_collapse": ("pregnancy", "could_be"),
    "rf_pregnancy_urgent": ("pregnancy", "pregnant_16w_plus"),
}
WARNING_BLOCKS = ("A", "B", "C", "risk")
WARNING_ITEMS = ("conditions", "surgery", "pain_at_rest", "pain_growing", "first_episode", "trend")
AGES = (15, 18, 25, 35, 45, 49, 50, 55, 59, 60, 64, 65, 69, 70, 74, 75, 80, 85, 90)


@dataclass(frozen=True)
class Pool:
    """Every single answer that can be given: warning signs and risks apart from everyday ones."""

    warnings: tuple[Change, ...]
    everyday: tuple[Change, ...]


@lru_cache
def pool(rulebook: Rulebook) -> Pool:
    """The answers to draw from, each question as often as it has answers."""
    warnings: list[Change] = []
    everyday: list[Change] = []
    for item in rulebook.questionnaire.items.values():
        warns = item.block in WARNING_BLOCKS or item.id in WARNING_ITEMS or item.risk
        target = warnings if warns else everyday
        target.extend((item.id, value) for value in values(rulebook, item))
    return Pool(tuple(warnings), tuple(everyday))


def values(rulebook: Rulebook, item: Item) -> tuple[str | float, ...]:
    """The answers to one question: its options, or numbers over its range."""
    if item.kind is Kind.TEXT:
        return ()
    if item.kind in (Kind.SINGLE, Kind.MULTI):
        whole = rulebook.questionnaire.items[item.among] if item.among else item
        return tuple(whole.options)
    if item.id == "age":
        return AGES
    low, high = item.low or 0.0, item.high or 0.0
    steps = min(12, int((high - low) / item.step))
    spread = (low + item.step * round((high - low) / item.step * part / steps) for part in range(steps + 1))
    return tuple(round(value, 3) for value in spread)


@lru_cache
def harmless(rulebook: Rulebook) -> Mapping[str, object]:
    """The base, with its harmless answer for every question that has one."""
    base = json.loads((CASES / "base_answers.json").read_text(encoding="utf-8"))
    return completed(rulebook, base).values


def journey(
    rulebook: Rulebook,
    changes: Iterable[Change],
    followed: Sequence[tuple[int, int]] = (),
    left_out: frozenset[str] = frozenset(),
) -> Answers:
    """The harmless answers with some changes, valid together, as the form would leave them.

    ``followed`` changes the questions that the changes open: which of them, and to which of its answers.
    """
    raw = dict(harmless(rulebook))
    for item, value in changes:
        put(rulebook, raw, item, value)
    answers = completed(rulebook, valid(rulebook, raw), left_out=left_out)
    opened = [item for item in answers.values if item not in raw]
    if not opened or not followed:
        return answers
    later: dict[str, object] = dict(answers.values)
    for place, answer in followed:
        item = opened[place % len(opened)]
        choices = values(rulebook, rulebook.questionnaire.items[item])
        put(rulebook, later, item, choices[answer % len(choices)])
    return completed(rulebook, valid(rulebook, later), left_out=left_out)


def put(rulebook: Rulebook, raw: dict[str, object], name: str, value: str | float) -> None:
    """Give one answer; to a several-choice question, tick one more option."""
    item = rulebook.questionnaire.items[name]
    before = raw.get(name)
    if item.kind is not Kind.MULTI:
        raw[name] = value
    elif value in item.alone or not isinstance(before, tuple | list):
        raw[name] = [value]
    else:
        raw[name] = [option for option in before if option not in item.alone] + [value]


def valid(rulebook: Rulebook, raw: dict[str, object]) -> dict[str, object]:
    """The answers without those that contradict another one."""
    items = rulebook.questionnaire.items
    fine = dict(raw)
    for name, value in raw.items():
        item = items[name]
        chosen, limit = raw.get(item.among or ""), raw.get(item.at_most or "")
        if item.among and value not in (chosen if isinstance(chosen, tuple | list) else ()):
            del fine[name]
        if isinstance(limit, int | float) and isinstance(value, int | float) and value > limit:
            fine[name] = limit
    return fine


def journeys(rulebook: Rulebook) -> st.SearchStrategy[Answers]:
    """Mostly harmless journeys: many everyday answers, few warning signs, some questions left empty."""
    given = pool(rulebook)
    everyday, warning = st.sampled_from(given.everyday), st.sampled_from(given.warnings)
    name = st.sampled_from(sorted(harmless(rulebook)))
    warnings = st.lists(warning, max_size=0) | st.lists(warning, max_size=1) | st.lists(warning, max_size=4)
    empty = st.lists(name, max_size=0) | st.lists(name, max_size=2)
    return st.builds(
        lambda some, alarms, followed, left_out: journey(
            rulebook, (*some, *alarms), followed, frozenset(left_out)
        ),
        st.lists(everyday, max_size=16),
        warnings,
        st.lists(st.tuples(st.integers(0, 20), st.integers(0, 7)), max_size=3),
        empty,
    )
