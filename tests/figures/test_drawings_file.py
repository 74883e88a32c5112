"""A file of drawings that cannot be used: every fault at once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcheck.cli import main
from selfcheck.figures import figure
from selfcheck.figures.checking import check_drawings
from selfcheck.places import ROOT, RULES
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.loading import load_rulebook
from selfcheck.rulebook.model import Rulebook

SHIPPED = (ROOT / "rules" / "figures.toml").read_text("utf-8")
SQUAT = 'id = "sg_squat"\n'


def complaints(rulebook: Rulebook, text: str) -> list[str]:
    with pytest.raises(RulebookError) as caught:
        check_drawings(Drawings(text, "figures.toml", rulebook.file))
    return [f"{each.line}:{each.column}: {each.text}" for each in caught.value.messages]


def place(text: str, of: str) -> str:
    before = text[: text.index(of)].split("\n")
    return f"{len(before)}:{len(before[-1]) + 1}"


@pytest.mark.parametrize(
    ("find", "put", "at", "words"),
    [
        (SQUAT, 'id = "sg_squad"\n', '"sg_squad"', "figure sg_squad: no exercise or home test 'sg_squad'. Did you mean 'sg_squat'?"),
        ('like = "prone"\n', 'like = "prine"\n', '"prine"', "figure mob_prone_lying: no stance 'prine' above. Did you mean 'prone'?"),
        ('faces = "right"\n', 'faces = "east"\n', '"east"', "stance standing: 'faces': a direction is degrees (0 right, 90 up), [degrees, degrees towards the viewer], or a word"),
        ('side = "right"\n', 'syde = "right"\n', "syde", "figure st_kneeling_hip_flexor: unknown key 'syde'. Did you mean 'side'?"),
        ('kind = "mat"', 'kind = "rug"', '"rug"', "figure st_kneeling_hip_flexor: 'kind': should be 'mat'"),
        ("legs = [270, 270, 0]", "legs = [270]", "", "stance standing: 'right_leg': an arm or leg is a list of two or three directions, from the trunk out"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(
    rulebook: Rulebook, find: str, put: str, at: str, words: str
) -> None:
    text = SHIPPED.replace(find, put, 1)
    assert text != SHIPPED
    found = complaints(rulebook, text)
    assert any(words in each and (not at or each.startswith(place(text, at))) for each in found), found


def test_a_movement_without_a_drawing_is_a_fault(rulebook: Rulebook) -> None:
    start = SHIPPED.index("[[figure]]\n" + SQUAT)
    text = SHIPPED[:start] + SHIPPED[SHIPPED.index("[[figure]]", start + 1) :]
    assert complaints(rulebook, text) == ["1:1: figure: 'sg_squat' has no drawing"]


def test_two_drawings_of_one_movement_are_a_fault(rulebook: Rulebook) -> None:
    start = SHIPPED.index("[[figure]]\n" + SQUAT)
    again = SHIPPED[start : SHIPPED.index("[[figure]]", start + 1)]
    assert any(
        "figure sg_squat: 'id' is used twice" in each for each in complaints(rulebook, SHIPPED + "\n" + again)
    )


def test_a_body_that_cannot_be_is_a_fault_with_its_place(rulebook: Rulebook) -> None:
    start = SHIPPED.index(SQUAT)
    end = SHIPPED.index("[[figure]]", start)
    text = SHIPPED[:start] + SHIPPED[start:end].replace("feet = [2, 0]", "feet = [2, -5]") + SHIPPED[end:]
    (found,) = [each for each in complaints(rulebook, text) if "lowest" in each]
    assert found.endswith("below the floor")


def test_text_that_is_no_toml_is_a_fault(rulebook: Rulebook) -> None:
    assert complaints(rulebook, "[[figure]\n")[0].startswith("1:")


def test_rules_without_a_file_of_drawings_have_none(tmp_path: Path) -> None:
    copy = tmp_path / "own.toml"
    copy.write_bytes(RULES.read_bytes())
    assert load_rulebook(copy).drawings is None


def test_rules_find_the_drawings_beside_them(tmp_path: Path) -> None:
    copy = tmp_path / "own.toml"
    copy.write_bytes(RULES.read_bytes())
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "figures.toml").write_text(SHIPPED, "utf-8")
    assert figure(load_rulebook(copy), "sg_squat") is not None


def test_check_covers_the_drawings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    drawings = SHIPPED.count("[[figure]]")
    assert f"{drawings} drawings" in capsys.readouterr().out
    copy = tmp_path / "own.toml"
    copy.write_bytes(RULES.read_bytes())
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "figures.toml").write_text(SHIPPED.replace(SQUAT, 'id = "sg_squad"\n'), "utf-8")
    assert main(["check", str(copy)]) == 1
    told = capsys.readouterr().err
    assert "figures.toml:1:1: figure: 'sg_squat' has no drawing" in told
    assert "no exercise or home test 'sg_squad'" in told


def test_the_contact_sheet_has_them_all(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    assert main(["figures", "-o", str(sheet)]) == 0
    text = sheet.read_text("utf-8")
    assert text.count("<svg ") == SHIPPED.count("[[figure]]")
    assert "<code>t_wall</code>" in text
