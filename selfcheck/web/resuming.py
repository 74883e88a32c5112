"""The answers code on pages: shown with a result, typed or scanned to go on, and two of them compared."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from msgspec import Struct

from selfcheck.answers import Answers
from selfcheck.assessment import Assessment, assess
from selfcheck.handout.code import CodeError, answers_code, left_out, qr_picture, read_code
from selfcheck.web.changes import before_result
from selfcheck.web.state import DROPPED, FROM_CODE, WISHES, journey, keep, region, rulebook

resuming = Blueprint("resuming", __name__)

ADDRESS = "selfcheck.address"
COMPARED = "compared"
CODE, EARLIER = "code", "earlier"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" '


class ShownCode(Struct, frozen=True):
    """A code as a page shows it. ``left_out``: a private answer is not in it."""

    letters: str
    left_out: bool


def shown_code(answers: Answers) -> ShownCode:
    """The code of these answers."""
    return ShownCode(answers_code(rulebook(), answers), bool(left_out(rulebook(), answers)))


@resuming.get("/result/code.svg")
def picture() -> Response:
    """The QR picture of the code, as an address where this server's own is known. A browser asks for it when
    it comes into sight.
    """
    if before_result() is not None:
        abort(404)
    drawn = qr_picture(answers_code(rulebook(), journey().answers), current_app.extensions[ADDRESS])
    return Response(drawn.svg.replace("<svg ", SVG, 1), mimetype="image/svg+xml")


@resuming.get("/resume")
def resume() -> str:
    """The form for a code."""
    return _form({})


def _form(errors: dict[str, str], notice: str = "") -> str:
    typed = {name: request.form.get(name, "") for name in (CODE, EARLIER)}
    return render_template(
        "pages/resume.html",
        errors=errors,
        notice=notice,
        typed=typed,
        has_answers=bool(journey().answers.values),
    )


@resuming.errorhandler(CSRFError)
def stale(_error: CSRFError) -> ResponseReturnValue:
    """The form with what was typed, after it was too old to be taken."""
    return _form({}, _("This page had been open for too long. Please press Continue again.")), 400


@resuming.post("/resume")
def take() -> ResponseReturnValue:
    """Codes to answers in the cookie; two of them, or one and the answers that are there, side by side."""
    code, earlier = (request.form.get(name, "").strip() for name in (CODE, EARLIER))
    found: dict[str, Answers] = {}
    errors: dict[str, str] = {}
    for name, text in ((CODE, code), (EARLIER, earlier)):
        try:
            if text:
                found[name] = read_code(rulebook(), text)
        except CodeError as refused:
            errors[name] = str(refused)
    if not code and not (earlier and journey().answers.values):
        errors[CODE] = _("Enter your code")
    if errors:
        return _form(errors), 422
    if CODE in found:
        _start_from(found[CODE])
    session.pop(COMPARED, None)
    if EARLIER not in found:
        return redirect(url_for("pages.answers"), 303)
    now = answers_code(rulebook(), found[CODE]) if CODE in found else ""
    session[COMPARED] = [answers_code(rulebook(), found[EARLIER]), now]
    return redirect(url_for("resuming.compared"), 303)


def _start_from(answers: Answers) -> None:
    """Put the answers of a code in the place of all that this browser holds, and open the parts they are of."""
    session.clear()
    settings, questionnaire = rulebook().file.journey, rulebook().questionnaire
    pages = dict.fromkeys(questionnaire.items[item].section for item in answers.values)
    tests = [test for page in pages if (test := questionnaire.sections[page].test)]
    wished = [wish for page, wish in settings.wishes.items() if page in pages]
    if tests and settings.tests_wish not in wished:
        wished.append(settings.tests_wish)
    session[WISHES] = [*wished, *tests]
    keep(answers)
    session.pop(DROPPED, None)
    session[FROM_CODE] = True


@resuming.get("/resume/compare")
def compared() -> ResponseReturnValue:
    """Then and now, side by side."""
    from selfcheck.handout.comparing import comparison

    codes = session.get(COMPARED)
    if not codes:
        return redirect(url_for("resuming.resume"))
    try:
        then, now = (_assessed(code) for code in codes)
    except CodeError:
        session.pop(COMPARED)
        return redirect(url_for("resuming.resume"))
    return render_template("pages/compare.html", groups=comparison(rulebook(), region(), then, now))


def _assessed(code: str) -> Assessment:
    return assess(rulebook(), read_code(rulebook(), code)) if code else journey().assessment
