"""The rule base on the web: every entry has a page, every link leads on, nothing is left unsaid or kept."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import html5lib
import pytest
from msgspec.structs import replace
from pydantic import BaseModel

from selfcheck import create_app
from selfcheck.proof.proving import ORDER
from selfcheck.rulebook.entries import entries, search
from selfcheck.rulebook.listing import TABLES
from selfcheck.rulebook.model import Rulebook
from selfcheck.web import rule_labels
from tests.web.conftest import Person, heading, where

LINK = re.compile(r'href="(/rules[^"#]*)"')


@pytest.fixture(scope="module")
def every_id(rulebook: Rulebook) -> list[str]:
    return list(entries(rulebook).by_id)


def test_every_entry_has_a_page_and_every_link_leads_to_one(person: Person, every_id: list[str]) -> None:
    assert len(every_id) > 900
    titles: Counter[str] = Counter()
    links: set[str] = set()
    for name in every_id:
        answer = person.client.get(f"/rules/{name}")
        assert answer.status_code == 200, name
        text = answer.text
        assert f"<code>{name}</code>" in text
        assert "{" not in text, name
        assert "Draft: no registered clinician has signed these rules yet." in text
        titles.update(re.findall(r"<title>(.*?)</title>", text))
        links.update(unescape(link) for link in LINK.findall(text))
    assert [title for title, times in titles.items() if times > 1] == []
    assert len(titles) == len(every_id)
    known = {f"/rules/{name}" for name in every_id} | {f"/rules/kind/{table}" for table in TABLES}
    assert links - known == {"/rules"}


def test_a_sample_of_every_kind_is_strict_html(person: Person, rulebook: Rulebook) -> None:
    found = entries(rulebook).by_table
    addresses = [f"/rules/kind/{table}" for table in found]
    addresses += [
        f"/rules/{entry.id}" for some in found.values() for entry in some[:: max(1, len(some) // 4)]
    ]
    addresses += ["/rules", "/rules?q=bladder", "/rules?q=%3Cscript%3E", "/rules?q=zzzz", "/rules/nothing"]
    for address in addresses:
        text = person.client.get(address).text
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        assert text.count("<h1") == 1, address
        assert "<script" not in text, address


def models(part: object) -> set[type[BaseModel]]:
    if isinstance(part, tuple):
        return set().union(*(models(one) for one in part))
    if not isinstance(part, BaseModel):
        return set()
    inside = (models(getattr(part, key)) for key in type(part).model_fields)
    return {type(part)}.union(*inside)


def test_every_label_is_that_of_a_field_and_every_table_has_a_name(rulebook: Rulebook) -> None:
    found = set().union(*(models(getattr(rulebook.file, table)) for table in TABLES))
    fields = {key for model in found for key in model.model_fields}
    assert (rule_labels.FIELDS.keys() | rule_labels.SETS_THE_PAGE) - fields == set()
    assert rule_labels.TABLES.keys() == rule_labels.ONE_OF.keys() == set(TABLES)


def test_a_field_without_a_label_is_told_under_its_own_name(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(rule_labels.FIELDS, "stop_if")
    text = person.client.get("/rules/st_pigeon").text
    assert "<dt>stop if</dt>" in text
    assert "any knee or groin pain" in text


def test_a_warning_sign_says_what_its_answers_do(person: Person) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", person.client.get("/rules/rf_ces_saddle").text)
    text = unescape(re.sub(r" +", " ", text))
    assert "Get emergency help now" in text
    assert (
        "numbness between the legs : “In the last 2 weeks, or it is still changing or getting worse” or"
        in text
    )
    assert "rf_ces_saddle in (new_or_changing, yes_unsure_when)" in text
    assert "BMJ Best Practice, Cauda equina syndrome" in text
    assert "Signs that weigh more together" in text


def test_an_exercise_says_who_it_is_left_out_for_and_which_patterns_use_it(person: Person) -> None:
    text = person.client.get("/rules/st_pigeon").text
    assert "Who it is left out for" in text
    assert 'href="/rules/gate_hip_replacement"' in text
    assert 'href="/rules/tight_glutes_limited_rotation"' in text
    assert "hold 30 seconds" in text


def test_a_question_names_the_rules_that_read_it(person: Person) -> None:
    text = person.client.get("/rules/sitting_hours_day").text
    assert 'href="/rules/f_sit_8h"' in text
    assert 'href="/rules/f_sit_6_8h"' in text


def test_a_question_about_one_side_leads_to_the_question(person: Person) -> None:
    answer = person.get("/rules/t_thomas_left")
    assert where(answer) == "/rules/t_thomas"


def test_an_unknown_rule_gets_help(person: Person) -> None:
    answer = person.client.get("/rules/rf_ces_sadle")
    assert answer.status_code == 404
    assert heading(answer) == "There is no rule at this address"
    assert 'href="/rules/rf_ces_saddle"' in answer.text
    assert 'name="q"' in answer.text
    assert person.client.get("/rules/kind/nothing").status_code == 404


def test_the_search_finds_ids_titles_and_words(rulebook: Rulebook) -> None:
    assert search(rulebook, "st_pigeon")[0].id == "st_pigeon"
    assert search(rulebook, "PIGEON pose")[0].id == "st_pigeon"
    assert "rf_ces_saddle" in {entry.id for entry in search(rulebook, "wiping toilet")}
    assert search(rulebook, "pigeon saddle wombat") == ()
    assert search(rulebook, "  ") == ()


def test_the_search_works_without_a_script_and_keeps_what_was_typed(person: Person) -> None:
    text = person.client.get("/rules?q=pigeon").text
    assert 'value="pigeon"' in text
    assert 'href="/rules/st_pigeon"' in text
    assert "Nothing holds all of these words" in person.client.get("/rules?q=qqqq").text
    assert "<script>alert" not in person.client.get("/rules?q=<script>alert(1)</script>").text
    long = person.client.get("/rules", query_string={"q": "x" * 5000})
    assert long.status_code == 200
    assert "x" * 101 not in long.text


@pytest.mark.parametrize("address", ["/rules", "/rules/st_pigeon", "/about", "/privacy", "/accessibility"])
def test_what_is_the_same_for_everybody_may_be_kept_and_sets_no_cookie(person: Person, address: str) -> None:
    person.page("about-you")
    answer = person.client.get(address)
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in answer.headers
    again = person.client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert person.client.get("/rules/nothing").headers["Cache-Control"] == "no-store"


def test_the_proof_page_says_of_which_rules_it_is(person: Person, rulebook: Rulebook) -> None:
    assert f"{len(ORDER)} promises are proved for every set of answers" in person.client.get("/rules").text
    page = person.client.get("/rules/proof").text
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert "No set of answers breaks any of these promises." in page
    assert rulebook.fingerprint in page
    assert [one for one in ORDER if f"<code>{one}</code>" not in page] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"fingerprint": "', '"fingerprint": "0', "These rules have changed since."),
        ('"proved": true', '"proved": false', "Some answers break a promise."),
        ('"seconds"', '"minutes"', "Nothing has been proved of these rules yet."),
    ],
)
def test_a_proof_of_other_rules_or_a_broken_one_is_not_passed_off(
    rulebook: Rulebook, old: str, new: str, said: str
) -> None:
    assert rulebook.proof is not None
    kept = rulebook.proof.replace(old, new)
    app = create_app({"SECRET_KEY": "k" * 40}, rulebook=replace(rulebook, proof=kept))
    with app.test_client() as client:
        page, overview = client.get("/rules/proof").text, client.get("/rules").text
    assert said in page
    assert "No set of answers breaks" not in page
    assert "are proved for every" not in overview
