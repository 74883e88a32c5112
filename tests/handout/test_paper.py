"""The questionnaire on paper has every question, and scoring it by hand misses nothing that the rules say."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings

from selfcheck.answers import Answers
from selfcheck.assessment import assess
from selfcheck.handout.by_hand import SEE_RULES, Letter, Scorer, Scoring
from selfcheck.handout.paper import Paper, PaperQuestion, paper, paper_numbers
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import completed
from tests.properties.journeys import RULES, journeys, searched

SHEET_REGION = RULES.regions["gb"]
SHEET = paper(RULES, SHEET_REGION)
SCORED = Scorer(RULES, SHEET_REGION, paper_numbers(RULES)).scoring()


def questions(sheet: Paper) -> list[PaperQuestion]:
    return [one for section in sheet.sections for card in section.cards for one in card.questions]


def ticked(scored: Scoring, answers: Answers) -> list[Letter]:
    """The letters beside all boxes that somebody with these answers would tick."""
    found = []
    for item, value in answers.values.items():
        chosen = value if isinstance(value, tuple) else (value,)
        found += [scored.letters[item, str(one)] for one in chosen if (item, str(one)) in scored.letters]
    return [letter for letter in found if letter.level != SEE_RULES]


def test_every_question_stands_on_paper_once_in_order_with_its_id_and_all_its_answers() -> None:
    drawn = [item for item in RULES.file.item if item.drawn]
    written = questions(SHEET)
    assert [one.id for one in written] == [item.id for item in drawn]
    assert [one.number for one in written] == list(range(1, len(drawn) + 1))
    items = RULES.questionnaire.items
    for one in written:
        item = items[f"{one.id}_left" if one.sided else one.id]
        if item.kind in (Kind.SINGLE, Kind.MULTI) and not item.among:
            shown = [SHEET_REGION.say(option.label) for option in item.option if not option.hidden]
            assert [box.label for box in one.boxes] == shown
        assert "{" not in one.text + one.only_if + one.hint


def test_every_safety_question_says_what_its_alarming_answers_mean() -> None:
    for item in RULES.file.item:
        if item.block not in ("A", "B"):
            continue
        for option in item.alarm:
            assert (item.id, option) in SCORED.letters, (item.id, option)


def test_a_harmless_answer_to_a_safety_question_has_no_letter() -> None:
    items = RULES.questionnaire.items
    assert [one for one in SCORED.letters if items[one[0]].benign == one[1]] == []


def test_each_letter_is_reached_by_that_answer_alone(base: dict[str, object]) -> None:
    levels = {level.letter: level.rank for level in RULES.file.disposition}
    for (item, option), letter in SCORED.letters.items():
        if letter.level == SEE_RULES:
            continue
        kind = RULES.questionnaire.items[item].kind
        said = {item: [option] if kind is Kind.MULTI else option}
        answers = completed(RULES, base | said, keep=frozenset(said))
        level = assess(RULES, answers).triage.level
        assert (level.rank or 0) >= (levels[letter.level] or 0), (item, option)


@settings(searched, max_examples=300)
@given(journeys(RULES))
def test_scoring_by_hand_reaches_the_level_and_never_more(answers: Answers) -> None:
    """The highest letter is at most the level; where it is less, a rule of that level stands on the sheet."""
    triage = assess(RULES, answers).triage
    highest = max((letter.rank for letter in ticked(SCORED, answers)), default=0)
    level = triage.level.rank or 0
    assert highest <= level
    nothing = RULES.dispositions[RULES.file.triage.nothing_found].rank or 0
    if level in (highest, nothing) or triage.pattern_floors:
        return
    fired = {one.flag.id for one in triage.flags if one.disposition is triage.level}
    fired |= {one.cluster.id for one in triage.clusters if one.disposition is triage.level}
    fired |= {one.caution.id for one in triage.cautions if one.floor is triage.level}
    on_paper = {(one.id, one.letter.level) for one in SCORED.together}
    reached = [name for name in fired if (name, triage.level.letter) in on_paper]
    capped = "not_sure" in answers.values.values()  # the sheet says what "not sure" gives at most
    assert reached or capped


def test_every_number_in_the_rules_is_that_of_a_question_and_every_name_is_explained() -> None:
    numbers = {one.number for one in questions(SHEET)}
    for rule in SHEET.together:
        assert {int(number) for number in re.findall(r"\[(\d+)\]", rule.words)} <= numbers
    names = Counter(one.name for one in SHEET.meanings)
    assert [name for name, times in names.items() if times > 1] == []
    assert all(one.words for one in SHEET.meanings)


def test_rules_stand_from_the_most_urgent_down_and_cover_what_one_box_does_not() -> None:
    ranks = [rule.letter.rank for rule in SHEET.together]
    assert ranks == sorted(ranks, reverse=True)
    assert {"rf_fever", "cl_many_soft", "gate_severe_pain"} <= {rule.id for rule in SHEET.together}
    assert "rf_hip_fracture" not in {rule.id for rule in SHEET.together}


def test_letters_that_add_up_name_their_group() -> None:
    assert SCORED.letters["rf_ces_saddle", "seat_only"] == Letter("S", 30, "nerve")
    assert SCORED.letters["rf_ces_saddle", "new_or_changing"].group == ""


def test_the_words_of_the_region_stand_on_it() -> None:
    british, american = (paper(RULES, RULES.regions[name]).levels[0].who for name in ("gb", "us"))
    assert "999" in british
    assert "911" in american


@pytest.mark.parametrize("name", ["small"])
def test_any_rules_make_a_paper(name: str, request: pytest.FixtureRequest) -> None:
    rulebook: Rulebook = request.getfixturevalue(name)
    sheet = paper(rulebook, next(iter(rulebook.regions.values())))
    assert len(questions(sheet)) == sum(item.drawn for item in rulebook.file.item)
