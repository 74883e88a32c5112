"""A rulebook as text: an overview, and any one entry with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Computed
from selfcheck.rulebook.spoken import calculation

TABLES = (
    "item", "named", "computed", "red_flag", "cluster", "caution", "finding", "home_test", "pattern", "interaction",
    "exercise", "advice", "source", "region", "disposition", "tag", "term",
)  # fmt: skip


def contents(rulebook: Rulebook) -> str:
    """How much there is of everything, on a line."""
    file = rulebook.file
    return (
        f"{len(rulebook.questionnaire.items)} items, {len(file.red_flag)} red flags, "
        f"{len(file.cluster)} clusters, {len(file.caution)} cautions, {len(file.finding)} findings, "
        f"{len(file.pattern)} patterns, {len(file.exercise)} exercises"
    )


def edition(rulebook: Rulebook) -> str:
    """The version, fingerprint and status."""
    meta = rulebook.file.meta
    return f"Version {meta.version} ({rulebook.fingerprint}), {meta.status}"


def overview(rulebook: Rulebook) -> Iterator[str]:
    """Every entry, a line each, under the name of its table."""
    meta = rulebook.file.meta
    yield f"{meta.title}, version {meta.version} ({rulebook.fingerprint}), {meta.status}"
    for table in TABLES:
        yield ""
        yield f"[{table}]"
        for entry in getattr(rulebook.file, table):
            yield f"  {entry.id}  {title(entry)}".rstrip()


def title(entry: object) -> str:
    """The words an entry is called by; empty for one that has none."""
    for field in ("plain", "name", "short", "label", "meaning", "citation", "heading", "reason", "text"):
        words = getattr(entry, field, None)
        if words:
            return str(words)
    return ""


def entry_text(rulebook: Rulebook, name: str) -> Iterator[str]:
    """Every entry of that id (a question and its red flag share one), key by key, sources spelt out.

    Nothing at all for an unknown id.
    """
    for table in TABLES:
        for entry in getattr(rulebook.file, table):
            if entry.id == name:
                yield f"[{table}] {name}"
                yield from _worked_out(rulebook, entry) if table == "computed" else _lines(entry, "  ")
                for source in getattr(entry, "sources", ()):
                    cited = rulebook.sources[source]
                    yield f"  {source}: {cited.citation} ({cited.read})"


def _worked_out(rulebook: Rulebook, computed: Computed) -> Iterator[str]:
    side, quantity = next(iter(computed.value.items()))
    yield f"  value: {calculation(rulebook, quantity, this_side=side is not None)}"
    yield f"  unit: {computed.unit}"


def _lines(entry: BaseModel, indent: str) -> Iterator[str]:
    for key in type(entry).model_fields:
        value = getattr(entry, key)
        if value in (None, (), "", False) or key == "id":
            continue
        if isinstance(value, BaseModel):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, Mapping) and any(isinstance(part, Condition) for part in value.values()):
            yield f"{indent}{key}: {next(iter(value.values())).text}"
        elif isinstance(value, tuple) and any(isinstance(part, BaseModel) for part in value):
            yield f"{indent}{key}:"
            yield from _items(value, indent + "  ")
        else:
            yield f"{indent}{key}: {_words(value)}"


def _items(values: Iterable[object], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, BaseModel):
            parts = (
                f"{key} = {_words(getattr(value, key))}"
                for key in type(value).model_fields
                if getattr(value, key) not in (None, (), "", False)
            )
            yield f"{indent}- {'; '.join(parts)}"
        else:
            yield f"{indent}- {_words(value)}"


def _words(value: object) -> str:
    if isinstance(value, Condition):
        return value.text
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
