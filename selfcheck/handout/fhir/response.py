"""Answers and their result to a QuestionnaireResponse: answered items only, grouped as the pages are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.answers import Answer, Answers
from selfcheck.assessment.model import Assessment
from selfcheck.assessment.reading import read
from selfcheck.handout.fhir.codes import (
    FORM,
    Resource,
    chosen_from,
    coding,
    disposition_coding,
    is_truth,
    is_whole,
    version,
)
from selfcheck.handout.fhir.items import question
from selfcheck.handout.fhir.outline import Group, outline
from selfcheck.questionnaire import Item, Kind
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
RESULT, RESULT_DISPOSITION, RESULT_VERSION, RESULT_FINGERPRINT = (
    "page-result", "result-disposition", "result-version", "result-fingerprint",
)  # fmt: skip


def result_words() -> dict[str, str]:
    """What stands beside each part of the result."""
    return {
        RESULT: _("Result of the self-check"),
        RESULT_DISPOSITION: _("Result"),
        RESULT_VERSION: _("Version of the rules"),
        RESULT_FINGERPRINT: _("Fingerprint of the rules"),
    }


def questionnaire_response(
    rulebook: Rulebook, assessment: Assessment, region: Region, authored: str | None = None
) -> Resource:
    """The resource; ``authored`` is a FHIR dateTime. Private answers are in it only where the person
    agreed to have them printed.
    """
    triage = assessment.triage
    unfinished = triage.disposition.id == rulebook.file.triage.incomplete
    made: Resource = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{FORM}|{version(rulebook)}",
        "status": "in-progress" if unfinished else "completed",
    }
    if authored:
        made["authored"] = authored
    said = shared(rulebook, assessment.answers)
    made["item"] = [*answer_items(rulebook, said, region), _result(rulebook, assessment, region)]
    return made


def shared(rulebook: Rulebook, answers: Answers) -> Answers:
    """The answers that may leave: all but the private ones, and those, too, where the person agreed."""
    conditions = [flag.private_unless for flag in rulebook.file.red_flag if flag.private_unless]
    strict = read(rulebook, answers).strict
    if conditions and all(condition.holds(strict) for condition in conditions):
        return answers
    return answers.with_changes(dict.fromkeys(rulebook.file.triage.private_items))


def answer_items(rulebook: Rulebook, answers: Answers, region: Region) -> list[Resource]:
    """The pages that have an answer, with their answered items."""
    return list(_groups(rulebook, outline(rulebook), answers, region))


def _groups(
    rulebook: Rulebook, parts: Iterable[Item | Group], answers: Answers, region: Region
) -> Iterator[Resource]:
    for part in parts:
        if isinstance(part, Group):
            inside = list(_groups(rulebook, part.parts, answers, region))
            if inside:
                yield {"linkId": part.link, "text": region.say(part.title), "item": inside}
        elif part.id in answers.values:
            values = list(_values(rulebook, part, answers.values[part.id], region))
            yield {"linkId": part.id, "text": question(part, region), "answer": values}


def _values(rulebook: Rulebook, item: Item, answer: Answer, region: Region) -> Iterator[Resource]:
    options = chosen_from(rulebook, item).options
    if is_truth(item):
        yield {"valueBoolean": answer == "yes"}
    elif isinstance(answer, tuple):
        for option in answer:
            yield {"valueCoding": coding(rulebook, item, options[option], region)}
        if not answer:
            yield {"extension": [{"url": ABSENT, "valueCode": "not-applicable"}]}
    elif item.kind is Kind.SINGLE:
        yield {"valueCoding": coding(rulebook, item, options[str(answer)], region)}
    elif item.kind is Kind.TEXT:
        yield {"valueString": answer}
    elif is_whole(item):
        yield {"valueInteger": int(answer)}
    else:
        yield {"valueDecimal": answer}


def _result(rulebook: Rulebook, assessment: Assessment, region: Region) -> Resource:
    words = result_words()
    found: dict[str, Resource] = {
        RESULT_DISPOSITION: {
            "valueCoding": disposition_coding(rulebook, assessment.triage.disposition.id, region)
        },
        RESULT_VERSION: {"valueString": rulebook.file.meta.version},
        RESULT_FINGERPRINT: {"valueString": rulebook.fingerprint},
    }
    items = [{"linkId": link, "text": words[link], "answer": [value]} for link, value in found.items()]
    return {"linkId": RESULT, "text": words[RESULT], "item": items}
