"""What is taken away: releases, and the work of who leaves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from touchstone.kit import journal, storage
from touchstone.kit.actor import Actor
from touchstone.portfolio import errors, rules
from touchstone.portfolio.actions.rows import current_attempt
from touchstone.portfolio.enums import AttemptState, GoneBecause
from touchstone.portfolio.events import AttemptWithdrawn
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission


@transaction.atomic
def withdraw_release(*, actor: Actor, token: str, artifact: str, now: datetime) -> Artifact:
    """A pupil's or parent's release is withdrawn: the piece is gone at once for everybody, and cannot come back.

    Its place in what was handed in stays, and so do the scores. Twice is once. Raises NotFound, DraftEvidence.
    """
    current_attempt(actor, token)
    rows = Artifact.objects.select_for_update(of=("self",))
    row = rules.OWN_ARTIFACT.get(actor, rows.filter(submission__token=token), token=artifact)
    if row.gone_at:
        return row
    if not row.attempts.exclude(state=AttemptState.DRAFT).exists():
        raise errors.DraftEvidence
    row.attempts.through.objects.filter(artifact=row, attempt__state=AttemptState.DRAFT).delete()
    _remove(row, GoneBecause.RELEASE, now)
    journal.record(actor, "release.withdrawn", now=now, artifact=row.id, submission=row.submission_id)
    return row


@transaction.atomic
def erase_work(*, actor: Actor, earner: UUID, now: datetime) -> list[Attempt]:
    """Erase every answer and piece of evidence of an earner, take back what is being assessed, drop drafts.

    Gives the attempts whose record stays: those that were handed in. Twice is once.
    """
    for submission in Submission.objects.select_for_update().filter(earner_id=earner).order_by("id"):
        for attempt in submission.attempts.select_for_update():
            _end_open(actor, attempt, now)
            attempt.employers.clear()
        Answer.objects.filter(attempt__submission=submission).update(text="", blind="")
        for artifact in submission.artifacts.filter(gone_at=None):
            _remove(artifact, GoneBecause.ERASED, now)
        submission.kept = []
        submission.save(update_fields=["kept"])
        if not submission.attempts.exclude(submitted_at=None).exists():
            _drop(submission)
    journal.record(actor, "submission.erased", now=now, earner=earner)
    return list(Attempt.objects.filter(submission__earner_id=earner, submitted_at__isnull=False).order_by("id"))


@transaction.atomic
def forget_submission(*, actor: Actor, submission_id: UUID, now: datetime) -> None:
    """Delete the emptied record of an erased earner's work, once nothing asks for it any more. Twice is once."""
    submission = Submission.objects.select_for_update().filter(id=submission_id).first()
    if submission:
        _drop(submission)
        journal.record(actor, "submission.forgotten", now=now, submission=submission_id)


def _end_open(actor: Actor, attempt: Attempt, now: datetime) -> None:
    if attempt.state not in {AttemptState.DRAFT, AttemptState.SUBMITTED}:
        return
    was_sent = attempt.state == AttemptState.SUBMITTED
    attempt.state, attempt.closed_at = AttemptState.WITHDRAWN, now
    attempt.save(update_fields=["state", "closed_at"])
    if was_sent:
        journal.record(actor, AttemptWithdrawn(attempt=attempt.id), now=now)


def _drop(submission: Submission) -> None:
    submission.current = None
    submission.save(update_fields=["current"])
    submission.artifacts.all().delete()
    submission.attempts.all().delete()
    submission.delete()


def _remove(row: Artifact, because: GoneBecause, now: datetime) -> None:
    """Nothing is left of a piece but that there was one; its files are served no more from here on."""
    storage.remove([row.original, row.blind], now=now)
    row.name = row.text = row.url = row.sha256 = row.original = row.blind = ""
    row.blind_text, row.findings, row.size = "", [], 0
    row.gone_because, row.gone_at = because, now
    row.save()
