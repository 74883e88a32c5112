"""What is carried away from the web: the print view, the PDF and the sheet as text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from selfcheck.web.changes import before_result, remarks
from selfcheck.web.resuming import ADDRESS
from selfcheck.web.state import journey, region

if TYPE_CHECKING:
    from selfcheck.handout.model import Handout
    from selfcheck.handout.pdf import Paper

carrying = Blueprint("carrying", __name__)

PAPER = "selfcheck.paper"
CLINIC = "selfcheck.clinic"


@carrying.get("/result/handout")
def view() -> ResponseReturnValue:
    """All pages, laid out for the print function of the browser."""
    elsewhere = before_result()
    if elsewhere is not None:
        return elsewhere
    from selfcheck.handout.pdf import sheet_fit
    from selfcheck.handout.sheet_text import sheet_text
    from selfcheck.handout.written import BROWSER_ROOM

    sheet = _handout()
    fit = sheet_fit(sheet, _paper(), room=BROWSER_ROOM)
    return render_template(
        "print/handout.html", handout=sheet, paper=_paper(), fit=fit, text=sheet_text(sheet), style=""
    )


@carrying.get("/result/handout.pdf")
def pdf() -> ResponseReturnValue:
    """All pages as PDF."""
    elsewhere = before_result()
    if elsewhere is not None:
        return elsewhere
    from selfcheck.handout.pdf import to_pdf

    return _file(to_pdf(_handout(), _paper()), "application/pdf", "selfcheck.pdf")


@carrying.get("/result/handout.txt")
def text() -> ResponseReturnValue:
    """The clinician's sheet as plain text, for a record."""
    elsewhere = before_result()
    if elsewhere is not None:
        return elsewhere
    from selfcheck.handout.sheet_text import sheet_text

    return _file(sheet_text(_handout()).encode(), "text/plain; charset=utf-8", "selfcheck.txt")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _paper() -> Paper:
    paper: Paper = current_app.extensions[PAPER]
    return paper


def _handout() -> Handout:
    from selfcheck.handout.case import Occasion
    from selfcheck.handout.code import answers_code, qr_picture
    from selfcheck.handout.content import handout

    going = journey()
    code = answers_code(going.rulebook, going.answers)
    occasion = Occasion(
        when=datetime.now().astimezone(),
        clinic=current_app.extensions[CLINIC],
        remarks=tuple(remarks()),
        code=code,
        qr=qr_picture(code, current_app.extensions[ADDRESS]).svg,
    )
    return handout(going.rulebook, going.assessment, region(), occasion)
