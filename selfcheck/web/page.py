"""A page as it is drawn: groups of questions, each with what stands under it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from wtforms.form import BaseForm

from selfcheck.questionnaire import Card, Item, Option, Section

EACH = "-each"


class Question(Struct, frozen=True):
    """One item as it is drawn. ``style`` is ``plain``, ``row``, ``line``, ``opens``, ``lines`` or ``groups``.

    ``told`` is the answer that follows from another page (nothing is asked then). ``opens`` are the
    options under which follow-ups may appear; a follow-up that is asked whatever is chosen above it is
    drawn ``already``. ``unfit`` options are not offered. ``easier`` shows the easier wording, too.
    """

    item: Item
    style: str
    follow_ups: tuple[Question, ...] = ()
    opens: frozenset[str] = frozenset()
    told: str | None = None
    already: bool = False
    unfit: frozenset[str] = frozenset()
    easier: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen where it stands: on a card the harmless answers are left to the last lines."""
        shown = [option for option in self.item.option if not option.hidden and option.id not in self.unfit]
        if self.style == "lines":
            return tuple(option for option in shown if not option.alone and option.id != "not_applicable")
        if self.style == "opens":
            return tuple(option for option in shown if option.id != self.item.benign)
        if self.style == "groups":
            return tuple(option for option in shown if not option.alone)
        return tuple(shown)


class Group(Struct, frozen=True):
    """Questions that stand together: on a card, under a title (one leg of a test), or by themselves.

    ``folded`` questions are only shown when somebody opens them, those with a ``wish`` under its box.
    """

    card: Card | None
    questions: tuple[Question, ...]
    title: str = ""
    folded: bool = False
    wish: str = ""

    def is_filled(self, form: BaseForm, errors: Mapping[str, str]) -> bool:
        """Whether one of its questions holds something, or is wrong."""
        return any(form[each.item.id].data or each.item.id in errors for each in self.questions)


class Page(Struct, frozen=True):
    """One screen."""

    section: Section
    groups: tuple[Group, ...]
    each: bool = False

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.section.id + (EACH if self.each else "")

    @property
    def has_map(self) -> bool:
        """Whether a picture of the body stands on it."""
        return any(question.item.body_map for question in self.questions)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question on it, follow-ups after what they follow."""
        return tuple(
            each
            for group in self.groups
            for question in group.questions
            for each in with_follow_ups(question)
        )


def with_follow_ups(question: Question) -> tuple[Question, ...]:
    """A question and everything drawn under it."""
    return (question, *(each for follow_up in question.follow_ups for each in with_follow_ups(follow_up)))


def in_easier_words(page: Page, names: frozenset[str]) -> Page:
    """The page with the easier wording of some items beside the usual one."""
    groups = tuple(
        replace(
            group,
            questions=tuple(replace(one, easier=one.item.id in names) for one in group.questions),
        )
        for group in page.groups
    )
    return replace(page, groups=groups)
