"""Every write of the portfolio."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core import deadlines
from touchstone.core.content import ArtifactSlot, Prompt
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.people import queries as people
from touchstone.people.errors import ConsentNeeded
from touchstone.portfolio import errors, queries, rules
from touchstone.portfolio.completeness import attestations_for, what_is_missing
from touchstone.portfolio.enums import ArtifactKind, AttemptState
from touchstone.portfolio.events import AttemptSubmitted, AttemptWithdrawn
from touchstone.portfolio.models import Answer, Artifact, Attempt, Attestation, Submission

ANSWER_CAP = 200_000  # characters


@transaction.atomic
def start_submission(*, actor: Actor, version: Version, now: datetime) -> Submission:
    """Begin to work on a micro-credential. Starting twice finds the one begun, which stays on its version.

    Raises Forbidden.
    """
    if actor.person is None or actor.membership is not None:
        raise Forbidden
    known = queries.find_submission(actor, version.micro_credential_id)
    if known:
        return known
    try:
        with transaction.atomic():
            submission = Submission.objects.create(earner_id=actor.person, version=version, started_at=now)
    except IntegrityError:  # the same click twice at once
        return Submission.objects.get(earner_id=actor.person, version=version)
    _open_attempt(submission, number=1, carried={}, now=now)
    journal.record(actor, "submission.started", now=now, submission=submission.id, version=version.id)
    return submission


@transaction.atomic
def save_answer(*, actor: Actor, token: str, prompt: str, text: str, revision: int, now: datetime) -> Answer:
    """Keep the text of one answer. ``revision`` is the one the writer saw; drafts are not journalled.

    Raises NotFound, NotEditable, ConsentNeeded, UnknownPrompt, KeptFromBefore, AnswerTooLong, AnswerChangedElsewhere.
    """
    attempt = _draft(actor, token)
    require_consent(actor, now)
    _require_open(attempt, _prompt(attempt, prompt).key)
    if len(text) > ANSWER_CAP:
        raise errors.AnswerTooLong(length=len(text), cap=ANSWER_CAP)
    text = clean_text(text)
    answer = Answer.objects.filter(attempt=attempt, prompt=prompt).first()
    if answer is None:
        answer = Answer(attempt=attempt, prompt=prompt, revision=0, saved_at=now)
    if answer.text == text:
        return answer
    if answer.revision != revision:
        raise errors.AnswerChangedElsewhere(theirs=answer.text, revision=answer.revision)
    answer.text, answer.revision, answer.saved_at = text, answer.revision + 1, now
    answer.save()
    return answer


@transaction.atomic
def add_link(*, actor: Actor, token: str, slot: str, url: str, name: str, now: datetime) -> Artifact:
    """Put a link into a slot.

    Raises NotFound, NotEditable, ConsentNeeded, UnknownSlot, SlotFull, FormNotAccepted, LinkNotUsable.
    """
    attempt = _draft(actor, token)
    require_consent(actor, now)
    place = free_slot(attempt, slot)
    if "link" not in place.accepts:
        raise errors.FormNotAccepted(name=url[:80], accepted=", ".join(place.accepts))
    return _add(attempt, slot, now, kind=ArtifactKind.LINK, url=_usable_link(url), name=clean_text(name)[:255])


@transaction.atomic
def add_text(*, actor: Actor, token: str, slot: str, text: str, name: str, now: datetime) -> Artifact:
    """Put a piece of writing into a slot. Raises as add_link, and AnswerTooLong."""
    attempt = _draft(actor, token)
    require_consent(actor, now)
    place = free_slot(attempt, slot)
    if "text" not in place.accepts or not text.strip():
        raise errors.FormNotAccepted(name=name[:80], accepted=", ".join(place.accepts))
    if len(text) > ANSWER_CAP:
        raise errors.AnswerTooLong(length=len(text), cap=ANSWER_CAP)
    return _add(attempt, slot, now, kind=ArtifactKind.TEXT, text=clean_text(text), name=clean_text(name)[:255])


@transaction.atomic
def record_file(*, actor: Actor, token: str, slot: str, now: datetime, facts: Mapping[str, Any]) -> Artifact:
    """Note a file that storage holds already (portfolio.intake). Raises as add_link."""
    attempt = _draft(actor, token)
    require_consent(actor, now)
    free_slot(attempt, slot)
    return _add(attempt, slot, now, kind=ArtifactKind.FILE, **facts)


@transaction.atomic
def remove_artifact(*, actor: Actor, token: str, artifact: str, now: datetime) -> None:
    """Take a piece of evidence out of the draft. Its files go once no attempt holds it."""
    attempt = _draft(actor, token)
    row = rules.OWN_ARTIFACT.get(actor, Artifact.objects.filter(attempts=attempt), token=artifact)
    _require_open(attempt, row.slot)
    row.attempts.remove(attempt)
    if not row.attempts.exists():
        row.delete()  # the nightly job removes files that no row owns
    journal.record(actor, "artifact.removed", now=now, submission=attempt.submission_id)


@transaction.atomic
def submit_attempt(*, actor: Actor, token: str, attested: Collection[str], now: datetime) -> Attempt:
    """Hand the draft in: it is complete, confirmed, and from now on frozen.

    Raises NotFound, AlreadySubmitted, NotEditable, ConsentNeeded, NotComplete (with ``missing``).
    """
    attempt = _current(actor, token)
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
    attempt.employers.set(people.list_employers(attempt.submission.earner_id, on=now.date()))
    journal.record(actor, AttemptSubmitted(attempt=attempt.id), now=now)
    return attempt


@transaction.atomic
def withdraw_attempt(*, actor: Actor, token: str, now: datetime) -> Attempt:
    """Take work back before it is decided. Raises NotFound, NotWithdrawable."""
    attempt = _current(actor, token)
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
    last = _current(actor, token)
    if last.state == AttemptState.DRAFT:
        return last
    if last.state not in {AttemptState.NOT_YET, AttemptState.WITHDRAWN}:
        raise errors.NoNewAttempt
    carried = last.met if last.state == AttemptState.NOT_YET else last.carried
    attempt = _open_attempt(last.submission, number=last.number + 1, carried=carried, now=now)
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


def require_consent(actor: Actor, now: datetime) -> None:
    """A minor sends nothing in before a guardian has agreed. Raises ConsentNeeded."""
    if actor.person and not people.may_upload(actor.person, now.date()):
        raise ConsentNeeded


def free_slot(attempt: Attempt, slot: str) -> ArtifactSlot:
    """The slot of this key, when it can take one more. Raises UnknownSlot, KeptFromBefore, SlotFull."""
    parts = item_of(attempt.submission.version_id).parts
    place = next((row for part in parts for row in part.artifacts if row.key == slot), None)
    if place is None:
        raise errors.UnknownSlot
    _require_open(attempt, slot)
    if attempt.artifacts.filter(slot=slot).count() >= place.max_items:
        raise errors.SlotFull(most=place.max_items)
    return place


def clean_text(text: str) -> str:
    """NFC, one kind of line end, no control characters: what is signed, compared and shown later."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _add(attempt: Attempt, slot: str, now: datetime, **facts: Any) -> Artifact:
    artifact = Artifact.objects.create(submission=attempt.submission, slot=slot, added_at=now, **facts)
    artifact.attempts.add(attempt)
    return artifact


def _open_attempt(submission: Submission, *, number: int, carried: Mapping[str, str], now: datetime) -> Attempt:
    attempt = Attempt.objects.create(submission=submission, number=number, carried=dict(carried), started_at=now)
    submission.current = attempt
    submission.save(update_fields=["current"])
    return attempt


def _current(actor: Actor, token: str) -> Attempt:
    """The latest attempt of the actor's own submission, locked until the action ends."""
    submission = queries.get_submission(actor, token)
    Submission.objects.select_for_update().get(id=submission.id)
    rows = Attempt.objects.select_for_update(of=("self",)).select_related(
        "submission__version__micro_credential__issuer"
    )
    return rows.filter(submission=submission).order_by("-number")[:1].get()


def _draft(actor: Actor, token: str) -> Attempt:
    attempt = _current(actor, token)
    if attempt.state != AttemptState.DRAFT:
        raise errors.NotEditable
    return attempt


def _prompt(attempt: Attempt, key: str) -> Prompt:
    parts = item_of(attempt.submission.version_id).parts
    prompt = next((row for part in parts for row in part.prompts if row.key == key), None)
    if prompt is None:
        raise errors.UnknownPrompt
    return prompt


def _require_open(attempt: Attempt, key: str) -> None:
    if attempt.carried and key not in queries.open_keys(attempt):
        raise errors.KeptFromBefore


def _due(attempt: Attempt, now: datetime) -> Any:
    version = attempt.submission.version
    received = deadlines.local_date(now, version.micro_credential.issuer.time_zone)
    holidays = {*deadlines.federal_holidays(received.year), *deadlines.federal_holidays(received.year + 1)}
    return deadlines.due_date(received, item_of(version).turnaround, holidays)


def _usable_link(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        raise errors.LinkNotUsable from None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or "." not in host or parts.username or len(url) > 1000 or " " in url:
        raise errors.LinkNotUsable
    return url
