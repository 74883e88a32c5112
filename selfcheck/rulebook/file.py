"""The whole rules file as one frozen structure; its JSON Schema is what editors complete from."""

from pydantic import Field

from selfcheck.part import Part
from selfcheck.questionnaire import AnswerType, Item, Section
from selfcheck.rulebook.parts.general import (
    About,
    Advice,
    Compared,
    Computed,
    Light,
    Meta,
    Named,
    PaperWords,
    Recheck,
    Region,
    Source,
    StopRule,
    Tag,
    Term,
    Week,
)
from selfcheck.rulebook.parts.journey import JourneySettings, SoftNotice
from selfcheck.rulebook.parts.patterns import Finding, HomeTest, Interaction, Pattern, Scoring
from selfcheck.rulebook.parts.programme import Exercise, Programme
from selfcheck.rulebook.parts.proof import Promises
from selfcheck.rulebook.parts.safety import (
    Caution,
    Channel,
    Cluster,
    Disposition,
    FlagGroup,
    RedFlag,
    SafetyNet,
    Triage,
)
from selfcheck.rulebook.parts.sheet import ClinicianSheet
from selfcheck.rulebook.parts.style import HouseStyle, OpenPoint


class RulesFile(Part):
    """All tables in the order of the file. Every list keeps the file's order."""

    meta: Meta
    about: About = About(heading="selfcheck")
    triage: Triage
    promises: Promises = Promises()
    scoring: Scoring
    house_style: HouseStyle | None = None
    open_point: tuple[OpenPoint, ...] = ()
    source: tuple[Source, ...] = Field(min_length=1)
    region: tuple[Region, ...] = Field(min_length=1)
    channel: tuple[Channel, ...] = Field(min_length=1)
    safety_net: tuple[SafetyNet, ...] = Field(min_length=1)
    tag: tuple[Tag, ...] = ()
    term: tuple[Term, ...] = ()
    answer_type: tuple[AnswerType, ...] = ()
    journey: JourneySettings
    section: tuple[Section, ...] = Field(min_length=1)
    item: tuple[Item, ...] = Field(min_length=1)
    soft_notice: tuple[SoftNotice, ...] = ()
    computed: tuple[Computed, ...] = ()
    named: tuple[Named, ...] = ()
    disposition: tuple[Disposition, ...] = Field(min_length=1)
    flag_group: tuple[FlagGroup, ...] = Field(min_length=1)
    red_flag: tuple[RedFlag, ...] = Field(min_length=1)
    cluster: tuple[Cluster, ...] = ()
    caution: tuple[Caution, ...] = ()
    finding: tuple[Finding, ...] = ()
    home_test: tuple[HomeTest, ...] = ()
    pattern: tuple[Pattern, ...] = Field(min_length=1)
    interaction: tuple[Interaction, ...] = ()
    exercise: tuple[Exercise, ...] = ()
    programme: Programme
    stop_rule: tuple[StopRule, ...] = ()
    light: tuple[Light, ...] = ()
    week: tuple[Week, ...] = ()
    recheck: tuple[Recheck, ...] = ()
    compared: tuple[Compared, ...] = ()
    paper: PaperWords = PaperWords()
    advice: tuple[Advice, ...] = ()
    sheet: ClinicianSheet = ClinicianSheet()


def schema() -> dict[str, object]:
    """The JSON Schema of the rules file, for editors."""
    written = RulesFile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **written,
        "title": "The rules file of selfcheck",
    }
