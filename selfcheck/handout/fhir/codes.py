"""Options and results to codes of one code system: ``item.option``, the same for both sides of an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from selfcheck.questionnaire import Item, Kind, Option
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region

SYSTEM = "urn:uuid:922d587c-eb93-49e6-83d7-339cfb153d27"
FORM = "urn:uuid:f55d3bf2-937c-48d8-9dc3-eeac197aee67"
DISPOSITION = "disposition"
TRUTH = frozenset({"yes", "no"})
Resource = dict[str, Any]


def version(rulebook: Rulebook) -> str:
    """The version of the rules with their fingerprint: two files that differ never share it."""
    return f"{rulebook.file.meta.version}-{rulebook.fingerprint}"


def status(rulebook: Rulebook) -> Resource:
    """What every published resource says about its state."""
    draft = rulebook.file.meta.status == "draft"
    return {"status": "draft" if draft else "active", "experimental": draft}


def chosen_from(rulebook: Rulebook, item: Item) -> Item:
    """The item whose options are answers to this one: itself, or the one it chooses among."""
    return rulebook.questionnaire.items[item.among] if item.among else item


@lru_cache(maxsize=8)
def _bare(rulebook: Rulebook) -> Mapping[str, str]:
    """The id without its side, for the items that have one."""
    return {twin: bare for bare, twins in rulebook.questionnaire.sided.items() for twin in twins}


def code(rulebook: Rulebook, item: Item, option: str) -> str:
    """The code of an answer to an item."""
    name = chosen_from(rulebook, item).id
    return f"{_bare(rulebook).get(name, name)}.{option}"


def coding(rulebook: Rulebook, item: Item, option: Option, region: Region) -> Resource:
    """An answer as a Coding, with the words the person was shown."""
    words = region.say(option.label)
    return {"system": SYSTEM, "code": code(rulebook, item, option.id), "display": words}


def disposition_coding(rulebook: Rulebook, name: str, region: Region) -> Resource:
    """A result as a Coding."""
    words = region.say(rulebook.dispositions[name].heading)
    return {"system": SYSTEM, "code": f"{DISPOSITION}.{name}", "display": words}


def is_truth(item: Item) -> bool:
    """Whether an item is a plain yes or no: then no wording is lost in a FHIR boolean."""
    plain = all(option.label.casefold() == option.id and not option.clinical for option in item.option)
    return item.kind is Kind.SINGLE and plain and item.options.keys() == TRUTH


def is_whole(item: Item) -> bool:
    """Whether a number item takes whole numbers only."""
    return item.step % 1 == 0 and (item.low or 0) % 1 == 0


def code_system(rulebook: Rulebook, region: Region) -> Resource:
    """Every answer that can be chosen and every result, with the person's and the clinician's wording."""
    meta = rulebook.file.meta
    concepts = [*_concepts(rulebook, region), *_results(rulebook, region)]
    return {
        "resourceType": "CodeSystem",
        "url": SYSTEM,
        "version": version(rulebook),
        "name": "SelfcheckAnswers",
        "title": meta.title,
        **status(rulebook),
        "description": meta.notice,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }


def _concepts(rulebook: Rulebook, region: Region) -> Iterator[Resource]:
    seen: set[str] = set()
    for item in rulebook.questionnaire.items.values():
        for option in () if is_truth(item) else item.option:
            name = code(rulebook, item, option.id)
            if name in seen:
                continue
            seen.add(name)
            concept: Resource = {"code": name, "display": region.say(option.label)}
            if option.clinical:
                concept["designation"] = [{"value": region.say(option.clinical)}]
            yield concept


def _results(rulebook: Rulebook, region: Region) -> Iterator[Resource]:
    for name in rulebook.dispositions:
        found = disposition_coding(rulebook, name, region)
        yield {"code": found["code"], "display": found["display"]}
