"""An assessment as plain data with stable keys: what the command line prints as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from selfcheck.assessment.model import (
    ActiveCaution,
    Assessment,
    FiredCluster,
    FiredFlag,
    PatternResult,
    Plan,
    PlannedExercise,
    Point,
    Reasons,
    plain_answer,
)
from selfcheck.assessment.scoring import FITTING


def to_plain(assessment: Assessment) -> dict[str, Any]:
    """The assessment as dictionaries, lists, text, numbers, truth values and ``None``."""
    triage = assessment.triage
    return {
        "disposition": triage.disposition.id,
        "level": triage.level.id,
        "channel": triage.channel,
        "lead": assessment.lead,
        "advice": [{"id": advice.id, "text": advice.text} for advice in assessment.advice],
        "red_flags": [_flag(fired) for fired in triage.flags],
        "clusters": [_cluster(fired) for fired in triage.clusters],
        "red_flag_answers": {flag: plain_answer(said) for flag, said in triage.flag_answers.items()},
        "missing": list(triage.missing),
        "open": list(triage.open_items),
        "findings": dict(assessment.findings),
        "patterns": [_pattern(result) for result in assessment.patterns],
        "near_misses": [
            {"id": miss.pattern.id, "score": miss.score, "needs": list(miss.needs)}
            for miss in assessment.near_misses
        ],
        "cautions": [_caution(caution) for caution in triage.cautions],
        "open_cautions": [_caution(caution) for caution in triage.open_cautions],
        "plan": _plan(assessment.plan),
        "recheck_days": list(assessment.recheck_days),
        "rules": dict(assessment.rules),
    }


def _reasons(reasons: Reasons) -> list[dict[str, object]]:
    return [{"item": reason.item, "answer": plain_answer(reason.answer)} for reason in reasons]


def _flag(fired: FiredFlag) -> dict[str, object]:
    return {
        "id": fired.flag.id,
        "disposition": fired.disposition.id,
        "label": fired.flag.label,
        "because": _reasons(fired.because),
    }


def _cluster(fired: FiredCluster) -> dict[str, object]:
    return {
        "id": fired.cluster.id,
        "raised_to": fired.disposition.id,
        "because": _reasons(fired.because),
    }


def _caution(caution: ActiveCaution) -> dict[str, object]:
    return {
        "id": caution.caution.id,
        "action": caution.action,
        "because": _reasons(caution.because),
        "withholds": ["everything"] if caution.everything else sorted(caution.withholds),
        "needs": list(caution.open_items),
    }


def _pattern(result: PatternResult) -> dict[str, object]:
    evidence = result.pattern.evidence
    return {
        "id": result.pattern.id,
        "status": str(result.status),
        "score": result.score,
        "sides": [
            {"side": side.side, "status": str(side.status), "score": side.score}
            for side in result.sides
            if side.side is not None and side.status in FITTING
        ],
        "for": [_point(point) for point in result.supports],
        "against": [_point(point) for point in result.limits],
        "evidence": {"grade": evidence.grade, "for": evidence.supports, "against": evidence.limits},
        "next_best_test": result.next_best_test,
        "capped_by": list(result.capped_by),
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "finding": point.item.finding,
        "points": point.item.points,
        "because": point.item.because,
        "answers": _reasons(point.because),
    }


def _ids(planned: Iterable[PlannedExercise]) -> list[str]:
    return [one.exercise.id for one in planned]


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "mode": plan.mode,
        "level": plan.level,
        "focus": list(plan.focus),
        "mobility": _ids(plan.mobility),
        "stretch": _ids(plan.stretch),
        "strength": _ids(plan.strength),
        "massage_optional": _ids(plan.massage),
        "extras": _ids(plan.extras),
        "services": _ids(plan.services),
        "habits": _ids(plan.habits),
        "forms": {
            one.exercise.id: {
                "easier": one.easier.id if one.easier else None,
                "harder": one.harder.id if one.harder else None,
                "variants": [variant.id for variant in one.variants],
            }
            for one in (*plan.main, *plan.extras)
        },
        "seconds": plan.seconds,
        "few": plan.few,
        "withheld": [
            {
                "id": withheld.exercise.id,
                "because": ", ".join(withheld.cautions),
                "needs": list(withheld.needs),
            }
            for withheld in plan.withheld
        ],
    }
