"""What the command writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.__main__ import ROWS, main
from bench.bare import bare_app, emptied
from bench.document import Run, document
from bench.measuring import duration, in_turn, ratio
from bench.picture import curve
from bench.results import Line, Section, goal, told, unmeasured, verdict

RUN = Run("2026-11-22", "a machine", "selfcheck", "no load", quick=False)


def test_a_quick_run_writes_every_row_and_its_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "benchmarks.md"
    assert main(["--quick", "-o", str(output)]) == 0
    text = output.read_text("utf-8")
    assert [found for found in re.findall(r"--only (\w+)", text) if found in ROWS] == list(ROWS)
    assert "Its figures mean nothing" in text
    told = capsys.readouterr().err
    assert all(f"{name}:" in told for name in ROWS)
    (picture,) = re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)
    assert (tmp_path / picture).read_text("utf-8").startswith("<svg")


def test_one_row_is_printed_and_never_written_over_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--quick", "--only", "pdf", "-o", str(tmp_path / "benchmarks.md")])
    assert "leave out --only" in capsys.readouterr().err
    assert main(["--quick", "--only", "pdf"]) == 0
    assert "## The sheets as PDF" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_what_a_peer_does_better_and_what_was_not_measured_is_named() -> None:
    lines = (
        Line("loading", "somebody", "3 s", "1 s", 3.0, 2.0),
        Line("reading", "somebody", "1 s", "3 s", 1 / 3, 1.0),
        Line("singing", "somebody", "1 s", "2 s", 0.5, 0.1),
        unmeasured("dancing", "nobody", "`pip install dancing`", 1.0),
    )
    text = document(RUN, {"row": Section("A row", "How.", lines)}, "benchmarks")
    lost = text.partition("## Where we do not win")[2].partition("## A row")[0]
    assert "loading, somebody: 3 times as much" in lost
    assert "singing, somebody: 2 times less (1 s, 2 s); the goal is missed" in lost
    assert "reading" not in lost
    assert "dancing, nobody: not measured: `pip install dancing`" in lost


def test_goals_and_ratios_in_words() -> None:
    assert [told(ratio) for ratio in (10.3, 2.0, 1.04, 0.2, 1 / 27, None)] == [
        "10.3 times as much", "2 times as much", "1.04 times as much", "5 times less", "27 times less", "not measured",
    ]  # fmt: skip
    assert [goal(most) for most in (10.0, 1.0, 0.1, None)] == [
        "at most 10 times as much", "no more", "at least 10 times less", "none",
    ]  # fmt: skip
    assert [verdict(Line("", "", "", "", ratio, 2.0)) for ratio in (2.0, 2.1, None)] == [
        "met", "**not met**", "not measured",
    ]  # fmt: skip


def test_contestants_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []
    times = in_turn({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2, lambda: len(order))
    assert order == ["b", "a", "a", "b", "b", "a"]
    assert {name: len(found) for name, found in times.items()} == {"a": 2, "b": 2}
    assert ratio(times["a"], times["b"]) == 1
    assert [duration(seconds) for seconds in (4.214, 0.0168, 0.000134)] == ["4.21 s", "16.8 ms", "134 µs"]


def test_a_bare_page_is_the_page() -> None:
    html = (
        "<!doctype html><html><body><h1>It's <b>Tom &amp; Ann</b></h1><form>"
        '<input type="hidden" name="csrf_token" value="secret"><label for="a">Age</label><input id="a" value="1">'
        "</form></body></html>"
    )
    page = emptied(html)
    assert set(page.words.values()) == {"Tom & Ann", "a", "Age", "1"}
    client = bare_app({"one": page}).test_client()
    assert client.get("/page/one").text == "Nothing was answered"
    with client.session_transaction() as kept:
        kept["answers"] = {"age": 1}
    found = client.get("/page/one").text
    assert re.sub(r'value="[^"]{40,}"', 'value="secret"', found) == html


def test_a_curve_lies_on_its_dashed_line_where_growth_is_proportional() -> None:
    picture = curve("Growth", "rules", "time", [(1, 1), (10, 10), (100, 100)])
    dashed, line = (re.search(rf'class="{kind}" points="([^"]+)"', picture) for kind in "pc")
    assert dashed
    assert line
    assert set(dashed[1].split()) < set(line[1].split())
    assert "100 times the rules, 100.0 times the time" in picture
