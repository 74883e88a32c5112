"""Everything a person reads can be read at the age of eleven, but for a named few."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from selfcheck.rulebook.lint.grading import Count, count, syllables
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.style import HouseStyle
from tests.read_by_people import read_by_people

MOST = 9.0
MOST_ON_AVERAGE = 6.0
FEWEST_WORDS = 8  # a label of a few words has no sentence to be graded; it counts in the whole


@pytest.fixture(scope="module")
def graded() -> dict[str, Count]:
    return {name: found for name, text in read_by_people() if (found := count([text])) is not None}


@pytest.fixture(scope="module")
def style(rulebook: Rulebook) -> HouseStyle:
    assert rulebook.file.house_style is not None
    return rulebook.file.house_style


def test_the_house_style_is_no_softer_than_was_promised(style: HouseStyle) -> None:
    assert style.hardest_grade <= MOST
    assert style.hardest_mean_grade <= MOST_ON_AVERAGE
    assert style.fewest_words <= FEWEST_WORDS


def test_no_text_is_harder_than_the_ninth_grade_but_for_those_named(
    graded: dict[str, Count], style: HouseStyle
) -> None:
    named = [waiver.at for waiver in style.waiver if waiver.check == "reading"]
    hard = {
        name: round(found.grade, 1)
        for name, found in graded.items()
        if found.words >= FEWEST_WORDS and round(found.grade, 1) > MOST
    }
    assert {
        name: grade for name, grade in hard.items() if not any(fnmatchcase(name, at) for at in named)
    } == {}


def test_only_what_the_studies_found_may_be_harder(graded: dict[str, Count], style: HouseStyle) -> None:
    named = [waiver.at for waiver in style.waiver if waiver.check == "reading"]
    assert named == ["pattern.*.evidence.*"]
    assert any(fnmatchcase(name, named[0]) and found.grade > MOST for name, found in graded.items())


def test_texts_are_on_average_no_harder_than_the_sixth_grade(graded: dict[str, Count]) -> None:
    grades = [found.grade for found in graded.values() if found.words >= FEWEST_WORDS]
    whole = Count(0, 0, 0)
    for found in graded.values():
        whole += found
    mean = sum(grades) / len(grades)
    print(f"\nreading: {len(graded)} texts, mean grade {mean:.1f}, as one text {whole.grade:.1f}")  # noqa: T201
    assert mean <= MOST_ON_AVERAGE
    assert whole.grade <= MOST_ON_AVERAGE


def test_every_kind_of_text_is_read(graded: dict[str, Count]) -> None:
    kinds = {name.split("/")[0].split(".")[0] for name in graded}
    assert {
        "item",
        "red_flag",
        "cluster",
        "caution",
        "disposition",
        "safety_net",
        "pattern",
        "exercise",
        "advice",
        "pages",
    } <= kinds


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("pain", 1), ("hips", 1), ("moved", 1), ("aches", 1), ("bladder", 2), ("muscles", 2), ("raising", 2),
        ("lying", 2), ("safely", 2), ("patient", 2), ("question", 2), ("needed", 2), ("stretches", 2),
        ("exercise", 3), ("serious", 3), ("usual", 3), ("area", 3), ("operation", 4), ("emergency", 4),
        ("osteoporosis", 6), ("112", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, spoken: int) -> None:
    assert syllables(word) == spoken


def test_the_grade_is_that_of_the_published_formula() -> None:
    found = count(["The cat sat on the mat.", "Emergency operations need experienced doctors; call now."])
    assert found == Count(sentences=3, words=13, syllables=23)
    assert found.grade == pytest.approx(0.39 * 13 / 3 + 11.8 * 23 / 13 - 15.59)
    assert count(["... !"]) is None
