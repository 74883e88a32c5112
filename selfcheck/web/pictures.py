"""The body map on a page: its picture, where a finger touches, and the style sheet that paints it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app
from flask_babel import gettext as _
from markupsafe import Markup

from selfcheck.figures.body_map import MapWords, map_styles, screen_map, touch_areas
from selfcheck.questionnaire import Item
from selfcheck.rulebook.model import Rulebook

pictures = Blueprint("pictures", __name__)

STYLE = "selfcheck.map_style"
SHARED = Path(__file__).parent / "static" / "map.css"


@pictures.get("/map.css")
def map_style() -> Response:
    """The style sheet of the body map, the same for everybody."""
    style: str = current_app.extensions[STYLE]
    if not style:
        abort(404)
    return Response(style, mimetype="text/css")


def furnish_pictures(app: Flask, rulebook: Rulebook) -> None:
    """Make the body map known to the templates."""
    mapped = [item for item in rulebook.questionnaire.items.values() if item.body_map]
    parts = [map_styles(box_ids(item)) for item in mapped]
    style = "\n".join([SHARED.read_text(encoding="utf-8"), *parts]) if mapped else ""
    app.extensions[STYLE] = style
    app.jinja_env.globals.update(
        body_picture=body_picture,
        body_areas=lambda item: touch_areas(numbers(item)),
        box_ids=box_ids,
        map_version=sha256(style.encode()).hexdigest()[:8],
    )


def numbers(item: Item) -> dict[str, int]:
    """The number of each place, the same in the picture, in the list and on paper."""
    return {option: number for number, option in enumerate(item.options, 1)}


def box_ids(item: Item) -> dict[str, str]:
    """The id of each place's box. The first bears the name of the question, to which errors lead."""
    return {
        option: item.id if place == 0 else f"{item.id}-{option}" for place, option in enumerate(item.options)
    }


def body_picture(item: Item) -> Markup:
    """The picture for the screen."""
    return Markup(screen_map(numbers(item), map_words()))  # noqa: S704 - drawn by us, its words escaped


def map_words(label: str = "") -> MapWords:
    """The words on the picture, in the language of the page."""
    return MapWords(back=_("Back view"), front=_("Front view"), left=_("Left"), right=_("Right"), label=label)
