"""What the rules alone give, by the name that the command line has for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selfcheck.handout.fhir.codes import Resource, code_system
from selfcheck.handout.fhir.questionnaire import questionnaire
from selfcheck.handout.fhir.variables import variables
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region


def conditions(rulebook: Rulebook, _region: Region) -> Resource:
    """Every variable with its FHIRPath, each after those that it names."""
    return dict(variables(rulebook))


EXPORTS: Mapping[str, Callable[[Rulebook, Region], Resource]] = {
    "questionnaire": questionnaire,
    "codes": code_system,
    "conditions": conditions,
}
