"""Pages of the application beside the bare Flask and Jinja that render the same bytes."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from secrets import token_hex

from flask.testing import FlaskClient

from bench.bare import TOKEN, Page, bare_app, emptied
from bench.measuring import Effort, Times, duration, in_turn, ratio, released, say
from bench.people import shipped
from bench.results import Line, Section
from selfcheck import create_app
from tests.web.conftest import DESK_WORKER, Person

QUESTIONS = tuple(f"/check/{slug}" for slug in DESK_WORKER)
PAGES = {
    "questionnaire": ("/check/nerves",),
    "every": QUESTIONS,
    "answers": ("/check/answers",),
    "result": ("/result",),
    "whole": (*QUESTIONS, "/check/answers", "/result"),
}
NAMES = {
    "questionnaire": "a questionnaire page",
    "every": "the questionnaire pages of a journey, on average",
    "answers": "the list of all answers",
    "result": "the result page",
    "whole": "all pages of a journey with these two, on average",
}
ROUNDS, EACH = 40, 5
MOST_TIMES_BARE = 2.0
PACKED = {"Accept-Encoding": "gzip"}


class OtherBytes(Exception):
    """The bare page is not the page: then there is nothing to compare."""


def measure(effort: Effort) -> Section:
    """The row of the table."""
    app = create_app({"SECRET_KEY": token_hex(32), "REGION": "gb"}, rulebook=shipped())
    with app.test_client() as client:
        Person(client).walk()
        html = {path: client.get(path).text for paths in PAGES.values() for path in paths}
        templates = {_bare(path): emptied(page) for path, page in html.items()}
        bare = bare_app(templates, html["/check/nerves"])
        other = bare.test_client()
        with other.session_transaction() as kept:
            kept["answers"] = {item: value for page in DESK_WORKER.values() for item, value in page.items()}
        _check(other, html)
        times = _timed(client, other, effort)
    lines = [line for name in PAGES for line in _lines(name, times, html)]
    return Section("Pages", _how(effort, templates), tuple(lines), _notes(times))


def _check(other: FlaskClient, html: dict[str, str]) -> None:
    """Whether both say the same, but for the token of the form.

    Raises:
        OtherBytes: where they do not.

    """
    for path, page in html.items():
        found = other.get(f"/page/{_bare(path)}").text
        if TOKEN.sub("", found) != TOKEN.sub("", page):
            raise OtherBytes(f"{path}: {len(page.encode())} bytes, bare {len(found.encode())}")
        say(f"  {path}: {len(page.encode())} bytes, both the same but for the token of the form")


def _bare(path: str) -> str:
    """The name of a page in the bare application."""
    return path.rsplit("/", 1)[-1]


def _timed(client: FlaskClient, other: FlaskClient, effort: Effort) -> Times:
    def often(asked: FlaskClient, *paths: str, **head: str) -> Callable[[], object]:
        return lambda: [
            asked.get(path, headers=head).data for _ in range(effort.rounds(EACH)) for path in paths
        ]

    contestants = {}
    for name, paths in PAGES.items():
        contestants[name] = often(client, *paths)
        contestants[f"{name} packed"] = often(client, *paths, **PACKED)
        contestants[f"{name} bare"] = often(other, *(f"/page/{_bare(path)}" for path in paths))
    contestants["constant"] = often(other, "/constant")
    say(f"  {effort.rounds(ROUNDS)} rounds of {effort.rounds(EACH)} requests of each page in turn")
    found = in_turn(contestants, effort.rounds(ROUNDS))
    each = {name: effort.rounds(EACH) * len(PAGES.get(name.split()[0], ("",))) for name in found}
    return {name: [one / each[name] for one in times] for name, times in found.items()}


def _lines(name: str, times: Times, html: dict[str, str]) -> list[Line]:
    size = statistics.mean(len(html[path].encode()) for path in PAGES[name])
    what = f"{NAMES[name]}, {size:,.0f} bytes"
    return [
        Line(what, peer, _median(times, name), _median(times, key), ratio(times[name], times[key]), most)
        for key, peer, most in (
            (
                f"{name} bare",
                f"the same bytes by a bare {released('flask')} and {released('jinja2')}",
                MOST_TIMES_BARE,
            ),
            ("constant", "a constant text by the bare Flask", None),
        )
    ]


def _median(times: Times, name: str) -> str:
    return duration(statistics.median(times[name]))


def _how(effort: Effort, templates: dict[str, Page]) -> str:
    words = " and ".join(f"{len(templates[name].words)}" for name in ("nerves", "result"))
    return (
        "Processor time of a request to an application in the same process, by somebody who has answered every page. "
        "The bare application has our page as a template: all of its markup is fixed, and its texts, ids, names and "
        f"values are variables that Jinja escapes ({words} on the first page and the result); it reads the answers from Flask's signed cookie, "
        "and Flask-WTF makes the token of its form. What comes out is the same page. It validates, "
        "decides, assesses and translates nothing. "
        f"Medians of {effort.rounds(ROUNDS)} rounds of {effort.rounds(EACH)} requests in turn."
    )


def _notes(times: Times) -> tuple[str, ...]:
    told = ", ".join(f"{NAMES[name]} {_median(times, f'{name} packed')}" for name in PAGES)
    return (
        f"Compressed, as browsers ask for it, ours takes: {told}; the bare application does not compress.",
    )
