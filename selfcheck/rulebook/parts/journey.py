"""The tables of the way through the pages: what is offered, shortened, and asked about once more."""

from collections.abc import Mapping

from pydantic import Field

from selfcheck.part import Id, Part, Slug, Words
from selfcheck.rulebook.fields import When


class SoftNotice(Part):
    """Answers of one page that are odd together: said once, and taken as they are the second time."""

    id: Id
    section: Slug
    when: When
    text: Words
    items: tuple[Id, ...] = Field(min_length=1)


class WayOut(Part):
    """A notice after a page that offers a shorter way, from one level on. ``{plain}`` in its words stands
    for the warning signs of that level.
    """

    level: Id
    after: Slug
    title: Words
    words: Words
    short: Words
    whole: Words


class ShortWay(WayOut):
    """The way without the pages that only a plan needs. ``keeps`` are pages that are never left out;
    ``words_if_stopped`` is said where the level is lower and a caution alone forbids a plan.
    """

    words_if_stopped: Words
    keeps: tuple[Slug, ...] = ()


class SecondLook(Part):
    """A question asked once more on the check page, because other answers speak against the answer."""

    item: Id
    when: When
    words: Words


class Stopped(Part):
    """The page after a home test that hurt. After ``most`` of them only the way out is offered."""

    title: Words
    words: Words
    worse: Words
    worse_page: Slug
    most: int = 2


class ReviewGroup(Part):
    """A heading on the check page, and the pages whose answers stand under it."""

    title: Words
    sections: tuple[Slug, ...] = Field(min_length=1)


class JourneySettings(Part):
    """Pages and home tests with a place of their own.

    ``wish_page`` offers the wishes, ``wishes`` maps pages to the wish that opens them; ``always`` are pages
    shown without any item; ``on_request`` pages are reached from the check page and the result only. After
    ``unsure_from`` "not sure" on a card its lines are put in easier words, once. Who goes on from the answers of a
    code is asked the pages and questions ``asked_again`` once more.
    """

    wish_page: str
    wish_labels: Mapping[Id, Words]
    tests_wish: Id
    stopped_item: Id
    wishes: Mapping[str, Id] = {}
    always: tuple[str, ...] = ()
    on_request: tuple[str, ...] = ()
    no_tests_when: When
    short_tests: tuple[Id, ...]
    careful_when: When
    careful_tests: tuple[Id, ...]
    no_tests_words: Words
    left_out_words: Words = "We leave this one out for you."
    unsure_from: int = 3
    asked_again: tuple[str, ...] = ()
    asked_again_items: tuple[Id, ...] = ()
    seen_today: WayOut | None = None
    short_way: ShortWay | None = None
    second_look: tuple[SecondLook, ...] = ()
    stopped: Stopped | None = None
    review: tuple[ReviewGroup, ...] = ()
