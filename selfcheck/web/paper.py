"""The blank questionnaire to print."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from selfcheck.figures.body_map import body_map
from selfcheck.questionnaire import Item
from selfcheck.web.pictures import map_words, numbers
from selfcheck.web.state import region, rulebook

papers = Blueprint("papers", __name__)


@papers.get("/paper")
def blank() -> str:
    """Every question with its boxes, what a tick means, and how to score by hand."""
    from selfcheck.handout.paper import paper

    book = rulebook()
    return render_template(
        "pages/paper.html", sheet=paper(book, region()), words=book.file.paper, empty_map=empty_map
    )


def empty_map(item: Item) -> Markup:
    """The picture of the body to mark by hand, with the numbers of the places."""
    label = _("Picture of the body, back and front, with a number at each place")
    return Markup(body_map((), numbers(item), map_words(label)))  # noqa: S704 - drawn by us, its words escaped
