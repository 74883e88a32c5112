"""How the parts of the rules hang together, as Markdown tables: what reads what, from question to exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcheck.rulebook.entries import read_by
from selfcheck.rulebook.model import Rulebook
from selfcheck.rulebook.parts.patterns import Finding, Pattern
from selfcheck.rulebook.parts.programme import Exercise
from selfcheck.rulebook.parts.safety import Caution

SLOTS = ("mobility", "stretch", "strength", "massage", "habit")


def markdown(rulebook: Rulebook) -> Iterator[str]:
    """All tables, each under its heading."""
    yield from _table(
        "Findings: from questions to patterns", ("finding", "reads", "counts in"), _findings(rulebook)
    )
    yield from _table(
        "Patterns: from findings to plans",
        ("pattern", "kind", "possible from", "likely from", "needs", "plan"),
        (_pattern(pattern) for pattern in rulebook.file.pattern),
    )
    yield from _table("Home tests", ("test", "answers", "findings", "left out with"), _home_tests(rulebook))
    yield from _table(
        "Cautions: what takes exercises away",
        ("caution", "acts as", "withholds", "exercises"),
        (_caution(rulebook, caution) for caution in rulebook.file.caution),
    )
    yield from _table(
        "Exercises: where they come from",
        ("exercise", "kind", "level", "in the plans of", "also", "withheld by"),
        (_exercise(rulebook, exercise) for exercise in rulebook.file.exercise),
    )


def _table(heading: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = tuple(head)
    yield from ("", f"## {heading}", "", _row(columns), "|" + "---|" * len(columns))
    yield from (_row(row) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell or "-" for cell in cells) + " |"


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def _findings(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    for finding in rulebook.file.finding:
        points = (
            f"`{pattern.id}` {item.points:+d}"
            for pattern in rulebook.file.pattern
            for item in pattern.item
            if item.finding == finding.id
        )
        yield f"`{finding.id}`", _ids(sorted(_read(rulebook, finding))), ", ".join(points)


def _read(rulebook: Rulebook, finding: Finding) -> set[str]:
    return {name for condition in finding.when.values() for name in read_by(rulebook, condition.node)}


def _pattern(pattern: Pattern) -> tuple[str, ...]:
    needs = [f"one of {_ids(names)}" for names in (pattern.gate, pattern.hallmark) if names]
    if pattern.test_list:
        needs.append(f"for likely one of {_ids(pattern.test_list)}")
    plan = (f"{slot}: {_ids(pattern.plan.slot(slot))}" for slot in SLOTS if pattern.plan.slot(slot))
    return (
        f"`{pattern.id}`",
        pattern.kind.replace("_", " "),
        "" if pattern.possible is None else str(pattern.possible),
        "" if pattern.likely is None else str(pattern.likely),
        "; ".join(needs),
        "; ".join(plan),
    )


def _home_tests(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    for test in rulebook.file.home_test:
        readers = (one.id for one in rulebook.file.finding if _read(rulebook, one) & set(test.items))
        yield f"`{test.id}`", _ids(test.items), _ids(readers), _ids(test.left_out_with)


def _withheld(rulebook: Rulebook, caution: Caution) -> frozenset[str]:
    families = frozenset(tag.id for tag in rulebook.file.tag if tag.family)
    found: frozenset[str] = frozenset()
    for row in caution.when:
        found |= frozenset(row.withholds)
        if row.withholds_all_but:
            found |= families - frozenset(row.withholds_all_but)
    return found


def _caution(rulebook: Rulebook, caution: Caution) -> tuple[str, ...]:
    actions = dict.fromkeys(row.action for row in caution.when)
    tags = _withheld(rulebook, caution)
    everything = any(action in ("stop", "refer") for action in actions)
    taken = sum(not tags.isdisjoint(exercise.tags) for exercise in rulebook.file.exercise)
    return (
        f"`{caution.id}`",
        ", ".join(actions),
        _ids(sorted(tags)),
        "all" if everything else f"{taken} of {len(rulebook.file.exercise)}",
    )


def _exercise(rulebook: Rulebook, exercise: Exercise) -> tuple[str, ...]:
    plans = (
        pattern.id
        for pattern in rulebook.file.pattern
        if any(exercise.id in pattern.plan.slot(slot) for slot in SLOTS)
    )
    tags = set(exercise.tags)
    cautions = (one.id for one in rulebook.file.caution if tags & _withheld(rulebook, one))
    also = "; ".join(_also(rulebook, exercise))
    return f"`{exercise.id}`", exercise.kind, str(exercise.level), _ids(plans), also, _ids(cautions)


def _also(rulebook: Rulebook, exercise: Exercise) -> Iterator[str]:
    """The other ways into a plan."""
    others = rulebook.file.exercise
    for words, names in (
        ("easier form of", (one.id for one in others if one.easier == exercise.id)),
        ("harder form of", (one.id for one in others if one.harder == exercise.id)),
        ("swap for", (one.id for one in others if one.swap == exercise.id)),
        ("other way for", (one.id for one in others if exercise.id in one.variants)),
        ("stands in for", (one.id for one in others if one.without == exercise.id)),
    ):
        found = _ids(names)
        if found:
            yield f"{words} {found}"
    programme = rulebook.file.programme
    if any(exercise.id in names for _, names in programme.seated):
        yield "seated plan"
    if exercise.id in {
        *(one.exercise for one in programme.extra),
        *(one.exercise for one in programme.service),
    }:
        yield "extra"
    if any(exercise.id == one.habit for one in programme.contributor):
        yield "for a finding"
