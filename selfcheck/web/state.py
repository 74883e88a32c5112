"""What one request knows: the rules, the region, and the journey in its cookie."""

from __future__ import annotations

from typing import Any

from flask import current_app, session

from selfcheck.answers import Answers, AnswersError, read_answers
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.web.journey import Journey

WISHES = "wishes"
DROPPED = "dropped"
CHANGE = "change"


def rulebook() -> Rulebook:
    """The rules this application answers from."""
    found: Rulebook = current_app.extensions["selfcheck.rulebook"]
    return found


def region() -> Region:
    """The region whose names and numbers stand in texts."""
    found: Region = current_app.extensions["selfcheck.region"]
    return found


def journey() -> Journey:
    """The journey of the browser that asks. Answers that these rules do not know are left out."""
    said = session.get("answers", {})
    return Journey(
        rulebook(),
        _known(said if isinstance(said, dict) else {}),
        {section: tuple(items) for section, items in session.get("pending", {}).items()},
        tuple(session.get(WISHES, ())),
    )


def _known(said: dict[str, Any]) -> Answers:
    try:
        return read_answers(rulebook().questionnaire, said)
    except AnswersError as error:
        wrong = {fault.item for fault in error.faults}
        return _known({item: value for item, value in said.items() if item not in wrong})


def keep(answers: Answers) -> None:
    """Put the answers into the cookie, those to questions that are no longer asked left out."""
    tidy, dropped = Journey(rulebook(), answers).tidied()
    session["answers"] = {
        item: list(value) if isinstance(value, tuple) else value for item, value in tidy.values.items()
    }
    if dropped:
        session[DROPPED] = [rulebook().questionnaire.items[item].short for item in dropped]


def keeps(answers: Answers) -> bool:
    """Keep the answers if a cookie can hold them; else keep everything as it was."""
    before = dict(session)
    keep(answers)
    if current_app.session_interface.fits(session):  # type: ignore[attr-defined]
        return True
    session.clear()
    session.update(before)
    return False
