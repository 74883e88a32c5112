"""The PDF as programs that read aloud see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pytest
from pypdf import PdfReader

from selfcheck.handout.pdf import FONTS, to_pdf
from selfcheck.rulebook.model import Rulebook
from tests.handout.persons import everything, made


@pytest.fixture(scope="module")
def pdfs(rulebook: Rulebook, base: Mapping[str, object]) -> dict[str, bytes]:
    return {
        "benign": to_pdf(made(rulebook, base)),
        "emergency": to_pdf(made(rulebook, {**base, "rf_ces_saddle": "new_or_changing"}), "letter"),
        "everything": to_pdf(made(rulebook, everything(rulebook, "\U0001f600 שלום ", alarms=True))),
    }


def test_the_checker_has_nothing_to_say(pdfs: dict[str, bytes], tmp_path: Path) -> None:
    found = {}
    for name, content in pdfs.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        found[name] = [str(finding) for finding in pdfua.validate(str(path)).findings]
    assert found == {name: [] for name in pdfs}


def test_language_title_and_tags_are_there(pdfs: dict[str, bytes]) -> None:
    for content in pdfs.values():
        reader = PdfReader(BytesIO(content))
        root: Any = reader.trailer["/Root"]
        assert root["/Lang"] == "en"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata is not None
        assert reader.metadata.title == "Self-check result: low back, hip and buttock"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def elements(node: Any) -> Iterator[Any]:
    """Every element of the tree of tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, dict):
        yield node
        yield from elements(node.get("/K", []))


def test_every_picture_has_words(pdfs: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(pdfs["benign"]))
    root: Any = reader.trailer["/Root"]
    pictures = [one for one in elements(root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert len(pictures) >= 2
    assert all(one.get("/Alt") for one in pictures)
    assert any("Body outline" in one["/Alt"] for one in pictures)
    assert any("QR code" in one["/Alt"] for one in pictures)


def descriptors(reader: PdfReader) -> Iterator[Any]:
    """What describes each font of each page."""
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_every_font_is_our_own_and_inside(pdfs: dict[str, bytes]) -> None:
    ours = {path.stem for path in FONTS.glob("*.ttf")}
    for content in pdfs.values():
        reader = PdfReader(BytesIO(content))
        fonts = {str(font["/FontName"]): font for font in descriptors(reader)}
        assert fonts
        assert {name.partition("+")[2] for name in fonts} <= ours
        assert all("/FontFile2" in font for font in fonts.values())


def test_the_list_of_signs_is_that_of_the_fonts() -> None:
    listed = (FONTS / "coverage.txt").read_text("ascii").split()
    assert listed[0] == "20-7e"
    assert len(listed) > 200
