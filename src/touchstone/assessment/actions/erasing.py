"""What becomes of assessment when somebody is erased: work goes back, comments on it go, the numbers stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.events import OfferDeclined
from touchstone.assessment.models import Assignment, Availability, Decision, Qualification, ReadingPlan, Score
from touchstone.kit import journal
from touchstone.kit.actor import Actor

_IN_HAND = [AssignmentState.OFFERED, AssignmentState.ACCEPTED]


@transaction.atomic
def leave_assessing(*, actor: Actor, assessor: UUID, now: datetime) -> None:
    """An assessor goes for good: what she holds is offered to somebody else, what she began to write is dropped.

    Scores she sent stay: others were decided by them. Twice is once.
    """
    for assignment in Assignment.objects.select_for_update().filter(assessor_id=assessor, state__in=_IN_HAND):
        assignment.scores.all().delete()
        assignment.state, assignment.answered_at = AssignmentState.DECLINED, now
        assignment.save(update_fields=["state", "answered_at"])
        journal.record(actor, OfferDeclined(assignment=assignment.id, attempt=assignment.attempt_id), now=now)
    Qualification.objects.filter(assessor_id=assessor, to_date=None).update(to_date=now.date())
    Availability.objects.filter(assessor_id=assessor).delete()


@transaction.atomic
def erase_comments(*, actor: Actor, earner: UUID, now: datetime) -> None:
    """Erase what was written about an earner's work; levels and decisions stay. Twice is once."""
    about_her = Score.objects.filter(assignment__attempt__submission__earner_id=earner).exclude(comment="")
    if about_her.update(comment=""):
        journal.record(actor, "decision.comments_erased", now=now, earner=earner)


@transaction.atomic
def forget_readings(*, actor: Actor, submission_id: UUID, now: datetime) -> None:
    """Delete every reading of and decision on a submission, once nothing asks for them any more."""
    of_it = {"attempt__submission_id": submission_id}
    for model in (Decision, Assignment, ReadingPlan):
        model.objects.filter(**of_it).delete()
    journal.record(actor, "decision.forgotten", now=now, submission=submission_id)
