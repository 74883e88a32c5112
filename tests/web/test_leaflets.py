"""The pages about the check say what it is, what is kept and who answers for it, and promise nothing else."""

from __future__ import annotations

import html5lib
import pytest

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.session import COOKIE, IDLE_SECONDS
from tests.web.conftest import Person

LEAFLETS = ("/about", "/privacy", "/accessibility")


@pytest.mark.parametrize("address", LEAFLETS)
def test_a_leaflet_is_strict_html_and_linked_from_every_page(person: Person, address: str) -> None:
    answer = person.client.get(address)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    for page in ("/", "/check/about-you", "/rules/st_pigeon", "/nothing", *LEAFLETS):
        assert f'href="{address}"' in person.get(page).text, page


def test_the_page_about_the_check_says_that_it_is_a_draft_and_no_service(person: Person) -> None:
    text = person.client.get("/about").text
    for words in ("Draft: no registered clinician has signed", "Not an NHS service", "not approved as a medical device",
                  "anyone under 18", "the science is weak"):  # fmt: skip
        assert words in text, words


def test_the_privacy_page_says_what_the_cookie_really_does(person: Person) -> None:
    text = person.client.get("/privacy").text
    assert f"“{COOKIE}”" in text
    assert f"After {IDLE_SECONDS // 60} minutes without use." in text
    person.page("about-you")
    cookie = person.client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.http_only
    assert cookie.max_age is None
    assert cookie.expires is None


def test_a_clinic_is_named_when_it_is_set_and_never_made_up(rulebook: Rulebook) -> None:
    without = create_app({"SECRET_KEY": "x"}, rulebook=rulebook).test_client()
    settings = {"SECRET_KEY": "x", "CLINIC_NAME": "Hill <Road> Clinic", "CLINIC_PHONE": "020 7946 0000"}
    named = create_app(settings, rulebook=rulebook).test_client()
    for address in LEAFLETS:
        assert "This copy does not say who offers it" in without.get(address).text
        assert "@" not in without.get(address).text
        text = named.get(address).text
        assert "Hill &lt;Road&gt; Clinic" in text
        assert 'href="tel:02079460000"' in text
