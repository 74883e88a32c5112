"""The guide for authors shows what the commands really print, and entries that really load."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcheck.cli import main
from selfcheck.places import RULES
from selfcheck.rulebook.loading import read_rulebook
from selfcheck.rulebook.model import Rulebook
from tests.cases.case_files import Case, harmless_base
from tests.cases.expectations import deviations, outcome

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
MISTAKES = (
    ("rf_ces_saddle == seat_only and", "rf_ces_saddle == seat_onyl and"),
    ("benign = 'gradual_over_weeks'", "begnin = 'gradual_over_weeks'"),
    ("'pain_worst_24h >= 8 and moves == no'", "'pain_worst_24h >= 80 and moves == no'"),
)


UNSOUND = (
    ("likely = 3\nitem = [\n  { finding = 'f_belt'", "likely = 4\nitem = [\n  { finding = 'f_belt'"),
    (
        "{ holds = 'rf_shingles == burning_no_rash', disposition",
        "{ holds = 'rf_shingles == rash_older and age >= 50', disposition",
    ),
    (
        "harder = 'st_kneeling_hip_flexor'\nswap = 'mob_pelvic_tilt_lying'",
        "harder = 'st_kneeling_hip_flexor'\nswap = 'st_standing_hip_flexor_tuck'",
    ),
    ("name = 'Trunk muscles that tire early'", "name = 'A weak core'"),
)
UNSAFE = (
    (
        "'rf_ces_bowel in (older_stable, not_sure)', disposition = 'urgent_same_day'",
        "'rf_ces_bowel in (older_stable, not_sure)', disposition = 'soon_2w'",
    ),
)
SITTING = (("when = 'sitting_hours_day >= 8'", "when = 'sitting_hours_day >= 6'"),)


def blocks(language: str) -> Iterator[str]:
    yield from re.findall(rf"^```{language}\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


def shipped_with(changes: tuple[tuple[str, str], ...], entries: str = "") -> str:
    """The shipped rules and perhaps some entries, with some changes."""
    text = RULES.read_text(encoding="utf-8") + "\n" + entries
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong)
    return text


FILES = {
    "rules.toml": lambda: shipped_with(()),
    "broken.toml": lambda: shipped_with(MISTAKES),
    "unsound.toml": lambda: shipped_with(UNSOUND, "\n".join(blocks("toml"))),
    "unsafe.toml": lambda: shipped_with(UNSAFE),
    "six.toml": lambda: shipped_with(SITTING),
}


@pytest.mark.parametrize("block", list(blocks("console")))
def test_a_command_prints_what_the_guide_shows(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _, shown = block.partition("\n")
    words = [word.replace("docs/", f"{ROOT}/docs/") for word in first.removeprefix("$ selfcheck ").split()]
    for name in FILES.keys() & set(words):
        (tmp_path / name).write_text(FILES[name](), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status = main(words)
    printed = capsys.readouterr()
    pattern = ".+?".join(re.escape(part) for part in shown.strip().split("…"))
    assert re.fullmatch(pattern, (printed.err + printed.out).strip(), re.DOTALL)
    assert status == (not {"broken.toml", "unsafe.toml", "unsound.toml"}.isdisjoint(words))


def test_the_case_of_the_guide_comes_out_as_written(rulebook: Rulebook) -> None:
    (text,) = blocks("toml case")
    (entry,) = tomllib.loads(text)["case"]
    assert set(entry) == {"id", "story", "change", "disposition", "fires"}
    with_belt = read_rulebook(shipped_with((), "\n".join(blocks("toml"))))
    case = Case(
        entry["id"], entry["story"], harmless_base(), entry["change"], frozenset(), None,
        {key: entry[key] for key in ("disposition", "fires")},
    )  # fmt: skip
    assert deviations(case, outcome(with_belt, case)) == []
    assert "rf_belt_fever" not in rulebook.red_flags


def test_the_entries_of_the_guide_load_beside_the_shipped_ones() -> None:
    entries = "\n".join(blocks("toml"))
    rulebook = read_rulebook(RULES.read_text(encoding="utf-8") + "\n" + entries)
    assert {"wears_belt", "rf_belt_fever", "belt_habit", "mob_belt_off"} <= (
        rulebook.questionnaire.items.keys()
        | rulebook.red_flags.keys()
        | rulebook.patterns.keys()
        | rulebook.exercises.keys()
    )


def test_every_example_condition_of_the_guide_can_be_read() -> None:
    table = GUIDE[GUIDE.index("| construct |") : GUIDE.index("At most 600 characters")]
    examples = re.findall(r"\| `'(.*?)'` \|$", table, flags=re.MULTILINE)
    sided = [text for text in examples if "t_ake" in text]
    entries = "".join(
        f"[[named]]\nid = 'example_{number}'\nscope = '{'side' if text in sided else 'body'}'\nwhen = '{text}'\n"
        for number, text in enumerate(examples)
    )
    rulebook = read_rulebook(RULES.read_text(encoding="utf-8") + "\n" + entries)
    assert sum(named.id.startswith("example_") for named in rulebook.file.named) == len(examples) > 12
