"""The result as data, for the records of the person treating you."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from selfcheck.web.changes import before_result
from selfcheck.web.state import journey, region

records = Blueprint("records", __name__)


@records.get("/result/fhir.json")
def fhir() -> ResponseReturnValue:
    """The answers and the result as a FHIR R4 QuestionnaireResponse, as a file to keep; where there is no
    result to show yet, what the result page shows instead.
    """
    from selfcheck.handout.fhir.response import questionnaire_response

    if before_result() is not None:
        return redirect(url_for("pages.result"))
    going = journey()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = questionnaire_response(going.rulebook, going.assessment, region(), authored=now)
    answer = Response(json.dumps(made, ensure_ascii=False), mimetype="application/fhir+json")
    answer.headers["Content-Disposition"] = 'attachment; filename="selfcheck-fhir.json"'
    return answer
