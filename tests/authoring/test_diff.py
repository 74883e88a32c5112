"""What a change of the rules changes is counted, and told of people in words for whom it is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfcheck.assessment import assess
from selfcheck.authoring.changes import entry_changes
from selfcheck.authoring.comparing import (
    PARTS,
    Comparison,
    both,
    compare,
    differs,
    shortest,
)
from selfcheck.authoring.people import harmless, people
from selfcheck.authoring.telling import report
from selfcheck.cli import main
from selfcheck.places import RULES
from selfcheck.rulebook.model import Rulebook

SHIPPED = RULES.read_text("utf-8")
SITTING = "when = 'sitting_hours_day >= 8'"
FEW = (60, 12)


@pytest.fixture(scope="module")
def at_six_hours() -> Comparison:
    """The shipped rules, and the same with the sitting threshold at 6 hours."""
    assert SITTING in SHIPPED
    return compare(SHIPPED, SHIPPED.replace(SITTING, "when = 'sitting_hours_day >= 6'"), FEW)


def test_sitting_from_six_hours_names_the_patterns_and_three_people(at_six_hours: Comparison) -> None:
    lines = list(report(at_six_hours, "old", "new"))
    assert lines[1:4] == [
        "Entries that differ: 1",
        "  finding f_sit_8h: when",
        "    when: sitting_hours_day >= 8 -> sitting_hours_day >= 6",
    ]
    patterns = lines[
        next(place for place, line in enumerate(lines) if line.startswith("Patterns: changes")) :
    ]
    patterns = patterns[: patterns.index("")]
    touched = {line.split(":")[0].strip() for line in patterns[1:] if re.match(r"  [a-z_]+: ", line)}
    counting = {
        pattern.id
        for pattern in at_six_hours.new.file.pattern
        if any("f_sit" in item.finding for item in pattern.item)
    }
    assert len(touched & counting) >= 2
    said = [line for line in patterns if re.match(r"  [123]\. Somebody who says: ", line)]
    assert len(said) == 3
    assert all("your hours of sitting: " in line for line in said)


def test_everybody_counted_has_another_result(at_six_hours: Comparison) -> None:
    assert at_six_hours.differences != ()
    rulebook, six = at_six_hours.old, at_six_hours.new
    for one in at_six_hours.differences:
        hours = one.person.values["sitting_hours_day"]
        assert isinstance(hours, int | float)
        assert 6 <= hours < 8
        before, after = assess(rulebook, one.person), assess(six, one.person)
        assert before.findings["f_sit_8h"] is False
        assert after.findings["f_sit_8h"] is True
        assert (one.old, one.new) == both(rulebook, six, one.person)


def test_a_person_told_of_shortly_still_has_another_result(at_six_hours: Comparison) -> None:
    for part in PARTS:
        for one in at_six_hours.of(part)[:4]:
            short, told = shortest(at_six_hours.old, at_six_hours.new, one, part)
            assert differs(short, part)
            assert len(told) <= len(one.person.values)
            assert "sitting_hours_day" in told


def test_the_harmless_person_needs_no_more_than_self_care(rulebook: Rulebook) -> None:
    triage = assess(rulebook, harmless(rulebook)).triage
    assert triage.disposition.id == rulebook.file.triage.nothing_found
    assert triage.cautions == ()


def test_the_people_are_the_same_in_every_run(small: Rulebook) -> None:
    first, second = (list(people(small, 30)) for _ in range(2))
    assert first == second
    assert len(first) > 30


def small_diff(tmp_path: Path, small_text: str, right: str, wrong: str, *more: str) -> int:
    assert right in small_text
    (tmp_path / "old.toml").write_text(small_text, "utf-8")
    (tmp_path / "new.toml").write_text(small_text.replace(right, wrong, 1), "utf-8")
    return main(["diff", str(tmp_path / "old.toml"), str(tmp_path / "new.toml"), *more])


def test_a_file_compared_with_itself_changes_nothing_for_anybody(
    small_text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = small_diff(tmp_path, small_text, "title", "title", *(f"--fail-on={part}" for part in PARTS))
    assert status == 0
    printed = capsys.readouterr().out
    assert "Entries that differ: none" in printed
    assert printed.count("changes for nobody") == 3


def test_a_narrower_rule_is_told_of_somebody_whom_it_misses(
    small_text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = "holds = 'bladder in (yes, not_sure)'"
    assert (
        small_diff(tmp_path, small_text, right, "holds = 'bladder == yes'", "--fail-on", "disposition") == 1
    )
    printed = capsys.readouterr().out
    assert "red_flag rf_bladder: when" in printed
    assert "1. Somebody who says: a change in peeing: Not sure" in printed
    assert small_diff(tmp_path, small_text, right, "holds = 'bladder == yes'") == 0


def test_a_new_question_and_one_that_is_gone_are_told(small_text: str) -> None:
    added = (
        small_text
        + "\n[[item]]\nid = 'belt'\nsection = 'about'\nkind = 'text'\nshort = 'b'\ntext = 'Belt?'\n"
    )
    assert [str(change) for change in entry_changes(small_text, added)] == ["item belt: new"]
    assert [str(change) for change in entry_changes(added, small_text)] == ["item belt: gone"]
    found = compare(small_text, added, (20, 5))
    assert found.differences == ()
    assert found.tried > 20


def test_changed_words_are_told_as_they_were_and_as_they_are(small_text: str) -> None:
    changed = small_text.replace("text = 'A change in peeing'", "text = 'Trouble peeing'")
    assert changed != small_text
    assert [change.values for change in entry_changes(small_text, changed)] == [
        (("text", "A change in peeing", "Trouble peeing"),)
    ]


def test_a_changed_rule_that_holds_for_nobody_who_was_asked_is_named(small_text: str) -> None:
    right = "when = 'any_of(sites, back)'"
    never = "when = 'any_of(sites, back) and age == 77 and pain == 9'"
    found = compare(small_text, small_text.replace(right, never), (2, 2))
    assert [change.id for change in found.unmet] == ["f_back"]
    assert "finding f_back holds for none of them: what it does is not seen here." in list(
        report(found, "a", "b")
    )
    met = compare(small_text, small_text.replace(right, "when = 'any_of(sites, back) or pain >= 1'"), FEW)
    assert met.unmet == ()
