"""A rulebook that loads to what is nevertheless wrong with it, or worth knowing: `selfcheck check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from selfcheck.rulebook.faults import Message, located
from selfcheck.rulebook.lint.chains import broken_chains, never_planned
from selfcheck.rulebook.lint.dead import dead_conditions, shadowed_rows
from selfcheck.rulebook.lint.entries import review, sources, to_sign, unlike_their_kind
from selfcheck.rulebook.lint.subject import Remark, Subject, note, subject_of
from selfcheck.rulebook.lint.thresholds import unreachable_clusters, unreachable_numbers, unreachable_scores
from selfcheck.rulebook.lint.useless import idle_tags, unused_names, useless_questions
from selfcheck.rulebook.lint.wording import avoided, contradicting_advice, hard_to_read
from selfcheck.rulebook.paths import dotted

__all__ = ["CHECKS", "Lint", "Subject", "lint", "subject_of"]

Check = Callable[[Subject], Iterator[Remark]]
CHECKS: tuple[Check, ...] = (
    dead_conditions,
    shadowed_rows,
    unreachable_numbers,
    unreachable_scores,
    unreachable_clusters,
    useless_questions,
    unused_names,
    idle_tags,
    broken_chains,
    never_planned,
    contradicting_advice,
    hard_to_read,
    avoided,
    unlike_their_kind,
    sources,
    review,
    to_sign,
)


class Lint(NamedTuple):
    """Faults, for which a file should not be used, and notes, which are no faults; in file order."""

    faults: tuple[Message, ...]
    notes: tuple[Message, ...]


def lint(subject: Subject, checks: Sequence[Check] = CHECKS) -> Lint:
    """Everything that the checks say."""
    remarks = list(_not_waived(subject, checks))
    faults = (one.fault for one in remarks if one.grave)
    notes = (one.fault for one in remarks if not one.grave)
    return Lint(located(faults, subject.text, subject.name), located(notes, subject.text, subject.name))


def _not_waived(subject: Subject, checks: Sequence[Check]) -> Iterator[Remark]:
    """The remarks that no waiver lets pass, and the waivers that let nothing pass."""
    waivers = subject.style.waiver if subject.style else ()
    used: set[int] = set()
    for found in (remark for check in checks for remark in check(subject)):
        place = dotted(subject.raw, found.fault.path)
        passing = {
            number
            for number, waiver in enumerate(waivers)
            if waiver.check == found.check and fnmatchcase(place, waiver.at)
        }
        used |= passing
        if not passing:
            yield found
    if checks is not CHECKS:
        return
    for number, waiver in enumerate(waivers):
        if number not in used:
            message = f"house_style: nothing at '{waiver.at}' needs this waiver any more; drop it"
            yield note("waiver", ("house_style", "waiver", number), message)
