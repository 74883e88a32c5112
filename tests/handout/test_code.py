"""The answers code: what it carries, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from statistics import median

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from selfcheck.answers import Answers, read_answers
from selfcheck.assessment import assess
from selfcheck.handout.code import (
    WIDEST_MM,
    CodeError,
    OtherRules,
    answers_code,
    carried,
    qr_picture,
    read_code,
)
from selfcheck.handout.letters import ALPHABET, written
from selfcheck.handout.packing import pack
from selfcheck.handout.unpacking import NotPacked, unpack
from selfcheck.questionnaire import Kind
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import all_cases, answers_of, completed
from tests.handout.answer_sets import random_answers
from tests.properties.journeys import EXAMPLES, RULES, searched

TYPICAL = 60
ADDRESS = "https://selfcheck.example.org"


@pytest.fixture
def desk_worker(rulebook: Rulebook, base: dict[str, object]) -> Answers:
    return completed(rulebook, base)


def letters(code: str) -> str:
    return code.replace("-", "")


@settings(searched, max_examples=EXAMPLES)
@given(st.integers(0, 2**40))
def test_every_answer_set_comes_back_the_same_but_for_free_text_and_what_is_private(seed: int) -> None:
    answers = random_answers(RULES, seed)
    code = answers_code(RULES, answers)
    found = read_code(RULES, code)
    assert found == carried(RULES, answers)
    assert list(found.values) == [item for item in RULES.questionnaire.items if item in found.values]
    left_out = answers.values.keys() - found.values.keys()
    texts = {item.id for item in RULES.questionnaire.items.values() if item.kind is Kind.TEXT}
    assert left_out <= texts | set(RULES.file.triage.private_items)


@settings(searched, max_examples=100)
@given(st.integers(0, 2**40))
def test_without_free_text_the_result_is_the_same(seed: int) -> None:
    answers = random_answers(RULES, seed).with_changes(dict.fromkeys(RULES.file.triage.private_items))
    before, after = (assess(RULES, one) for one in (answers, read_code(RULES, answers_code(RULES, answers))))
    assert replace(before, answers=after.answers) == after


@settings(searched, max_examples=300)
@given(st.integers(0, 2**1200) | st.integers(0, 2**160))
def test_every_number_is_refused_or_comes_back_the_same(number: int) -> None:
    try:
        values = unpack(RULES, number)
    except NotPacked:
        return
    assert pack(RULES, values) == number


def test_the_code_of_a_usual_check_has_at_most_sixty_characters(rulebook: Rulebook) -> None:
    codes = [answers_code(rulebook, answers_of(rulebook, case)) for case in all_cases()]
    assert median(len(code) for code in codes) <= TYPICAL
    assert sum(len(letters(code)) <= TYPICAL for code in codes) / len(codes) >= 0.9


def test_nothing_answered_is_the_shortest_code(rulebook: Rulebook) -> None:
    code = answers_code(rulebook, Answers({}))
    assert len(letters(code)) <= 15
    assert read_code(rulebook, code).values == {}


def test_a_code_has_no_letters_that_look_alike(rulebook: Rulebook, desk_worker: Answers) -> None:
    assert set(letters(answers_code(rulebook, desk_worker))) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code}\n",
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: f"{ADDRESS}/resume#{code}",
    ],
)
def test_a_code_is_read_however_it_is_typed(
    rulebook: Rulebook, desk_worker: Answers, typed: Callable[[str], str]
) -> None:
    assert read_code(rulebook, typed(answers_code(rulebook, desk_worker))) == desk_worker


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_single_wrong_letter_and_every_swap_of_neighbours_is_refused_and_found(
    rulebook: Rulebook, seed: int
) -> None:
    code = letters(answers_code(rulebook, random_answers(rulebook, seed)))
    for place, letter in enumerate(code):
        wrong = [code[:place] + other + code[place + 1 :] for other in ALPHABET if other != letter]
        after = code[place + 1 : place + 2]
        if after not in ("", letter):
            wrong.append(code[:place] + after + letter + code[place + 2 :])
        for mistyped in wrong:
            with pytest.raises(CodeError, match=rf"group {place // 5 + 1} seems wrong"):
                read_code(rulebook, mistyped)


def test_a_letter_left_out_or_put_in_is_refused(rulebook: Rulebook, desk_worker: Answers) -> None:
    code = letters(answers_code(rulebook, desk_worker))
    for place in range(len(code)):
        with pytest.raises(CodeError):
            read_code(rulebook, code[:place] + code[place + 1 :])
        for extra in ALPHABET:
            with pytest.raises(CodeError):
                read_code(rulebook, code[:place] + extra + code[place:])


def test_random_letters_are_refused_and_nothing_breaks(rulebook: Rulebook) -> None:
    chance = Random(6)  # noqa: S311 - test data
    signs = ALPHABET + "oil -?\u00df\u0130\U0001f600"
    for _ in range(3000):
        text = "".join(chance.choices(signs, k=chance.randrange(60)))
        with pytest.raises(CodeError):
            read_code(rulebook, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "too short"),
        ("4XQA8", "too short"),
        ("0" * 5000, "too long"),
        ("\u202e" * 40, r"no '\?'"),
        ("4XQ*8-PF38T", r"no '\*'"),
        ("A" * 40, "wrong or missing"),
    ],
)
def test_what_is_no_code_is_refused_in_words(rulebook: Rulebook, text: str, words: str) -> None:
    with pytest.raises(CodeError, match=words):
        read_code(rulebook, text)


def test_a_code_of_other_rules_names_both(rulebook: Rulebook, small: Rulebook, desk_worker: Answers) -> None:
    code = answers_code(rulebook, desk_worker)
    with pytest.raises(OtherRules, match=rf"{rulebook.fingerprint}.*{small.fingerprint}"):
        read_code(small, code)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((8, *(0,) * 6), "does not know"),
        ((31, 4, 5, 6, 7, 8, 9, 1), "does not know"),
    ],
)
def test_another_format_is_refused(rulebook: Rulebook, values: tuple[int, ...], words: str) -> None:
    with pytest.raises(CodeError, match=words):
        read_code(rulebook, written(values))


def head(rulebook: Rulebook) -> tuple[int, ...]:
    number = 1 << 32 | int(rulebook.fingerprint, 16)
    return tuple(number >> 5 * place & 31 for place in reversed(range(7)))


@pytest.mark.parametrize("body", [(0,), (0, 3), (31,) * 200])
def test_letters_that_no_answers_give_are_refused(rulebook: Rulebook, body: tuple[int, ...]) -> None:
    with pytest.raises(CodeError, match="No set of answers"):
        read_code(rulebook, written((*head(rulebook), *body)))


def test_answers_that_contradict_each_other_are_refused(rulebook: Rulebook) -> None:
    number = pack(rulebook, {"age": 30, "first_back_pain_age": 40})
    body = [number >> 5 * place & 31 for place in reversed(range(-(-number.bit_length() // 5)))]
    with pytest.raises(CodeError, match="No set of answers"):
        read_code(rulebook, written((*head(rulebook), *body)))


PRIVATE = {"rf_self_harm": "yes", "self_harm_now": "no", "print_self_harm": "no"}


def test_a_private_answer_that_may_not_be_printed_is_not_in_the_code(
    rulebook: Rulebook, base: dict[str, object]
) -> None:
    told = read_answers(rulebook.questionnaire, base | PRIVATE)
    found = read_code(rulebook, answers_code(rulebook, told))
    assert found.values.keys() & PRIVATE.keys() == set()
    assert found == told.with_changes(dict.fromkeys(PRIVATE))


def test_a_private_answer_is_in_the_code_if_it_may_be_printed_or_is_harmless(
    rulebook: Rulebook, base: dict[str, object]
) -> None:
    for told in ({**PRIVATE, "print_self_harm": "yes"}, {"rf_self_harm": "no"}):
        answers = read_answers(rulebook.questionnaire, {**base, **told})
        assert read_code(rulebook, answers_code(rulebook, answers)) == answers


@pytest.mark.parametrize("address", ["", ADDRESS, f"{ADDRESS}/"])
def test_a_reader_of_qr_pictures_reads_the_code(
    rulebook: Rulebook, desk_worker: Answers, address: str
) -> None:
    code = answers_code(rulebook, desk_worker)
    picture = qr_picture(code, address)
    assert picture.millimetres <= WIDEST_MM
    read = scanned(picture.svg)
    assert read == (f"{ADDRESS}/resume#{letters(code)}" if address else letters(code))
    assert read_code(rulebook, read) == desk_worker


def test_a_qr_picture_is_never_wider_than_25_millimetres_and_half_a_millimetre_a_module(
    rulebook: Rulebook,
) -> None:
    for case in [*all_cases()][::12]:
        code = answers_code(rulebook, answers_of(rulebook, case))
        for address in ("", ADDRESS):
            picture = qr_picture(code, address)
            assert picture.millimetres <= WIDEST_MM
            assert 'transform="scale(0.5)"' in picture.svg
    odd = max((answers_code(rulebook, random_answers(rulebook, seed)) for seed in range(20)), key=len)
    assert qr_picture(odd, ADDRESS).millimetres <= WIDEST_MM


def scanned(svg: str) -> str:
    """What a reader sees in an SVG of rows of dark modules."""
    size = round(float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1]) / 0.5)  # type: ignore[index]
    path = re.search(r'stroke="#000" d="M4 4.5([^"]+)"', svg)[1]  # type: ignore[index]
    pixels, x, y = Image.new("L", (size, size), 255), 4, 4
    for command, arguments in re.findall(r"([hm])([-\d. ]+)", path):
        numbers = [int(float(number)) for number in arguments.split()]
        if command == "h":
            for each in range(numbers[0]):
                pixels.putpixel((x + each, y), 0)
            x += numbers[0]
        else:
            x, y = x + numbers[0], y + numbers[1]
    found = zxingcpp.read_barcodes(pixels.resize((size * 6, size * 6), Image.Resampling.NEAREST))
    assert [one.format.name for one in found] == ["QRCode"]
    text: str = found[0].text
    return text
