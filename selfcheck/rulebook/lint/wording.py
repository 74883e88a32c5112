"""Texts that are hard to read, frighten or blame, or send a person elsewhere or later than they should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfcheck.rulebook.lint.grading import Count, count
from selfcheck.rulebook.lint.subject import Remark, Subject, remark
from selfcheck.rulebook.lint.texts import spoken, texts
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import Cluster, LevelText, RedFlag
from selfcheck.rulebook.parts.style import HouseStyle
from selfcheck.rulebook.paths import entry_name
from selfcheck.rulebook.positions import Path
from selfcheck.rulebook.tree import Node, Refer, Risk, parts_of

SENTENCE = re.compile(r"(?<=[.!?;])\s+")
UNDER_A_CONDITION = ("if ", "until ", "unless ", "with ")
IN_BRACES = re.compile(r"\{([A-Z_]+)\}")


def hard_to_read(subject: Subject) -> Iterator[Remark]:
    """Texts above the hardest grade, and a mean above the one the file allows itself."""
    style = subject.style
    if style is None:
        return
    grades: list[float] = []
    for path, text in texts(subject.raw):
        found = count([spoken(subject.raw, text)])
        if found is None or found.words < style.fewest_words:
            continue
        grades.append(found.grade)
        if round(found.grade, 1) > style.hardest_grade:
            yield remark("reading", path, f"{entry_name(subject.raw, path)}: {_too_hard(found, style)}")
    mean = sum(grades) / len(grades) if grades else 0.0
    if mean > style.hardest_mean_grade:
        yield remark(
            "reading",
            ("house_style", "hardest_mean_grade"),
            f"house_style: the texts take {mean:.1f} years of school on average, "
            f"more than {style.hardest_mean_grade:g}; shorten the hardest",
        )


def _too_hard(found: Count, style: HouseStyle) -> str:
    words, syllables = found.words / found.sentences, found.syllables / found.words
    return (
        f"takes {found.grade:.1f} years of school to read, more than {style.hardest_grade:g} "
        f"({words:.0f} words a sentence, {syllables:.1f} syllables a word); "
        f"{'shorten the sentences' if words > 2 * style.fewest_words else 'use shorter words'}"
    )


def avoided(subject: Subject) -> Iterator[Remark]:
    """Words on the avoid list."""
    style = subject.style
    for path, text in texts(subject.raw) if style else ():
        for entry in style.avoid if style else ():
            if entry.tables and path[0] not in entry.tables:
                continue
            for found in re.finditer(
                rf"\b(?:{'|'.join(map(re.escape, entry.words))})\b", text, re.IGNORECASE
            ):
                who = entry_name(subject.raw, path)
                message = f"{who}: '{found[0]}' is on the avoid list; write: {entry.instead}"
                yield remark("avoid", path, message, found.span())


def contradicting_advice(subject: Subject) -> Iterator[Remark]:
    """Advice that is never shown, that names another place than its channel, or a later time than its level."""
    file = subject.rulebook.file
    tables: tuple[tuple[str, tuple[RedFlag | Cluster, ...]], ...] = (
        ("red_flag", file.red_flag),
        ("cluster", file.cluster),
    )
    for table, rules in tables:
        for index, rule in enumerate(rules):
            for number, text in enumerate(rule.advice):
                path: Path = (table, index, "advice", number)
                yield from _never_shown(subject, path, rule, text)
                yield from _another_place(subject, path, rule, text)
                yield from _later(subject, path, f"{table} {rule.id}", text)


def _never_shown(subject: Subject, path: Path, rule: RedFlag | Cluster, text: LevelText) -> Iterator[Remark]:
    settings, dispositions = subject.rulebook.file.triage, subject.rulebook.dispositions
    given = {row.disposition for row in rule.when}
    most = dispositions[settings.unsure_at_most].rank or 0
    capped = [
        row.holds
        for row in rule.when
        if row.unsure == "capped" and (dispositions[row.disposition].rank or 0) > most
    ]
    if any(_takes_not_sure(subject.rulebook, each.node) for each in capped):
        given.add(settings.unsure_at_most)
    if text.disposition not in given:
        yield remark(
            "advice",
            (*path, "disposition"),
            f"{path[0]} {rule.id}: no row gives '{text.disposition}', so this advice is never shown; "
            f"its rows give {', '.join(sorted(given))}",
        )


def _takes_not_sure(rulebook: Rulebook, node: Node) -> bool:
    """Whether a bare risk factor stands in a condition, or in one that it names."""
    match node:
        case Risk(unsure=unsure):
            return bool(unsure)
        case Refer(key):
            return _takes_not_sure(rulebook, rulebook.conditions[key].node)
        case _:
            return any(_takes_not_sure(rulebook, part) for part in parts_of(node))


def _another_place(
    subject: Subject, path: Path, rule: RedFlag | Cluster, text: LevelText
) -> Iterator[Remark]:
    settings, file = subject.rulebook.file.triage, subject.rulebook.file
    if text.disposition != settings.interrupts:
        return
    name = rule.channel or settings.default_channel
    channel = next(channel for channel in file.channel if channel.id == name)
    own, named = IN_BRACES.findall(channel.instruction), IN_BRACES.findall(text.text)
    if own and named and own[0] not in named:
        yield remark(
            "advice",
            (*path, "text"),
            f"{path[0]} {rule.id}: this names {{{named[0]}}}, but the rule sends people to channel '{name}', "
            f"{{{own[0]}}}; name that, or change the channel",
        )


def _later(subject: Subject, path: Path, who: str, text: LevelText) -> Iterator[Remark]:
    dispositions = subject.rulebook.dispositions
    rank = dispositions[text.disposition].rank or 0
    for entry in subject.style.time_words if subject.style else ():
        if (dispositions[entry.disposition].rank or 0) >= rank:
            continue
        told = re.compile(rf"\b(?:{'|'.join(map(re.escape, entry.words))})\b", re.IGNORECASE)
        for sentence in SENTENCE.split(text.text):
            found = told.search(sentence)
            if found and not sentence.lower().startswith(UNDER_A_CONDITION):
                start = text.text.index(sentence) + found.start()
                yield remark(
                    "advice",
                    (*path, "text"),
                    f"{who}: '{found[0]}' is later than '{text.disposition}' asks for; "
                    f"say by when that level should be seen ({dispositions[text.disposition].when})",
                    (start, start + len(found[0])),
                )
