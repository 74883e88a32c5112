"""What the answers fit with, as cards: which patterns are shown, and which of them are told of together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from selfcheck.assessment.model import PatternResult
from selfcheck.handout.model import Picture
from selfcheck.handout.opinion import sides_said
from selfcheck.handout.together import applying
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.parts.patterns import Pattern, Status, Together


def pictures(
    rulebook: Rulebook, region: Region, results: Sequence[PatternResult]
) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """The cards of the patterns that are shown, and one line with the points of each that is left out."""
    shown = {result.pattern.id: result for result in _limited(rulebook, results)}
    cards = [_picture(rulebook, region, result) for result in shown.values()]
    for rule in applying(rulebook, shown.values()):
        cards = _put_together(rule, cards)
    for result in shown.values():
        if result.pattern.members:
            cards = _head(result.pattern, cards)
    left_out = (_line(result) for result in results if result.pattern.id not in shown)
    return tuple(cards), tuple(left_out)


def _limited(rulebook: Rulebook, results: Sequence[PatternResult]) -> Iterator[PatternResult]:
    """What is shown on one page: all that need a look, and the first few of the others per status."""
    most = rulebook.file.scoring.most_shown
    counted: dict[Status, int] = {}
    for result in results:
        if result.pattern.kind == "self_care":
            counted[result.status] = counted.get(result.status, 0) + 1
            if counted[result.status] > most:
                continue
        yield result


def _put_together(rule: Together, cards: list[Picture]) -> list[Picture]:
    """The cards with what a rule says: other names, another text, a sentence more on the first, or one card."""
    own = {
        card.id: replace(
            card,
            name=rule.names.get(card.id, card.name),
            clinician_name=rule.clinician_names.get(card.id, card.clinician_name),
            mechanism=rule.mechanism or card.mechanism,
        )
        for card in cards
        if card.id in rule.patterns
    }
    place = next((at for at, card in enumerate(cards) if card.id in own), len(cards))
    if rule.one_card and len(own) == len(rule.patterns):
        first, *others = (own[name] for name in rule.patterns)
        rest = [card for card in cards if card.id not in own]
        cards = [*rest[:place], replace(first, beside=tuple(others)), *rest[place:]]
    else:
        cards = [own.get(card.id, card) for card in cards]
    if rule.text and own:
        cards[place] = replace(cards[place], together=(*cards[place].together, rule.text))
    return cards


def _head(pattern: Pattern, cards: list[Picture]) -> list[Picture]:
    """The cards with a heading above the first of its members, with their names."""
    heading = next(card for card in cards if card.id == pattern.id)
    rest = [card for card in cards if card is not heading]
    members = [[one.name for one in (card, *card.beside) if one.id in pattern.members] for card in rest]
    place = next((at for at, names in enumerate(members) if names), len(rest))
    return [*rest[:place], replace(heading, members=tuple(chain(*members))), *rest[place:]]


def _line(result: PatternResult) -> str:
    pattern = result.pattern
    return f"{_fits(result)}: {pattern.name} ({result.score} / {pattern.likely})"


def _fits(result: PatternResult) -> str:
    return _("Fits well") if result.status is Status.LIKELY else _("May fit")


def _picture(rulebook: Rulebook, region: Region, result: PatternResult) -> Picture:
    pattern, most = result.pattern, rulebook.file.scoring.most_reasons
    test = rulebook.home_tests.get(result.next_best_test or "")
    return Picture(
        id=pattern.id,
        name=pattern.name,
        clinician_name=pattern.clinician_name,
        fits=_fits(result),
        sides=sides_said(result, {"left": _("left"), "right": _("right")}, _(" and ")),
        mechanism=region.say(pattern.mechanism),
        supports=tuple(region.say(point.item.because) for point in result.supports[:most]),
        limits=tuple(region.say(point.item.because) for point in result.limits),
        differential=region.say(pattern.differential),
        grade=pattern.evidence.grade,
        evidence_for=pattern.evidence.supports,
        evidence_against=pattern.evidence.limits,
        next_test=test.name if test else "",
        score=f"{result.score} / {pattern.likely}" if pattern.likely else "",
    )
