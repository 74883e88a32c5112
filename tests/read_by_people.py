"""Rules and pages to every text that a person reads, by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from selfcheck.places import TEMPLATES
from selfcheck.questionnaire import Item
from selfcheck.rulebook.file import RulesFile
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Pattern
from selfcheck.rulebook.parts.safety import Disposition

Text = tuple[str, str]
PROGRAM = Path(TEMPLATES).parent / "selfcheck" / "web"
PAGE_WORDS = re.compile(r"""_\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def texts(rulebook: Rulebook) -> Iterator[Text]:
    """Every text of the rules and pages, with the words of the first region that has numbers."""
    region = next(region for region in rulebook.regions.values() if region.emergency_tel)
    for name, text in (*of_rules(rulebook.file), *of_pages()):
        filled = text.replace("{plain}", "a change in peeing")
        for gap, words in region.words.items():
            filled = filled.replace(f"{{{gap}}}", words)
        yield name, filled


def named(name: str, *some: str | None) -> Iterator[Text]:
    """Texts of one entry, numbered; those that are not there keep their number."""
    return ((f"{name} {place}", text) for place, text in enumerate(some, 1) if text)


def of_rules(file: RulesFile) -> Iterator[Text]:
    for item in file.item:
        yield from of_item(item)
    for kind in file.answer_type:
        yield from named(f"answers {kind.id}", kind.legend, kind.hint, *(one.label for one in kind.option))
    for section in file.section:
        yield from named(f"page {section.id}", section.title, section.why, section.intro, section.note)
        for card in section.card:
            yield from named(f"card {card.id}", card.title, card.none_label, card.unsure_label)
    yield from of_safety(file)
    for pattern in file.pattern:
        yield from of_pattern(pattern)
    for test in file.home_test:
        yield from named(f"test {test.id}", test.name, test.shows, *test.steps, test.safety)
    yield from of_programme(file)


def of_item(item: Item) -> Iterator[Text]:
    yield from named(f"question {item.id}", item.text, item.hint, item.why, item.short, item.opens_with)
    yield from named(f"scale {item.id}", item.low_label, item.high_label)
    for option in item.option:
        yield from named(f"answer {item.id}.{option.id}", option.label, option.heading)


def of_safety(file: RulesFile) -> Iterator[Text]:
    for disposition in file.disposition:
        yield from of_disposition(disposition)
    for channel in file.channel:
        yield from named(f"channel {channel.id}", channel.instruction, channel.call)
    for net in file.safety_net:
        yield from named("safety net", net.act, *net.signs)
    for flag in file.red_flag:
        texts_of = (*(text.text for text in flag.advice), *(note.text for note in flag.note))
        yield from named(f"flag {flag.id}", flag.plain, *texts_of)
    for cluster in file.cluster:
        texts_of = (*(text.text for text in cluster.advice), *(note.text for note in cluster.note))
        yield from named(f"cluster {cluster.id}", cluster.plain, *texts_of)
    for caution in file.caution:
        yield from named(f"caution {caution.id}", caution.plain, caution.advice, caution.heading)


def of_disposition(one: Disposition) -> Iterator[Text]:
    leads = (*(lead.text for lead in one.lead), one.lead_alone)
    yield from named(f"result {one.id}", one.heading, one.when, one.who, *leads, *one.meanwhile)


def of_pattern(pattern: Pattern) -> Iterator[Text]:
    yield from named(f"pattern {pattern.id}", pattern.name, pattern.mechanism, pattern.differential)
    yield from named(f"what to do {pattern.id}", pattern.advice, pattern.advice_time)
    yield from named(f"science {pattern.id}", pattern.evidence.supports, pattern.evidence.limits)
    for item in pattern.item:
        yield from named(f"because {pattern.id}.{item.finding}", item.because)


def of_programme(file: RulesFile) -> Iterator[Text]:
    programme, meta, journey = file.programme, file.meta, file.journey
    for one in file.exercise:
        dose = one.dose.words if one.dose else None
        yield from named(f"exercise {one.id}", one.name, *one.steps, one.feel, one.stop_if, one.note, dose)
    for advice in file.advice:
        yield from named(f"advice {advice.id}", advice.text)
    schedules = [mode.schedule for mode in programme.mode]
    yield from named(
        "plan", programme.few_words, programme.stronger_side, *programme.session_order, *schedules
    )
    for week in file.week:
        yield from named(f"weeks {week.weeks}", week.mobility, week.stretch, week.strength, week.walking)
    for light in file.light:
        yield from named(f"light {light.id}", light.during, light.next_morning, light.act)
    for rule in file.stop_rule:
        yield from named(f"stop {rule.id}", rule.text)
    for recheck in file.recheck:
        yield from named(f"day {recheck.day}", recheck.look_at, recheck.decide)
    about = file.about
    yield from named(
        "about", about.heading, *about.gives, *about.not_for, *about.limits, *about.works, *about.science
    )
    for compared in file.compared:
        yield from named(
            f"compared {compared.items[0]}", compared.title, compared.counts_words, compared.note
        )
    yield from named("notices", meta.notice, meta.not_a_service, meta.not_examined)
    yield from named("journey", journey.no_tests_words, *journey.wish_labels.values())


def of_pages() -> Iterator[Text]:
    """The words of the pages themselves."""
    for path in sorted((*Path(TEMPLATES).rglob("*.html"), *PROGRAM.rglob("*.py"))):
        for quoted in PAGE_WORDS.findall(path.read_text(encoding="utf-8")):
            words = ast.literal_eval(quoted)
            yield f"{path.parent.name}/{path.name} {words[:24]!r}", words
