"""An assessment to every word that is shown, in reading order, for one region.

Health text comes from the rules and the answers only; what stands between is page furniture.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from selfcheck.answers import Answer
from selfcheck.assessment.model import (
    AdviceText,
    Assessment,
    Reasons,
    Withheld,
)
from selfcheck.assessment.reading import Reading
from selfcheck.handout.case import Case, Occasion
from selfcheck.handout.exercises import forms, move
from selfcheck.handout.flags import flag_groups
from selfcheck.handout.furniture import furniture
from selfcheck.handout.model import (
    Call,
    Handout,
    PlanWords,
    Result,
    Said,
)
from selfcheck.handout.pictures import pictures
from selfcheck.handout.sheet import clinician_sheet
from selfcheck.handout.standing import standing
from selfcheck.handout.words import answer_words
from selfcheck.rulebook.catalogue import gettext as _
from selfcheck.rulebook.conditions import Value
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.general import Region
from selfcheck.rulebook.parts.safety import Channel


def handout(
    rulebook: Rulebook, assessment: Assessment, region: Region, occasion: Occasion | None = None
) -> Handout:
    """Every word of the result for one region, on one occasion, with the clinician's sheet."""
    return _Writer(Case(rulebook, assessment, region, occasion or Occasion())).handout()


def result(
    rulebook: Rulebook, assessment: Assessment, region: Region, reading: Reading | None = None
) -> Result:
    """Every word that the person is shown, without the clinician's sheet; ``reading`` are the answers, if they
    have been read already.
    """
    return _Writer(Case(rulebook, assessment, region, read_already=reading)).result()


class _Writer:
    """Writes one handout."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rulebook = case.rulebook
        self.assessment = case.assessment
        self.region = case.region
        self.standing = standing(case.rulebook, case.region)

    def say(self, text: str | None) -> str:
        """A text with the region's names and numbers in place of the words in braces."""
        return self.region.say(text)

    def handout(self) -> Handout:
        told = self.result()
        return Handout(
            **asdict(told),
            sheet=clinician_sheet(self.case, told.flags, self.shown(), told.notices),
            sheet_follows=self.case.answer(self.case.rows.sites) is not None,
        )

    def result(self) -> Result:
        assessment, triage = self.assessment, self.assessment.triage
        disposition = triage.disposition
        channel, shown = self.channel, assessment.shown_patterns
        cards, others = pictures(self.rulebook, self.region, shown)
        return Result(
            language=self.rulebook.file.meta.language,
            title=_("Self-check result: low back, hip and buttock"),
            disposition=disposition.id,
            letter=disposition.letter,
            interrupts=disposition.id == self.rulebook.file.triage.interrupts,
            heading=self.say(disposition.heading),
            lead=self.say(assessment.lead),
            reached=self.reached(),
            instruction=self.say(channel.instruction) if channel else "",
            call=self.call(channel),
            crisis=self.crisis(),
            crisis_unasked=self.crisis_unasked(),
            when=self.say(disposition.when),
            who=self.say(channel.who if channel and channel.who else disposition.who),
            because=tuple(self.because()),
            meanwhile=tuple(self.say(line) for line in disposition.meanwhile),
            advice=tuple((one.id, self.say(one.text)) for one in self.told() if not one.small_print),
            small_print=tuple(self.say(one.text) for one in self.told() if one.small_print),
            missing=self.still_open(settled=False),
            left_open=self.still_open(settled=True),
            safety_net=self.standing.safety_net,
            plan=self.plan() if assessment.plan.mode != self.rulebook.file.programme.mode[0].id else None,
            pictures=cards,
            more_patterns=others,
            nothing_fits_said=_("Nothing fits clearly. That is common, and it is an answer."),
            nothing_fits=disposition.patterns_shown and all(one.pattern.kind == "fallback" for one in shown),
            sharper=tuple(self.sharper()) if disposition.patterns_shown else (),
            own_words=tuple(self.own_words()),
            flags=tuple(flag_groups(self.rulebook, assessment, self.case.reading)),
            help=self.help(),
            furniture=furniture(),
            notices=self.standing.notices,
            version=self.standing.version,
        )

    def still_open(self, *, settled: bool) -> tuple[Said, ...]:
        """The questions without an answer, if the result stands without them, or if it does not."""
        triage = self.assessment.triage
        stands = triage.disposition.id != self.rulebook.file.triage.incomplete
        return tuple(self.said(item, "") for item in triage.missing) if stands is settled else ()

    @property
    def channel(self) -> Channel | None:
        """Where an emergency goes."""
        named = self.assessment.triage.channel
        return next((one for one in self.rulebook.file.channel if one.id == named), None)

    def call(self, channel: Channel | None) -> Call | None:
        """The button of an emergency."""
        words = channel.call if channel is not None else None
        return Call(self.say(words), self.region.emergency_tel) if words else None

    def told(self) -> Iterator[AdviceText]:
        """What the person is told besides the lead."""
        return (one for one in self.assessment.advice if not one.for_clinician)

    def shown(self) -> tuple[str, ...]:
        """The result in the very words that the person is shown; where the lead may not be printed, what other rules
        say of that level.
        """
        triage = self.assessment.triage
        if self.case.lead_is_private:
            level = {one.flag.id for one in triage.flags if one.disposition is triage.level}
            level |= {one.cluster.id for one in triage.clusters if one.disposition is triage.level}
            said = [one.text for one in self.assessment.advice if one.id in level - self.case.private_flags]
            words = (triage.disposition.heading, *said)
        else:
            channel = self.channel
            words = (triage.disposition.heading, channel.instruction if channel else "", self.assessment.lead)
        return tuple(self.say(one) for one in words if one)

    def own_words(self) -> Iterator[Said]:
        """What was said in own words, in the order of the questions."""
        values, texts = self.assessment.answers.values, self.rulebook.questionnaire.texts
        if not texts.isdisjoint(values):
            yield from (self.said(item, value) for item, value in values.items() if item in texts)

    def reached(self) -> str:
        """What the answers so far mean already, where a check is not finished."""
        triage = self.assessment.triage
        nothing = triage.level.id == self.rulebook.file.triage.nothing_found
        return "" if triage.disposition is triage.level or nothing else self.say(triage.level.heading)

    def help(self) -> tuple[tuple[str, str], ...]:
        """Whom to ask, and under which number."""
        region = self.region
        clinic = ((_("Your clinic"), self.case.occasion.clinic),) if self.case.occasion.clinic else ()
        return (
            (_("Emergency"), region.emergency),
            (_("Advice"), region.urgent_line),
            (_("Low mood"), region.crisis_line),
            *clinic,
        )

    def crisis(self) -> str:
        """The crisis line, wherever the question about self-harm was answered with anything but no."""
        settings = self.rulebook.file.triage
        said = self.assessment.answers.values.get(settings.crisis_item)
        benign = self.rulebook.questionnaire.items[settings.crisis_item].benign
        return "" if said in (None, benign) else self.say(self.rulebook.file.channel[-1].instruction)

    def crisis_unasked(self) -> str:
        """The crisis line in a sentence of its own, where that question was never reached on the way to help today."""
        triage, settings = self.assessment.triage, self.rulebook.file.triage
        asked = settings.crisis_item in self.assessment.answers.values
        if asked or triage.disposition.id != settings.block_a_needs:
            return ""
        return self.say(settings.crisis_unasked)

    def said(self, item: str, value: Answer | Value) -> Said:
        asked = self.rulebook.questionnaire.items[item]
        words = answer_words(asked, value, self.rulebook) if value != "" else ""
        return Said(item, asked.section, self.say(asked.short), self.say(words))

    def because(self) -> Iterator[Said]:
        """The answers that decided the disposition, each once."""
        triage = self.assessment.triage
        reasons: list[Reasons] = [
            fired.because for fired in triage.flags if fired.disposition is triage.level
        ]
        reasons += [fired.because for fired in triage.clusters if fired.disposition is triage.level]
        reasons += [caution.because for caution in triage.cautions if caution.floor is triage.level]
        for reason in dict.fromkeys(reason for found in reasons for reason in found):
            if not self.is_private(reason.item):
                yield self.said(reason.item, reason.answer)

    def is_private(self, item: str) -> bool:
        return item in self.rulebook.file.triage.private_items

    def sharper(self) -> Iterator[str]:
        for miss in self.assessment.near_misses:
            tests = ", ".join(self.rulebook.home_tests[need].name for need in miss.needs)
            yield _("%(pattern)s: %(tests)s") % {"pattern": miss.pattern.name, "tests": tests}

    def plan(self) -> PlanWords:
        plan, file = self.assessment.plan, self.rulebook.file
        mode = next(mode for mode in file.programme.mode if mode.id == plan.mode)
        named = (
            (_("Mobility"), plan.mobility),
            (_("Strength"), plan.strength),
            (_("Stretches"), plan.stretch),
            (_("Extras"), plan.extras),
            (_("Self-massage, if you like"), plan.massage),
        )
        return PlanWords(
            mode=plan.mode,
            minutes=-(-plan.seconds // 60),
            said=_("about %d minutes") % -(-plan.seconds // 60),
            slots=tuple(
                (name, tuple(move(self.rulebook, self.region, one) for one in moves))
                for name, moves in named
                if moves
            ),
            habits=tuple(move(self.rulebook, self.region, one) for one in plan.habits),
            forms=tuple(forms(self.rulebook, self.region, plan)),
            withheld=tuple(self.withheld(one) for one in plan.withheld),
            few=file.programme.few_words if plan.few else "",
            session=(mode.schedule,)
            if mode.schedule
            else (*file.programme.session_order, file.programme.pairing),
            weeks=self.standing.weeks if not mode.schedule else (),
            lights=self.standing.lights,
            stops=self.standing.stops,
            dates=", ".join(self.case.rechecks),
            rechecks=self.standing.rechecks[plan.mode],
        )

    def withheld(self, withheld: Withheld) -> str:
        """Why an exercise was left out, or what to answer to see it."""
        name = withheld.exercise.name
        if withheld.needs:
            items = [self.rulebook.questionnaire.items[item].short for item in withheld.needs[:3]]
            return _("%(name)s: answer '%(items)s' to see this exercise") % {
                "name": name,
                "items": ", ".join(items),
            }
        reasons = [self.rulebook.cautions[caution].plain for caution in withheld.cautions]
        return _("%(name)s: left out because of %(why)s") % {
            "name": name,
            "why": ", ".join(dict.fromkeys(reasons)),
        }
