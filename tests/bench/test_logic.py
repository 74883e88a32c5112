"""What other languages are given is what the rules say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings

from bench.assessing import Disagreement, certainly, check, sifted
from bench.logic.engines import IF_CHAIN, PEERS, Peer, if_chain
from bench.logic.formula import UnsayableError, rails
from bench.logic.program import Program, conditions_of, program
from bench.people import made_up, people
from selfcheck.answers import Answers, logical_values, read_answers
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.tree import Fits
from tests.cases.case_files import harmless_base
from tests.rulebook.answer_sets import answer_sets

SETS = 40


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Program:
    return program(rulebook)


def test_the_if_chain_says_what_the_interpreter_says(rulebook: Rulebook, whole: Program) -> None:
    chain, certain = if_chain(whole), certainly(rulebook, whole.conditions)
    seen: set[str] = set()
    for answers in (*made_up(rulebook, SETS), *people(rulebook, SETS)):
        values = logical_values(rulebook.questionnaire, answers)
        expected = list(certain(answers))
        assert [bool(truth) for truth in chain(values)] == expected
        seen.update(name for name, truth in zip(whole.asked, expected, strict=True) if truth)
    assert len(seen) > len(whole.asked) / 2


def test_it_does_so_for_answers_that_no_page_allows(rulebook: Rulebook, whole: Program) -> None:
    chain, certain = if_chain(whole), certainly(rulebook, whole.conditions)

    @settings(max_examples=SETS, deadline=None)
    @given(answer_sets(rulebook))
    def agrees(answers: Answers) -> None:
        truths = [bool(truth) for truth in chain(logical_values(rulebook.questionnaire, answers))]
        assert truths == list(certain(answers))

    agrees()


def test_reading_only_what_may_hold_changes_nothing(rulebook: Rulebook, whole: Program) -> None:
    certain, through_sieve = certainly(rulebook, whole.conditions), sifted(rulebook, whole.conditions)
    assert all(through_sieve(answers) == certain(answers) for answers in made_up(rulebook, SETS))


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_peer_that_is_installed_agrees(rulebook: Rulebook, whole: Program, peer: Peer) -> None:
    try:
        run = peer.make(whole)
    except ImportError:
        pytest.skip(f"{peer.package} is not installed: pip install {peer.package}")
    certain = certainly(rulebook, whole.conditions)
    for answers in made_up(rulebook, 5):
        truths = run(logical_values(rulebook.questionnaire, answers))
        assert [bool(truth) for truth in truths] == list(certain(answers))


def test_a_peer_that_says_something_else_ends_the_run(rulebook: Rulebook, whole: Program) -> None:
    chain = if_chain(whole)

    def liar(values: Any) -> list[object]:
        first, *rest = chain(values)
        return [not first, *rest]

    with pytest.raises(Disagreement, match=re.escape(f"liar: '{whole.asked[0]}' is ")):
        check(rulebook, whole, {"liar": liar}, made_up(rulebook, 1))


def test_only_what_asks_how_a_pattern_fits_is_left_out(rulebook: Rulebook, whole: Program) -> None:
    everything = conditions_of(rulebook)
    assert len(everything) == len(whole.asked) + len(whole.left_out)
    assert {"rf_ces_saddle", "f_sit_8h"} <= {
        name.partition(":")[0].split("/")[1 if "/" in name else 0] for name in everything
    }
    with pytest.raises(UnsayableError):
        rails(rulebook, Fits("weak_core", likely=True), lambda *_: pytest.fail("nothing is named"))


def test_an_emergency_is_certain_in_the_chain_and_silence_is_not(rulebook: Rulebook, whole: Program) -> None:
    chain = IF_CHAIN.make(whole)
    alarming = read_answers(rulebook.questionnaire, {**harmless_base(), "rf_ces_saddle": "new_or_changing"})
    told = {
        name
        for name, truth in zip(
            whole.asked, chain(logical_values(rulebook.questionnaire, alarming)), strict=True
        )
        if truth
    }
    assert any("rf_ces_saddle" in name for name in told)
    silent = dict(zip(whole.asked, chain({}), strict=True))
    assert not [name for name, truth in silent.items() if truth and name.startswith(("red_flag", "cluster"))]
