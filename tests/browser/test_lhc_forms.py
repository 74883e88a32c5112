"""Our Questionnaire in a form program by others: drawn, filled in by hand, given back, and nothing lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from playwright.sync_api import Browser, Page

from selfcheck.answers import Answers, read_answers
from selfcheck.handout.fhir.questionnaire import questionnaire
from selfcheck.handout.fhir.reading import read_response
from selfcheck.rulebook.model import Rulebook
from tests.browser.lhc_forms import NotThere, served, unpacked
from tests.handout.fhir.conformance import broken_invariants, items_in, unfit
from tests.handout.fhir.evaluating import response_of
from tests.properties.journeys import Change, journey

pytestmark = pytest.mark.browser
Form = dict[str, Any]
DRAW = """async ([form, response]) => {
  let made = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');
  if (response) made = LForms.Util.mergeFHIRDataIntoLForms('QuestionnaireResponse', response, made, 'R4');
  await LForms.Util.addFormToPage(made, 'form');
}"""
GIVEN = "() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"
FILLED: Mapping[str, object] = {
    "filled_by": "self",
    "age": 71,
    "pregnancy": "not_applicable",
    "rf_ces_bladder": "no",
    "rf_fever": "not_sure",
    "temp_c": 37.9,
    "rk_osteoporosis": "yes",
    "pain_sites": ["low_back_left", "front_hip_right"],
    "worst_site": "front_hip_right",
    "onset": "sudden_no_reason",
    "rf_fragility_fracture": "no",
    "pain_worst_24h": 8,
    "moves": "only_just",
    "aggravators": ["sitting", "walking"],
    "yf_sleep": "yes",
    "yf_work": "no",
    "own_worry": '<b onclick="x()">Is it "bad"?</b> & äß 漢字 🦴',
}
OPENED = {"temp_c": "rf_fever", "moves": "pain_worst_24h", "rf_fragility_fracture": "onset"}


@pytest.fixture(scope="module")
def program() -> Iterator[str]:
    try:
        folder = unpacked()
    except NotThere as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(f"{reason}: LHC-Forms left out")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def form(rulebook: Rulebook) -> Form:
    return questionnaire(rulebook, rulebook.regions["gb"])


@pytest.fixture
def page(browser: Browser, program: str) -> Iterator[Page]:
    """The empty program, cut off from every other server."""
    context = browser.new_context(viewport={"width": 1000, "height": 1400})
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(program) else route.abort())  # fmt: skip
    made = context.new_page()
    made.set_default_timeout(30_000)
    asked: list[str] = []
    faults: list[str] = []
    made.on("request", lambda request: asked.append(request.url))
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    made.goto(program)
    made.wait_for_function("window.LForms && LForms.Util && LForms.FHIR")
    yield made
    assert {urlsplit(address).scheme for address in asked} <= {"http", "data"}
    assert all(address.startswith((program, "data:")) for address in asked)
    assert faults == []
    context.close()


def answer(page: Page, rulebook: Rulebook, link: str, value: object) -> None:
    """Answer one question with the mouse or the keyboard."""
    item = rulebook.questionnaire.items[link]
    field = f'[id^="{link}/"]'
    for chosen in value if isinstance(value, list) else [value]:
        if not item.option and not item.among:
            page.locator(f"input{field}").fill(str(chosen))
            page.keyboard.press("Tab")
        elif page.locator(f'{field}[id$="|true"]').count():
            page.locator(f'{field}[id$="|{str(chosen == "yes").lower()}"]').click()
        else:
            page.locator(f'{field}[id$=".{chosen}"]').click()


def given_back(page: Page, form: Form) -> Form:
    """What the program makes of it: a response that is FHIR and fits the form."""
    response: Form = page.evaluate(GIVEN)
    assert not broken_invariants(response)
    assert not unfit(form, response)
    assert QuestionnaireResponse.model_validate(response).status == "completed"
    return response


def test_it_is_drawn_filled_in_and_given_back(page: Page, form: Form, rulebook: Rulebook) -> None:
    page.evaluate(DRAW, [form, None])
    page.locator('[id^="item-page-net/"]').wait_for()
    shown = page.locator("#form").inner_text()
    hidden = {item["linkId"] for item in items_in(form)
              if any(added["url"].endswith("hidden") for added in item.get("extension", ()))}  # fmt: skip
    for item in form["item"]:
        assert (item["text"] in shown) is (item["linkId"] not in hidden)
    for link, value in FILLED.items():
        if link in OPENED:
            page.locator(f'[id^="item-{link}/"]').wait_for()
        answer(page, rulebook, link, value)
    response = given_back(page, form)
    assert read_response(rulebook, response) == read_answers(rulebook.questionnaire, FILLED)


def test_follow_ups_close_again(page: Page, form: Form, rulebook: Rulebook) -> None:
    page.evaluate(DRAW, [form, None])
    for link in ("filled_by", "age", "rf_fever", "temp_c", "onset", "rf_fragility_fracture"):
        answer(page, rulebook, link, FILLED[link])
    answer(page, rulebook, "rf_fever", "no")
    page.locator('[id^="item-temp_c/"]').wait_for(state="detached")
    answer(page, rulebook, "onset", "gradual_over_weeks")
    page.locator('[id^="item-rf_fragility_fracture/"]').wait_for(state="detached")
    left = read_response(rulebook, given_back(page, form)).values
    assert left["onset"] == "gradual_over_weeks"
    assert "temp_c" not in left, "LHC-Forms forgets what enableWhen closes, and keeps what expressions close"


def test_pages_close_for_whom_the_check_ends(page: Page, form: Form, rulebook: Rulebook) -> None:
    page.evaluate(DRAW, [form, None])
    page.locator('[id^="item-page-where/"]').wait_for()
    answer(page, rulebook, "age", 16)
    page.locator('[id^="item-page-where/"]').wait_for(state="detached")
    assert page.locator('[id^="item-page-nerves/"]').is_visible()
    assert dict(read_response(rulebook, given_back(page, form)).values) == {"age": 16}


JOURNEYS: Mapping[str, tuple[Change, ...]] = {
    "harmless": (),
    "many follow-ups": (
        ("age", 72), ("pregnancy", "not_applicable"), ("rf_cord_signs", "new_or_changing"), ("rf_fever", "yes"),
        ("rk_cancer", "yes"), ("rf_major_trauma", "yes_weeks_not_checked"), ("surgery", "spine_lt_12w"),
        ("walking_leg_pain", "eases_stand_still"), ("pain_worst_24h", 9), ("worries", "moving_may_harm"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("changes", JOURNEYS.values(), ids=JOURNEYS)
def test_our_response_is_shown_and_comes_back_whole(
    page: Page, form: Form, rulebook: Rulebook, changes: tuple[Change, ...]
) -> None:
    answers: Answers = journey(rulebook, changes)
    page.evaluate(DRAW, [form, response_of(rulebook, answers)])
    page.locator('[id^="item-page-net/"]').wait_for()
    back = read_response(rulebook, given_back(page, form))
    assert dict(back.values) == dict(answers.values)
    assert len(back.values) > 80
