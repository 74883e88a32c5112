"""What the condition language refuses, with the words of the refusal and the characters it points at."""

from __future__ import annotations

import pytest

from selfcheck.questionnaire import Side
from selfcheck.rulebook.language import parse_condition, parse_quantity
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.vocabulary import ConditionFault
from tests.rulebook.asking import vocabulary

NO_CONDITION = "this is not a condition the language knows"
NO_NUMBER = "numbers are made of items, computed values, figures and + - * / only"
NO_SIGN = "this sign has no meaning in a condition"
BARE = "option names stand bare, without quotation marks"
TWO_SIDES = " has a left and a right: write either(...) or both(...)"
NO_SIDES = "nothing in here has a left and a right"
ONE_NUMBER = "one side of a comparison is a number, the other an item or a computed value"
COUNTED = "count(...) is compared with one whole number"

PYTHON = [
    ("note.length >= 1", NO_NUMBER, "note.length"),
    ("note.strip()", NO_CONDITION, "note.strip()"),
    ("len(note) >= 1", "a number takes the name of an item here", "len(note)"),
    ("open(note)", "unknown function 'open'.", "open"),
    ("__import__", "unknown name '__import__'.", "__import__"),
    ("age ** 2 >= 4", NO_NUMBER, "age ** 2"),
    ("age // 2 >= 4", NO_NUMBER, "age // 2"),
    ("age % 2 == 1", NO_NUMBER, "age % 2"),
    ("-age >= 3", NO_NUMBER, "-age"),
    ("lambda: bad_pain", NO_CONDITION, "lambda: bad_pain"),
    ("sites[0] == back", "a choice takes the name of an item here", "sites[0]"),
    ("bad_pain and sites[0]", NO_CONDITION, "sites[0]"),
    ("f'{age}'", NO_CONDITION, "f'{age}'"),
    ("'bad_pain'", BARE, "'bad_pain'"),
    ("(x := bad_pain)", NO_CONDITION, "x := bad_pain"),
    ("[x for x in sites]", NO_CONDITION, "[x for x in sites]"),
    ("(x for x in sites)", NO_CONDITION, "(x for x in sites)"),
    ("{bad_pain}", NO_CONDITION, "{bad_pain}"),
    ("bad_pain, fragile", NO_CONDITION, "bad_pain, fragile"),
    ("bad_pain & fragile", NO_CONDITION, "bad_pain & fragile"),
    ("await bad_pain", NO_CONDITION, "await bad_pain"),
    ("True", NO_CONDITION, "True"),
    ("None", NO_CONDITION, "None"),
    ("1", NO_CONDITION, "1"),
    ("...", NO_CONDITION, "..."),
    ("pain is 3", "numbers are compared with <, <=, ==, >=, >", "pain is 3"),
    ("any_of(sites, back)(age)", NO_CONDITION, "any_of(sites, back)(age)"),
    ("any_of(sites, back, more=back)", NO_CONDITION, "any_of(sites, back, more=back)"),
]
GRAMMAR = [
    ("bladder = yes", "'=' means nothing here; write '==' to compare", "="),
    ("bad_pain; fragile", NO_CONDITION, ";"),
    ("bad_pain)", "this ')' closes a bracket that was never opened", ")"),
    ("bad_pain) or (fragile", "this ')' closes a bracket that was never opened", ")"),
    ("(bad_pain", "this bracket is never closed", "("),
    ("(bad_pain]", "this ']' does not close '('", "]"),
    ("bad_pain AND fragile", "'AND' means nothing here; write this word in small letters", "AND"),
    ("bad_pain && fragile", "'&&' means nothing here; write 'and'", "&&"),
    ("bad_pain || fragile", "'||' means nothing here; write 'or'", "||"),
    ("age => 3", "'=>' means nothing here; write '>='", "=>"),
    ("age =< 3", "'=<' means nothing here; write '<='", "=<"),
    ("!bad_pain", "'!' means nothing here; write 'not'", "!"),
    ("bladder == “yes”", "'“' means nothing here; option names stand bare, without quotation marks", "“"),
    (
        "bad_pain\N{NO-BREAK SPACE}or fragile",
        "an invisible sign (U+00A0) stands here; write an ordinary space",
        "\N{NO-BREAK SPACE}",
    ),
    ("bad_pain or", NO_CONDITION, "r"),
    ("bad_pain # or fragile", NO_SIGN, "#"),
    ("bad_pain \\\n or fragile", NO_SIGN, "\\"),
    ("bad_pain\0", NO_SIGN, "\0"),
    ("bad_pain \x0c or fragile", NO_SIGN, "\x0c"),
    (
        "bad_pain\N{LINE SEPARATOR}or fragile",
        "an invisible sign (U+2028) stands here; write an ordinary space",
        "\N{LINE SEPARATOR}",
    ),
]
NAMES = [
    ("bad_pan", "unknown name 'bad_pan'. Did you mean 'bad_pain'?", "bad_pan"),
    ("xyz", "unknown name 'xyz'.", "xyz"),
    ("blader == yes", "unknown item 'blader'. Did you mean 'bladder'?", "blader"),
    ("answered(agee)", "unknown item 'agee'. Did you mean 'age'?", "agee"),
    ("bladder == yess", "item 'bladder' has no option 'yess'. Did you mean 'yes'?", "yess"),
    ("bladder == often", "item 'bladder' has no option 'often'. Its options: no, yes, not_sure", "often"),
    ("bladder in (yes, noo)", "item 'bladder' has no option 'noo'. Did you mean 'no'?", "noo"),
    ("any_of(sites, bak)", "item 'sites' has no option 'bak'. Did you mean 'back'?", "bak"),
    ("likely(stif)", "unknown pattern 'stif'. Did you mean 'stiff'?", "stif"),
    ("likely(3)", "likely takes the name of a pattern", "3"),
    ("anyof(sites, back)", "unknown function 'anyof'. Did you mean 'any_of'?", "anyof"),
    (
        "bad_pain or reached(rf_bladde, urgent_48h)",
        "unknown red flag 'rf_bladde'. Did you mean 'rf_bladder'?",
        "rf_bladde",
    ),
    (
        "reached(rf_bladder, urgent)",
        "unknown disposition 'urgent'. Did you mean 'urgent_48h'?",
        "urgent",
    ),
    ("reached(rf_bladder)", "reached takes a red flag and a disposition", "reached(rf_bladder)"),
]
KINDS = [
    ("pain", "item 'pain' needs a comparison, such as pain >= 5", "pain"),
    ("bladder", "item 'bladder' needs a comparison, such as bladder == yes", "bladder"),
    ("sites", "item 'sites' needs a comparison, such as any_of(sites, hip_left)", "sites"),
    ("note", "item 'note' needs a comparison, such as answered(note)", "note"),
    ("minutes == 10", "item 'minutes' has one answer; write answered(minutes)", "minutes"),
    ("years_of_pain", "'years_of_pain' needs a comparison, such as years_of_pain >= 1", "years_of_pain"),
    ("bad_pain == yes", "'bad_pain' is a condition itself and stands alone", "bad_pain"),
    ("age == yes", "item 'age' is a number; write age >= 55", "age"),
    ("sites == back", "item 'sites' has several answers; write any_of(sites, back)", "sites"),
    ("any_of(bladder, yes)", "item 'bladder' has one answer; write bladder == yes", "bladder"),
    ("answered(age + 1)", "answered takes the name of an item here", "age + 1"),
    ("answered(age, pain)", "this takes exactly one argument", "answered(age, pain)"),
    ("any_of(sites)", "any_of takes an item and at least one of its options", "any_of(sites)"),
    ("any_of(sites, 3)", "the name of an option is expected here", "3"),
    ("bladder == 'yes'", BARE, "'yes'"),
    ("any_of(sites, 'back')", BARE, "'back'"),
    ("bladder in (yes)", "write the options in brackets with a comma: (yes,)", "yes"),
    ("bladder not in yes", "write the options in brackets with a comma: (yes,)", "yes"),
    ("bladder in [yes, no]", "write the options in round brackets with commas: (a, b)", "[yes, no]"),
    ("bladder in ()", "write at least one option in the brackets", "bladder"),
    (
        "bad_pain if fragile else f_back",
        "between 'if' and 'else' only answered(item) may stand",
        "fragile",
    ),
]
NUMBERS = [
    ("age >= 111", "111 lies outside the range of 'age', 1 to 110", "age >= 111"),
    ("bad_pain or age >= -1", "-1 lies outside the range of 'age', 1 to 110", "age >= -1"),
    ("0 <= age < 20", "0 lies outside the range of 'age', 1 to 110", "0 <= age < 20"),
    ("age >= 1e400", "inf lies outside the range of 'age', 1 to 110", "age >= 1e400"),
    ("age != 3", "numbers are compared with <, <=, ==, >=, >", "age != 3"),
    ("age < pain", ONE_NUMBER, "age < pain"),
    ("1 < 2", ONE_NUMBER, "1 < 2"),
    ("age >= True", ONE_NUMBER, "age >= True"),
    ("count(bad_pain, fragile)", "count(...) is compared with a number: count(a, b, c) >= 2", "count(bad_pain, fragile)"),
    ("count(bad_pain, fragile) >= 3", "of 2 conditions a whole number from 0 to 2 can hold", "3"),
    ("count(bad_pain, fragile) >= 1.5", "of 2 conditions a whole number from 0 to 2 can hold", "1.5"),
    ("count(bad_pain, fragile) >= True", "of 2 conditions a whole number from 0 to 2 can hold", "True"),
    ("count(bad_pain, fragile) >= age", COUNTED, "count(bad_pain, fragile) >= age"),
    ("count(bad_pain, fragile) != 1", COUNTED, "count(bad_pain, fragile) != 1"),
    ("count(bad_pain, more=fragile) >= 1", COUNTED, "count(bad_pain, more=fragile) >= 1"),
    ("1 <= count(bad_pain, fragile)", "count(...) stands first: count(a, b, c) >= 2", "count(bad_pain, fragile)"),
]  # fmt: skip
SIDES = [
    ("reach < 10", f"item 'reach'{TWO_SIDES}", "reach"),
    ("bad_pain or bridge == hard", f"item 'bridge'{TWO_SIDES}", "bridge"),
    ("any_of(sites, hip)", f"'hip'{TWO_SIDES}", "hip"),
    ("hip_hurts", "'hip_hurts' has a left and a right: write either(hip_hurts) or both(hip_hurts)", "hip_hurts"),
    ("reach_lost_percent >= 3", f"'reach_lost_percent'{TWO_SIDES}", "reach_lost_percent"),
    ("leg_side == this_side", "item 'leg_side' has no option 'this_side'. Its options: left, right, both_legs", "this_side"),
    ("other(reach) < 3", "other(...) has a meaning only in side scope", "other(reach)"),
    ("either(bad_pain)", NO_SIDES, "bad_pain"),
    ("both(f_back)", NO_SIDES, "f_back"),
    ("either(either(hip_hurts))", "either(...) has a meaning only in body scope", "either(hip_hurts)"),
    ("either(hip_hurts, fragile)", "this takes exactly one argument", "either(hip_hurts, fragile)"),
]  # fmt: skip
SIDE_SCOPE = [
    ("either(hip_hurts)", "either(...) has a meaning only in body scope", "either(hip_hurts)"),
    ("both(hip_hurts)", "both(...) has a meaning only in body scope", "both(hip_hurts)"),
    ("other(reac) < 3", "unknown item 'reac'. Did you mean 'reach'?", "reac"),
    ("other(age) < 3", NO_SIDES, "age"),
    ("other(leg_side) == this_side", NO_SIDES, "leg_side"),
    ("other(bad_pain)", NO_SIDES, "bad_pain"),
    ("other(reach, bridge) < 3", "this takes exactly one argument", "other(reach, bridge)"),
    ("any_of(felt, pul)", "item 'felt_left' has no option 'pul'. Did you mean 'pull'?", "pul"),
    ("reach > 51", "51 lies outside the range of 'reach_left', 0 to 50", "reach > 51"),
]


def refused(rulebook: Rulebook, text: str, side: Side | None = None) -> ConditionFault:
    with pytest.raises(ConditionFault) as caught:
        parse_condition(text, vocabulary(rulebook), side)
    return caught.value


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"), [*PYTHON, *GRAMMAR, *NAMES, *KINDS, *NUMBERS, *SIDES]
)
def test_is_refused(small: Rulebook, text: str, message: str, pointed_at: str) -> None:
    fault = refused(small, text)
    assert fault.message == message
    assert text[fault.start : fault.end] == pointed_at


@pytest.mark.parametrize(("text", "message", "pointed_at"), SIDE_SCOPE)
def test_is_refused_in_side_scope(small: Rulebook, text: str, message: str, pointed_at: str) -> None:
    fault = refused(small, text, "left")
    assert fault.message == message
    assert text[fault.start : fault.end] == pointed_at


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_condition_is_refused(small: Rulebook, text: str) -> None:
    fault = refused(small, text)
    assert fault.message == "the condition is empty; leave the key out where there is none"
    assert (fault.start, fault.end) == (0, max(len(text), 1))


def test_a_condition_of_600_characters_is_read_and_of_601_refused(small: Rulebook) -> None:
    text = "bad_pain or " * 49 + "bad_pain" + " " * 4
    assert len(text) == 600
    assert parse_condition(text, vocabulary(small))
    fault = refused(small, text + " ")
    assert fault.message == "condition of 601 characters; write at most 600, or give parts a name"
    assert (fault.start, fault.end) == (600, 601)


def test_nesting_deeper_than_24_is_refused(small: Rulebook) -> None:
    assert parse_condition("not " * 23 + "bad_pain", vocabulary(small))
    fault = refused(small, "not " * 24 + "bad_pain")
    assert fault.message == "brackets nested deeper than 24; give parts a name"
    assert (fault.start, fault.end) == (24 * 4, 24 * 4 + len("bad_pain"))


@pytest.mark.parametrize("text", ["(" * 299 + ")" * 299, "(" * 290 + "bad_pain" + ")" * 290, "-" * 600])
def test_the_deepest_text_there_is_room_for_is_refused_like_any_other(small: Rulebook, text: str) -> None:
    assert refused(small, text).start < len(text)


def test_characters_are_counted_not_bytes_and_lines_count_through(small: Rulebook) -> None:
    text = "bad_pain\n  or änderung == ja\n  or fragile"
    fault = refused(small, text)
    assert fault.message == "unknown item 'änderung'."
    assert text[fault.start : fault.end] == "änderung"
    text = "  bad_pain\n\tor answered(ältester) or bad_pan"
    assert text[slice(*span(refused(small, text)))] == "ältester"


def span(fault: ConditionFault) -> tuple[int, int]:
    return fault.start, fault.end


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("age - bladder", "item 'bladder' has one answer; write bladder == yes", "bladder"),
        ("age ** 2", NO_NUMBER, "age ** 2"),
        ("age - agee", "unknown item 'agee'. Did you mean 'age'?", "agee"),
        ("reach + 1", f"item 'reach'{TWO_SIDES}", "reach"),
        ("age >= 3", NO_NUMBER, "age >= 3"),
    ],
)
def test_a_computed_value_is_made_of_numbers_only(
    small: Rulebook, text: str, message: str, pointed_at: str
) -> None:
    with pytest.raises(ConditionFault) as caught:
        parse_quantity(text, vocabulary(small))
    assert caught.value.message == message
    assert text[slice(*span(caught.value))] == pointed_at


def test_a_name_that_is_faulty_itself_is_not_complained_of_twice(small: Rulebook) -> None:
    names = vocabulary(small)
    names.broken = frozenset({"swelling", "swelling_left", "swelling_right"})
    assert parse_condition("swelling == yes or any_of(swelling, here) or swelling >= 3", names)
    assert parse_condition("either(swelling == yes) or answered(swelling_left)", names)
    assert parse_condition("other(swelling) >= 3", names, "left")
