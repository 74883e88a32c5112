"""A field -> what nobody should send in it: wrong types, wrong letters, wrong lengths, wrong numbers of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.fuzz.forms import Field

MARK = "<fuzz-mark>"
Values = list[bytes]
Wrong = Callable[[Random, Field], Values]


def _fixed(*texts: str | bytes) -> Wrong:
    """One of these, as it is."""
    values = [text if isinstance(text, bytes) else text.encode() for text in texts]
    return lambda chance, _field: [chance.choice(values)]


def _long(chance: Random, _field: Field) -> Values:
    sign = chance.choice(("x", "9", " ", "\u0301", "\U0001f600", "\u202e", "&", "%", "<", "\n"))
    return [(sign * chance.choice((141, 1000, 9000, 30_000))).encode()]


def _too_long(chance: Random, _field: Field) -> Values:
    return [b"x" * chance.choice((65_000, 70_000, 200_000))]


def _random_bytes(chance: Random, _field: Field) -> Values:
    return [chance.randbytes(chance.choice((1, 2, 5, 40)))]


def _random_signs(chance: Random, _field: Field) -> Values:
    signs = "".join(chr(chance.randrange(0x110000)) for _ in range(chance.choice((1, 3, 20))))
    return [signs.encode("utf-8", "surrogatepass")]


def _all(chance: Random, field: Field) -> Values:
    values = [choice.encode() for choice in field.choices or ("1", "2")]
    chance.shuffle(values)
    return values


def _one_valid(chance: Random, field: Field) -> Values:
    return [chance.choice(field.choices or ("1", "35", "text")).encode()]


def _nearly_valid(chance: Random, field: Field) -> Values:
    text = chance.choice(field.choices or ("35",))
    forms = (
        text.upper(),
        f" {text}",
        f"{text}\x00",
        text[:-1],
        f"{text},{text}",
        f"{text}_left",
        f"['{text}']",
    )
    return [chance.choice(forms).encode()]


WRONG: Mapping[str, Wrong] = {
    "nothing": lambda _chance, _field: [],
    "empty": _fixed("", " ", "\t", "\r\n", "\u00a0", "\u200b", "\ufeff"),
    "control": _fixed("\x00", "no\x00", "\x07", "\x1b[31m", "\x7f", "\u0085", "\u2028"),
    "broken UTF-8": _fixed(b"\xff\xfe", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"a\x80b"),
    "long": _long,
    "too long": _too_long,
    "unknown": _fixed("maybe", "None", "null", "true", "undefined", "-", "yes ", "0x1", "__class__"),
    "nearly": _nearly_valid,
    "negative": _fixed("-1", "-0", "-0.0", "-1e308", "--1", "\u22125"),
    "not a number": _fixed("NaN", "nan", "inf", "-Infinity", "1e999", "1e-999", "1_000", "0x10", "1,2,3", "3.", ".5"),
    "number": _fixed("0", "1", "10", "35.5", "110", "111", "3000", "99999999999999999999", "1e3", "007", "4,5"),
    "other figures": _fixed("\uff13\uff15", "\u0663\u0665", "\u00b2", "\u2167", "\u4e94", "3\u20ac"),
    "repeated": lambda chance, field: _one_valid(chance, field) * chance.choice((2, 3, 500)),
    "everything": _all,
    "valid": _one_valid,
    "bidi": _fixed("\u202eevil", "\u2066a\u2069", "\u061c", "a\u200fb", "\u202d\u202c"),
    "markup": _fixed(MARK, f'">{MARK}', f"'{MARK}", f"</textarea>{MARK}", f"<![CDATA[{MARK}]]>", f"&lt;{MARK}"),
    "program": _fixed("{{7*7}}", "{% for %}", "%(what)s %s", "{0.__class__}", "'; DROP--", "$(id)", "#set(x)", "]{}$#["),
    "path": _fixed("../../etc/passwd", "http://x.example/", "//x.example", "file:///", "C:\\x", "\\\\x"),
    "header": _fixed("a\r\nSet-Cookie: x=y", "a\nLocation: /", "%0d%0aX: y"),
    "data": _fixed('{"a": [1, {}]}', "[[[[[[", '["yes"]', "a=b&c=d", "a;b", "=", "&"),
    "signs": _random_signs,
    "bytes": _random_bytes,
}  # fmt: skip
