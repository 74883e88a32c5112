"""A page as it is drawn: groups of questions, each with what stands under it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from selfcheck.questionnaire import Card, Item, Option, Section

EACH = "-each"
LAST_LINES = frozenset({"not_sure", "not_applicable"})
"""Options that the last lines of a card stand for."""


class Question(Struct, frozen=True):
    """One item as it is drawn. ``style`` is ``plain``, ``row``, ``line``, ``opens``, ``lines`` or ``groups``.

    ``told`` on another page, it is not asked here. ``opens`` are the
    options under which follow-ups may appear; a follow-up that is asked whatever is chosen above it is
    drawn ``already``. ``unfit`` options are not offered. ``easier`` shows the easier wording, too.
    """

    item: Item
    style: str
    follow_ups: tuple[Question, ...] = ()
    opens: frozenset[str] = frozenset()
    told: bool = False
    already: bool = False
    unfit: frozenset[str] = frozenset()
    easier: bool = False

    @property
    def variant(self) -> Hashable:
        """What tells its drawing from others of the same item on the same page."""
        follow_ups = tuple(each.variant for each in self.follow_ups)
        drawn = (self.style, self.opens, self.told, self.already, self.unfit, self.easier)
        return self.item.id, follow_ups, drawn

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen where it stands: on a card the harmless answers are left to the last lines."""
        shown = [option for option in self.item.option if not option.hidden and option.id not in self.unfit]
        if self.style == "lines":
            return tuple(option for option in shown if not option.alone and option.id not in LAST_LINES)
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

    @property
    def name(self) -> str:
        """The first of its questions, by which it is known on a page."""
        return self.questions[0].item.id

    @property
    def variant(self) -> Hashable:
        """What tells its drawing from others on the same page."""
        questions = tuple(question.variant for question in self.questions)
        return self.card and self.card.id, questions, self.title, self.folded, self.wish

    def is_filled(self, values: Mapping[str, object], errors: Mapping[str, str]) -> bool:
        """Whether one of its questions holds something, or is wrong."""
        return any(values.get(each.item.id) or each.item.id in errors for each in self.questions)


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
    def variant(self) -> Hashable:
        """What tells its drawing from those of other pages, and of the same page for other answers before it.
        None of the answers is in it.
        """
        return self.slug, tuple(group.variant for group in self.groups)

    @property
    def has_map(self) -> bool:
        """Whether a picture of the body stands on it."""
        return any(question.item.body_map for question in self.questions)

    @property
    def repeats_answers(self) -> bool:
        """Whether it offers the answers to an earlier question to choose among."""
        return any(question.item.among for question in self.questions)

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
