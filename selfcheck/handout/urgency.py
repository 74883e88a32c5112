"""An assessment to the few other answers that would make its result more urgent, in words.

Only what raises: nobody is shown how to answer a warning sign away.
"""

from __future__ import annotations

from msgspec import Struct

from selfcheck.assessment.flips import Flip, raising
from selfcheck.assessment.model import Assessment
from selfcheck.handout.words import answer_words
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region

MOST = 4


class Raising(Struct, frozen=True):
    """One other answer, where it can be given, and the heading of the level that it would give."""

    item: str
    section: str
    question: str
    answer: str
    heading: str


def more_urgent(rulebook: Rulebook, assessment: Assessment, region: Region) -> tuple[Raising, ...]:
    """At most four such answers; none for an emergency, or while the check is not finished."""
    triage = assessment.triage
    settled = triage.disposition is triage.level
    if not settled or triage.level.id == rulebook.file.triage.interrupts:
        return ()
    return tuple(_worded(rulebook, flip, region) for flip in raising(rulebook, assessment, MOST))


def _worded(rulebook: Rulebook, flip: Flip, region: Region) -> Raising:
    item = rulebook.questionnaire.items[flip.item]
    answer = flip.answer
    if isinstance(answer, tuple):
        before = flip.before if isinstance(flip.before, tuple) else ()
        answer = tuple(option for option in answer if option not in before) or answer
    heading = rulebook.dispositions[flip.outcome.level].heading
    return Raising(
        item.id,
        item.section,
        region.say(item.short),
        region.say(answer_words(item, answer, rulebook)),
        region.say(heading),
    )
