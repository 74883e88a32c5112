"""What is said on the way: shorter ways, odd answers, easier words, and what is looked at once more."""

from __future__ import annotations

import re
from html import unescape

from tests.web.conftest import NERVES, Person, errors, heading, where

SEEN_TODAY = {"tick_rf_fever": "1", "looks_none": "", "tummy_none": "1"}


def text(page: str) -> str:
    """The words of a page without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def as_far_as_seen_today(person: Person) -> str:
    """Fever, up to the page after the risks."""
    for slug in ("about-you", "nerves", "injury-hip", "very-unwell"):
        person.page(slug)
    person.page("signs", **SEEN_TODAY)
    person.page("conditions")
    return where(person.page("risks"))


def test_somebody_who_should_be_seen_today_may_stop_after_the_risks(person: Person) -> None:
    assert as_far_as_seen_today(person) == "/check/seen-today"
    page = person.get("/check/seen-today")
    assert heading(page) == "You should be seen today"
    assert "You told us about fever" in text(page.text)
    result = person.send("/check/seen-today", {"way": "short"})
    assert where(result) == "/result"
    assert heading(result) == "Get medical help today"
    said = text(result.text)
    assert (
        said.index("When: today") < said.index("What to do") < said.index("You have not answered these yet")
    )
    assert "Samaritans 116 123" in result.text, (
        "nobody has asked about self-harm, so the crisis line is printed"
    )


def test_somebody_who_should_be_seen_today_may_answer_the_rest_and_is_not_asked_again(person: Person) -> None:
    as_far_as_seen_today(person)
    assert where(person.send("/check/seen-today", {"way": "whole"})) == "/check/where"
    assert where(person.get("/check/seen-today")) == "/check/where"
    assert where(person.page("risks")) == "/check/where"


def test_nobody_is_told_of_a_shorter_way_without_a_reason(person: Person) -> None:
    person.page("about-you")
    assert where(person.get("/check/seen-today")) == "/check/nerves"
    assert where(person.get("/check/short-way")) == "/check/nerves"


def heart_attack(person: Person) -> str:
    """Something that rules out exercises but is no warning sign, up to the end of the questions about the pain."""
    person.walk(until="conditions")
    person.page("conditions", none_heart="", conditions=["heart_event_12w"])
    for slug in ("risks", "where", "started", "strength"):
        person.page(slug)
    return where(person.page("behaviour"))


def test_where_no_plan_may_be_shown_the_way_is_shortened_on_request(person: Person) -> None:
    assert heart_attack(person) == "/check/short-way"
    page = person.get("/check/short-way")
    assert heading(page) == "We will not suggest exercises today"
    assert "exercises have to wait" in text(page.text)
    assert where(person.send("/check/short-way", {"way": "short"})) == "/check/feelings"
    assert where(person.page("feelings")) == "/check/answers"
    assert where(person.get("/result")) == "/result"
    assert where(person.get("/check/days")) == "/check/answers"


def test_the_whole_way_stays_open(person: Person) -> None:
    heart_attack(person)
    assert where(person.send("/check/short-way", {"way": "whole"})) == "/check/days"


def test_the_short_way_keeps_what_must_be_answered_and_offers_nothing(person: Person) -> None:
    person.page("about-you", age="68")
    for slug in ("nerves", "injury-hip", "very-unwell", "signs"):
        person.page(slug)
    person.page("conditions", none_heart="", conditions=["heart_event_12w"])
    for slug in ("risks", "where"):
        person.page(slug)
    person.page("started", fall_6w="no")
    person.page("strength")
    person.page("behaviour")
    person.send("/check/short-way", {"way": "short"})
    answer = person.page("feelings")
    assert where(answer) == "/check/extras"
    assert "Which comparison values" in answer.text
    assert 'name="details"' not in answer.text
    assert where(person.send("/check/extras", {"sex_for_norms": "male"})) == "/check/answers"


def test_odd_pain_numbers_are_asked_about_once(person: Person) -> None:
    person.walk(until="strength")
    answer = person.page("strength", pain_now="8")
    assert answer.status_code == 422
    assert "You gave a higher number for now" in text(answer.text)
    assert "There is a problem" not in answer.text
    assert 'name="confirmed" value="pain_numbers"' in answer.text
    assert where(person.page("strength", pain_now="8", confirmed="pain_numbers")) == "/check/behaviour"


def test_one_weight_alone_is_asked_about_once(person: Person) -> None:
    person.walk(until="signs")
    thinner = {
        "looks_none": "",
        "tick_rf_weight_loss": "1",
        "rf_weight_loss": "yes_little",
        "weight_now_kg": "70",
    }
    assert "Enter both weights, or leave both empty" in text(person.page("signs", **thinner).text)
    assert where(person.page("signs", **thinner, confirmed="one_weight")) == "/check/conditions"


def test_left_and_right_far_apart_are_measured_again(person: Person) -> None:
    person.walk(extras={"tests_short": "1", "sex_for_norms": "male"})
    person.send("/check/tests", {})
    measured = {"t_ake_deg_left": "10", "t_ake_deg_right": "60"}
    answer = person.send("/check/test-ake", measured)
    assert "more than 30 degrees apart" in text(answer.text)
    assert "<details open>" in answer.text
    assert (
        where(person.send("/check/test-ake", {**measured, "confirmed": "t_ake_deg_apart"}))
        == "/check/test-bridge"
    )


def test_three_times_not_sure_brings_easier_words_once(person: Person) -> None:
    person.page("about-you")
    unsure = dict.fromkeys(NERVES[:3], "not_sure")
    answer = person.page("nerves", **unsure)
    assert answer.status_code == 422
    assert text(answer.text).count("Here is another way to put it:") == 3
    assert "When you sit on a hard chair" in answer.text
    assert len(re.findall(r'value="not_sure" checked', answer.text)) == 3
    assert where(person.page("nerves", **unsure)) == "/check/injury-hip"


def test_twice_not_sure_is_taken_as_it_is(person: Person) -> None:
    person.page("about-you")
    assert where(person.page("nerves", **dict.fromkeys(NERVES[:2], "not_sure"))) == "/check/injury-hip"


def test_pain_below_both_knees_is_held_against_the_row_about_both_legs_once(person: Person) -> None:
    both: dict[str, object] = {"pain_sites": ["below_knee_left", "below_knee_right"]}
    person.walk(where=both, started={"worst_site": "below_knee_left"})
    person.send("/check/hip-leg", {"limp_weight_bearing": "no"})
    page = person.get("/check/answers").text
    assert "You ticked both legs below the knee" in page
    assert 'href="/check/nerves?change=1#rf_bilateral_leg"' in page
    answer = person.send("/check/nerves?change=1", {**dict.fromkeys(NERVES, "no"), "change": "1"})
    assert where(answer) == "/check/answers"
    assert "You ticked both legs below the knee" not in answer.text


def test_a_helper_is_asked_to_hand_over_before_the_private_question(person: Person) -> None:
    person.walk(until="feelings", about_you={"filled_by": "with_help"})
    page = text(person.get("/check/feelings").text)
    assert "Please hand over the phone for the next question." in page
    assert page.index("hand over the phone") < page.index("thoughts of ending your life")


def test_what_is_no_longer_asked_is_named_with_what_was_changed(person: Person) -> None:
    person.walk(about_you={"age": "55"}, started={"fall_6w": "no"})
    answer = person.send(
        "/check/about-you?change=1",
        {"change": "1", "filled_by": "self", "age": "35", "pregnancy": "not_applicable"},
    )
    said = text(answer.text)
    assert "Because you changed your age we no longer need:" in said
    assert "a fall in the last 6 weeks" in said


def test_an_age_below_the_age_of_the_first_pain_is_an_error_on_its_page(person: Person) -> None:
    person.walk(until="days", started={"onset": "recurrent_flare"})
    answer = person.send("/check/history", {"first_back_pain_age": "40"})
    assert errors(answer) == {"first_back_pain_age": "This cannot be more than your age"}


def test_no_place_is_an_error_in_plain_words(person: Person) -> None:
    person.walk(until="where")
    assert errors(person.page("where", pain_sites=[])) == {"pain_sites": "Tick at least one place"}


def test_when_a_sign_began_can_be_said_on_the_emergency_page(person: Person) -> None:
    person.page("about-you")
    page = person.send("/check/nerves", {**dict.fromkeys(NERVES, "no"), "rf_ces_saddle": "yes"})
    assert heading(page) == "Get emergency help now"
    assert "When did this begin?" in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    fields = {"item": "rf_ces_saddle", "csrf_token": token[1]}
    answer = person.client.post("/check/when", data=fields)
    assert answer.status_code == 422
    assert heading(answer) == "Get emergency help now"
    assert 'id="rf_ces_saddle-error"' in answer.text
    fields["when"] = "new_or_changing"
    answer = person.client.post("/check/when", data=fields, follow_redirects=True)
    assert heading(answer) == "Get emergency help now"
    assert "When did this begin?" not in answer.text


def test_an_accident_that_was_checked_no_longer_interrupts(person: Person) -> None:
    person.walk(until="injury-hip")
    page = person.send("/check/injury-hip", {"tick_rf_major_trauma": "1", "hip_none": "1"})
    assert heading(page) == "Get emergency help now"
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    fields = {"item": "rf_major_trauma", "when": "yes_checked_ok", "csrf_token": token[1]}
    answer = person.client.post("/check/when", data=fields, follow_redirects=True)
    assert where(answer) in ("/check/injury-hip", "/check/very-unwell")
    nonsense = {"item": "rf_fever", "when": "no", "csrf_token": token[1]}
    person.client.post("/check/when", data=nonsense)
    assert where(person.get("/result")) != "/result"
