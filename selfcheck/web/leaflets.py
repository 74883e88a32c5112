"""Pages about the check itself: what it is, what is kept, and who can use it."""

from __future__ import annotations

from flask import Blueprint, render_template

from selfcheck.web.session import COOKIE, IDLE_SECONDS

leaflets = Blueprint("leaflets", __name__)


@leaflets.get("/about")
def about() -> str:
    """What the check does and does not do, how good the science is, and who answers for it."""
    return render_template("pages/about.html")


@leaflets.get("/privacy")
def privacy() -> str:
    """What is kept: nothing; what the cookie holds, and when it ends."""
    return render_template("pages/privacy.html", cookie=COOKIE, minutes=IDLE_SECONDS // 60)


@leaflets.get("/accessibility")
def accessibility() -> str:
    """What was tested, and what is known not to work."""
    return render_template("pages/accessibility.html")
