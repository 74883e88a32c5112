"""Rules and pages to every text that a person reads, by name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from selfcheck.places import RULES, TEMPLATES
from selfcheck.rulebook.lint.texts import spoken, texts
from selfcheck.rulebook.paths import dotted

PROGRAM = Path(TEMPLATES).parent / "selfcheck" / "web"
PAGE_WORDS = re.compile(r"""_\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def read_by_people() -> Iterator[tuple[str, str]]:
    """Every text of the rules and pages, with the words of the first region that has numbers."""
    raw = tomllib.loads(RULES.read_text(encoding="utf-8"))
    yield from ((dotted(raw, path), spoken(raw, text)) for path, text in texts(raw))
    yield from of_pages()


def of_pages() -> Iterator[tuple[str, str]]:
    """The words of the pages themselves."""
    for path in sorted((*Path(TEMPLATES).rglob("*.html"), *PROGRAM.rglob("*.py"))):
        for quoted in PAGE_WORDS.findall(path.read_text(encoding="utf-8")):
            words = ast.literal_eval(quoted)
            yield f"{path.parent.name}/{path.name} {words[:24]!r}", words
