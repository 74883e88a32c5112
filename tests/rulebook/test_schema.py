"""The JSON Schema that editors complete from: it is up to date, and the shipped rules keep to it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from selfcheck.places import ROOT, RULES
from selfcheck.rulebook.file import schema

Schema = Mapping[str, Any]


def misfits(value: object, part: Schema, whole: Schema, path: str = "") -> Iterator[str]:
    """Keys that the schema does not know, keys that it needs, and values of another type."""
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].removeprefix("#/$defs/")]
    if "anyOf" in part:
        tried = [list(misfits(value, one, whole, path)) for one in part["anyOf"]]
        yield from min(tried, key=len)
    elif isinstance(value, dict):
        yield from in_table(value, part, whole, path)
    elif isinstance(value, list):
        if part.get("type") != "array":
            yield f"{path}: a list"
        for place, one in enumerate(value):
            yield from misfits(one, part.get("items", {}), whole, f"{path}[{place}]")
    elif part.get("type") in ("array", "object"):
        yield f"{path}: not of type {part['type']}"
    elif "enum" in part and value not in part["enum"]:
        yield f"{path}: {value} is not allowed"


def in_table(value: Mapping[str, object], part: Schema, whole: Schema, path: str) -> Iterator[str]:
    if part.get("type") != "object":
        yield f"{path}: a table"
    known, patterns = part.get("properties", {}), part.get("patternProperties", {})
    yield from (f"{path}.{key} is missing" for key in part.get("required", ()) if key not in value)
    for key, one in value.items():
        rest = [inner for pattern, inner in patterns.items() if re.search(pattern, key)]
        rest += [part["additionalProperties"]] if isinstance(part.get("additionalProperties"), dict) else []
        inner = known.get(key, next(iter(rest), None))
        if inner is None:
            yield f"{path}.{key} is not in the schema"
        else:
            yield from misfits(one, inner, whole, f"{path}.{key}")


def test_the_schema_in_the_repository_is_the_one_that_the_code_writes() -> None:
    written = (ROOT / "rules.schema.json").read_text("utf-8")
    assert json.loads(written) == json.loads(json.dumps(schema()))


def test_the_shipped_rules_keep_to_the_schema() -> None:
    assert list(misfits(tomllib.loads(RULES.read_text("utf-8")), schema(), schema())) == []


def test_the_small_rules_keep_to_the_schema_and_slips_do_not(small_text: str) -> None:
    raw = tomllib.loads(small_text)
    assert list(misfits(raw, schema(), schema())) == []
    del raw["item"][0]["short"]
    raw["item"][1]["labell"] = "x"
    raw["region"] = "everywhere"
    raw["red_flag"][0]["block"] = "D"
    assert list(misfits(raw, schema(), schema())) == [
        ".region: not of type array",
        ".item[0].short is missing",
        ".item[1].labell is not in the schema",
        ".red_flag[0].block: D is not allowed",
    ]


def test_the_rules_file_names_its_schema_for_editors() -> None:
    assert RULES.read_text("utf-8").split("\n")[0] == "#:schema ./rules.schema.json"
