"""Every worked case gives exactly the written patterns, points, plan and advice."""

from __future__ import annotations

import pytest

from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import Case, read_cases
from tests.cases.expectations import deviations, outcome


@pytest.mark.parametrize("case", read_cases("worked"), ids=lambda case: case.id)
def test_a_worked_case_gives_its_written_result(rulebook: Rulebook, case: Case) -> None:
    assert deviations(case, outcome(rulebook, case)) == []
