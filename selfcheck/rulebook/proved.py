"""The proof that is kept beside the rules (``rules/proof.json``) to a record that can be shown. Needs no solver."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError


class _Kept(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")


class Of(_Kept):
    """The rules that were proved about."""

    version: str
    fingerprint: str
    status: str


class Promise(_Kept):
    """One property: what it says, how many cases it was looked at for, and its declared exceptions."""

    id: str
    statement: str
    proved: bool
    cases: int
    exceptions: tuple[str, ...]


class Record(_Kept):
    """What ``selfcheck prove`` wrote last; ``proved`` says whether every property held."""

    proved: bool
    rules: Of
    properties: tuple[Promise, ...]
    seconds: float
    solver: str
    proved_on: date


def record_of(text: str | None) -> Record | None:
    """The proof that a text holds; ``None`` without one that can be read."""
    try:
        return Record.model_validate_json(text) if text is not None else None
    except ValidationError:
        return None
