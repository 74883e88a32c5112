"""The questionnaire on paper in a real Chromium: no split questions, on A4 and on Letter; and on a screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from selfcheck.handout.paper import paper
from selfcheck.rulebook.model import Rulebook
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]
PAGE_END = "\f"


def squeezed(text: str) -> str:
    """Without spaces, and without the ligatures that a font may have put in."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign == PAGE_END or not sign.isspace())


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_no_question_is_split_between_pages(
    visit: Visit, rulebook: Rulebook, tmp_path: Path, size: str
) -> None:
    person = visit()
    person.open("/paper")
    person.page.pdf(path=tmp_path / "paper.pdf", format=size)
    reader = PdfReader(tmp_path / "paper.pdf")
    assert len(reader.pages) <= 26
    printed = squeezed(PAGE_END.join(page.extract_text() for page in reader.pages))
    sheet = paper(rulebook, rulebook.regions["gb"])
    place, split = 0, []
    for section in sheet.sections:
        for card in section.cards:
            for one in card.questions:
                start = printed.index(squeezed(one.text)[:60], place)
                last = squeezed(one.boxes[-1].label if one.boxes and not one.chosen_from else one.id)
                end = printed.index(last, start)
                place = end
                if PAGE_END in printed[start:end]:
                    split.append(one.id)
    assert split == []


def test_the_paper_can_be_read_on_a_screen_too(visit: Visit) -> None:
    person = visit(java_script_enabled=True, bypass_csp=True)
    person.page.get_by_role("link", name="The questions on paper").click()
    person.page.wait_for_load_state()
    violations: list[dict[str, Any]] = Axe().run(person.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in violations] == []
    for width in (320, 1280):
        person.page.set_viewport_size({"width": width, "height": 800})
        assert person.page.evaluate("document.documentElement.scrollWidth") <= width
