"""The safety tables: dispositions, red flags, clusters and cautions."""

from typing import Literal

from pydantic import Field

from selfcheck.part import Id, Part, Words
from selfcheck.rulebook.fields import When


class Lead(Part):
    """A lead sentence; the first whose condition holds (or that has none) is used."""

    when: When | None = None
    text: Words


class Disposition(Part):
    """How soon and by whom the person should be seen.

    ``rank`` orders the results (higher wins; ``None`` for a result outside the order);
    ``mode_at_most`` limits the exercise programme. Without ``when`` and ``who`` the texts of the rules that led
    there say it.
    """

    id: Id
    rank: int | None = None
    letter: str
    heading: Words
    when: Words | None = None
    who: Words | None = None
    lead: tuple[Lead, ...] = Field(min_length=1)
    lead_alone: Words
    meanwhile: tuple[Words, ...] = ()
    mode_at_most: Id
    patterns_shown: bool = True
    answers_needed: bool = False


class Channel(Part):
    """Where an emergency goes; the first in file order that a fired rule names. ``who`` stands in place of the
    disposition's own.
    """

    id: Id
    instruction: Words
    call: Words | None = None
    who: Words | None = None


class Triage(Part):
    """Which dispositions play a fixed part.

    An unanswered question of Block A (B) makes a result incomplete unless its level is at least
    ``block_a_needs`` (``block_b_needs``); from ``no_plan_from`` on nothing is planned.
    """

    nothing_found: Id
    incomplete: Id
    out_of_scope: Id
    interrupts: Id
    unsure_at_most: Id
    block_a_needs: Id
    block_b_needs: Id
    no_plan_from: Id
    soft_level: Id
    crisis_item: Id
    crisis_unasked: Words | None = None
    private_items: tuple[Id, ...] = ()
    default_channel: Id


class SafetyNet(Part):
    """One line of the list that every result carries."""

    act: Words
    signs: tuple[Words, ...]


class Row(Part):
    """One line of a trigger.

    ``unsure`` says what "not sure" on a bare risk factor may do: ``full`` like yes, ``capped`` at most
    the level that ``[triage]`` names. ``soft`` rows do not count towards clusters of soft flags.
    """

    holds: When
    disposition: Id
    unsure: Literal["full", "capped"] = "capped"
    keeps_mode: bool = False
    soft: bool = False


class LevelText(Part):
    """Advice, with the level it was written for; it is shown at no other level."""

    disposition: Id
    text: Words
    instead_of_lead: bool = False


class Note(Part):
    """A line that is shown, without a level of its own, while its condition holds; one ``for_clinician`` stands
    on the sheet only. From "no plan" on only those of ``every_level`` are shown to people.
    """

    holds: When
    text: Words
    for_clinician: bool = False
    every_level: bool = False


class FlagGroup(Part):
    """A heading under which the clinician's sheet lists red flags, in file order.

    ``sheet`` is the short heading where it differs.
    """

    id: Id
    label: Words
    sheet: Words | None = None


class RedFlag(Part):
    """A warning sign: its rows give levels, the highest that holds counts.

    ``sheet`` is its name of a word or two on the clinician's sheet, where all of them fit on one page. With
    ``advice_follows`` what other rules say at lower levels is told, too, where nothing else gives its level.
    """

    id: Id
    block: Literal["A", "B", "C"]
    plain: Words
    label: Words
    sheet: Words | None = None
    group: Id
    own_items: tuple[Id, ...] = ()
    when: tuple[Row, ...] = Field(min_length=1)
    advice: tuple[LevelText, ...] = Field(min_length=1)
    note: tuple[Note, ...] = ()
    channel: Id | None = None
    soft_group: Id | None = None
    keeps_mode: bool = False
    private_unless: When | None = None
    advice_follows: bool = False
    sources: tuple[Id, ...] = Field(min_length=1)


class Cluster(Part):
    """Answers that weigh more together than alone; raises, never lowers."""

    id: Id
    plain: Words
    label: Words
    when: tuple[Row, ...] = Field(min_length=1)
    advice: tuple[LevelText, ...] = ()
    note: tuple[Note, ...] = ()
    channel: Id | None = None
    explains_only: bool = False
    keeps_mode: bool = False
    soft_flags_from_groups: int | None = None
    sources: tuple[Id, ...] = Field(min_length=1)


class HoldCap(Part):
    """A longest hold in seconds for one kind of exercise."""

    kind: Id
    hold_seconds: int = Field(ge=1, le=300)


class CautionRow(Part):
    """What a caution does while ``holds`` is true.

    ``stop`` and ``refer`` withhold everything; ``modify`` withholds exercises that bear one of the tags.
    ``advice`` stands in place of the caution's own.
    """

    holds: When
    action: Literal["stop", "refer", "modify"]
    withholds: tuple[Id, ...] = ()
    withholds_all_but: tuple[Id, ...] = ()
    floor: Id | None = None
    hold_cap: tuple[HoldCap, ...] = ()
    ends_check: bool = False
    advice: Words | None = None


class Caution(Part):
    """A gate: something about the person that makes some or all exercises unsuitable."""

    id: Id
    plain: Words
    label: Words
    when: tuple[CautionRow, ...] = Field(min_length=1)
    advice: Words | None = None
    heading: Words | None = None
    sources: tuple[Id, ...] = Field(min_length=1)
