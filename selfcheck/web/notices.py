"""The two notices that offer a shorter way: after the risks, and after the questions about the pain."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from selfcheck.assessment.model import FiredCluster, FiredFlag
from selfcheck.assessment.ranks import rank
from selfcheck.rulebook.parts.journey import ShortWay, WayOut
from selfcheck.web.journey import SHORT_WAY, Journey
from selfcheck.web.page import EACH
from selfcheck.web.state import WISHES, journey

notices = Blueprint("notices", __name__)

SEEN_TODAY = "seen-today"
NOTICED = "noticed"
SHORT = "short"
MOST_NAMED = 2


def ways_out(going: Journey) -> dict[str, WayOut]:
    """The notices by the last part of their address."""
    settings = going.rulebook.file.journey
    found = {SEEN_TODAY: settings.seen_today, SHORT_WAY: settings.short_way}
    return {name: way for name, way in found.items() if way is not None}


def notice_due(going: Journey, slug: str, following: str | None) -> str | None:
    """The notice that stands between a page and the one that follows, or none."""
    if going.ends_early:
        return None
    order = list(going.rulebook.questionnaire.sections)

    def place(page: str) -> int:
        return order.index(page.removesuffix(EACH))

    for name, way in ways_out(going).items():
        passed = place(slug) <= place(way.after) and (
            following is None or place(following) > place(way.after)
        )
        if passed and name not in session.get(NOTICED, ()) and _applies(going, way):
            return name
    return None


def _applies(going: Journey, way: WayOut) -> bool:
    level = going.urgency.level
    if isinstance(way, ShortWay):
        return going.no_plan and SEEN_TODAY not in session.get(NOTICED, ())
    return level.id == way.level


def notice_words(going: Journey, way: WayOut) -> str:
    """What a notice says, with the names of what led to it."""
    urgency = going.urgency
    high = rank(urgency.level) >= rank(going.rulebook.dispositions[way.level])
    found: tuple[FiredFlag | FiredCluster, ...] = (*urgency.flags, *urgency.clusters) if high else ()
    names = [_plain(one) for one in found if one.disposition is urgency.level]
    if not names:
        cautions = urgency.cautions
        names = [one.caution.plain for one in cautions if one.everything or one.floor is urgency.level]
    words = way.words if high or not isinstance(way, ShortWay) else way.words_if_stopped
    named = _(" and ").join(names[:MOST_NAMED]) or _("something that needs a closer look")
    return words.replace("{plain}", named)


def _plain(one: FiredFlag | FiredCluster) -> str:
    return one.flag.plain if isinstance(one, FiredFlag) else one.cluster.plain


@notices.route(f"/check/{SEEN_TODAY}", methods=["GET", "POST"], defaults={"name": SEEN_TODAY})
@notices.route(f"/check/{SHORT_WAY}", methods=["GET", "POST"], defaults={"name": SHORT_WAY})
def notice(name: str) -> ResponseReturnValue:
    """Offer the shorter way once, and go the way that was chosen."""
    going = journey()
    way = ways_out(going).get(name)
    if way is None or name in session.get(NOTICED, ()) or not _applies(going, way):
        return redirect(url_for("pages.check"))
    if request.method == "GET":
        words = notice_words(going, way)
        return render_template("pages/notice.html", way=way, words=words, name=name)
    session[NOTICED] = [*session.get(NOTICED, ()), name]
    short = request.form.get("way") == SHORT
    if short and name == SEEN_TODAY:
        return redirect(url_for("pages.result"), 303)
    if short:
        session[WISHES] = [*going.wishes, SHORT_WAY]
    following = journey().after(way.after + EACH)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    return redirect(url_for("pages.section", slug=following), 303)
