"""Answers to a QuestionnaireResponse and back: nothing lost, nothing private, nothing taken on trust."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from selfcheck import assess
from selfcheck.answers import Answers, AnswersError, read_answers
from selfcheck.handout.fhir.codes import FORM, SYSTEM
from selfcheck.handout.fhir.reading import read_response
from selfcheck.handout.fhir.response import answer_items, questionnaire_response
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from tests.handout.answer_sets import random_answers
from tests.handout.fhir.conformance import broken_invariants, items_in, unfit
from tests.handout.fhir.evaluating import response_of

Response = dict[str, Any]
WORDS = (
    '<script>alert("1")</script> & </b> ${x} {{ y }} %z',
    "back\\slash 'quotes' \"more\" \u2028 line",
    "Ελληνικά עברית العربية русский 漢字 🦴👩‍⚕️ e\u0301",
    "#set page(1) $x^2$ *bold* _it_ @ref `raw`",
)


@pytest.fixture
def response(rulebook: Rulebook, region: Region, base: dict[str, object]) -> Response:
    """A finished response; a new one each time."""
    return questionnaire_response(rulebook, assess(rulebook, base), region, "2026-11-22T08:00:00+00:00")


def answered(response: Response, link: str) -> list[Response]:
    found: list[Response] = next(item["answer"] for item in items_in(response) if item["linkId"] == link)
    return found


@pytest.mark.parametrize("seed", range(60))
def test_random_answers_come_back_as_they_went(
    rulebook: Rulebook, region: Region, form: Response, seed: int
) -> None:
    answers = random_answers(rulebook, seed)
    response = json.loads(json.dumps(response_of(rulebook, answers)))
    assert not unfit(form, response)
    assert dict(read_response(rulebook, response).values) == dict(answers.values)
    made = questionnaire_response(rulebook, assess(rulebook, answers), region)
    assert not broken_invariants(made)
    assert not unfit(form, made)


def test_its_structure_is_fhir(response: Response) -> None:
    read = QuestionnaireResponse.model_validate_json(json.dumps(response))
    assert read.questionnaire == response["questionnaire"]
    assert read.status == "completed"


def test_an_answer_beside_an_item_breaks_the_invariant(response: Response) -> None:
    page = response["item"][0]
    page["answer"] = [{"valueInteger": 1}]
    assert broken_invariants(response) == {"qrs-1"}


def test_a_response_that_does_not_fit_is_noticed(response: Response, form: Response) -> None:
    faulty = deepcopy(response)
    answered(faulty, "age")[0]["valueInteger"] = 400
    answered(faulty, "filled_by").append({"valueBoolean": True})
    answered(faulty, "pregnancy")[0]["valueCoding"]["code"] = "filled_by.self"
    faulty["item"][0]["item"].append({"linkId": "temp_c", "answer": [{"valueDecimal": 37.5}]})
    assert len(unfit(form, faulty)) == 5


def test_it_names_the_form_the_result_and_the_rules(response: Response, rulebook: Rulebook) -> None:
    assert response["questionnaire"].startswith(f"{FORM}|{rulebook.file.meta.version}-")
    assert response["authored"] == "2026-11-22T08:00:00+00:00"
    assert answered(response, "result-disposition")[0]["valueCoding"]["code"] == "disposition.self_care"
    assert answered(response, "result-version") == [{"valueString": rulebook.file.meta.version}]
    assert answered(response, "result-fingerprint") == [{"valueString": rulebook.fingerprint}]


def test_an_unfinished_check_is_in_progress_and_holds_answered_items_only(
    rulebook: Rulebook, region: Region
) -> None:
    made = questionnaire_response(rulebook, assess(rulebook, {"age": 35}), region)
    assert made["status"] == "in-progress"
    assert "authored" not in made
    links = [item["linkId"] for item in items_in(made)]
    assert links[:2] == ["page-about-you", "age"]
    assert all(link.startswith(("page-result", "result-")) for link in links[2:])


@pytest.mark.parametrize("words", WORDS)
def test_free_text_is_carried_letter_by_letter(
    rulebook: Rulebook, region: Region, base: dict[str, object], words: str
) -> None:
    tidy = " ".join(words.split())
    made = questionnaire_response(rulebook, assess(rulebook, {**base, "own_worry": words}), region)
    text = json.dumps(made, ensure_ascii=False)
    assert answered(json.loads(text), "own_worry") == [{"valueString": tidy}]
    assert read_response(rulebook, json.loads(text)).values["own_worry"] == tidy


@pytest.mark.parametrize("words", ["a\x00b", "a\x1bb", "a\u202eb", "x" * 10_000, "\ud800"])
def test_free_text_that_no_page_takes_is_refused_here_too(
    rulebook: Rulebook, response: Response, words: str
) -> None:
    own = {"linkId": "own_worry", "answer": [{"valueString": words}]}
    response["item"].append({"linkId": "page-own-words", "item": [own]})
    with pytest.raises(AnswersError, match="own_worry: "):
        read_response(rulebook, response)


@pytest.mark.parametrize(("agreed", "leaves"), [("yes", True), ("no", False), (None, False)])
def test_private_answers_leave_only_where_the_person_agreed(
    rulebook: Rulebook, region: Region, base: dict[str, object], agreed: str | None, *, leaves: bool
) -> None:
    said = {**base, "rf_self_harm": "yes", "self_harm_now": "no", "print_self_harm": agreed}
    made = questionnaire_response(rulebook, assess(rulebook, said), region)
    assert ("self_harm" in json.dumps(made)) is leaves


def test_nothing_ticked_is_told_from_not_answered(rulebook: Rulebook, form: Response, region: Region) -> None:
    answers = read_answers(rulebook.questionnaire, {"sitting_style": []})
    items = answer_items(rulebook, answers, region)
    made = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items}
    assert not unfit(form, made)
    assert not broken_invariants(made)
    assert QuestionnaireResponse.model_validate_json(json.dumps(made)).item
    assert read_response(rulebook, made) == Answers({"sitting_style": ()})


def put(link: str, *answers: Response) -> Callable[[Response], None]:
    """Give an item other answers."""

    def change(response: Response) -> None:
        answered(response, link)[:] = answers

    return change


def coded(code: str, system: str = SYSTEM) -> Response:
    return {"valueCoding": {"system": system, "code": code}}


REFUSED: dict[str, tuple[Callable[[Response], object], str]] = {
    "another resource": (lambda found: found.update(resourceType="Patient"), "resourceType: a Questionnaire"),
    "another form": (lambda found: found.update(questionnaire="urn:x|1"), "another Questionnaire"),
    "other rules": (lambda found: found.update(questionnaire=f"{FORM}|9-x"), "made with rules '9-x'; these are"),
    "an unknown question": (
        lambda found: found["item"].append({"linkId": "shoe\x1b", "answer": [{"valueInteger": 43}]}),
        r"'shoe\\x1b': no such question",
    ),
    "a question twice": (
        lambda found: found["item"].append({"linkId": "age", "answer": [{"valueInteger": 35}]}),
        "age: answered twice",
    ),
    "two answers": (put("age", {"valueInteger": 35}, {"valueInteger": 36}), "age: 2 values; one is expected"),
    "no value": (put("age", {}), "age: 0 values"),
    "an empty list of ticks": (put("aggravators", {}), "aggravators: an answer without a value"),
    "another kind": (put("age", {"valueString": "35"}), "age: '35' is not a number"),
    "out of range": (put("age", {"valueInteger": 350}), "age: '350' is out of range"),
    "another unit": (
        put("age", {"valueQuantity": {"value": 35, "unit": "months"}}), "age: a number in years is expected"
    ),
    "an unknown code": (put("pregnancy", coded("pregnancy.perhaps")), "'pregnancy.perhaps' is no answer here"),
    "a code of another question": (put("pregnancy", coded("age.no")), "'age.no' is no answer here"),
    "a code of others": (put("pregnancy", coded("77386006", "http://snomed.info/sct")), "a code of the system"),
    "text for a code": (put("pregnancy", {"valueString": "no"}), "pregnancy: a code of the system"),
    "a code that is no text": (put("pregnancy", {"valueCoding": {"code": ["x"]}}), "is no answer here"),
    "ticks that exclude each other": (
        put("aggravators", coded("aggravators.none"), coded("aggravators.sitting")), "'none' cannot stand beside"
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_read_is_named(rulebook: Rulebook, response: Response, fault: str) -> None:
    change, words = REFUSED[fault]
    change(response)
    with pytest.raises(AnswersError, match=words):
        read_response(rulebook, response)


@pytest.mark.parametrize(
    "nothing", [None, [], "x", 3, {}, {"resourceType": "QuestionnaireResponse", "item": 3}]
)
def test_what_is_no_response_is_refused_or_empty(rulebook: Rulebook, nothing: object) -> None:
    if isinstance(nothing, dict) and nothing:
        assert read_response(rulebook, nothing) == Answers({})
    else:
        with pytest.raises(AnswersError, match="a QuestionnaireResponse is expected"):
            read_response(rulebook, nothing)


def test_numbers_may_come_as_quantities_and_truths_as_booleans(
    rulebook: Rulebook, response: Response
) -> None:
    put("age", {"valueQuantity": {"value": 35, "unit": "years"}})(response)
    put("yf_sleep", {"valueBoolean": True})(response)
    answers = read_response(rulebook, response)
    assert (answers.values["age"], answers.values["yf_sleep"]) == (35, "yes")


def test_a_response_nested_ten_thousand_deep_is_read_to_its_end(rulebook: Rulebook) -> None:
    inner: Response = {"linkId": "age", "answer": [{"valueInteger": 35}]}
    for _ in range(10_000):
        inner = {"linkId": "page-x", "item": [inner]}
    made = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [inner]}
    assert read_response(rulebook, made) == Answers({"age": 35})
