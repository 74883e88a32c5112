"""Rules to the blank questionnaire on paper: numbered questions with boxes, and how to score them by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from selfcheck.handout.by_hand import Letter, Meaning, Scorer, Together
from selfcheck.questionnaire import Item, Kind, Option, with_shared_options
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.tree import Every

STAR_BLOCKS = ("A", "B")
LINE_SIGNS, BOX_SIGNS = 48, 6


class Level(Struct, frozen=True):
    """A letter, and what it means; ``otherwise`` where it does not say when and who."""

    letter: str
    heading: str
    when: str
    who: str
    otherwise: str


class Box(Struct, frozen=True):
    """One box to tick. ``place`` is its number on the picture of the body, 0 where there is none."""

    label: str
    heading: str
    letter: Letter | None
    place: int


class PaperQuestion(Struct, frozen=True):
    """One question. ``chosen_from`` is the number of the question whose places it asks for, else 0;
    ``block`` is A or B where an answer is needed for a result.
    """

    number: int
    id: str
    kind: str
    text: str
    hint: str
    only_if: str
    block: str
    boxes: tuple[Box, ...]
    ends: tuple[str, str]
    unit: str
    sided: bool
    follows: bool
    chosen_from: int
    body_map: Item | None

    @property
    def is_short(self) -> bool:
        """Whether its boxes stand in one line."""
        return sum(len(box.label) + BOX_SIGNS for box in self.boxes) <= LINE_SIGNS and not self.body_map


class PaperCard(Struct, frozen=True):
    """Questions under one heading; the first of a section may have none."""

    title: str
    questions: tuple[PaperQuestion, ...]


class PaperSection(Struct, frozen=True):
    """One page of the questionnaire, as far as paper goes."""

    title: str
    part: int
    words: tuple[str, ...]
    only_if: str
    cards: tuple[PaperCard, ...]


class Paper(Struct, frozen=True):
    """The whole questionnaire, in order."""

    levels: tuple[Level, ...]
    sections: tuple[PaperSection, ...]
    together: tuple[Together, ...]
    meanings: tuple[Meaning, ...]


@lru_cache(maxsize=8)
def paper(rulebook: Rulebook, region: Region) -> Paper:
    """The questionnaire of these rules in the words of one region."""
    return _Writer(rulebook, region).paper()


def paper_numbers(rulebook: Rulebook) -> dict[str, int]:
    """The number of each question on paper, by its id in the file; a question with sides has one."""
    drawn = [item.id for item in rulebook.file.item if item.drawn]
    return {name: number for number, name in enumerate(drawn, 1)}


class _Writer:
    """Writes one questionnaire."""

    def __init__(self, rulebook: Rulebook, region: Region) -> None:
        self.rulebook = rulebook
        self.region = region
        self.numbers = paper_numbers(rulebook)
        self.scorer = Scorer(rulebook, region, self.numbers)
        self.scoring = self.scorer.scoring()

    def paper(self) -> Paper:
        ranked = [level for level in self.rulebook.file.disposition if level.rank is not None]
        say = self.region.say
        levels = tuple(
            Level(level.letter, say(level.heading), say(level.when), say(level.who), say(level.lead_alone))
            for level in sorted(ranked, key=lambda level: -(level.rank or 0))
        )
        return Paper(levels, tuple(self.sections()), self.scoring.together, self.scoring.meanings)

    def sections(self) -> Iterator[PaperSection]:
        for section in self.rulebook.file.section:
            items = [item for item in self.rulebook.file.item if item.section == section.id and item.drawn]
            cards = {card.id: card.title for card in section.card if card.title != section.title}
            groups: list[tuple[str, list[PaperQuestion]]] = []
            for item in items:
                title = cards.get(item.card or "", "")
                if not groups or (item.follows is None and groups[-1][0] != title):
                    groups.append((title, []))
                groups[-1][1].append(self.question(item))
            if not groups:
                continue
            offers = section.id == self.rulebook.file.journey.wish_page  # paper has nothing to offer
            words = (self.region.say(text) for text in (section.intro, section.note) if text and not offers)
            asked = self.rulebook.page_if.get(section.id)
            yield PaperSection(
                title=section.title,
                part=section.part,
                words=tuple(words),
                only_if=self.scorer.words(asked.node) if asked else "",
                cards=tuple(PaperCard(title, tuple(questions)) for title, questions in groups),
            )

    def question(self, item: Item) -> PaperQuestion:
        say = self.region.say
        return PaperQuestion(
            number=self.numbers[item.id],
            id=item.id,
            kind=item.kind,
            text=say(item.text),
            hint=say(item.hint),
            only_if=self.only_if(item),
            block=item.block if item.block in STAR_BLOCKS else "",
            boxes=tuple(self.boxes(item)),
            ends=(item.low_label or "", item.high_label or ""),
            unit=item.unit or "",
            sided=item.sided,
            follows=item.follows is not None,
            chosen_from=self.numbers[item.among] if item.among else 0,
            body_map=item if item.body_map else None,
        )

    def only_if(self, item: Item) -> str:
        """When a question is asked on a page that is asked; empty for always."""
        asked = self.rulebook.ask_if.get(f"{item.id}_left" if item.sided else item.id)
        page = self.rulebook.page_if.get(item.section)
        if asked is None or (page is not None and asked.node == page.node):
            return ""
        if page is not None and isinstance(asked.node, Every) and page.node in asked.node.parts:
            rest = tuple(part for part in asked.node.parts if part != page.node)
            return self.scorer.words(rest[0] if len(rest) == 1 else Every(rest))
        return self.scorer.words(asked.node)

    def boxes(self, item: Item) -> Iterator[Box]:
        if item.kind is Kind.SCALE:
            numbers = range(int(item.low or 0), int(item.high or 0) + 1)
            yield from (Box(str(number), "", None, 0) for number in numbers)
        whole = with_shared_options(item, dict(self.rulebook.questionnaire.answer_types))
        for place, option in enumerate(whole.option, 1):
            if not option.hidden:
                yield self.box(item, option, place if item.body_map else 0)

    def box(self, item: Item, option: Option, place: int) -> Box:
        heading = option.heading or ""
        return Box(
            self.region.say(option.label), heading, self.scoring.letters.get((item.id, option.id)), place
        )
