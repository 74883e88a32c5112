"""Every acceptance vignette gives exactly the written result."""

from __future__ import annotations

import pytest

from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import Case, read_cases
from tests.cases.expectations import deviations, outcome


@pytest.mark.parametrize("case", read_cases("vignettes"), ids=lambda case: case.id)
def test_a_vignette_gives_its_written_result(rulebook: Rulebook, case: Case) -> None:
    assert deviations(case, outcome(rulebook, case)) == []
