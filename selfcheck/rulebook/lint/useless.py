"""Questions, findings, names and tags that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.questionnaire import Item
from selfcheck.rulebook.everywhere import conditions, nodes, read_by
from selfcheck.rulebook.lint.subject import Remark, Subject, bare, remark, together
from selfcheck.rulebook.structure import entries
from selfcheck.rulebook.tree import Refer


def useless_questions(subject: Subject) -> Iterator[Remark]:
    """Questions that no rule reads, and that are not marked as asked for the sheet only."""
    read = _read_items(subject)
    for index, item in enumerate(subject.rulebook.file.item):
        if item.sheet_only or item.id in read:
            continue
        alarm = f"; its alarming answer '{item.alarm[0]}' does nothing" if item.alarm else ""
        yield remark(
            "useless",
            ("item", index, "id"),
            f"item {item.id}: no rule reads the answer{alarm}; write a rule that does, drop the question, "
            "or mark it 'sheet_only = true'",
        )


def _read_items(subject: Subject) -> set[str]:
    """The items that conditions or the program read, and those whose answers lead to others."""
    file = subject.rulebook.file
    read = {
        bare(item)
        for _, condition in conditions(subject.rulebook)
        for item in read_by(subject.rulebook, condition.node)
    }
    read |= {bare(item) for item in read}
    read |= {
        file.journey.stopped_item,
        file.triage.crisis_item,
        file.programme.equipment_item,
        file.programme.timing.minutes_item,
    }
    for item in file.item:
        read |= {name for name in (item.among, item.at_most) if name}
        read |= {item.id} if _sets_answers(subject, item) else set()
    return read


def _sets_answers(subject: Subject, item: Item) -> bool:
    stored = subject.rulebook.questionnaire.sided.get(item.id, (item.id,))
    return not subject.rulebook.questionnaire.setting.keys().isdisjoint(stored)


def unused_names(subject: Subject) -> Iterator[Remark]:
    """Named conditions and computed values that nothing names, and findings that nothing counts."""
    file = subject.rulebook.file
    named = {
        node.key.split(":")[0]
        for _, condition in conditions(subject.rulebook)
        for node in nodes(condition.node)
        if isinstance(node, Refer)
    }
    named |= {option.shown_if for item in file.item for option in item.option if option.shown_if}
    counted = {item.finding for pattern in file.pattern for item in pattern.item}
    counted |= {
        name for pattern in file.pattern for name in (*pattern.gate, *pattern.hallmark, *pattern.test_list)
    }
    for index, entry in enumerate(file.named):
        if entry.id not in named:
            yield remark(
                "useless", ("named", index, "id"), f"named {entry.id}: nothing names it; use it, or drop it"
            )
    for index, finding in enumerate(file.finding):
        if finding.id not in named | counted:
            yield remark(
                "useless",
                ("finding", index, "id"),
                f"finding {finding.id}: no pattern counts it and no rule names it; use it, or drop it",
            )
    texts = " ".join(condition.text for _, condition in conditions(subject.rulebook))
    for index, value in enumerate(file.computed):
        if value.id not in texts and all(
            value.id not in str(other.get("value")) for other in entries(subject.raw, "computed")
        ):
            yield remark(
                "useless",
                ("computed", index, "id"),
                f"computed {value.id}: nothing names it; use it, or drop it",
            )


def idle_tags(subject: Subject) -> Iterator[Remark]:
    """Tags that are borne and never withheld, or withheld and never borne."""
    file = subject.rulebook.file
    borne = {tag for exercise in file.exercise for tag in exercise.tags}
    withheld = {tag for test in file.home_test for tag in test.left_out_with}
    for caution in file.caution:
        for row in caution.when:
            withheld |= {*row.withholds, *row.withholds_all_but}
            if row.withholds_all_but:
                withheld |= {tag.id for tag in file.tag if tag.family}
    for index, tag in enumerate(file.tag):
        if tag.id in borne - withheld:
            yield remark(
                "useless",
                ("tag", index, "id"),
                f"tag {tag.id}: exercises bear it, but no caution withholds it; withhold it, or drop it",
            )
    unborne = [(index, tag.id) for index, tag in enumerate(file.tag) if tag.id not in borne]
    yield from together("useless", "tag", unborne, "that no exercise bears")
