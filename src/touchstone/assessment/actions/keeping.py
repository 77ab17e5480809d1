"""Keeping to time: an offer nobody answers goes on to somebody else."""

from datetime import datetime, timedelta

from django.db import transaction

from touchstone.assessment import queries
from touchstone.assessment.actions.rows import lock_giving_out
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.events import OfferLapsed
from touchstone.assessment.models import Assignment
from touchstone.kit import journal
from touchstone.kit.actor import Actor


@transaction.atomic
def let_offers_lapse(*, actor: Actor, now: datetime) -> int:
    """End the offers whose time to answer is over; who was asked is not asked again for that work.

    Work that was accepted stays where it is, however late. Returns how many offers ended.
    """
    lock_giving_out()
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        state=AssignmentState.OFFERED, offered_at__lt=now - timedelta(days=queries.OFFER_STANDS)
    )
    over = [
        row
        for row in rows.select_related("attempt__submission__version__micro_credential__issuer").order_by("id")
        if queries.offer_is_over(row, now)
    ]
    for assignment in over:
        assignment.state, assignment.answered_at = AssignmentState.REASSIGNED, now
        assignment.save(update_fields=["state", "answered_at"])
        journal.record(actor, OfferLapsed(assignment=assignment.id, attempt=assignment.attempt_id), now=now)
    return len(over)
