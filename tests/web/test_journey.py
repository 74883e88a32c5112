"""Whole journeys through the pages, as a person without scripts sees them."""

from __future__ import annotations

import re

from selfcheck.rulebook.model import Rulebook
from tests.web.conftest import Person, errors, heading, where


def test_a_desk_worker_reaches_a_result_with_a_plan_and_the_reasons(person: Person) -> None:
    assert where(person.walk()) == "/check/answers"
    result = person.get("/result")
    assert heading(result) == "You can start with self-care"
    for words in ("Your plan", "Safety list", "What your answers fit with", "Draft: no registered clinician"):
        assert words in result.text


def test_each_page_leads_to_the_next_and_the_shortest_way_has_fifteen_pages(person: Person) -> None:
    pages = (
        "about-you", "nerves", "injury-hip", "very-unwell", "signs", "conditions", "risks", "where", "started",
        "strength", "behaviour", "days", "feelings", "own-words", "extras",
    )  # fmt: skip
    seen = [where(person.page(slug)) for slug in pages]
    assert seen == [f"/check/{slug}" for slug in (
        "nerves", "injury-hip", "very-unwell", "signs", "conditions", "risks", "where", "started", "strength",
        "behaviour", "days", "feelings", "own-words", "extras", "answers",
    )]  # fmt: skip


def test_one_emergency_answer_reaches_the_emergency_page_with_one_submit(person: Person) -> None:
    person.page("about-you")
    answer = person.send("/check/nerves", {"rf_ces_saddle": "yes"})
    assert where(answer) == "/result"
    assert heading(answer) == "Get emergency help now"
    assert "Your plan" not in answer.text
    assert "What your answers fit with" not in answer.text
    assert 'href="tel:999"' in answer.text


def test_an_emergency_answer_counts_although_the_rest_of_the_page_is_wrong(person: Person) -> None:
    person.walk(until="very-unwell")
    answer = person.send("/check/very-unwell", {"tick_rf_chest_pe_mi": "1", "unwell_none": "1"})
    assert heading(answer) == "Get emergency help now"


def test_while_an_emergency_stands_only_its_own_page_opens(person: Person) -> None:
    person.page("about-you")
    person.send("/check/nerves", {"rf_ces_saddle": "yes"})
    assert where(person.get("/check/about-you")) == "/result"
    assert where(person.get("/check/answers")) == "/result"
    assert where(person.get("/check/nerves")) == "/check/nerves"


def test_a_warning_sign_taken_back_is_asked_about_once(person: Person) -> None:
    person.page("about-you")
    person.send("/check/nerves", {"rf_ces_saddle": "yes"})
    answer = person.page("nerves")
    assert where(answer) == "/check/changed"
    assert heading(answer) == "You first told us about numbness between the legs."
    assert where(person.get("/result")) == "/check/changed"
    assert errors(person.send("/check/changed", {}))["reason"].startswith("Select an answer")


def test_ticked_by_mistake_goes_on_and_the_sheet_says_so(person: Person) -> None:
    person.page("about-you")
    person.send("/check/nerves", {"rf_ces_saddle": "yes"})
    person.page("nerves")
    assert where(person.send("/check/changed", {"reason": "mistake"})) == "/check/injury-hip"
    person.walk()
    result = person.get("/result")
    assert heading(result) == "You can start with self-care"
    assert "numbness between the legs: first answered yes, changed to no" in result.text


def test_a_sign_that_has_gone_away_still_counts(person: Person) -> None:
    person.page("about-you")
    person.send("/check/nerves", {"rf_ces_saddle": "yes", "rf_ces_saddle_when": "new_or_changing"})
    person.page("nerves")
    answer = person.send("/check/changed", {"reason": "gone_away"})
    assert heading(answer) == "Get emergency help now"
    assert "numbness between the legs: first answered yes, later said: gone away" in answer.text


def test_a_page_cannot_be_jumped_over(person: Person) -> None:
    person.page("about-you")
    assert where(person.get("/check/feelings")) == "/check/nerves"
    assert where(person.get("/result")) == "/check/nerves"


def test_back_and_reload_keep_the_answers(person: Person) -> None:
    person.walk(until="where")
    again = person.get("/check/about-you")
    assert 'value="35"' in again.text
    assert (
        len(
            re.findall(
                '<input[^>]*name="rf_[a-z_]*" [^>]*value="no" checked', person.get("/check/nerves").text
            )
        )
        == 7
    )
    assert where(person.get("/check/where")) == "/check/where"


def test_errors_come_together_first_and_name_what_to_do(person: Person) -> None:
    answer = person.send("/check/about-you", {"age": "abc"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert errors(answer) == {
        "filled_by": "Select an answer: who is filling this in",
        "age": "Enter your age in figures, like 35",
        "pregnancy": "Select an answer: pregnancy or a recent birth",
    }
    assert 'value="abc"' in answer.text


def test_every_row_of_the_nerve_card_must_be_answered(person: Person) -> None:
    person.page("about-you")
    answer = person.send("/check/nerves", {"rf_ces_bladder": "no"})
    assert len(errors(answer)) == 6
    assert errors(answer)["rf_ces_saddle"] == "Select No, Yes or Not sure: numbness between the legs"


def test_a_card_left_empty_is_an_error_and_never_no(person: Person) -> None:
    person.walk(until="injury-hip")
    answer = person.send("/check/injury-hip", {"hip_none": "1"})
    assert errors(answer) == {"injury_none": "Tick what fits, or 'None of these': An accident or a fall"}


def test_none_with_a_tick_is_an_error(person: Person) -> None:
    person.walk(until="signs")
    answer = person.page("signs", tick_rf_night_sweats="1")
    assert "You ticked 'None of these' and something else" in errors(answer)["looks_none"]


def test_a_tick_without_its_list_asks_which(person: Person) -> None:
    person.walk(until="signs")
    answer = person.send("/check/signs", {"tick_rf_weight_loss": "1", "tummy_none": "1"})
    assert errors(answer) == {"rf_weight_loss": "Say which: weight loss you did not plan"}


def test_not_sure_about_some_asks_each_line_by_itself(person: Person) -> None:
    person.walk(until="signs")
    answer = person.send("/check/signs", {"looks_unsure": "1", "tick_rf_red_eye": "1", "tummy_none": "1"})
    assert where(answer) == "/check/signs-each"
    assert "A temperature of 38 or more" in answer.text
    assert "A red, painful eye" not in answer.text
    assert where(person.get("/check/conditions")) == "/check/signs-each"
    fields = dict.fromkeys(
        ("rf_fever", "rf_night_sweats", "rf_weight_loss", "rf_shingles", "rf_pmr"), "no"
    ) | {"rf_spine_shape": "none", "rf_gca": "none"}
    assert where(person.send("/check/signs-each", fields)) == "/check/conditions"


def test_a_follow_up_is_asked_only_where_it_applies(person: Person) -> None:
    person.walk(until="strength")
    answer = person.page("strength", pain_worst_24h="8")
    assert set(errors(answer)) == {"moves", "painkillers_touch"}
    assert (
        where(person.page("strength", pain_worst_24h="8", moves="yes", painkillers_touch="yes"))
        == "/check/behaviour"
    )


def test_past_cancer_is_asked_beside_unsteady_legs_and_then_not_again(person: Person) -> None:
    person.page("about-you")
    changes = {"rf_cord_signs": "yes", "rf_cord_signs_when": "new_or_changing", "cord_worsening": "no"}
    assert "rk_cancer" in errors(person.page("nerves", **changes))
    assert where(person.page("nerves", **changes, rk_cancer="no")) == "/check/injury-hip"
    for slug in ("injury-hip", "very-unwell", "signs", "conditions"):
        person.page(slug)
    assert "Cancer, now or ever" not in person.get("/check/risks").text


def test_sending_the_nerve_card_again_keeps_what_the_risks_page_said_about_cancer(person: Person) -> None:
    person.walk(
        risks={"risks_none": "", "tick_rk_cancer": "1", "cancer_when": "over_5y", "cancer_treatment": "no"}
    )
    person.page("nerves")
    assert "Longer ago" in person.get("/check/answers").text


def test_changing_an_answer_comes_back_and_drops_what_is_no_longer_asked(person: Person) -> None:
    person.walk(started={"onset": "sudden_lift_twist"}, training={})
    person.send("/check/training", {"training_change_4wk": "none"})
    answer = person.send("/check/started?change=1", {
        "change": "1", "duration": "w2_4", "onset": "gradual_over_weeks", "first_episode": "no", "trend": "same",
    })  # fmt: skip
    assert where(answer) == "/check/answers"
    assert "we no longer need" in answer.text


def test_a_child_gets_the_warning_signs_and_then_who_to_see(person: Person) -> None:
    person.page("about-you", age="16")
    for slug in ("nerves", "injury-hip"):
        person.page(slug)
    answer = person.page("very-unwell")
    assert where(answer) == "/check/answers"
    result = person.get("/result")
    assert heading(result) == "This tool is not right for you"
    assert "This tool is for adults of 18 and over" in result.text


def test_home_tests_can_be_done_skipped_or_stopped(person: Person) -> None:
    person.walk(extras={"tests_short": "1", "sex_for_norms": "prefer_not"})
    assert where(person.send("/check/tests", {})) == "/check/test-sls"
    assert where(person.send("/check/test-sls", {"action": "skip"})) == "/check/test-rot"
    stopped = {"action": "stopped", "t_ir_left": "hardly_moves", "t_ir_feel_left": "groin_pain"}
    rest = person.send("/check/test-rot", stopped)
    assert where(rest) == "/check/test-stopped"
    assert heading(rest) == "Stop here for now"
    assert 'href="/check/test-thomas"' in rest.text
    assert where(person.send("/check/test-thomas", {"t_thomas_left": "clearly_above"})) == "/check/test-ake"
    person.send("/check/test-ake", {})
    assert where(person.send("/check/test-bridge", {})) == "/check/answers"
    result = person.get("/result").text
    assert "Fits well: Front-of-hip tightness" in result
    assert "Hardly moves" not in person.get("/check/answers").text


def test_clear_forgets_everything(person: Person) -> None:
    person.walk(until="where")
    assert where(person.get("/clear")) == "/clear"
    answer = person.send("/clear", {})
    assert "Your answers have been cleared" in answer.text
    assert where(person.get("/check/")) == "/check/about-you"
    assert 'value="35"' not in person.get("/check/about-you").text


def test_every_page_has_its_own_title(person: Person, rulebook: Rulebook) -> None:
    person.walk(extras={"tests_short": "1", "details": "1", "sex_for_norms": "female"})
    titles = []
    for slug in rulebook.questionnaire.sections:
        page = person.get(f"/check/{slug}")
        if where(page) == f"/check/{slug}":
            titles.extend(re.findall(r"<title>(.*?)</title>", page.text))
    assert len(titles) > 20
    assert len(set(titles)) == len(titles)


def test_only_the_lines_that_fit_ask_whether_a_team_has_cleared_exercise(person: Person) -> None:
    person.walk(until="history", about_you={"pregnancy": "pregnant_16w_plus"})
    person.page("about-you", pregnancy="pregnant_16w_plus")
    page = person.get("/check/history").text
    assert "Yes, my midwife, doctor or physio" in page
    assert "Yes, my cancer team" not in page


def test_taking_back_what_may_not_be_printed_leaves_no_mark_on_result_or_sheet(person: Person) -> None:
    person.walk(until="feelings")
    person.page("feelings", rf_self_harm="yes", self_harm_now="no", print_self_harm="no")
    person.page("own-words")
    person.page("extras")
    person.page("feelings", rf_self_harm="no", self_harm_now=None, print_self_harm=None)
    person.send("/check/changed", {"reason": "mistake"})
    with person.client.session_transaction() as kept:
        assert kept["remarks"] == {"rf_self_harm": "mistake"}
    for path in ("/result", "/result/handout", "/result/handout.txt"):
        text = person.get(path).text
        assert "first answered yes" not in text
        assert "harming yourself: " not in text
