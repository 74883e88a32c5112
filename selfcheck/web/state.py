"""What one request knows: the rules, the region, and the journey in its cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app, g, session
from flask_babel import gettext as _

from selfcheck.answers import Answers, AnswersError, read_answers
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.web.journey import Journey

WISHES = "wishes"
DROPPED = "dropped"
FROM_CODE = "from_code"
CHANGE = "change"
RULES = "rules"
RENEWED = "renewed"
MOST_NAMED = 2


def rulebook() -> Rulebook:
    """The rules this application answers from."""
    found: Rulebook = current_app.extensions["selfcheck.rulebook"]
    return found


def region() -> Region:
    """The region whose names and numbers stand in texts."""
    found: Region = current_app.extensions["selfcheck.region"]
    return found


def journey() -> Journey:
    """The journey of the browser that asks. Answers that these rules do not know are left out; that the
    rules are not those of the page before is noted, for the next page to say.
    """
    book, carried = rulebook(), dict(session.items())
    if carried.get(RULES, book.fingerprint) != book.fingerprint:
        session[RULES] = book.fingerprint
        session[RENEWED] = True
    said = carried.get("answers")
    said = dict(said) if isinstance(said, dict) else {}
    waiting = {section: tuple(items) for section, items in carried.get("pending", {}).items()}
    kept = (said, waiting, tuple(carried.get(WISHES, ())))
    known: tuple[object, Journey] | None = g.get("journey")
    if known is None or known[0] != kept:
        known = g.journey = kept, Journey(book, known_answers(book, said), *kept[1:])
    return known[1]


def going_on() -> Journey:
    """The journey of a browser that goes on with the questions. One that has its answers from a code is asked anew
    what may have changed since.
    """
    going = journey()
    if not session.pop(FROM_CODE, False):
        return going
    settings, items = going.rulebook.file.journey, going.rulebook.questionnaire.items
    again = {item.id for item in items.values() if item.section in settings.asked_again}
    again |= {item.id for item in items.values() if item.id in settings.asked_again_items}
    keep(going.answers.with_changes(dict.fromkeys(again)))
    session.pop(DROPPED, None)
    return journey()


def known_answers(book: Rulebook, said: Mapping[str, Any]) -> Answers:
    """Of answers as a cookie holds them those that these rules know."""
    try:
        return read_answers(book.questionnaire, said)
    except AnswersError as error:
        wrong = {fault.item for fault in error.faults}
        return known_answers(book, {item: value for item, value in said.items() if item not in wrong})


def keep(answers: Answers) -> None:
    """Put the answers into the cookie, those to questions that are no longer asked left out."""
    before = session.get("answers", {})
    tidy, dropped = Journey(rulebook(), answers, wishes=tuple(session.get(WISHES, ()))).tidied()
    session["answers"] = {
        item: list(value) if isinstance(value, tuple) else value for item, value in tidy.values.items()
    }
    session[RULES] = rulebook().fingerprint
    if dropped:
        kept: dict[str, Any] = session["answers"]
        changed = [item for item in before if item in kept and before[item] != kept[item]]
        session[DROPPED] = {"changed": _names(changed), "what": _names(dropped)}


def _names(items: Iterable[str]) -> list[str]:
    return [rulebook().questionnaire.items[item].short for item in items]


def dropped_words() -> str:
    """Once, what has become of answers to questions that are no longer asked; else nothing."""
    dropped = session.pop(DROPPED, None)
    if not dropped:
        return ""
    changed = dropped["changed"]
    because = _(" and ").join(changed) if 0 < len(changed) <= MOST_NAMED else _("an answer")
    what = ", ".join(dropped["what"])
    return str(_("Because you changed %(because)s we no longer need: %(what)s.", because=because, what=what))


def renewed_words() -> str:
    """Once, that the rules have been renewed on the way; else nothing."""
    if not session.pop(RENEWED, False):
        return ""
    return str(
        _("The questions were renewed while you were answering. Your answers are kept where they still fit.")
    )


def keeps(answers: Answers) -> bool:
    """Keep the answers if a cookie can hold them; else keep everything as it was."""
    before = dict(session)
    keep(answers)
    if current_app.session_interface.fits(session):  # type: ignore[attr-defined]
        return True
    session.clear()
    session.update(before)
    return False
