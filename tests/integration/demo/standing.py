"""Where a piece of work stands, in one word, as the stories of the demonstration expect it."""

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import OPEN, Assignment, Decision, ReadingPlan
from touchstone.portfolio.completeness import what_is_missing
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Submission
from touchstone.portfolio.queries import contents_of

EVERY = {
    "draft", "ready", "offered", "in_hand", "second_reading", "ruling", "searching", "release", "not_yet", "earned",
    "withdrawn",
}  # fmt: skip


def stands(submission: Submission) -> str:
    """``ready``: a draft that lacks nothing; ``ruling``: a third reader is asked; ``searching``: nobody may read."""
    attempt = submission.current
    assert attempt
    if attempt.state == AttemptState.DRAFT:
        return "draft" if what_is_missing(contents_of(attempt), (), check_attestations=False) else "ready"
    if attempt.state != AttemptState.SUBMITTED:
        return str(attempt.state)
    if Decision.objects.filter(attempt=attempt, released_at=None).exists():
        return "release"
    plan = ReadingPlan.objects.get(attempt=attempt)
    if plan.searching_since or plan.disagreed_at:
        return "searching" if plan.searching_since else "ruling"
    states = set(Assignment.objects.filter(attempt=attempt, state__in=OPEN).values_list("state", flat=True))
    if AssignmentState.SCORED in states:
        return "second_reading"
    return "in_hand" if AssignmentState.ACCEPTED in states else "offered"
