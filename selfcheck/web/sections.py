"""The sections of a rulebook as the way goes by them, looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from msgspec import Struct

from selfcheck.questionnaire import Item, Must
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.layout import always_asked, items_on


@lru_cache(maxsize=8)
def ending(rulebook: Rulebook) -> tuple[Condition, ...]:
    """What ends the check after the warning signs."""
    return tuple(row.holds for caution in rulebook.file.caution for row in caution.when if row.ends_check)


NEEDED = (Must.ALWAYS, Must.WHEN_ASKED)
"""What the journey does not go on without."""


Row = tuple[Item, str, bool]
"""An item, its id, and whether everybody is asked."""


class Place(Struct, frozen=True):
    """A section as the way goes by it: the wish that brings it, its home test, and whether it comes only on
    request or always; ``items`` are those that can be drawn, each with whether everybody is asked, ``needed``
    those of them without which the way does not go on; ``needs`` their ids; ``only_if_asked`` are its own ones that no
    wish brings.
    """

    condition: Condition | None
    wish: str | None
    test: str | None
    on_request: bool
    always: bool
    for_everyone: bool
    part: int
    items: tuple[Row, ...]
    needed: tuple[Row, ...]
    needs: frozenset[str]
    only_if_asked: frozenset[str]


class Needed(Struct, frozen=True):
    """What all sections need, as ids: ``whatever`` are the items that count as open until they have an answer,
    ``if_asked`` those that do so unless they are known not to be asked; ``at`` are the sections of each.
    """

    whatever: frozenset[str]
    if_asked: frozenset[str]
    at: Mapping[str, tuple[int, ...]]

    def unmet(self, said: AbstractSet[str], not_asked: Iterable[str]) -> list[int]:
        """The places, in order, of the sections that need something without an answer."""
        items = (self.whatever - said) | (self.if_asked - said).difference(not_asked)
        return sorted({place for item in items for place in self.at[item]})


@lru_cache(maxsize=8)
def places_of(rulebook: Rulebook) -> dict[str, Place]:
    """Every section of a rulebook, looked up once."""
    settings, found = rulebook.file.journey, {}
    for name, section in rulebook.questionnaire.sections.items():
        always = always_asked(rulebook, name)
        items = tuple((item, item.id, item.id in always) for item in items_on(rulebook, name) if item.drawn)
        needs = frozenset(item.id for item, _, _ in items if item.must in NEEDED)
        own = frozenset(item.id for item, _, _ in items if item.section == name and item.wish is None)
        found[name] = Place(
            condition=rulebook.page_if.get(name),
            wish=settings.wishes.get(name),
            test=section.test,
            on_request=name in settings.on_request,
            always=name in settings.always,
            for_everyone=section.for_everyone,
            part=section.part,
            items=items,
            needed=tuple(row for row in items if row[0].must in NEEDED),
            needs=needs,
            only_if_asked=own,
        )
    return found


@lru_cache(maxsize=8)
def needed_by(rulebook: Rulebook) -> Needed:
    """What the sections of a rulebook need, put together once."""
    places = places_of(rulebook).values()
    at: dict[str, tuple[int, ...]] = {}
    for number, place in enumerate(places):
        for item in place.needs:
            at[item] = (*at.get(item, ()), number)
    return Needed(
        frozenset().union(*(place.needs - place.only_if_asked for place in places)),
        frozenset().union(*(place.needs & place.only_if_asked for place in places)),
        at,
    )
