"""Faults between entries: names that do not exist, ids used twice, words no region has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from selfcheck.rulebook.faults import Fault
from selfcheck.rulebook.item_faults import item_faults
from selfcheck.rulebook.parts.patterns import Group, Plan
from selfcheck.rulebook.paths import Values, entries_of, entry_name, texts_of, walk
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.vocabulary import Vocabulary, suggestion

Raw = Mapping[str, Any]

REFERENCES: tuple[tuple[str, str], ...] = (
    ("item.*.section", "section"),
    ("item.*.answer", "answer_type"),
    ("item.*.follows", "item"),
    ("item.*.option.*.shown_if", "named"),
    ("item.*.also_on", "section"),
    ("item.*.also_follows", "item"),
    ("item.*.among", "item"),
    ("item.*.at_most", "item"),
    ("section.*.test", "home_test"),
    ("journey.always.*", "section"),
    ("journey.on_request.*", "section"),
    ("journey.asked_again.*", "section"),
    ("journey.asked_again_items.*", "item"),
    ("journey.short_tests.*", "home_test"),
    ("journey.careful_tests.*", "home_test"),
    ("journey.seen_today.level", "disposition"),
    ("journey.seen_today.after", "section"),
    ("journey.short_way.level", "disposition"),
    ("journey.short_way.after", "section"),
    ("journey.short_way.keeps.*", "section"),
    ("journey.second_look.*.item", "item"),
    ("journey.stopped.worse_page", "section"),
    ("journey.review.*.sections.*", "section"),
    ("soft_notice.*.section", "section"),
    ("soft_notice.*.items.*", "item"),
    ("home_test.*.items.*", "item"),
    ("home_test.*.part.*.items.*", "item"),
    ("home_test.*.left_out_with.*", "tag"),
    ("red_flag.*.when.*.disposition", "disposition"),
    ("red_flag.*.advice.*.disposition", "disposition"),
    ("red_flag.*.channel", "channel"),
    ("red_flag.*.group", "flag_group"),
    ("red_flag.*.soft_group", "flag_group"),
    ("red_flag.*.own_items.*", "item"),
    ("cluster.*.when.*.disposition", "disposition"),
    ("cluster.*.advice.*.disposition", "disposition"),
    ("cluster.*.channel", "channel"),
    ("caution.*.when.*.withholds.*", "tag"),
    ("caution.*.when.*.withholds_all_but.*", "tag"),
    ("caution.*.when.*.floor", "disposition"),
    ("pattern.*.item.*.finding", "finding"),
    ("pattern.*.item.*.group", "group"),
    ("pattern.*.gate.*", "finding"),
    ("pattern.*.hallmark.*", "finding"),
    ("pattern.*.test_list.*", "finding"),
    ("pattern.*.floor.*.disposition", "disposition"),
    ("pattern.*.advice_for", "disposition"),
    ("pattern.*.plan.*.*", "exercise"),
    ("pattern.*.members.*", "pattern"),
    ("interaction.*.patterns.*", "pattern"),
    ("scoring.together.*.patterns.*", "pattern"),
    ("scoring.together.*.names", "pattern"),
    ("scoring.together.*.clinician_names", "pattern"),
    ("exercise.*.easier", "exercise"),
    ("exercise.*.harder", "exercise"),
    ("exercise.*.swap", "exercise"),
    ("exercise.*.without", "exercise"),
    ("exercise.*.variants.*", "exercise"),
    ("programme.service.*.exercise", "exercise"),
    ("exercise.*.tags.*", "tag"),
    ("disposition.*.mode_at_most", "mode"),
    ("programme.calm_patterns.*", "pattern"),
    ("programme.possible_refer.*", "pattern"),
    ("programme.seated.*.*", "exercise"),
    ("programme.focus_change.*.patterns.*", "pattern"),
    ("programme.focus_change.*.exercise", "exercise"),
    ("programme.focus_change.*.slot", "slot"),
    ("programme.slot_order.*", "slot"),
    ("programme.trim_order.*", "slot"),
    ("programme.harder_slot", "slot"),
    ("programme.repeat_key_slot", "slot"),
    ("programme.seated_slots", "slot"),
    ("programme.mode.*.slots", "slot"),
    ("programme.start_level.*.disposition_below", "disposition"),
    ("programme.extra.*.replaces_last_in", "slot"),
    ("programme.extra.*.exercise", "exercise"),
    ("programme.contributor.*.habit", "exercise"),
    ("programme.contributor.*.modes.*", "mode"),
    ("programme.dose_change.*.exercise", "exercise"),
    ("programme.dose_change.*.mode", "mode"),
    ("programme.equipment_item", "item"),
    ("programme.timing.minutes_item", "item"),
    ("advice.*.modes.*", "mode"),
    ("recheck.*.modes.*", "mode"),
    ("compared.*.items.*", "item"),
    ("scoring.test_group", "group"),
    ("promises.no_plan.*", "disposition"),
    ("promises.alarm.*.group", "flag_group"),
    ("promises.alarm.*.least", "disposition"),
    ("promises.calmer.*.item", "item"),
    ("promises.may_be_empty.*.item", "item"),
    ("promises.conditions_item", "item"),
    ("triage.nothing_found", "disposition"),
    ("triage.incomplete", "disposition"),
    ("triage.out_of_scope", "disposition"),
    ("triage.interrupts", "disposition"),
    ("triage.unsure_at_most", "disposition"),
    ("triage.block_a_needs", "disposition"),
    ("triage.block_b_needs", "disposition"),
    ("triage.default_channel", "channel"),
    ("triage.crisis_item", "item"),
    ("triage.private_items.*", "item"),
    ("triage.soft_level", "disposition"),
    ("triage.no_plan_from", "disposition"),
    ("sheet.age", "item"),
    ("sheet.sex", "item"),
    ("sheet.filled_by", "item"),
    ("sheet.sites", "item"),
    ("sheet.duration", "item"),
    ("sheet.own_words.*", "item"),
    ("sheet.own_notes.*", "item"),
    ("sheet.goal.*.item", "item"),
    ("sheet.goal.*.score", "item"),
    ("sheet.unsaid.*", "item"),
    ("sheet.situation.*.item", "item"),
    ("sheet.situation.*.unless", "item"),
    ("sheet.line.*.part.*.item", "item"),
    ("sheet.line.*.part.*.unless", "item"),
    ("sheet.run.*.items.*.item", "item"),
    *(
        (f"{table}.*.sources.*", "source")
        for table in (
            "item", "home_test", "red_flag", "cluster", "caution", "finding", "pattern", "exercise", "advice",
            "compared",
        )
    ),
)  # fmt: skip
TABLES = (
    "source", "region", "channel", "tag", "answer_type", "section", "item", "soft_notice", "computed", "named", "disposition",
    "flag_group", "red_flag", "cluster", "caution", "finding", "home_test", "pattern", "interaction",
    "exercise", "stop_rule", "light", "advice",
)  # fmt: skip
SHARED_NAMES = ("computed", "named", "finding", "red_flag")
REGION_WORDS = frozenset({"EMERGENCY", "URGENT_LINE", "ED", "GP", "CRISIS_LINE"})
OWN_WORDS = frozenset({"name", "plain"})
IN_BRACES = re.compile(r"\{([^{}]*)\}")


def reference_faults(raw: Raw, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Everything that is wrong between the entries of a file, whole or not."""
    known = {table: _ids(raw, table) for table in TABLES}
    known["mode"] = frozenset(
        str(mode.get("id")) for _, mode in walk(raw, "programme.mode.*") if _is_table(mode)
    )
    known["slot"] = frozenset(Plan.model_fields)
    capped = frozenset(str(path[-1]) for path, _ in walk(raw, "scoring.most_points.*"))
    known["group"] = capped or frozenset(get_args(Group))
    known["item"] |= frozenset(vocabulary.questionnaire.items)
    yield from _twice(raw)
    values = Values(raw)
    for pattern, target in REFERENCES:
        if all(isinstance(each, str) and each in known[target] for each in values.under(pattern)):
            continue
        for path, name in _names(raw, pattern):
            if isinstance(name, str) and name not in known[target]:
                words = target.replace("_", " ")
                hint = suggestion(name, known[target])
                message = f"{entry_name(raw, path)}: unknown {words} '{name}'.{hint}"
                yield Fault(path, message, at_key=path[-1] == name)
    for index, item in enumerate(entries_of(raw, "item")):
        yield from item_faults(raw, index, item, vocabulary)
    for index, exercise in enumerate(entries_of(raw, "exercise")):
        if not exercise.get("tags") and not exercise.get("untagged_because"):
            message = "has no tags, so nothing could ever withhold it; name its movement families"
            yield Fault(("exercise", index, "id"), f"{entry_name(raw, ('exercise', index))}: {message}")
    for index, region in enumerate(entries_of(raw, "region")):
        yield from _dialling_faults(index, region)
    for index, scored in enumerate(entries_of(raw, "pattern")):
        yield from _uncounted(index, scored)
    yield from _last_faults(raw)
    yield from _words(raw)


def _dialling_faults(index: int, region: Raw) -> Iterator[Fault]:
    """An emergency number that cannot be dialled, is not the one in the words, or stands in the words only."""
    number, words = region.get("emergency_tel", ""), region.get("emergency", "")
    who = f"region {region.get('id')}"
    if not isinstance(number, str) or not isinstance(words, str):
        return
    if number and not re.fullmatch(r"[0-9]{3,6}", number):
        yield Fault(
            ("region", index, "emergency_tel"), f"{who}: '{number}' cannot be dialled; write figures only"
        )
        return
    named = re.findall(r"[0-9]+", words)
    if number and number not in named:
        message = f"{who}: the words say '{words}', but '{number}' would be dialled"
        yield Fault(("region", index, "emergency"), message)
    elif named and not number:
        message = (
            f"{who}: '{words}' names a number; write it as 'emergency_tel', too, so that it can be dialled"
        )
        yield Fault(("region", index, "emergency"), message)


def _uncounted(index: int, pattern: Raw) -> Iterator[Fault]:
    """Findings that a pattern asks for without counting them: nothing on its card would name them."""
    rows = pattern.get("item")
    counted = [row.get("finding") for row in rows if _is_table(row)] if isinstance(rows, list) else []
    for key in ("hallmark", "test_list"):
        names = pattern.get(key)
        for place, name in enumerate(names if isinstance(names, list) else ()):
            if counted and name not in counted:
                words = f"pattern {pattern.get('id')}: '{key}' names '{name}', which is not among its items; give it points"
                yield Fault(("pattern", index, key, place), words)


def _last_faults(raw: Raw) -> Iterator[Fault]:
    """Lists of which the first that applies counts, without one that always does."""
    for path, rows in (*walk(raw, "disposition.*.lead"), *walk(raw, "programme.mode")):
        if isinstance(rows, list) and rows and isinstance(rows[-1], dict) and "when" in rows[-1]:
            message = f"the last '{path[-1]}' is for everyone else and has no condition"
            yield Fault((*path, len(rows) - 1, "when"), f"{entry_name(raw, path)}: {message}")


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _ids(raw: Raw, table: str) -> frozenset[str]:
    return frozenset(str(entry.get("id")) for entry in entries_of(raw, table))


def _names(raw: Raw, pattern: str) -> Iterator[tuple[Path, Any]]:
    """Every name under a dotted pattern; of a table there, its keys."""
    for path, value in walk(raw, pattern):
        if isinstance(value, dict):
            yield from (((*path, key), key) for key in value)
        else:
            yield path, value


def _twice(raw: Raw) -> Iterator[Fault]:
    for table in TABLES:
        counts = Counter(str(entry.get("id")) for entry in entries_of(raw, table))
        for index, entry in enumerate(entries_of(raw, table)):
            if counts[str(entry.get("id"))] > 1:
                yield Fault((table, index, "id"), f"{table} {entry.get('id')}: this id is used twice")
    owners: dict[str, str] = dict.fromkeys(_ids(raw, "item") - _ids(raw, "red_flag"), "item")
    for table in SHARED_NAMES:
        for index, entry in enumerate(entries_of(raw, table)):
            name = str(entry.get("id"))
            if owners.setdefault(name, table) != table:
                yield Fault(
                    (table, index, "id"), f"{table} {name}: this name belongs to {owners[name]} {name}"
                )


def _words(raw: Raw) -> Iterator[Fault]:
    """Names in braces that no region has."""
    said = {match for text in texts_of(raw) if "{" in text for match in IN_BRACES.findall(text)}
    if said <= REGION_WORDS | OWN_WORDS:
        return
    waiting: list[tuple[Any, Path]] = [(raw, ())]
    for value, path in waiting:
        if isinstance(value, str):
            for match in IN_BRACES.finditer(value) if "{" in value else ():
                if match[1] not in REGION_WORDS | OWN_WORDS:
                    hint = suggestion(match[1], REGION_WORDS | OWN_WORDS)
                    message = f"{entry_name(raw, path)}: no region has '{{{match[1]}}}'.{hint}"
                    yield Fault(path, message, match.span())
        elif isinstance(value, dict):
            waiting.extend((part, (*path, key)) for key, part in value.items())
        elif isinstance(value, list):
            waiting.extend((part, (*path, index)) for index, part in enumerate(value))
