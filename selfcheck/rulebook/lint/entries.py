"""Entries that break the house style: ids, sources, the review, and what is still to be signed."""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.rulebook.lint.subject import Remark, Subject, note, remark, together
from selfcheck.rulebook.parts.style import Prefix
from selfcheck.rulebook.structure import Raw, entries

CITING = (
    "item", "red_flag", "cluster", "caution", "finding", "home_test", "pattern", "exercise", "advice",
)  # fmt: skip
SAFETY = ("red_flag", "cluster", "caution")


def unlike_their_kind(subject: Subject) -> Iterator[Remark]:
    """Ids that do not begin as those of their table do."""
    for prefix in subject.style.prefix if subject.style else ():
        for index, entry in enumerate(entries(subject.raw, prefix.table)):
            name = str(entry.get("id"))
            if _is_of(prefix, entry) and not name.startswith(prefix.begins):
                kind = prefix.kind or prefix.table
                begins = " or ".join(f"'{start}'" for start in prefix.begins)
                yield remark(
                    "ids",
                    (prefix.table, index, "id"),
                    f"{prefix.table} {name}: ids of {kind.replace('_', ' ')} entries begin with {begins}; "
                    f"write '{prefix.begins[0]}{name}'",
                )


def _is_of(prefix: Prefix, entry: Raw) -> bool:
    return prefix.kind is None or entry.get("kind") == prefix.kind


def sources(subject: Subject) -> Iterator[Remark]:
    """Warning-sign questions without a source, sources that nobody cites, and rules on weak ones alone."""
    file = subject.rulebook.file
    flags = {flag.id for flag in file.red_flag} | {item for flag in file.red_flag for item in flag.own_items}
    for index, item in enumerate(file.item):
        if item.alarm and item.block in ("A", "B", "C") and item.id not in flags and not item.sources:
            yield remark(
                "sources",
                ("item", index, "id"),
                f"item {item.id}: a warning sign without a source; name its 'sources', "
                "or list it in the 'own_items' of its red flag",
            )
    cited = {source for table in CITING for entry in getattr(file, table) for source in entry.sources}
    uncited = [(index, source.id) for index, source in enumerate(file.source) if source.id not in cited]
    yield from together("sources", "source", uncited, "cited by no entry")
    yield from _weakly_founded(subject)


def _weakly_founded(subject: Subject) -> Iterator[Remark]:
    read = {source.id: source.read for source in subject.rulebook.file.source}
    weak = subject.style.weak_sources if subject.style else ()
    for table in SAFETY:
        founded = [
            (index, entry.id)
            for index, entry in enumerate(getattr(subject.rulebook.file, table))
            if all(read[source] in weak for source in entry.sources)
        ]
        yield from together("sources", table, founded, f"on {' or '.join(weak)} sources alone")


def review(subject: Subject) -> Iterator[Remark]:
    """A review that is overdue, or does not fit together."""
    meta = subject.rulebook.file.meta
    if meta.status == "reviewed" and not (meta.reviewed_by and meta.reviewed_on):
        yield remark(
            "review",
            ("meta", "status"),
            "meta: reviewed, but not by whom and when; set 'reviewed_by' and 'reviewed_on', or go back to 'draft'",
        )
    if meta.review_due < subject.today:
        yield remark(
            "review",
            ("meta", "review_due"),
            f"meta: the review was due on {meta.review_due}; have the rules read again and set a new date",
        )
    if meta.reviewed_on is not None and meta.reviewed_on > subject.today:
        yield remark(
            "review", ("meta", "reviewed_on"), f"meta: reviewed on {meta.reviewed_on}, a day to come"
        )
    if meta.reviewed_on is not None and meta.review_due <= meta.reviewed_on:
        yield remark(
            "review", ("meta", "review_due"), "meta: the next review is due after the last one, not before"
        )


def to_sign(subject: Subject) -> Iterator[Remark]:
    """The questions that a clinician has to decide before release; and any others that are open."""
    meta = subject.rulebook.file.meta
    if meta.status == "draft":
        yield note("sign", ("meta", "status"), "meta: a draft; no clinician has signed these rules")
    for index, point in enumerate(subject.rulebook.file.open_point):
        if point.to_sign:
            yield note(
                "sign",
                ("open_point", index, "id"),
                f"open_point {point.id}: to sign: {point.question}: {point.now}",
            )
