"""A raw rules file to every text in it that a person reads, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfcheck.rulebook.paths import walk
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.structure import Raw

READ_BY_PEOPLE = (
    ("item.*", "text hint why short easier folded opens_with low_label high_label"),
    ("item.*.option.*", "label heading"),
    ("answer_type.*", "legend hint"),
    ("answer_type.*.option.*", "label"),
    ("section.*", "title why intro note"),
    ("section.*.card.*", "title none_label unsure_label"),
    ("disposition.*", "heading when who lead_alone meanwhile.*"),
    ("disposition.*.lead.*", "text"),
    ("channel.*", "instruction call"),
    ("safety_net.*", "act signs.*"),
    ("red_flag.*", "plain"),
    ("red_flag.*.advice.*", "text"),
    ("red_flag.*.note.*", "text"),
    ("cluster.*", "plain"),
    ("cluster.*.advice.*", "text"),
    ("cluster.*.note.*", "text"),
    ("caution.*", "plain advice heading"),
    ("pattern.*", "name mechanism differential advice advice_time"),
    ("pattern.*.evidence", "supports limits"),
    ("pattern.*.item.*", "because"),
    ("home_test.*", "name shows you_need safety careful steps.*"),
    ("home_test.*.part.*", "words"),
    ("exercise.*", "name feel stop_if note steps.* dose.words"),
    ("advice.*", "text"),
    ("programme", "few_words stronger_side session_order.*"),
    ("programme.mode.*", "schedule"),
    ("week.*", "mobility stretch strength walking"),
    ("light.*", "during next_morning act"),
    ("stop_rule.*", "text"),
    ("recheck.*", "look_at decide"),
    ("about", "heading gives.* not_for.* limits.* works.* science.*"),
    ("compared.*", "title counts_words note"),
    ("paper", "fill_in.* score.* together.* meanings"),
    ("meta", "notice not_a_service not_examined"),
    ("journey", "no_tests_words left_out_words wish_labels.*"),
    ("journey.seen_today", "title words short whole"),
    ("journey.short_way", "title words words_if_stopped short whole"),
    ("journey.stopped", "title words worse"),
    ("journey.second_look.*", "words"),
    ("journey.review.*", "title"),
    ("soft_notice.*", "text"),
)
EXAMPLE = "a change in peeing"
"""Stands for the plain name of a warning sign, which a lead sentence fills in."""


def texts(raw: Raw) -> Iterator[tuple[Path, str]]:
    """Every such text as it is written, table by table."""
    for entry, keys in READ_BY_PEOPLE:
        for key in keys.split():
            for path, text in walk(raw, f"{entry}.{key}"):
                if isinstance(text, str):
                    yield path, text


def spoken(raw: Raw, text: str) -> str:
    """A text as it is read, with the words of the first region that has numbers of its own."""
    regions: list[dict[str, Any]] = raw.get("region", [])
    region = next(
        (region for region in regions if region.get("emergency_tel")), regions[0] if regions else {}
    )
    filled = text.replace("{plain}", EXAMPLE)
    for gap, words in region.items():
        filled = filled.replace(f"{{{gap.upper()}}}", str(words))
    return filled
