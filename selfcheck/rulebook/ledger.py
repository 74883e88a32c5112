"""Every page with its questions and conditions, and the one page on which each question stands, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from selfcheck.questionnaire import Item, Kind, Must, Section, with_shared_options
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.entries import read_by
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.spoken import in_one_line, spoken

EMPTY = {
    Must.ALWAYS: "must",
    Must.WHEN_ASKED: "must, when shown",
    Must.CAREFUL: "the careful answer counts",
    Must.OPTIONAL: "may stay open",
}
FORMS = {
    Kind.SINGLE: "one answer",
    Kind.MULTI: "ticks",
    Kind.NUMBER: "number",
    Kind.SCALE: "0 to 10",
    Kind.TEXT: "short text",
}


class Place(Struct, frozen=True):
    """Where an item stands. ``pages`` are all that draw it by themselves, in page order: one, or none for an item
    without a field; ``earlier`` is a page that asks it, too, in some cases.
    """

    item: Item
    pages: tuple[str, ...]
    earlier: str = ""


def places(rulebook: Rulebook) -> tuple[Place, ...]:
    """The place of every item of the file, in its order. A sided item has one place for both sides."""
    drawn = [(section.id, item) for section in rulebook.file.section for item in drawn_on(rulebook, section)]
    return tuple(
        Place(item, tuple(page for page, there in drawn if there is item), item.also_on or "")
        for item in rulebook.file.item
    )


def drawn_on(rulebook: Rulebook, section: Section) -> tuple[Item, ...]:
    """The items that a page draws: those that stand by themselves, each followed by what opens under it."""
    here = [item for item in rulebook.file.item if item.section == section.id and item.drawn]
    return tuple(each for item in here if item.follows is None for each in (item, *_under(item, here)))


def _under(item: Item, here: Iterable[Item]) -> Iterator[Item]:
    for other in here:
        if other.follows == item.id:
            yield other
            yield from _under(other, here)


def derived(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """The warning signs without a question of their own, and the questions they are worked out from."""
    items = {item.id for item in rulebook.file.item}
    return {
        flag.id: tuple(sorted({item for row in flag.when for item in _items(rulebook, row.holds, set())}))
        for flag in rulebook.file.red_flag
        if flag.id not in items
    }


def _items(rulebook: Rulebook, condition: Condition, seen: set[str]) -> Iterator[str]:
    """The questions that a condition reads, itself or by way of others."""
    bare = {item.id for item in rulebook.file.item}
    for name in read_by(rulebook, condition.node):
        if name in bare:
            yield name
        elif name not in seen:
            seen.add(name)
            inner = rulebook.conditions.get(name) or rulebook.conditions.get(f"{name}:left")
            if inner is not None:
                yield from _items(rulebook, inner, seen)


def markdown(rulebook: Rulebook) -> Iterator[str]:
    """The lines of the report."""
    yield from _overview(rulebook)
    for section in rulebook.file.section:
        yield from _page(rulebook, section)
    yield from _named(rulebook)
    yield from _ledger(rulebook)


def _overview(rulebook: Rulebook) -> Iterator[str]:
    yield from (
        "",
        "## Pages",
        "",
        "| n | page | part | title | shown | questions |",
        "|---|---|---|---|---|---|",
    )
    for number, section in enumerate(rulebook.file.section, 1):
        count = len(drawn_on(rulebook, section))
        yield f"| {number} | `{section.id}` | {section.part} | {_cell(section.title)} | {_shown(rulebook, section)} | {count} |"


def _shown(rulebook: Rulebook, section: Section) -> str:
    """When a page is one of a person's pages."""
    journey = rulebook.file.journey
    said = []
    if section.ask_if:
        said.append(f"`{section.ask_if}`")
    if section.id in journey.wishes:
        said.append(f"wished for: `{journey.wishes[section.id]}`")
    if section.test:
        said.append(f"home test `{section.test}` is wished for and suits")
    if section.id in journey.on_request:
        said.append("on request")
    if section.id in journey.always:
        said.append("always")
    if not said:
        asked = any(item.ask_if is None for item in drawn_on(rulebook, section))
        said.append("always" if asked else "where one of its questions is asked")
    if section.for_everyone:
        said.append("also where the check ends early")
    return _cell("; ".join(said))


def _page(rulebook: Rulebook, section: Section) -> Iterator[str]:
    yield from ("", f"## {section.title} (`{section.id}`)", "")
    yield f"Part {section.part}. " + " ".join(filter(None, (section.why, section.intro, section.note)))
    cards = {card.id: card for card in section.card}
    if cards:
        yield ""
        yield (
            "Cards: " + "; ".join(f"`{card.id}` {card.title} ({card.style})" for card in cards.values()) + "."
        )
    yield from ("", "| question | words | answers | empty | asked if |", "|---|---|---|---|---|")
    for item in drawn_on(rulebook, section):
        yield _row(rulebook, item)


def _row(rulebook: Rulebook, item: Item) -> str:
    whole = with_shared_options(item, rulebook.questionnaire.answer_types)
    names = f"`{item.id}`" + (", left and right" if item.sided else "")
    names += f", under `{item.follows}`" if item.follows else ""
    names += f", on card `{item.card}`" if item.card else ""
    words = item.text + (f" *{item.hint}*" if item.hint else "")
    answers = "; ".join(f"`{option.id}` {option.label}" for option in whole.option) or _range(item)
    asked = f"`{item.ask_if}`" if item.ask_if else "always"
    return "| " + " | ".join(map(_cell, (names, words, answers, EMPTY[item.must], asked))) + " |"


def _range(item: Item) -> str:
    if item.kind is Kind.TEXT:
        return f"up to {item.max_characters} characters"
    unit = f" {item.unit}" if item.unit else ""
    return f"{item.low or 0:g} to {item.high:g}{unit}" if item.high is not None else FORMS[item.kind]


def _named(rulebook: Rulebook) -> Iterator[str]:
    """The named conditions that questions and pages are asked by, in the file's words and in plain ones."""
    wanted: set[str] = set()
    for condition in (*rulebook.ask_if.values(), *rulebook.page_if.values(), *rulebook.also_if.values()):
        wanted.update(read_by(rulebook, condition.node))
    yield from ("", "## Named conditions used above", "", "| name | condition | in words |", "|---|---|---|")
    for named in rulebook.file.named:
        if named.id in wanted:
            condition = next(iter(named.when.values()))
            words = in_one_line(spoken(rulebook, condition.node, this_side=named.scope == "side"))
            yield f"| `{named.id}` | {_cell(f'`{condition.text}`')} | {_cell(words)} |"


def _ledger(rulebook: Rulebook) -> Iterator[str]:
    yield from ("", "## Ledger", "", "Every question stands on exactly one page.", "")
    yield from ("| question | page | form |", "|---|---|---|")
    found = places(rulebook)
    for place in found:
        if place.pages:
            pages = ", ".join(f"`{page}`" for page in place.pages)
            early = f"; in some cases earlier, on `{place.earlier}`" if place.earlier else ""
            yield f"| `{place.item.id}` | {pages}{early} | {FORMS[place.item.kind]} |"
    yield from ("", "**Without a field**, written by the program:", "")
    for place in found:
        if not place.item.drawn:
            yield f"- `{place.item.id}`: {place.item.short} (belongs to `{place.item.section}`)"
    yield from ("", "**Derived**, never asked; an answer under such an id is refused:", "")
    yield from ("| warning sign | worked out from |", "|---|---|")
    for flag, items in derived(rulebook).items():
        yield f"| `{flag}` | {', '.join(f'`{item}`' for item in items)} |"
    yield from ("", "**Hidden answers**, taken from outside but not shown:", "")
    for item in rulebook.file.item:
        for option in item.option:
            if option.hidden:
                yield f"- `{item.id}.{option.id}`: {option.label}"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
