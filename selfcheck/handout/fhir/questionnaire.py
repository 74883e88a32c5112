"""The rules' pages to a FHIR R4 Questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.handout.fhir.codes import FORM, Resource, disposition_coding, status, version
from selfcheck.handout.fhir.enabling import EXPRESSION, page_enabled
from selfcheck.handout.fhir.items import CORE, extension, joined, questionnaire_item, words
from selfcheck.handout.fhir.outline import Group, outline
from selfcheck.handout.fhir.response import (
    RESULT,
    RESULT_DISPOSITION,
    RESULT_FINGERPRINT,
    RESULT_VERSION,
    result_words,
)
from selfcheck.handout.fhir.variables import needed
from selfcheck.questionnaire import Item
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region


def questionnaire(rulebook: Rulebook, region: Region) -> Resource:
    """The resource. Its variables are those that its expressions need."""
    meta = rulebook.file.meta
    pages = [_group(rulebook, group, region) for group in outline(rulebook)]
    notice = words("notice", f"{meta.not_examined} {meta.notice}")
    return {
        "resourceType": "Questionnaire",
        "language": meta.language,
        "extension": _variables(rulebook, pages),
        "url": FORM,
        "version": version(rulebook),
        "name": "Selfcheck",
        "title": meta.title,
        **status(rulebook),
        "subjectType": ["Patient"],
        "description": f"{meta.not_examined} {meta.notice} {meta.not_a_service}",
        "item": [notice, *pages, _net(rulebook, region), _result(rulebook, region)],
    }


def _variables(rulebook: Rulebook, pages: Iterable[Resource]) -> list[Resource]:
    return [
        {
            "url": f"{CORE}/variable",
            "valueExpression": {"name": name, "language": "text/fhirpath", "expression": text},
        }
        for name, text in needed(rulebook, _expressions(pages)).items()
    ]


def _expressions(items: Iterable[Resource]) -> Iterator[str]:
    for item in items:
        for added in item.get("extension", ()):
            if added["url"] == EXPRESSION:
                yield added["valueExpression"]["expression"]
        yield from _expressions(item.get("item", ()))


def _group(rulebook: Rulebook, group: Group, region: Region) -> Resource:
    """A page or a card on it."""
    inside = [
        _group(rulebook, part, region)
        if isinstance(part, Group)
        else questionnaire_item(rulebook, part, region)
        for part in group.parts
    ]
    fields: Resource = {"linkId": group.link, "text": region.say(group.title), "type": "group"}
    if group.card is not None:
        return {**fields, "item": inside}
    told = _page_words(rulebook, group, region)
    return joined(_hidden(group), page_enabled(rulebook, group), {**fields, "item": [*told, *inside]})


def _page_words(rulebook: Rulebook, group: Group, region: Region) -> Iterator[Resource]:
    """What a page says before its questions; not on the page of wishes, which a form elsewhere cannot ask."""
    section = group.section
    if section.id != rulebook.file.journey.wish_page:
        texts = {"intro": section.intro, "why": section.why, "note": section.note}
        yield from (words(f"{group.link}-{name}", region.say(text)) for name, text in texts.items() if text)


def _hidden(group: Group) -> Resource:
    """Home tests are hidden: a form elsewhere cannot tell for whom they are safe."""
    undrawn = all(isinstance(part, Item) and not part.drawn for part in group.parts)
    if group.section.test is None and not undrawn:
        return {}
    return extension("questionnaire-hidden", valueBoolean=True)


def _net(rulebook: Rulebook, region: Region) -> Resource:
    """When not to wait, whatever was answered."""
    lines = [
        words(f"page-net-{place}", f"{region.say(net.act)} {'; '.join(map(region.say, net.signs))}")
        for place, net in enumerate(rulebook.file.safety_net)
    ]
    return {"linkId": "page-net", "text": _("When not to wait"), "type": "group", "item": lines}


def _result(rulebook: Rulebook, region: Region) -> Resource:
    """What only this program can answer; a form shows it once it is there."""
    names = rulebook.dispositions
    options = [{"valueCoding": disposition_coding(rulebook, name, region)} for name in names]
    shown = result_words()
    answered: dict[str, Resource] = {
        RESULT_DISPOSITION: {"type": "choice", "readOnly": True, "answerOption": options},
        RESULT_VERSION: {"type": "string", "readOnly": True},
        RESULT_FINGERPRINT: {"type": "string", "readOnly": True},
    }
    inside = [{"linkId": link, "text": shown[link], **fields} for link, fields in answered.items()]
    fields: Resource = {"linkId": RESULT, "text": shown[RESULT], "type": "group", "item": inside}
    return joined(extension("questionnaire-usageMode", valueCode="display-non-empty"), fields)
