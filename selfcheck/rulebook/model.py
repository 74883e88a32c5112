"""The rules as the program uses them: a file's parts by id, and its conditions ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from selfcheck.questionnaire import Item, Questionnaire
from selfcheck.rulebook.conditions import Condition
from selfcheck.rulebook.drawings import Drawings
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.parts.general import Advice, Region, Source
from selfcheck.rulebook.parts.patterns import Finding, HomeTest, Pattern
from selfcheck.rulebook.parts.programme import Exercise
from selfcheck.rulebook.parts.safety import Caution, Cluster, Disposition, RedFlag


class Rulebook(Struct, frozen=True, eq=False):
    """Everything the rules say.

    ``conditions`` holds every condition that others name, by key: ``id``, ``id:left`` and ``id:right``
    for those with sides, ``flag`` for "any row holds" and ``flag@disposition`` for "a row of at least
    that level holds". ``ask_if`` and ``page_if`` are keyed by item and section,
    ``also_if`` by the item that an earlier page asks, too.
    ``fingerprint`` is eight hex digits of the file's text. ``risk_items`` are the risk factors that a
    rule may name bare, ``warning_items`` the questions of blocks A and B, ``reserved`` the items with
    answers that count as unanswered. ``drawings`` is ``None`` where no file of drawings lies beside the rules;
    so is ``proof``, the text of the last proof, which may be of other rules. Two rulebooks are equal only if they are the same object.
    """

    file: RulesFile
    questionnaire: Questionnaire
    fingerprint: str
    conditions: Mapping[str, Condition]
    ask_if: Mapping[str, Condition]
    page_if: Mapping[str, Condition]
    also_if: Mapping[str, Condition]
    careful: frozenset[str]
    sources: Mapping[str, Source] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    dispositions: Mapping[str, Disposition] = field(default_factory=dict)
    red_flags: Mapping[str, RedFlag] = field(default_factory=dict)
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    cautions: Mapping[str, Caution] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    home_tests: Mapping[str, HomeTest] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    risk_items: frozenset[str] = frozenset()
    warning_items: tuple[Item, ...] = ()
    reserved: tuple[tuple[str, frozenset[str]], ...] = ()
    drawings: Drawings | None = None
    proof: str | None = None
