"""Requests to pages: read the cookie, ask the journey, show a template. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from selfcheck import __version__
from selfcheck.answers import Answers, AnswersError, read_answers
from selfcheck.handout.content import answer_words, handout
from selfcheck.questionnaire import Item, Kind, Must, Section
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.web.forms import (
    NOT_SURE,
    PageAnswers,
    benign,
    bind_form,
    chosen,
    group_names,
    missing_words,
    read_form,
    stored_values,
)
from selfcheck.web.journey import Journey
from selfcheck.web.layout import EACH, Page, each_page, page_of

pages = Blueprint("pages", __name__)

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


@pages.get("/")
def start() -> str:
    """The start page."""
    return render_template("pages/start.html", cleared=request.args.get("cleared") == "1")


@pages.get("/check/")
def check() -> ResponseReturnValue:
    """The first page that has something to answer, or the check page."""
    going = journey()
    first = going.first_open or "answers"
    return redirect(url_for("pages.section", slug=first) if first != "answers" else url_for("pages.answers"))


def _page(going: Journey, slug: str) -> Page:
    """The page of an address, or 404."""
    name, each = slug.removesuffix(EACH), slug.endswith(EACH)
    section = going.rulebook.questionnaire.sections.get(name)
    if section is None:
        abort(404)
    if each:
        return each_page(going.rulebook, section, going.answers, going.pending.get(name, ()))
    return page_of(going.rulebook, section, going.answers)


def _elsewhere(going: Journey, slug: str) -> ResponseReturnValue | None:
    """Where to go instead of a page that cannot be opened now; ``None`` where it can."""
    triage = going.assessment.triage
    if triage.level.id == going.rulebook.file.triage.interrupts:
        items = going.rulebook.questionnaire.items
        reasons = {
            items[reason.item].section
            for fired in (*triage.flags, *triage.clusters)
            if fired.disposition is triage.level
            for reason in fired.because
        }
        return None if slug.removesuffix(EACH) in reasons else redirect(url_for("pages.result"))
    if not going.may_open(slug):
        return redirect(url_for("pages.check"))
    return None


@pages.get("/check/<slug>")
def section(slug: str) -> ResponseReturnValue:
    """One page of the questionnaire, with the answers so far."""
    going = journey()
    page = _page(going, slug)
    elsewhere = _elsewhere(going, slug)
    if elsewhere is not None:
        return elsewhere
    form = bind_form(page, going.rulebook)
    form.process(data=stored_values(page, going.rulebook, going.answers))
    return _show(going, page, form, {})


@pages.post("/check/<slug>")
def answer(slug: str) -> ResponseReturnValue:
    """What was sent from one page: the emergency check first, then errors, then the next page."""
    going = journey()
    page = _page(going, slug)
    form = bind_form(page, going.rulebook)
    form.process(formdata=MultiDict(request.form))
    if page.section.test and request.form.get("action"):
        return _leave_test(going, page, form, stopped=request.form["action"] == "stopped")
    interrupted = _interrupts(going, page, form)
    if interrupted is not None:
        return interrupted
    found = read_form(page, form, going.rulebook)
    answers = going.answers.with_changes(found.said)
    _require_follow_ups(going, page, found, answers)
    _forget_unsure(found, going, page)
    if found.errors:
        return _show(going, page, form, found.errors), 422
    answers = answers.with_changes({item: found.said.get(item) for item in found.said})
    return _go_on(going, page, form, found, answers)


def show_again(view: dict[str, Any] | None) -> str:
    """A page with what was typed on it, after a form that was too old to be taken; the start page where
    there is no such page.
    """
    slug = (view or {}).get("slug")
    if not isinstance(slug, str):
        return start()
    going = journey()
    page = _page(going, slug)
    form = bind_form(page, going.rulebook)
    form.process(formdata=MultiDict(request.form))
    return _show(
        going, page, form, {}, _("This page had been open for too long. Please press Continue again.")
    )


def _leave_test(going: Journey, page: Page, form: Any, *, stopped: bool) -> ResponseReturnValue:
    """Go on without a test. One that hurt is noted, and only where it hurt is kept of it."""
    if stopped:
        ticked = chosen(page, form, going.rulebook)
        kept = {item: ticked.get(item) if going.rulebook.questionnaire.items[item].kept_when_stopped else None
                for item in (question.item.id for question in page.questions)}  # fmt: skip
        record = going.rulebook.file.journey.stopped_item
        before = going.answers.values.get(record, ())
        name = (page.section.test or "").removeprefix("t_")
        keep(
            going.answers.with_changes(
                {**kept, record: (*before, name) if isinstance(before, tuple) else (name,)}
            )
        )
    following = journey().after(page.slug)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    return redirect(url_for("pages.section", slug=following), 303)


def _interrupts(going: Journey, page: Page, form: Any) -> ResponseReturnValue | None:
    """To the emergency page, if what was ticked on this page makes an emergency, whatever else it lacks."""
    ticked = going.answers.with_changes(chosen(page, form, going.rulebook))
    after = Journey(going.rulebook, ticked)
    if after.assessment.triage.level.id != going.rulebook.file.triage.interrupts:
        return None
    keep(ticked)
    return redirect(url_for("pages.result"))


def _require_follow_ups(going: Journey, page: Page, found: PageAnswers, answers: Answers) -> None:
    """An error for each question of the page that is asked with these answers and must be answered; and
    no answer for those that are not asked.
    """
    after = Journey(going.rulebook, answers)
    for question in page.questions:
        item = question.item
        if item.follows is None and not page.each:
            continue
        if not after.is_asked(item, page.section):
            found.errors.pop(item.id, None)
            if item.section == page.section.id:
                found.said[item.id] = None
            else:
                found.said.pop(item.id, None)
        elif (
            item.must in (Must.WHEN_ASKED, Must.ALWAYS)
            and found.said.get(item.id) is None
            and item.follows not in found.errors
        ):
            found.errors.setdefault(item.id, missing_words(question))


def _forget_unsure(found: PageAnswers, going: Journey, page: Page) -> None:
    """Take back the "no" of a line that the person is now not sure about."""
    items = {question.item.id: question.item for question in page.questions}
    for name in found.unsure:
        if going.answers.values.get(name) == benign(items[name]):
            found.said[name] = None


def _go_on(
    going: Journey, page: Page, form: Any, found: PageAnswers, answers: Answers
) -> ResponseReturnValue:
    """Keep the answers and lead to the page that comes next."""
    before = dict(session)
    keep(answers.with_changes(found.said))
    if not current_app.session_interface.fits(session):  # type: ignore[attr-defined]
        session.clear()
        session.update(before)
        return _show(going, page, form, _too_long(page, found)), 422
    name = page.section.id
    if not page.each:
        session["pending"] = {**session.get("pending", {}), name: found.unsure}
    if name == going.rulebook.file.journey.wish_page:
        session[WISHES] = [wish for wish in going.rulebook.file.journey.wish_labels if wish in request.form]
    after = journey()
    if request.form.get(CHANGE) and not found.unsure:
        following = after.first_open
    elif name in going.rulebook.file.journey.on_request:
        following = None
    else:
        following = after.after(page.slug)
    if following is None:
        return redirect(url_for("pages.answers"), 303)
    changing = "1" if request.form.get(CHANGE) else None
    return redirect(url_for("pages.section", slug=following, change=changing), 303)


def _too_long(page: Page, found: PageAnswers) -> dict[str, str]:
    """Errors for the texts of a page that together are more than a cookie can hold."""
    texts = [question.item for question in page.questions if question.item.kind is Kind.TEXT]
    words = _("Shorten this: all texts together are too long to be kept")
    return {item.id: words for item in texts if found.said.get(item.id)}


def _show(going: Journey, page: Page, form: Any, errors: dict[str, str], notice: str = "") -> str:
    order = list(page_fields(page))
    test = going.rulebook.home_tests.get(page.section.test or "")
    settings = going.rulebook.file.journey
    offering = page.section.id == settings.wish_page
    return render_template(
        "pages/section.html",
        page=page,
        heading=_heading(page),
        form=form,
        errors=dict(sorted(errors.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 0)),
        notice=notice,
        dropped=session.pop(DROPPED, ()),
        back=_before(going, page.slug),
        changing=request.values.get(CHANGE),
        test=test,
        tests=_titles(going) if page.section.id in settings.wishes else (),
        wishes=_wishes(going, page),
        no_tests=settings.no_tests_words if offering and not going.offers_tests else "",
        helping=going.answers.values.get("filled_by"),
        kinds=going.rulebook.questionnaire.answer_types,
        names={name: part for group in page.groups for name, part in group_names(group).items()},
        places=going.answers.values.get("pain_sites", ()),
    )


def _heading(page: Page) -> str:
    return _("One by one: %(title)s", title=page.section.title) if page.each else page.section.title


def _titles(going: Journey) -> list[str]:
    """The titles of the home tests that this person is offered."""
    return [part.title for part in going.sections() if part.test is not None]


def page_fields(page: Page) -> list[str]:
    """The names that errors of a page can have, in the order of the page."""
    names = []
    for group in page.groups:
        for question in group.questions:
            names.append(question.item.id)
            names.extend(follow_up.item.id for follow_up in question.follow_ups)
        if group.card is not None:
            names.append(f"{group.card.id}_none")
    return names


def _wishes(going: Journey, page: Page) -> list[tuple[str, str, bool]]:
    """The boxes of the page that offers more: name, label, ticked."""
    settings = going.rulebook.file.journey
    if page.section.id != settings.wish_page:
        return []
    return [
        (wish, label, wish in going.wishes)
        for wish, label in settings.wish_labels.items()
        if wish != settings.tests_wish or going.offers_tests
    ]


def _before(going: Journey, slug: str) -> str | None:
    slugs = going.slugs
    place = slugs.index(slug) if slug in slugs else 0
    return slugs[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer on the check page: what was asked, what was said, and where to change it."""

    item: str
    slug: str
    question: str
    answer: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answers of one page; harmless warning signs and risks are counted together."""

    title: str
    rows: tuple[AnswerRow, ...]
    harmless: tuple[AnswerRow, ...]


@pages.get("/check/answers")
def answers() -> ResponseReturnValue:
    """Every answer with a link to change it."""
    going = journey()
    if going.assessment.triage.level.id == going.rulebook.file.triage.interrupts:
        return redirect(url_for("pages.result"))
    parts = [part for section in going.sections() if (part := _part(going, section)).rows or part.harmless]
    sections = going.rulebook.questionnaire.sections
    return render_template(
        "pages/answers.html",
        rows=parts,
        first_open=going.first_open,
        dropped=session.pop(DROPPED, ()),
        on_request=[(slug, sections[slug].title) for slug in going.rulebook.file.journey.on_request],
        open_count=sum(len(going.open_items(section)) for section in going.sections()),
    )


def _part(going: Journey, section: Section) -> AnswerPart:
    rows = [(item, _row(going, section, item)) for item in going.asked(section)]
    quiet = {
        item.id
        for item, _row_of in rows
        if item.block in ("A", "B", "C", "risk")
        and benign(item) is not None
        and going.answers.values.get(item.id) == benign(item)
    }
    return AnswerPart(
        section.title,
        tuple(row for item, row in rows if item.id not in quiet),
        tuple(row for item, row in rows if item.id in quiet),
    )


def _row(going: Journey, section: Section, item: Item) -> AnswerRow:
    value = going.answers.values.get(item.id)
    words = "" if value is None else answer_words(item, value, going.rulebook)
    if value is not None and item.id in going.rulebook.file.triage.private_items:
        words = _("Answered")
    alarming = isinstance(value, str) and (value in item.alarm or value == NOT_SURE)
    return AnswerRow(item.id, section.id, item.short, words, alarming)


@pages.get("/result")
def result() -> ResponseReturnValue:
    """The result, or the first page with something still to answer."""
    going = journey()
    if not going.answers.values:
        return redirect(url_for("pages.start"))
    if not going.may_see_result():
        return redirect(url_for("pages.check"))
    sheet = handout(going.rulebook, going.assessment, region())
    interrupts = going.assessment.triage.level.id == going.rulebook.file.triage.interrupts
    template = "pages/emergency.html" if interrupts else "pages/result.html"
    order = [disposition.id for disposition in going.rulebook.file.disposition]
    mistake = sheet.because[0] if sheet.because else None
    return render_template(template, sheet=sheet, rank=order.index(sheet.disposition), mistake=mistake)


@pages.route("/clear", methods=["GET", "POST"])
def clear() -> ResponseReturnValue:
    """Ask whether to forget everything, and forget it."""
    if request.method == "GET":
        return render_template("pages/clear.html")
    session.clear()
    return redirect(url_for("pages.start", cleared=1), 303)


@pages.get("/healthz")
def healthz() -> Response:
    """That the server works, and its versions."""
    book = rulebook()
    return jsonify(
        status="ok",
        version=__version__,
        rules={"version": book.file.meta.version, "fingerprint": book.fingerprint},
    )
