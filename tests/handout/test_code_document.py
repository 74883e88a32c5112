"""The document says enough for another program to read a code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfcheck.handout.code import answers_code, carried
from selfcheck.places import RULES
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of
from tests.handout.another_reader import Reader
from tests.handout.answer_sets import random_answers

DOCUMENT = (Path(__file__).parents[2] / "docs" / "answers-code.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(RULES.read_text(encoding="utf-8"))


def test_a_reader_made_from_the_document_reads_what_we_write(reader: Reader, rulebook: Rulebook) -> None:
    people = [answers_of(rulebook, case) for case in [*all_cases()][::6]]
    for answers in (*people, *(random_answers(rulebook, seed) for seed in range(40))):
        found = reader.read(answers_code(rulebook, answers))
        expected = carried(rulebook, answers).values
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            assert found[name] == (pytest.approx(value) if isinstance(value, float) else value)


def test_the_document_names_the_letters_and_the_check() -> None:
    assert "`0123456789ABCDEFGHJKMNPQRSTVWXYZ`" in DOCUMENT
    constants = re.findall(r"`([0-9A-F]{8})`", DOCUMENT)
    assert constants == ["3B6A57B2", "26508E6D", "1EA119FA", "3D4233DD", "2A1462B3", "2BC830A3"]
