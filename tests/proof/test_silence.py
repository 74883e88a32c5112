"""Answer sets, found by the proof, in which an empty question was once taken for "no"."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.assessment.ranks import rank
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import completed

FOUND: Mapping[str, tuple[dict[str, object], str, str]] = {
    "a second fracture risk beside one that is not sure": (
        {"onset": "sudden_small_move", "age": 40, "rk_osteoporosis": "not_sure"},
        "rk_steroids",
        "yes",
    ),
    "a risk that would lift the cap of another one that is not sure": (
        {"rf_limb_ischaemia": "not_sure", "rk_diabetes": "not_sure"},
        "age",
        "86",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_an_empty_question_holds_the_result_open_beside_not_sure(
    name: str, rulebook: Rulebook, base: dict[str, object]
) -> None:
    changes, item, answer = FOUND[name]
    asked = completed(rulebook, {**base, **changes}, keep=frozenset(changes))
    said = asked.with_changes({item: int(answer) if answer.isdigit() else answer})
    empty = Answers({key: value for key, value in said.values.items() if key != item})
    told, silent = assess(rulebook, said).triage, assess(rulebook, empty).triage
    assert {one.flag.id for one in told.flags} | {one.cluster.id for one in told.clusters}
    assert rank(silent.level) <= rank(told.level)
    assert item in silent.open_items
