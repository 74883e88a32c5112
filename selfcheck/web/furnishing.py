"""What every template can use: words of the region and the rules, addresses, our scripts, and parts drawn once."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, g, render_template
from markupsafe import Markup

from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.web.addresses import MOUNTED, address, note_where_mounted
from selfcheck.web.headers import SCRIPTED
from selfcheck.web.parts import furnish_parts
from selfcheck.web.templates import furnish_calls, furnish_texts

MOST_ROOTS = 8


def furnish(app: Flask, rulebook: Rulebook, region: Region, clinic: tuple[str, str]) -> None:
    """Make it known to the templates of an application; ``clinic`` is its name and telephone number."""

    @app.url_defaults
    def fingerprinted(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values["v"] = _fingerprint(str(app.static_folder), str(values["filename"]))

    @lru_cache(MOST_ROOTS)
    def footer_below(_root: str) -> Markup:
        return Markup(render_template("layouts/footer.html"))  # noqa: S704 - drawn by us, its words escaped

    def footer() -> Markup:
        """The foot of every page, the same for everybody; its links begin where the application is mounted."""
        return footer_below(MOUNTED.get())

    def script(name: str) -> Markup:
        """The element that loads one of our scripts, which from then on this answer allows."""
        setattr(g, SCRIPTED, True)
        return Markup('<script src="{}" defer></script>').format(address("static", filename=name))

    note_where_mounted(app)
    furnish_texts(app)
    furnish_parts(app)
    app.jinja_env.globals.update(
        say=region.say,
        footer=footer,
        url_for=address,
        script=script,
        region=region,
        meta=rulebook.file.meta,
        about=rulebook.file.about,
        fingerprint=rulebook.fingerprint,
        clinic_name=clinic[0],
        clinic_phone=clinic[1],
    )
    furnish_calls(app)


@lru_cache(maxsize=32)
def _fingerprint(folder: str, name: str) -> str:
    """Eight digits that change with a file, so that a browser may keep it for good."""
    return sha256((Path(folder) / name).read_bytes()).hexdigest()[:8]
