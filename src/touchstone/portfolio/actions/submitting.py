"""Work handed in, taken back, begun again, closed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from touchstone.catalogue.queries import item_of
from touchstone.core import deadlines
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.people import queries as people
from touchstone.people.known import known_identities
from touchstone.portfolio import errors, identities, queries
from touchstone.portfolio.actions.rows import current_attempt, open_attempt, require_consent
from touchstone.portfolio.completeness import attestations_for, what_is_missing
from touchstone.portfolio.enums import ArtifactKind, AttemptState
from touchstone.portfolio.events import AttemptSubmitted, AttemptWithdrawn
from touchstone.portfolio.models import Answer, Artifact, Attempt, Attestation


@transaction.atomic
def submit_attempt(*, actor: Actor, token: str, attested: Collection[str], now: datetime) -> Attempt:
    """Hand the draft in: it is complete, confirmed, and from now on frozen.

    Raises NotFound, AlreadySubmitted, NotEditable, ConsentNeeded, NotComplete (with ``missing``).
    """
    attempt = current_attempt(actor, token)
    if attempt.state == AttemptState.SUBMITTED:
        raise errors.AlreadySubmitted
    if attempt.state != AttemptState.DRAFT:
        raise errors.NotEditable
    require_consent(actor, now)
    contents = queries.contents_of(attempt)
    missing = what_is_missing(contents, attested)
    if missing:
        raise errors.NotComplete(missing=missing)
    for kind in attestations_for(contents):
        Attestation.objects.get_or_create(attempt=attempt, kind=kind, defaults={"made_at": now})
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = now
    attempt.due_date = _due(attempt, now)
    attempt.save(update_fields=["state", "submitted_at", "due_date"])
    _blind(attempt)
    attempt.employers.set(people.list_employers(attempt.submission.earner_id, on=now.date()))
    journal.record(actor, AttemptSubmitted(attempt=attempt.id), now=now)
    return attempt


@transaction.atomic
def withdraw_attempt(*, actor: Actor, token: str, now: datetime) -> Attempt:
    """Take work back before it is decided. Raises NotFound, NotWithdrawable."""
    attempt = current_attempt(actor, token)
    if attempt.state != AttemptState.SUBMITTED:
        raise errors.NotWithdrawable
    attempt.state, attempt.closed_at = AttemptState.WITHDRAWN, now
    attempt.save(update_fields=["state", "closed_at"])
    journal.record(actor, AttemptWithdrawn(attempt=attempt.id), now=now)
    return attempt


@transaction.atomic
def begin_attempt(*, actor: Actor, token: str, now: datetime) -> Attempt:
    """Begin the next attempt from what is there; what was met is kept and not asked again.

    Raises NotFound, NoNewAttempt.
    """
    last = current_attempt(actor, token)
    if last.state == AttemptState.DRAFT:
        return last
    if last.state not in {AttemptState.NOT_YET, AttemptState.WITHDRAWN}:
        raise errors.NoNewAttempt
    carried = last.met if last.state == AttemptState.NOT_YET else last.carried
    attempt = open_attempt(last.submission, number=last.number + 1, carried=carried, now=now)
    Answer.objects.bulk_create(
        Answer(attempt=attempt, prompt=row.prompt, text=row.text, revision=row.revision, saved_at=row.saved_at)
        for row in last.answers.all()
    )
    attempt.artifacts.set(last.artifacts.all())
    journal.record(actor, "attempt.begun", now=now, attempt=attempt.id)
    return attempt


@transaction.atomic
def close_attempt(
    *, actor: Actor, attempt_id: UUID, state: AttemptState, met: Mapping[str, str], now: datetime
) -> None:
    """Note how an attempt ended; called by the release of its decision."""
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        raise errors.NotEditable
    attempt.state, attempt.met, attempt.closed_at = state, dict(met), now
    attempt.save(update_fields=["state", "met", "closed_at"])


def _blind(attempt: Attempt) -> None:
    """Make what assessors read: every text of the attempt without what tells who wrote it."""
    submission = attempt.submission
    known, language = known_identities(submission.earner_id), submission.version.language
    answers, artifacts = list(attempt.answers.all()), list(attempt.artifacts.exclude(kind=ArtifactKind.FILE))
    for answer in answers:
        answer.blind = identities.blind(answer.text, known, submission.kept, language=language)
    for artifact in artifacts:
        written = artifact.url or artifact.text
        artifact.blind_text = identities.blind(written, known, submission.kept, language=language)
    Answer.objects.bulk_update(answers, ["blind"])
    Artifact.objects.bulk_update(artifacts, ["blind_text"])


def _due(attempt: Attempt, now: datetime) -> Any:
    version = attempt.submission.version
    received = deadlines.local_date(now, version.micro_credential.issuer.time_zone)
    return deadlines.due_date(received, item_of(version).turnaround, deadlines.holidays_from(received))
