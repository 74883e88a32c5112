"""Stances and changes to one whole pose: what a pose leaves out comes from what it starts from."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.questionnaire import SIDES
from selfcheck.rulebook.parts.figures import Figure, Pose, Stance

LEG, ARM = ("leg", "foot", "knee", "toes"), ("arm", "hand", "elbow", "fingers")


def start_of(figure: Figure, stances: Mapping[str, Stance]) -> Pose:
    """The pose in which a movement begins."""
    return _whole(figure.start, stances)


def end_of(figure: Figure, stances: Mapping[str, Stance]) -> Pose | None:
    """The pose in which it ends; ``None`` where one pose is all."""
    if figure.end is None:
        return None
    return _whole(figure.end, stances) if figure.end.like else _changed(start_of(figure, stances), figure.end)


def helpers_of(figure: Figure, stances: Mapping[str, Stance]) -> tuple[Pose | None, Pose | None]:
    """How the helper stands, at the start and at the end."""
    if figure.helper is None:
        return None, None
    first = _whole(figure.helper, stances)
    return first, _changed(first, figure.helper_end) if figure.helper_end else first


def _whole(pose: Pose, stances: Mapping[str, Stance]) -> Pose:
    if pose.like is None or pose.like not in stances:
        return pose
    return _changed(_whole(stances[pose.like], stances), pose)


def _changed(base: Pose, change: Pose) -> Pose:
    """The pose with these changes: a limb that is bent anew forgets where its end was put, and likewise."""
    said = {name: getattr(change, name) for name in change.model_fields_set if name in Pose.model_fields}
    kept = {name: getattr(base, name) for name in base.model_fields_set if name in Pose.model_fields}
    for side in SIDES:
        for bent, put, *_ in (LEG, ARM):
            if f"{side}_{bent}" in said:
                kept.pop(f"{side}_{put}", None)
            if f"{side}_{put}" in said:
                kept.pop(f"{side}_{bent}", None)
    if said.keys() & {"on", "ground"}:
        kept.pop("height", None)
    return Pose.model_construct(**(kept | said))
