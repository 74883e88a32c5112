"""A row of five-bit values to letters that nobody mixes up, with six letters that catch mistakes.

The check is the BCH code over GF(32) of BIP 350: whatever is wrong in up to four letters of a code of up to
89 is always seen, and so are any two wrong letters, and with them any two that changed places, in every
code of up to 1,023. Other mistakes pass once in a thousand million times.
"""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
PAUSES = frozenset(" -\u00a0\u2010\u2011\u2012\u2013\u2014\u2212_.,:;\t\r\n")
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
BITS, CHECK_LETTERS = 5, 6
GROUP = 5
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CONSTANT = 0x2BC830A3
TOP, LOW_BITS, MASK = 25, 0x1FFFFFF, 31


class NotALetter(ValueError):
    """A sign that no code has."""

    def __init__(self, sign: str) -> None:
        """Keep the sign."""
        super().__init__(sign)
        self.sign = sign


def written(values: Sequence[int]) -> str:
    """Values (0 to 31) with their check, as letters in groups of five."""
    letters = "".join(ALPHABET[value] for value in (*values, *_check(values)))
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read_letters(text: str) -> list[int]:
    """The values of a text, check letters included; pauses, case and the letters O, I and L do not matter.

    Raises:
        NotALetter: for the first sign that no code has.

    """
    values = []
    for sign in text.upper().translate(READ_AS):
        if sign in PAUSES:
            continue
        if sign not in VALUES:
            raise NotALetter(sign)
        values.append(VALUES[sign])
    return values


def is_right(values: Sequence[int]) -> bool:
    """Whether values end in the check that belongs to them."""
    return _remainder(values) == CONSTANT


def wrong_place(values: Sequence[int]) -> int | None:
    """Where the one wrong letter stands (from 0), or the first of two that changed places; ``None`` where
    more than that is wrong.
    """
    seen = _remainder(values) ^ CONSTANT
    for place in reversed(range(len(values))):
        if 0 < seen <= MASK:
            return place
        if place and seen >> BITS == seen & MASK and _swapped(values, place - 1, seen & MASK):
            return place - 1
        seen = _by_x(seen)
    return None


def _swapped(values: Sequence[int], place: int, difference: int) -> bool:
    """Whether two neighbours differ as an error of both, that changed places, says they do."""
    return values[place] ^ values[place + 1] == difference != 0


def _check(values: Sequence[int]) -> tuple[int, ...]:
    rest = _remainder((*values, *(0,) * CHECK_LETTERS)) ^ CONSTANT
    return tuple(rest >> BITS * place & MASK for place in reversed(range(CHECK_LETTERS)))


def _remainder(values: Sequence[int]) -> int:
    """The values as a polynomial, divided by the generator; the rest as thirty bits."""
    rest = 1
    for value in values:
        rest = (rest & LOW_BITS) << BITS ^ _FOLDS[rest >> TOP] ^ value
    return rest


def _fold(top: int) -> int:
    folded = 0
    for bit, part in enumerate(GENERATOR):
        if top >> bit & 1:
            folded ^= part
    return folded


_FOLDS = tuple(_fold(top) for top in range(MASK + 1))
_TOPS = {folded & MASK: top for top, folded in enumerate(_FOLDS)}


def _by_x(rest: int) -> int:
    """What was multiplied by ``x`` to give this."""
    top = _TOPS[rest & MASK]
    return (rest ^ _FOLDS[top]) >> BITS | top << TOP
