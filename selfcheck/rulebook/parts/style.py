"""The tables that `selfcheck check` holds a rules file to: its house style, and what is still to be signed."""

from typing import Literal

from pydantic import Field

from selfcheck.part import Id, Part, Words

Check = Literal["advice", "avoid", "chain", "dead", "ids", "reading", "sources", "threshold", "useless"]


class Prefix(Part):
    """How the ids of a table begin; with ``kind``, of those entries of it only."""

    table: Words
    kind: Words | None = None
    begins: tuple[Words, ...] = Field(min_length=1)


class Avoided(Part):
    """Words that frighten or blame, what to write ``instead``, and the tables they are kept out of (all,
    if none is named).
    """

    words: tuple[Words, ...] = Field(min_length=1)
    tables: tuple[Words, ...] = ()
    instead: Words


class TimeWords(Part):
    """Words that tell a person to be seen by then; out of place in a text of a more urgent disposition."""

    disposition: Id
    words: tuple[Words, ...] = Field(min_length=1)


class Waiver(Part):
    """A place (dotted, ``*`` for anything) that one check lets pass, and why."""

    at: Words
    check: Check
    because: Words


class HouseStyle(Part):
    """How texts and ids of the file should look.

    Grades are Flesch-Kincaid; a text of less than ``fewest_words`` has no sentence to be graded and
    counts in the mean only. ``weak_sources`` are the kinds of reading on which a warning sign should not
    rest alone.
    """

    hardest_grade: float
    hardest_mean_grade: float
    fewest_words: int
    weak_sources: tuple[Words, ...] = ()
    prefix: tuple[Prefix, ...] = ()
    avoid: tuple[Avoided, ...] = ()
    time_words: tuple[TimeWords, ...] = ()
    waiver: tuple[Waiver, ...] = ()


class OpenPoint(Part):
    """A question for the clinical owner and what the rules do meanwhile."""

    id: Id
    question: Words
    now: Words
    to_sign: bool = False
