"""Answers to the code that is printed with a result, as text and as QR picture, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from selfcheck.answers import Answers, AnswersError, read_answers
from selfcheck.assessment.reading import read
from selfcheck.handout.letters import (
    BITS,
    CHECK_LETTERS,
    GROUP,
    MASK,
    NotALetter,
    is_right,
    read_letters,
    written,
    wrong_place,
)
from selfcheck.handout.packing import pack
from selfcheck.handout.unpacking import NotPacked, unpack
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook

if TYPE_CHECKING:
    from segno import QRCode

FORMAT = 1
HEAD_LETTERS, FINGERPRINT_BITS, MOST_SIGNS = 7, 32, 800
MODULE_MM, QUIET_MODULES, WIDEST_MM = 0.5, 4, 25.0


class CodeError(ValueError):
    """A code that cannot be used; the text says why, for the person who typed it."""


class OtherRules(CodeError):
    """A code that was made with other rules, by their fingerprint."""

    def __init__(self, theirs: str, ours: str) -> None:
        """Keep both fingerprints."""
        words = _(
            "This code was made with other rules (%(theirs)s). Here we use rules %(ours)s. "
            "Please answer the questions again."
        )
        super().__init__(words % {"theirs": theirs, "ours": ours})
        self.theirs, self.ours = theirs, ours


def carried(rulebook: Rulebook, answers: Answers) -> Answers:
    """The answers that a code carries: no free text, and of private questions only what is harmless or
    what the person agreed to have printed.
    """
    out = rulebook.questionnaire.texts | left_out(rulebook, answers)
    if out.isdisjoint(answers.values):
        return answers
    return Answers({item: value for item, value in answers.values.items() if item not in out})


def left_out(rulebook: Rulebook, answers: Answers) -> frozenset[str]:
    """The answered private questions that a code leaves out: all of them where the answers may not be printed."""
    items = rulebook.questionnaire.items
    private = frozenset(rulebook.file.triage.private_items) & answers.values.keys()
    if all(answers.values[item] == items[item].benign for item in private):
        return frozenset()
    allowed = [flag.private_unless for flag in rulebook.file.red_flag if flag.private_unless is not None]
    strict = read(rulebook, answers).strict
    return frozenset() if all(one.holds(strict) for one in allowed) else private


def answers_code(rulebook: Rulebook, answers: Answers) -> str:
    """The code of :func:`carried` answers: capital letters and figures in groups of five."""
    head = FORMAT << FINGERPRINT_BITS | int(rulebook.fingerprint, 16)
    number = pack(rulebook, carried(rulebook, answers).values)
    length = -(-number.bit_length() // BITS)
    return written((*_digits(head, HEAD_LETTERS), *_digits(number, length)))


def _digits(number: int, length: int) -> tuple[int, ...]:
    return tuple(number >> BITS * place & MASK for place in reversed(range(length)))


def read_code(rulebook: Rulebook, text: str) -> Answers:
    """The answers that a typed or scanned text stands for; of an address, what stands behind its ``#``.

    Raises:
        CodeError: for a mistyped code, one that is no code, and one of another format.
        OtherRules: for a code that was made with other rules.

    """
    values = _checked(text.rpartition("#")[2])
    head = _number(values[:HEAD_LETTERS])
    fingerprint = f"{head & (1 << FINGERPRINT_BITS) - 1:08x}"
    if head >> FINGERPRINT_BITS != FORMAT:
        raise CodeError(
            _("This code is of a kind that this page does not know. Please answer the questions again.")
        )
    if fingerprint != rulebook.fingerprint:
        raise OtherRules(fingerprint, rulebook.fingerprint)
    try:
        return _unpacked(rulebook, values[HEAD_LETTERS:-CHECK_LETTERS])
    except (NotPacked, AnswersError):
        raise CodeError(_("No set of answers has this code. Please compare it with your sheet.")) from None


def _unpacked(rulebook: Rulebook, body: list[int]) -> Answers:
    if body[:1] == [0]:
        raise NotPacked
    return read_answers(rulebook.questionnaire, unpack(rulebook, _number(body)))


def _number(values: list[int]) -> int:
    number = 0
    for value in values:
        number = number << BITS | value
    return number


def _checked(text: str) -> list[int]:
    """The values of a text that ends in its check."""
    if len(text) > MOST_SIGNS:
        raise CodeError(_("This is too long for a code. Please compare it with your sheet."))
    try:
        values = read_letters(text)
    except NotALetter as refused:
        sign = refused.sign if refused.sign.isprintable() else "?"
        words = _("A code has letters and figures, and no '%(sign)s'. Please compare it with your sheet.")
        raise CodeError(words % {"sign": sign}) from None
    if len(values) < HEAD_LETTERS + CHECK_LETTERS:
        raise CodeError(_("This is too short for a code. Please compare it with your sheet."))
    if not is_right(values):
        raise CodeError(_mistyped(values))
    return values


def _mistyped(values: list[int]) -> str:
    place = wrong_place(values)
    if place is None:
        return _("Something in this code is wrong or missing. Please compare it with your sheet.")
    return _("A letter or figure in group %(n)s seems wrong. Please compare that group with your sheet.") % {
        "n": place // GROUP + 1
    }


class QrPicture(Struct, frozen=True):
    """A QR symbol as an SVG element, black on white whatever surrounds it, and its width with the quiet zone."""

    svg: str
    millimetres: float


def qr_picture(code: str, base_url: str = "") -> QrPicture:
    """The QR symbol of a code: an address with the code behind the ``#``, where the address is known.

    What stands behind the ``#`` stays in the browser; no server is sent it. Modules of half a millimetre,
    smaller ones only where the picture would be wider than 25 mm.
    """
    import segno  # takes long, and most people never ask for a picture

    letters = code.replace("-", "")
    # segno takes a list of segments, each in the mode that suits it, though its types do not say so
    content: Any = [f"{base_url.rstrip('/')}/resume#", letters] if base_url else letters
    symbol = segno.make(content, error="m", micro=False)
    if _width(symbol) > WIDEST_MM / MODULE_MM:
        symbol = min(symbol, segno.make(content, error="l", micro=False), key=_width)
    modules = _width(symbol)
    module = min(MODULE_MM, WIDEST_MM / modules)
    svg = symbol.svg_inline(
        scale=module,
        unit="mm",
        border=QUIET_MODULES,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return QrPicture(svg, modules * module)


def _width(symbol: QRCode) -> int:
    """The width in modules, with the quiet zone."""
    return int(symbol.symbol_size(border=QUIET_MODULES)[0])
