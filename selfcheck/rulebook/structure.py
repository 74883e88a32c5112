"""Raw tables to the parts they should be, or the faults of their structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, to_json

from selfcheck.part import Part
from selfcheck.rulebook.faults import Fault, structure_fault
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.vocabulary import Vocabulary

Raw = Mapping[str, Any]
ENDS = ("", "_left", "_right")
AnyPart = TypeVar("AnyPart", bound=Part)


def entries(raw: Raw, table: str) -> list[Raw]:
    """The entries of a table, those left out that are no tables themselves."""
    found = raw.get(table)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def read_table(raw: Raw, table: str, kind: type[Part], faults: list[Fault]) -> tuple[list[Any], set[str]]:
    """The entries of a table that are sound, and the ids of those that are not."""
    sound, broken = [], set()
    for index, entry in enumerate(entries(raw, table)):
        try:
            sound.append(validated(kind, entry))
        except ValidationError as error:
            faults.extend(
                fault_at(raw, {**detail, "loc": (table, index, *detail["loc"])})
                for detail in details_of(error)
            )
            broken |= {str(entry.get("id")) + end for end in ENDS}
    return sound, broken


def validated(kind: type[AnyPart], value: Raw, vocabulary: Vocabulary | None = None) -> AnyPart:
    """The value as that part. It goes by way of JSON, where validation takes no text for a number."""
    text = to_json(value, fallback=str, inf_nan_mode="constants")
    return kind.model_validate_json(text, strict=True, context=vocabulary)


def details_of(error: ValidationError) -> Iterator[ErrorDetails]:
    """What is wrong; not that a list is too short because its entries are wrong themselves."""
    details = error.errors()
    for detail in details:
        depth = len(detail["loc"])
        inside = (other["loc"] for other in details if len(other["loc"]) > depth)
        if detail["type"] != "too_short" or all(path[:depth] != detail["loc"] for path in inside):
            yield detail


def fault_at(raw: Raw, detail: Any, file: type[Part] = RulesFile) -> Fault:
    """One fault that validation found, with the entry it is in."""
    path: tuple[str | int, ...] = detail["loc"]
    entry: Any = raw
    for step in path[:2]:
        entry = entry[step] if isinstance(step, int) or step in entry else {}
    who = f"{path[0]} {entry.get('id', '') if isinstance(entry, dict) else ''}".strip()
    return structure_fault(detail, who, path, _class_at(path[:-1], file))


def _class_at(path: tuple[str | int, ...], file: type[Part]) -> type[Part] | None:
    """The class of the entry at a path, by the annotations on the way."""
    kind: Any = file
    for step in path:
        if isinstance(step, str):
            field = getattr(kind, "model_fields", {}).get(step)
            kind = field.annotation if field else None
        else:
            kind = next(iter(get_args(kind)), None)
    return kind if isinstance(kind, type) and issubclass(kind, Part) else None
