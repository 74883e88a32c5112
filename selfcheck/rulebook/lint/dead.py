"""Conditions that can never hold, and rows that never decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfcheck.rulebook.everywhere import conditions, read_by
from selfcheck.rulebook.lint.possible import FALSE, TRUE, UNKNOWN
from selfcheck.rulebook.lint.search import Goal, may_be
from selfcheck.rulebook.lint.subject import Remark, Subject, bare, remark
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.safety import CautionRow, Cluster, RedFlag, Row
from selfcheck.rulebook.paths import entry_name
from selfcheck.rulebook.tree import Every, Node


def dead_conditions(subject: Subject) -> Iterator[Remark]:
    """Conditions that hold for no answers at all."""
    for path, condition in conditions(subject.rulebook):
        if not may_be(subject.rulebook, [(condition.node, TRUE)]):
            items = _at_odds(subject.rulebook, condition.node)
            yield remark(
                "dead",
                path,
                f"{entry_name(subject.raw, path)}: this can never hold, whatever is answered; "
                f"look at what it asks of {' and '.join(items)}",
                (0, len(condition.text)),
            )


def _at_odds(rulebook: Rulebook, node: Node) -> list[str]:
    """The items of the fewest parts of an "and" that together can never hold."""
    parts = list(node.parts) if isinstance(node, Every) else [node]
    for part in list(parts):
        fewer = [other for other in parts if other is not part]
        if fewer and not may_be(rulebook, [(other, TRUE) for other in fewer]):
            parts = fewer
    found = sorted({bare(item) for part in parts for item in read_by(rulebook, part)})
    return [f"'{item}'" for item in found]


def shadowed_rows(subject: Subject) -> Iterator[Remark]:
    """Rows of a rule that another row of it outdoes whenever they hold."""
    file = subject.rulebook.file
    rules: tuple[tuple[str, Sequence[RedFlag | Cluster]], ...] = (
        ("red_flag", file.red_flag),
        ("cluster", file.cluster),
    )
    for table, entries in rules:
        for index, rule in enumerate(entries):
            for number, row in enumerate(rule.when):
                better = [other for other in rule.when if _outdoes(subject.rulebook, rule.when, other, row)]
                if better and not _decides(subject.rulebook, row, better):
                    levels = " or ".join(dict.fromkeys(f"'{other.disposition}'" for other in better))
                    rows = " or ".join(
                        ", ".join(str(rule.when.index(other) + 1) for other in better).rsplit(", ", 1)
                    )
                    yield remark(
                        "dead",
                        (table, index, "when", number, "holds"),
                        f"{table} {rule.id}: whenever this holds, row {rows} already gives {levels}; if that row "
                        "says what you mean, drop this one, else narrow that one",
                        (0, len(row.holds.text)),
                    )
    yield from _shadowed_cautions(subject)


def _outdoes(rulebook: Rulebook, rows: Sequence[Row], one: Row, other: Row) -> bool:
    """Whether a row is preferred to another where both hold: by level, not soft, then the first."""
    rank = {row: (rulebook.dispositions[row.disposition].rank or 0, not row.soft) for row in (one, other)}
    first = next((number for number, row in enumerate(rows) if row is one), 0)
    second = next((number for number, row in enumerate(rows) if row is other), 0)
    return one is not other and (rank[one], -first) > (rank[other], -second)


def _decides(rulebook: Rulebook, row: Row | CautionRow, better: Sequence[Row | CautionRow]) -> bool:
    goals: list[Goal] = [(row.holds.node, TRUE)]
    if not may_be(rulebook, goals):
        return True  # it never holds at all, which is told of by itself
    goals += [(other.holds.node, FALSE | UNKNOWN) for other in better]
    return any(may_be(rulebook, goals, lenient=lenient) for lenient in (False, True))


def _shadowed_cautions(subject: Subject) -> Iterator[Remark]:
    for index, caution in enumerate(subject.rulebook.file.caution):
        for number, row in enumerate(caution.when):
            better = [
                other
                for place, other in enumerate(caution.when)
                if place != number and _does_all_of(subject.rulebook, other, row, first=place < number)
            ]
            if better and not _decides(subject.rulebook, row, better):
                yield remark(
                    "dead",
                    ("caution", index, "when", number, "holds"),
                    f"caution {caution.id}: whenever this holds, another row already does all it does; "
                    "drop this row, or narrow the other",
                    (0, len(row.holds.text)),
                )


def _does_all_of(rulebook: Rulebook, one: CautionRow, other: CautionRow, *, first: bool) -> bool:
    """Whether a row of a caution does everything that another does; of two alike, the first."""
    everything = one.action in ("stop", "refer")
    floors = [rulebook.dispositions[row.floor].rank or 0 if row.floor else 0 for row in (one, other)]
    covers = (
        ("modify", "refer", "stop").index(one.action) >= ("modify", "refer", "stop").index(other.action)
        and (everything or set(other.withholds) <= set(one.withholds))
        and (everything or other.withholds_all_but in ((), one.withholds_all_but))
        and floors[0] >= floors[1]
        and one.ends_check >= other.ends_check
        and set(other.hold_cap) <= set(one.hold_cap)
    )
    alike = one.model_copy(update={"holds": other.holds}) == other
    return covers and (first or not alike)
