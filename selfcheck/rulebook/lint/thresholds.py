"""Numbers in the rules that nothing can reach, or that everything reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from selfcheck.questionnaire import Item
from selfcheck.rulebook.everywhere import conditions, nodes
from selfcheck.rulebook.interpreter import ARITHMETIC, COMPARISONS
from selfcheck.rulebook.lint.subject import Remark, Subject, bare, remark
from selfcheck.rulebook.parts.patterns import Pattern, PatternItem
from selfcheck.rulebook.paths import entry_name
from selfcheck.rulebook.tree import Compare, Count, Measure, Number, Quantity, Sum

Interval = tuple[float, float]
Items = Mapping[str, Item]
CLOSE = 1e-9


def unreachable_numbers(subject: Subject) -> Iterator[Remark]:
    """Comparisons and counts that hold for no number that can be given, or for every one."""
    for path, condition in conditions(subject.rulebook):
        for node in dict.fromkeys(nodes(condition.node)):
            if isinstance(node, Compare):
                found, number = _compared(subject.rulebook.questionnaire.items, node), node.bound
            elif isinstance(node, Count):
                found, number = _counted(node), node.number
            else:
                continue
            if found:
                written = f"{node.operator} {number:g}"
                start = condition.text.find(written)
                span = (start, start + len(written)) if start >= 0 else (0, len(condition.text))
                yield remark("threshold", path, f"{entry_name(subject.raw, path)}: {found}", span)


def _counted(node: Count) -> str:
    """What is wrong with a count; nothing for one that some answers meet and others do not."""
    verdicts = {COMPARISONS[node.operator](number, node.number) for number in range(len(node.parts) + 1)}
    if len(verdicts) > 1:
        return ""
    always = "always holds" if True in verdicts else "can never hold"
    return f"'{node.operator} {node.number}' of {len(node.parts)} conditions {always}; change the number"


def _compared(items: Items, node: Compare) -> str:
    low, high = _range(node.quantity, items)
    verdicts = _verdicts(node, low, high, items)
    if len(verdicts) > 1:
        return ""
    always = "always holds" if True in verdicts else "can never hold"
    what, steps = "what is compared", ""
    if isinstance(node.quantity, Measure):
        item = items[node.quantity.item]
        what, steps = f"'{bare(item.id)}'", f" in steps of {item.step:g}"
    return (
        f"'{node.operator} {node.bound:g}' {always}: {what} is {low:g} to {high:g}{steps}; change the number"
    )


def _verdicts(node: Compare, low: float, high: float, items: Items) -> set[bool]:
    """What a comparison can be over a range of numbers."""
    compare = COMPARISONS[node.operator]
    if node.operator != "==":
        return {compare(low, node.bound), compare(high, node.bound)}
    possible = low <= node.bound <= high
    if possible and isinstance(node.quantity, Measure):
        steps = (node.bound - low) / items[node.quantity.item].step
        possible = abs(steps - round(steps)) < CLOSE
    return {False, True} if possible else {False}


def _range(quantity: Quantity, items: Items) -> Interval:
    """The least and the largest number that a quantity can be."""
    match quantity:
        case Number(value):
            return value, value
        case Measure(item):
            return items[item].low or 0.0, items[item].high or 0.0
        case Sum(left, operator, right):
            return _joined(operator, _range(left, items), _range(right, items))


def _joined(operator: str, left: Interval, right: Interval) -> Interval:
    """The range of a sum, difference, product or ratio of two ranges; each is largest or least at their ends."""
    if operator == "/" and right[0] <= 0 <= right[1]:
        return -inf, inf
    ends = [ARITHMETIC[operator](one, other) for one in left for other in right]
    return min(ends), max(ends)


def unreachable_scores(subject: Subject) -> Iterator[Remark]:
    """Patterns whose thresholds lie above all the points that they can get, or in the wrong order."""
    for index, pattern in enumerate(subject.rulebook.file.pattern):
        if pattern.kind not in ("self_care", "refer"):
            continue
        most, groups = _most_points(subject, pattern), _groups(pattern)
        for key in ("possible", "likely"):
            needed = getattr(pattern, key)
            if needed is not None and needed > most:
                yield remark(
                    "threshold",
                    ("pattern", index, key),
                    f"pattern {pattern.id}: '{key}' needs {needed} points, but its findings give {most} at most; "
                    "lower it, or add findings",
                )
        if pattern.possible is not None and pattern.likely is not None and pattern.likely <= pattern.possible:
            yield remark(
                "threshold",
                ("pattern", index, "likely"),
                f"pattern {pattern.id}: 'likely' should be above 'possible', {pattern.possible}",
            )
        needed = subject.rulebook.file.scoring.groups_needed
        if len(groups) < needed:
            yield remark(
                "threshold",
                ("pattern", index, "id"),
                f"pattern {pattern.id}: points come from {len(groups)} group, and {needed} are needed; "
                "add a finding of another group",
            )


def _groups(pattern: Pattern) -> set[str]:
    return {item.group for item in pattern.item if item.points > 0}


def _most_points(subject: Subject, pattern: Pattern) -> int:
    """The points of all findings that speak for a pattern: one per family, capped by group."""
    best: dict[str, PatternItem] = {}
    for item in pattern.item:
        family = item.family or item.finding
        if family not in best or item.points > best[family].points:
            best[family] = item
    most = subject.rulebook.file.scoring.most_points
    return sum(
        min(
            most[group], sum(item.points for item in best.values() if item.group == group and item.points > 0)
        )
        for group in most
    )


def unreachable_clusters(subject: Subject) -> Iterator[Remark]:
    """Clusters that count soft signs from more groups than there are."""
    file = subject.rulebook.file
    groups = {flag.soft_group for flag in file.red_flag if flag.soft_group}
    for index, cluster in enumerate(file.cluster):
        if (cluster.soft_flags_from_groups or 0) > len(groups):
            yield remark(
                "threshold",
                ("cluster", index, "soft_flags_from_groups"),
                f"cluster {cluster.id}: needs soft signs from {cluster.soft_flags_from_groups} groups, "
                f"and only {len(groups)} have any; lower the number",
            )
