"""The guide for authors shows what the commands really print, and entries that really load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcheck.cli import main
from selfcheck.places import RULES
from selfcheck.rulebook.loading import read_rulebook

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
MISTAKES = (
    ("rf_ces_saddle == seat_only and", "rf_ces_saddle == seat_onyl and"),
    ("benign = 'gradual_over_weeks'", "begnin = 'gradual_over_weeks'"),
    ("'pain_worst_24h >= 8 and moves == no'", "'pain_worst_24h >= 80 and moves == no'"),
)


def blocks(language: str) -> Iterator[str]:
    yield from re.findall(rf"^```{language}\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", list(blocks("console")))
def test_a_command_prints_what_the_guide_shows(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _, shown = block.partition("\n")
    broken = RULES.read_text(encoding="utf-8")
    for right, wrong in MISTAKES:
        assert right in broken
        broken = broken.replace(right, wrong)
    (tmp_path / "broken.toml").write_text(broken, encoding="utf-8")
    words = [word.replace("docs/", f"{ROOT}/docs/") for word in first.removeprefix("$ selfcheck ").split()]
    monkeypatch.chdir(tmp_path)
    status = main(words)
    printed = capsys.readouterr()
    pattern = ".+?".join(re.escape(part) for part in shown.strip().split("…"))
    assert re.fullmatch(pattern, (printed.out + printed.err).strip(), re.DOTALL)
    assert status == ("broken.toml" in words)


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
