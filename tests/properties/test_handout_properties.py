"""What holds about the words for every answer set, in every region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields
from pydantic import BaseModel

from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.handout.content import handout
from selfcheck.rulebook.parts.general import Region
from tests.properties.journeys import RULES, journeys, searched

REGIONS = tuple(RULES.regions.values())
NUMBERS = re.compile(r"\b(?:000|111|112|116|118|811|911|988|999|1737)\b")
NOWHERE = REGIONS[0].model_copy(
    update={
        "emergency": "EMERGENCY WORDS",
        "emergency_tel": "",
        "urgent_line": "URGENT WORDS",
        "ed": "ED WORDS",
        "gp": "GP WORDS",
        "crisis_line": "CRISIS WORDS",
    }
)


def texts(value: object) -> Iterator[str]:
    """Every text in a handout, however deep; drawings are none."""
    if isinstance(value, str):
        yield from () if value.startswith("<svg") else (value,)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, Struct):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)


@searched
@given(journeys(RULES), st.sampled_from(REGIONS))
def test_every_handout_has_the_safety_net_every_flag_once_and_no_gaps(
    answers: Answers, region: Region
) -> None:
    written = handout(RULES, assess(RULES, answers), region)
    assert [line.act for line in written.safety_net] == [
        line.act.format(**region.words) for line in RULES.file.safety_net
    ]
    assert all(line.signs for line in written.safety_net)
    marks = [(flag.id, flag.mark) for group in written.flags for flag in group.lines]
    assert sorted(name for name, _ in marks) == sorted(RULES.red_flags)
    assert {mark for _, mark in marks} <= set("YN?-")
    assert [text for text in texts(written) if "{" in text or "}" in text] == []


@searched
@given(journeys(RULES))
def test_no_text_names_a_telephone_number_of_its_own(answers: Answers) -> None:
    written = handout(RULES, assess(RULES, answers), NOWHERE)
    counted = re.compile(r"^\d+ of \d+ questions answered")
    assert [text for text in texts(written) if NUMBERS.search(counted.sub("", text))] == []


def test_111_is_the_emergency_number_in_new_zealand_and_nothing_else() -> None:
    region = RULES.regions["nz"]
    assert region.emergency == region.emergency_tel == "111"
    for words in (region.urgent_line, region.crisis_line, region.gp, region.ed):
        assert not re.search(r"\b111\b", words)


def test_every_region_fills_every_gap_in_every_text_of_the_rules() -> None:
    gaps = {gap for text in texts(RULES.file) for gap in re.findall(r"\{(\w+)\}", text)}
    for region in REGIONS:
        assert gaps - {"plain", "name"} == region.words.keys()
