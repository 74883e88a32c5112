"""What everything in the rules file is made of: a frozen part, and the kinds of text in it.

These modules do not put off their annotations: pydantic reads them when a class is made, and would have to
compile each again.
"""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function, str_schema

HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _can_be_shown(words: str) -> str:
    """Words without control characters, which no page can hold.

    Raises:
        ValueError: if there is one.

    """
    hidden = HIDDEN.search(words)
    if hidden is not None:
        raise ValueError(f"the control character U+{ord(hidden[0]):04X} cannot be shown")
    return words


class Checked:
    """How a type is checked, laid out once for the hundreds of fields that have it: a third of the time to lay
    out the structure of a rules file.
    """

    def __init__(self, schema: CoreSchema) -> None:
        """Keep what pydantic checks by."""
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: type, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic asks an annotation for."""
        return self._schema


Id = Annotated[str, Checked(str_schema(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60))]
Slug = Annotated[str, Checked(str_schema(pattern=r"^[a-z][a-z0-9-]*$", max_length=40))]
Words = Annotated[
    str,
    Checked(no_info_after_validator_function(_can_be_shown, str_schema(min_length=1, strip_whitespace=True))),
]


class Part(BaseModel):
    """Base of everything read from the rules file: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
