"""A handout as a file of one of the kinds that can be carried away."""

from __future__ import annotations

from selfcheck.handout.html import to_html
from selfcheck.handout.model import Handout
from selfcheck.handout.pdf import Paper, sheet_fit, to_pdf
from selfcheck.handout.sheet_text import sheet_text

BROWSER_ROOM = 0.94  # browsers set lines a little wider than the typesetter that measures them


def written(handout: Handout, suffix: str, paper: Paper) -> bytes | None:
    """The content of a file whose name ends so; ``None`` for another kind."""
    match suffix.lower():
        case ".pdf":
            return to_pdf(handout, paper)
        case ".html":
            return to_html(handout, paper, sheet_fit(handout, paper, room=BROWSER_ROOM)).encode()
        case ".txt":
            return f"{sheet_text(handout)}\n".encode()
        case _:
            return None
