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
from touchstone.kit import journal, storage
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.people import queries as people
from touchstone.people.errors import ConsentNeeded
from touchstone.people.known import known_identities
from touchstone.portfolio import errors, identities, queries, rules
from touchstone.portfolio.completeness import attestations_for, what_is_missing
from touchstone.portfolio.enums import ArtifactKind, AttemptState, GoneBecause
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
    _blind(attempt)
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
def replace_identity(*, actor: Actor, token: str, at: str, mark: str, now: datetime) -> None:
    """Put neutral words where a text of the draft tells who somebody is; ``at`` is a prompt or an artifact's token.

    Raises NotFound, NotEditable, KeptFromBefore, NothingToReplace.
    """
    attempt = _draft(actor, token)
    row = _written(attempt, at)
    _require_open(attempt, row.slot if isinstance(row, Artifact) else row.prompt)
    known = known_identities(attempt.submission.earner_id)
    text = identities.without(row.text, mark, known, language=attempt.submission.version.language)
    if text == row.text:
        raise errors.NothingToReplace
    row.text = text
    if isinstance(row, Answer):
        row.revision, row.saved_at = row.revision + 1, now
    row.save()


@transaction.atomic
def keep_identity(*, actor: Actor, token: str, at: str, mark: str, now: datetime) -> None:
    """Note that words in the draft tell nobody who she is; they are not asked about again in this submission.

    Raises NotFound, NotEditable, NothingToReplace, NotKeepable.
    """
    attempt = _draft(actor, token)
    submission, row = attempt.submission, _written(attempt, at)
    known = known_identities(submission.earner_id)
    found = identities.remarks_on(row.text, known, submission.kept, language=submission.version.language)
    remark = next((one for one in found if one.mark == mark), None)
    if remark is None:
        raise errors.NothingToReplace
    if not remark.may_keep:
        raise errors.NotKeepable
    submission.kept = [*submission.kept, mark]
    submission.save(update_fields=["kept"])


@transaction.atomic
def withdraw_release(*, actor: Actor, token: str, artifact: str, now: datetime) -> Artifact:
    """A pupil's or parent's release is withdrawn: the piece is gone at once for everybody, and cannot come back.

    Its place in what was handed in stays, and so do the scores. Twice is once. Raises NotFound, DraftEvidence.
    """
    _current(actor, token)
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


def _written(attempt: Attempt, at: str) -> Answer | Artifact:
    """An answer by its prompt, or a text of evidence by its token; raises NotFound."""
    rows = attempt.artifacts.filter(kind=ArtifactKind.TEXT)
    row = attempt.answers.filter(prompt=at).first() or rows.filter(token=at).first()
    if row is None:
        raise NotFound
    return row


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
