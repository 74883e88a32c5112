"""The pages of the rules to groups within groups, as a Questionnaire and its answers nest them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from selfcheck.questionnaire import Card, Item, Section
from selfcheck.rulebook.model import Rulebook


class Group(Struct, frozen=True):
    """A page, or a card on it (then with a ``card``), with what stands in it in reading order."""

    link: str
    section: Section
    card: Card | None
    parts: tuple[Item | Group, ...]

    @property
    def title(self) -> str:
        """The heading of the card or page."""
        return self.card.title if self.card else self.section.title


@lru_cache(maxsize=8)
def outline(rulebook: Rulebook) -> tuple[Group, ...]:
    """All pages that have questions, in order. Link ids of groups hold a hyphen, those of items never do."""
    asked = rulebook.questionnaire
    return tuple(
        _page(section, asked.by_section[section.id])
        for section in asked.sections.values()
        if asked.by_section[section.id]
    )


def _page(section: Section, items: tuple[Item, ...]) -> Group:
    cards = {card.id: card for card in section.card if card.title != section.title}
    gathered: dict[str, list[Item]] = {}
    order: list[Item | str] = []
    for item in items:
        if item.follows is not None:
            continue
        lines = _with_follow_ups(item, items)
        if item.card not in cards:
            order.extend(lines)
            continue
        if item.card not in gathered:
            order.append(str(item.card))
        gathered.setdefault(str(item.card), []).extend(lines)
    parts = tuple(
        Group(f"card-{section.id}-{part}", section, cards[part], tuple(gathered[part]))
        if isinstance(part, str)
        else part
        for part in order
    )
    return Group(f"page-{section.id}", section, None, parts)


def _with_follow_ups(item: Item, items: Iterable[Item]) -> list[Item]:
    """An item and what is asked after it, each follow-up behind what it follows."""
    found = [item]
    for other in items:
        if other.follows is not None and other.follows == item.id:
            found.extend(_with_follow_ups(other, items))
    return found


@lru_cache(maxsize=8)
def paths(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """The link ids of the groups around each item, from the outside in."""
    return dict(_paths(outline(rulebook), ()))


def _paths(parts: Iterable[Item | Group], around: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in parts:
        if isinstance(part, Group):
            yield from _paths(part.parts, (*around, part.link))
        else:
            yield part.id, around
