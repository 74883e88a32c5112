"""Every page of a visit as pictures on one sheet: ``python -m tests.browser.contact_sheet -o sheet.html``.

Two widths, light and dark. The pictures stand in a folder beside the sheet.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from selfcheck import create_app, load_rulebook
from tests.browser.conftest import FLAGS, Watched
from tests.browser.steps import walk
from tests.serving import serving

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 844
LEAFLETS = (
    "about", "privacy", "accessibility", "rules", "rules/proof", "rules?q=bladder", "rules/kind/exercise",
    "rules/rf_ces_saddle", "rules/rf_axspa", "rules/short_hip_flexors_anterior_tilt", "rules/st_pigeon",
    "rules/t_thomas", "rules/gate_osteoporosis", "rules/nothing_here", "resume", "paper", "clear", "nowhere",
)  # fmt: skip
STYLE = (
    "body{font:14px system-ui;margin:1rem;background:#ddd;color:#111}"
    "figure{display:inline-block;vertical-align:top;margin:.5rem}figcaption{font-weight:700}"
    "img{display:block;border:1px solid #888}.w390 img{width:260px}.w1280 img{width:520px}"
)


def visit(person: Watched) -> Iterator[str]:
    """Every page, one after the other; the name of each while it is open."""
    yield from walk(person, tests=True)
    person.open("/result")
    yield "result"
    person.open("/check/plan-options")
    yield "plan-options"
    person.open("/check/nerves")
    person.tick("rf_ces_saddle-yes")
    person.press()
    yield "emergency"
    person.open("/check/nerves")
    person.tick("rf_ces_saddle")
    person.press()
    yield "changed"
    for address in LEAFLETS:
        person.open(f"/{address}")
        yield address


def errors(person: Watched) -> Iterator[str]:
    """The first pages, sent empty."""
    person.open("/check/about-you")
    person.press()
    yield "about-you, errors"
    person.open("/")
    for name in walk(person):
        if name == "nerves":
            break
    person.press()
    yield "nerves, errors"


def pictures(
    browser: Browser, address: str, folder: Path, width: int, scheme: str
) -> Iterator[tuple[str, Path]]:
    """Take the pictures of one width and scheme; the name of each page and its file."""
    ways: tuple[Callable[[Watched], Iterator[str]], ...] = (visit, errors)
    for way in ways:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=True,
        )
        person = Watched(context.new_page(), address)
        person.open("/")
        for name in way(person):
            file = folder / f"{width}-{scheme}-{''.join(c if c.isalnum() else '-' for c in name)}.png"
            person.page.screenshot(path=file, full_page=True)
            yield name, file
        context.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheet; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.contact_sheet", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the sheet, an HTML file")
    parser.add_argument("--width", type=int, choices=WIDTHS, action="append")
    parser.add_argument("--scheme", choices=SCHEMES, action="append")
    given = parser.parse_args(arguments)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("contact_sheet: no Chromium on this machine; install Debian's package chromium\n")
        return 2
    folder = given.output.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>{STYLE}</style>"]
    app = create_app({"SECRET_KEY": "for the pictures only", "REGION": "gb"}, rulebook=load_rulebook())
    with sync_playwright() as playwright, serving(app) as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for width in given.width or WIDTHS:
            for scheme in given.scheme or SCHEMES:
                lines.append(f"<h1>{width} pixels, {scheme}</h1><div class=w{width}>")
                for name, file in pictures(browser, address, folder, width, scheme):
                    source = escape(f"{folder.name}/{file.name}")
                    caption = escape(name)
                    lines.append(
                        f'<figure><figcaption>{caption}</figcaption><img src="{source}" alt=""></figure>'
                    )
                lines.append("</div>")
        browser.close()
    given.output.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
