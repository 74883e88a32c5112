"""The typesetter keeps nothing of a sheet: neither memory nor what somebody said."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from selfcheck import assess
from selfcheck.answers import read_answers
from selfcheck.handout.case import Occasion
from selfcheck.handout.content import handout
from selfcheck.handout.pdf import sheet_fit, to_pdf
from selfcheck.rulebook.model import Rulebook
from tests.fuzz.running import memory

SHEETS = 8
MOST_GROWTH_KB = 20 * 1024


def test_each_new_sheet_takes_no_more_memory(rulebook: Rulebook, base: dict[str, object]) -> None:
    said = [{**base, "own_problem": f"Zanzibarbruise {number}"} for number in range(SHEETS)]
    occasion = Occasion(datetime(2026, 1, 1, tzinfo=UTC))
    region = rulebook.regions["intl"]
    results = [assess(rulebook, read_answers(rulebook.questionnaire, one)) for one in said]
    sheets = [handout(rulebook, result, region, replace(occasion)) for result in results]
    held = []
    for sheet in sheets:
        assert to_pdf(sheet).startswith(b"%PDF")
        sheet_fit(sheet)
        held.append(memory())
    assert held[-1] - held[1] < MOST_GROWTH_KB
