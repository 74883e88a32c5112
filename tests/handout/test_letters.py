"""Why no two wrong letters pass: the check, proved by going through all of them."""

from __future__ import annotations

from itertools import combinations

from selfcheck.handout.letters import (
    ALPHABET,
    CONSTANT,
    GENERATOR,
    is_right,
    read_letters,
    written,
    wrong_place,
)

LONGEST, USUAL = 1023, 89
ORDER = 31


def times_x(rest: int) -> int:
    """The rest of a polynomial times x, written anew from the generator."""
    folded = (rest & 0x1FFFFFF) << 5
    for bit, part in enumerate(GENERATOR):
        folded ^= part if rest >> 25 >> bit & 1 else 0
    return folded


def product(a: int, b: int) -> int:
    """The product of two values in GF(32) with x^5 + x^3 + 1."""
    found = 0
    for bit in range(5):
        found ^= a << bit if b >> bit & 1 else 0
    for bit in reversed(range(5, 9)):
        found ^= 0b101001 << bit - 5 if found >> bit & 1 else 0
    return found


PRODUCTS = [[product(a, b) for b in range(32)] for a in range(32)]


def scaled(rest: int, by: int) -> int:
    """All six values of a rest times one value."""
    row = PRODUCTS[by]
    return sum(row[rest >> shift & 31] << shift for shift in (0, 5, 10, 15, 20, 25))


def rests(count: int) -> list[int]:
    """What an error of 1 leaves in the check, by how far from the end it stands."""
    found = [1]
    while len(found) < count:
        found.append(times_x(found[-1]))
    return found


def test_an_error_counts_by_its_size_so_that_only_places_have_to_be_gone_through() -> None:
    for rest in rests(LONGEST):
        for size in (2, 3, 31):
            assert times_x(scaled(rest, size)) == scaled(times_x(rest), size)


def test_no_one_and_no_two_wrong_letters_anywhere_cancel_each_other_out() -> None:
    seen: set[int] = set()
    for rest in rests(LONGEST):
        multiples = {scaled(rest, size) for size in range(1, ORDER + 1)}
        assert 0 not in multiples
        assert not multiples & seen
        seen |= multiples


def test_no_four_wrong_letters_cancel_each_other_out_in_a_code_of_89() -> None:
    inverse = {a: b for a in range(1, 32) for b in range(1, 32) if product(a, b) == 1}

    def ray(rest: int) -> int:
        """The same for all multiples of a rest."""
        lead = next(rest >> 5 * place & 31 for place in reversed(range(6)) if rest >> 5 * place & 31)
        return scaled(rest, inverse[lead])

    single = rests(USUAL)
    seen = {ray(rest) for rest in single}
    assert len(seen) == USUAL
    for one, other in combinations(single, 2):
        for size in range(1, ORDER + 1):
            seen.add(ray(one ^ scaled(other, size)))
    assert len(seen) == USUAL + USUAL * (USUAL - 1) // 2 * ORDER


def test_a_right_code_is_right_and_has_no_wrong_place() -> None:
    text = written((1, 2, 3, 30, 31))
    values = read_letters(text)
    assert values[:5] == [1, 2, 3, 30, 31]
    assert is_right(values)
    assert wrong_place(values) is None
    assert CONSTANT == 0x2BC830A3


def test_the_check_is_that_of_bip_350() -> None:
    """A published test vector: the human-readable part "a" spreads to 3, 0, 1, and nothing follows it."""
    bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    code = "".join(ALPHABET[bech32.index(sign)] for sign in "lqfn3a")
    assert read_letters(written((3, 0, 1)))[3:] == read_letters(code)


def test_two_wrong_letters_far_apart_have_no_place() -> None:
    values = read_letters(written(tuple(range(30))))
    values[2] ^= 7
    values[20] ^= 9
    assert not is_right(values)
    assert wrong_place(values) is None
