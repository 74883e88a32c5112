"""The exported resources, made once."""

from __future__ import annotations

from typing import Any

import pytest

from selfcheck.handout.fhir.questionnaire import questionnaire
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region


@pytest.fixture(scope="session")
def region(rulebook: Rulebook) -> Region:
    return rulebook.regions["gb"]


@pytest.fixture(scope="session")
def form(rulebook: Rulebook, region: Region) -> dict[str, Any]:
    """The Questionnaire of the shipped rules; copy before changing it."""
    return questionnaire(rulebook, region)
