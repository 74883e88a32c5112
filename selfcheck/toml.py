"""TOML text to plain tables, quickly."""

from __future__ import annotations

from typing import Any

import rtoml


class NotToml(ValueError):
    """A text that is no TOML; the message ends with the place: ``(at line 3, column 5)`` or ``(at end of document)``."""


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text, keys in the order of the text.

    What the quick parser refuses is read once more by the standard library, whose messages are in plainer words.

    Raises:
        NotToml: for a text that is no TOML.
        RecursionError: for one that is nested too deeply.
        ValueError: for a number with too many digits.

    """
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError:
        import tomllib

        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise NotToml(str(error)) from None
