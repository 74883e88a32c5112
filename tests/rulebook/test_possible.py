"""What a condition may come to, worked out from sets of answers, always holds what the interpreter says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfcheck import load_rulebook
from selfcheck.answers import Answers
from selfcheck.assessment.reading import read
from selfcheck.rulebook.everywhere import conditions
from selfcheck.rulebook.lint.possible import FALSE, TRUE, UNKNOWN, Open, Space, Variable
from tests.rulebook.answer_sets import answer_sets

RULES = load_rulebook()
CONDITIONS = [condition for _, condition in conditions(RULES)]
BITS = {True: TRUE, False: FALSE, None: UNKNOWN}


def known(answers: Answers, left_open: frozenset[str]) -> dict[Variable, Open]:
    """Exactly these answers, but for some questions of which nothing is known."""
    values = read(RULES, answers).strict.values
    found: dict[Variable, Open] = {}
    for item in RULES.questionnaire.items.values():
        value = values.get(item.id)
        if item.id in left_open:
            continue
        if item.kind == "multi":
            found[item.id, ""] = frozenset({None if value is None else True})
            ticked = value if isinstance(value, frozenset) else frozenset()
            found.update({(item.id, option): frozenset({option in ticked}) for option in item.options})
        else:
            found[item.id, ""] = frozenset({value})
    return found


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(answer_sets(RULES), st.frozensets(st.sampled_from(sorted(RULES.questionnaire.items)), max_size=12))
def test_the_real_verdict_is_among_the_possible_ones(answers: Answers, left_open: frozenset[str]) -> None:
    numbers = {
        name for name in left_open if RULES.questionnaire.items[name].kind in ("number", "scale", "text")
    }
    space = Space(RULES, lenient=False, open=known(answers, left_open - numbers))
    reading = read(RULES, answers)
    for condition in CONDITIONS:
        assert space.verdicts(condition.node) & BITS[condition.holds(reading.strict)], condition.text
