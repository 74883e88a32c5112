"""A warning sign that somebody takes back: asked about once, and never lost on the way.

Symptoms of this kind come and go. Only "it was a mistake" takes the first answer away; "it has gone away"
keeps it, and the sheet tells both.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from selfcheck.answers import Answer, Answers
from selfcheck.questionnaire import Item
from selfcheck.web.state import FROM_CODE, journey, keep, known_answers, rulebook

changes = Blueprint("changes", __name__)

ASKED = "changed"
REMARKS = "remarks"
MISTAKE, GONE = "mistake", "gone_away"


def is_alarming(item: Item, value: Answer | None) -> bool:
    """Whether an answer is one of those that act."""
    if isinstance(value, tuple):
        return not set(value).isdisjoint(item.alarm)
    return value in item.alarm


def taken_back(before: Answers, after: Answers) -> dict[str, Answer]:
    """The alarming answers to warning signs that the person now answers without alarm, as they were."""
    items = rulebook().questionnaire.items
    return {
        name: value
        for name, value in before.values.items()
        if items[name].block in ("A", "B", "C")
        and is_alarming(items[name], value)
        and name in after.values
        and not is_alarming(items[name], after.values[name])
    }


def ask_about(found: dict[str, Answer]) -> None:
    """Have the person asked about these before anything else."""
    known = session.get(ASKED, {})
    told = session.get(REMARKS, {})
    new = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if name not in told
    }
    if new:
        session[ASKED] = {**known, **new}


def _taken_back() -> dict[str, object]:
    """The first answers that wait for their question; none to items that renewed rules do not have."""
    items = rulebook().questionnaire.items
    return {name: value for name, value in session.get(ASKED, {}).items() if name in items}


def waiting() -> ResponseReturnValue | None:
    """To the question, while it has no answer."""
    return redirect(url_for("changes.changed"), 303) if _taken_back() else None


def remarks() -> list[str]:
    """What result and sheet tell about answers that were taken back, or that came with a code."""
    told = session.get(REMARKS) or {}
    coded = (
        [_("Made from answers that were given earlier. It may be out of date.")]
        if session.get(FROM_CODE)
        else []
    )
    items = rulebook().questionnaire.items
    words = {
        MISTAKE: _("first answered yes, changed to no"),
        GONE: _("first answered yes, later said: gone away"),
    }
    private = rulebook().file.triage.private_items
    return coded + [
        f"{items[name].short}: {words[said]}"
        for name, said in told.items()
        if name in items and name not in private
    ]


@changes.route("/check/changed", methods=["GET", "POST"])
def changed() -> ResponseReturnValue:
    """Ask whether it was a mistake or has gone away, and act on it."""
    found = _taken_back()
    if not found:
        return redirect(url_for("pages.check"))
    said = request.form.get("reason")
    if said not in (MISTAKE, GONE):
        items = rulebook().questionnaire.items
        names = [items[name].short for name in found]
        error = request.method == "POST"
        return render_template("pages/changed.html", names=names, error=error), 422 if error else 200
    session[REMARKS] = {**session.get(REMARKS, {}), **dict.fromkeys(found, said)}
    session.pop(ASKED)
    if said == GONE:
        keep(known_answers(rulebook(), {**session.get("answers", {}), **found}))
    return redirect(url_for("pages.result" if journey().interrupted else "pages.check"), 303)


def before_result() -> ResponseReturnValue | None:
    """Where somebody who asks for a result has to go first; ``None`` if it can be shown."""
    question = waiting()
    if question is not None:
        return question
    going = journey()
    if not going.answers.values:
        return redirect(url_for("pages.start"))
    return None if going.may_see_result() else redirect(url_for("pages.check"))
