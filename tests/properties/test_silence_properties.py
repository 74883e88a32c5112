"""What holds about questions that are left empty: nothing that could raise the result is taken for "no"."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.assessment.model import Triage
from selfcheck.assessment.ranks import rank
from selfcheck.questionnaire import Item
from tests.cases.case_files import completed, harmless_answer
from tests.properties.journeys import RULES, journeys, put, searched, valid, values

ITEMS = RULES.questionnaire.items.values()
SETTINGS = RULES.file.triage
WARNING = tuple(item for item in ITEMS if item.block in ("A", "B") and item.benign)
BESIDE = tuple(
    (item, value)
    for item in ITEMS
    if item.block not in ("A", "B", "C") and item.benign
    for value in values(RULES, item)
    if value not in item.reserved
)
# Clusters that an empty question does not hold open, and why.
NOT_HELD_OPEN = {
    "cl_more_support": "about mood and work, which nobody has to answer",
}


def needed(block: str) -> int:
    """The rank from which a result stands although a question of this block was left empty."""
    wanted = SETTINGS.block_a_needs if block == "A" else SETTINGS.block_b_needs
    return rank(RULES.dispositions[wanted])


def stands(triage: Triage, block: str) -> bool:
    """Whether a result may be shown although a question of this block is empty."""
    return triage.disposition.id == SETTINGS.incomplete or rank(triage.level) >= needed(block)


def levels(triage: Triage) -> dict[str, int]:
    """The ranks of the flags of the first two blocks and of the clusters."""
    flags = {fired.flag.id: rank(fired.disposition) for fired in triage.flags if fired.flag.block != "C"}
    clusters = {fired.cluster.id: rank(fired.disposition) for fired in triage.clusters}
    return {name: level for name, level in (flags | clusters).items() if name not in NOT_HELD_OPEN}


@searched
@given(journeys(RULES), st.sampled_from(WARNING))
def test_a_warning_question_left_empty_is_never_taken_for_no(answers: Answers, item: Item) -> None:
    harmless = completed(RULES, {**answers.values, item.id: harmless_answer(item)})
    assume(item.id in harmless.values)
    told = assess(RULES, harmless).triage
    silent = assess(RULES, harmless.with_changes({item.id: None})).triage
    assert rank(silent.level) >= rank(told.level) or silent.disposition.id == SETTINGS.incomplete
    if not any(caution.ends_check for caution in silent.cautions):
        assert item.id in silent.missing
        assert stands(silent, item.block)


@searched
@given(journeys(RULES), st.sampled_from(BESIDE))
def test_a_risk_left_empty_holds_open_every_warning_sign_that_it_could_raise(
    answers: Answers, risk: tuple[Item, str | float]
) -> None:
    item, value = risk
    assume(item.id in answers.values)
    silent = assess(RULES, answers.with_changes({item.id: None})).triage
    assume(not any(caution.ends_check for caution in silent.cautions))
    raw: dict[str, object] = {name: said for name, said in answers.values.items() if name != item.id}
    put(RULES, raw, item.id, value)
    told = levels(assess(RULES, completed(RULES, valid(RULES, raw), keep=frozenset(raw))).triage)
    before = levels(silent)
    raised = [name for name, level in told.items() if level > before.get(name, 0)]
    assert not raised or stands(silent, "B")
