"""How work was judged, gathered for the statement of its award: who read it, and what was measured of its version."""

from datetime import UTC
from typing import Any

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import RULING, Assignment
from touchstone.credentials.judging import Agreement, Judged
from touchstone.insights import queries as insights
from touchstone.portfolio.models import Attempt

ROUND_TO = 10  # works: exact counts of few would tell of single works


def judged(attempt: Attempt) -> Judged:
    """As things stand now; agreement only where the nightly measurement calls it established."""
    readings = Assignment.objects.filter(attempt=attempt, state=AssignmentState.SCORED).exclude(read=RULING)
    assessors = readings.values("assessor").distinct().count()
    row = insights.find_measurement(attempt.submission.version)
    if row is None or not row.figures["established"]:
        return Judged(assessors)
    report = row.figures["report"]
    return Judged(
        assessors,
        measured_on=row.measured_at.astimezone(UTC).date(),
        read_twice=report["works_read_twice"] // ROUND_TO * ROUND_TO,
        agreement=tuple(_agreement(section) for section in report["criteria"]),
    )


def _agreement(section: dict[str, Any]) -> Agreement:
    values = {figure["key"]: figure["value"] for figure in section["figures"]}
    exact, kappa = values["agreement.exact"], values["kappa.quadratic"]
    return Agreement(section["name"], f"{exact:.2f}", None if kappa is None else f"{kappa:.2f}")
