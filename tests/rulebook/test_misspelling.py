"""The slips that everybody makes in a TOML file are named in plain words, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.loading import load_rulebook, read_rulebook

SLIPS = {
    "plain = 'person's pain'": "1:17: the apostrophe ends this text; put a text with an apostrophe into double quotation",
    "plain = \N{LEFT SINGLE QUOTATION MARK}pain\N{RIGHT SINGLE QUOTATION MARK}": "1:9: these are curly quotation marks",
    "plain = 'pain\nnext = 1": "1:13: the quotation mark at the end of this text is missing",
    'plain = "pain\nnext = 1': "1:14: the quotation mark at the end of this text is missing",
    "low = 34,5": "1:9: write a decimal point in place of the comma",
    "rows = [\n  { a = 1 }\n  { a = 2 },\n]": "2:11: a comma or a closing bracket is missing at the end of this line",
    "[triage]\na = 1\n[triage]": "3:8: [triage] stands twice; first in line 1",
    "[[red_flag]]\nid = 'a'\n[red_flag]": "3:10: write [[red_flag]]: there are several",
    "plain = 'a'\nplain = 'b'": "2:1: 'plain' stands twice; first in line 1",
    "a = = 1": "1:5: not valid TOML: invalid value",
}


@pytest.mark.parametrize(
    ("text", "said"), SLIPS.items(), ids=[said.partition(": ")[2][:40] for said in SLIPS.values()]
)
def test_a_slip_is_named_in_plain_words_where_it_is(text: str, said: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(text)
    assert str(caught.value).startswith(f"rules.toml:{said}")


def test_a_file_that_an_editor_has_marked_as_utf_8_is_read(tmp_path: Path, small_text: str) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + small_text.encode())
    assert load_rulebook(path).file.meta.title == read_rulebook(small_text).file.meta.title
