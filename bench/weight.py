"""The bytes of a whole journey beside the style sheets of the two best known public design systems."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from bench.measuring import Effort, say
from bench.people import shipped
from bench.results import Line, Section, unmeasured
from selfcheck import create_app
from tests.serving import serving
from tests.web.conftest import DESK_WORKER
from tests.web.wire import Answer, Wire

LEAST_TIMES_LESS = 10
LEVEL = 6
PATIENCE_SECONDS = 90
NOTE = (
    "So a whole journey is set beside one file of theirs. “Style sheets, both” sets like beside like: all of ours "
    "that a journey fetches, with their heads."
)
SHEETS = {
    "NHS.UK frontend": ("nhsuk-frontend", "package/dist/nhsuk/nhsuk-frontend.min.css"),
    "GOV.UK frontend": ("govuk-frontend", "package/dist/govuk/govuk-frontend.min.css"),
}


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes as they are, and compressed."""

    raw: int
    packed: int

    def __add__(self, other: Bytes) -> Bytes:
        """Both together."""
        return Bytes(self.raw + other.raw, self.packed + other.packed)


class Counting(Wire):
    """A browser that adds up what it got, and what that would have been had it not been compressed."""

    def __init__(self, address: str) -> None:
        """Start with nothing."""
        super().__init__(address)
        self.whole = Bytes(0, 0)
        self.styles = Bytes(0, 0)

    def ask(self, method: str, path: str, body: str = "", **more: str) -> Answer:
        """Send one request, and count its answer."""
        answer = super().ask(method, path, body, **more)
        unpacked = answer.size - int(answer.head.get("content-length", 0)) + len(answer.text.encode())
        found = Bytes(unpacked, answer.size)
        self.whole += found
        if ".css" in path:
            self.styles += found
        return answer


def measure(effort: Effort) -> Section:
    """The row of the table."""
    with serving(create_app({"SECRET_KEY": token_hex(32), "REGION": "gb"}, rulebook=shipped())) as address:
        journey, styles = _journey(address)
    say(f"  our journey: {journey.packed:,} bytes compressed, {journey.raw:,} as they are")
    lines: list[Line] = []
    for name, (package, member) in SHEETS.items():
        found = "--quick asks no registry" if effort.quick else _style_sheet(package, member)
        lines += _lines(name, found, journey, styles)
    return Section(
        "Bytes of a journey",
        "All that the server sends for a whole journey, from the first page over every page of questions to the result: "
        f"{len(DESK_WORKER)} pages with questions, style sheets, icon and heads included, by the built-in server. Beside it "
        "the style sheet alone of each design system (minified, as published on npm; compressed by gzip as "
        "ours): without its script, fonts, pictures, heads, or a page. Every number is exact; nothing is timed.",
        tuple(lines),
        (NOTE,),
    )


def _journey(address: str) -> tuple[Bytes, Bytes]:
    """The bytes of a journey, and of the style sheets in it."""
    wire = Counting(address)
    wire.open("/")
    page = wire.open("/check/")
    for slug, answers in DESK_WORKER.items():
        page = wire.send(page, f"/check/{slug}", answers)
    wire.open("/result")
    return wire.whole, wire.styles


def _style_sheet(package: str, member: str) -> tuple[str, Bytes] | str:
    """Its version and size, or why they are not known."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is missing (apt-get install npm)"
    with TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, package]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS, cwd=folder)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            say(f"  {package} cannot be fetched: {' '.join(command[1:3])} {package}")
            return f"`npm pack {package}` fails"
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            styles, about = _member(packed, member), json.loads(_member(packed, "package/package.json"))
    return f"{package} {about['version']}", Bytes(len(styles), len(gzip.compress(styles, LEVEL)))


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    return (packed.extractfile(name) or io.BytesIO()).read()


def _lines(name: str, found: tuple[str, Bytes] | str, journey: Bytes, styles: Bytes) -> list[Line]:
    most = 1 / LEAST_TIMES_LESS
    whole, alone = "the whole journey beside one style sheet", "style sheets, both"
    if isinstance(found, str):
        return [unmeasured(f"{whole}, gzip", name, found, most), unmeasured(f"{alone}, gzip", name, found)]
    version, theirs = found
    return [
        Line(
            f"{what}, {kind}",
            f"{name} ({version})",
            f"{ours:,} bytes",
            f"{their:,} bytes",
            ours / their,
            limit,
        )
        for what, limit, ours, their, kind in (
            (whole, most, journey.packed, theirs.packed, "gzip"),
            (whole, most, journey.raw, theirs.raw, "raw"),
            (alone, None, styles.packed, theirs.packed, "gzip"),
            (alone, None, styles.raw, theirs.raw, "raw"),
        )
    ]
