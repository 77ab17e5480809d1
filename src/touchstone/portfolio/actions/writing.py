"""Work begun and written: answers and evidence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core.content import ArtifactSlot, Prompt
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.portfolio import errors, queries, rules
from touchstone.portfolio.actions.rows import clean_text, draft_attempt, open_attempt, require_consent, require_open
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission

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
    open_attempt(submission, number=1, carried={}, now=now)
    journal.record(actor, "submission.started", now=now, submission=submission.id, version=version.id)
    return submission


@transaction.atomic
def save_answer(*, actor: Actor, token: str, prompt: str, text: str, revision: int, now: datetime) -> Answer:
    """Keep the text of one answer. ``revision`` is the one the writer saw; drafts are not journalled.

    Raises NotFound, NotEditable, ConsentNeeded, UnknownPrompt, KeptFromBefore, AnswerTooLong, AnswerChangedElsewhere.
    """
    attempt = draft_attempt(actor, token)
    require_consent(actor, now)
    require_open(attempt, _prompt(attempt, prompt).key)
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
    attempt = draft_attempt(actor, token)
    require_consent(actor, now)
    place = free_slot(attempt, slot)
    if "link" not in place.accepts:
        raise errors.FormNotAccepted(name=url[:80], accepted=", ".join(place.accepts))
    return _add(attempt, slot, now, kind=ArtifactKind.LINK, url=_usable_link(url), name=clean_text(name)[:255])


@transaction.atomic
def add_text(*, actor: Actor, token: str, slot: str, text: str, name: str, now: datetime) -> Artifact:
    """Put a piece of writing into a slot. Raises as add_link, and AnswerTooLong."""
    attempt = draft_attempt(actor, token)
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
    attempt = draft_attempt(actor, token)
    require_consent(actor, now)
    free_slot(attempt, slot)
    return _add(attempt, slot, now, kind=ArtifactKind.FILE, **facts)


@transaction.atomic
def remove_artifact(*, actor: Actor, token: str, artifact: str, now: datetime) -> None:
    """Take a piece of evidence out of the draft. Its files go once no attempt holds it."""
    attempt = draft_attempt(actor, token)
    row = rules.OWN_ARTIFACT.get(actor, Artifact.objects.filter(attempts=attempt), token=artifact)
    require_open(attempt, row.slot)
    row.attempts.remove(attempt)
    if not row.attempts.exists():
        row.delete()  # the nightly job removes files that no row owns
    journal.record(actor, "artifact.removed", now=now, submission=attempt.submission_id)


def free_slot(attempt: Attempt, slot: str) -> ArtifactSlot:
    """The slot of this key, when it can take one more. Raises UnknownSlot, KeptFromBefore, SlotFull."""
    parts = item_of(attempt.submission.version_id).parts
    place = next((row for part in parts for row in part.artifacts if row.key == slot), None)
    if place is None:
        raise errors.UnknownSlot
    require_open(attempt, slot)
    if attempt.artifacts.filter(slot=slot).count() >= place.max_items:
        raise errors.SlotFull(most=place.max_items)
    return place


def _add(attempt: Attempt, slot: str, now: datetime, **facts: Any) -> Artifact:
    artifact = Artifact.objects.create(submission=attempt.submission, slot=slot, added_at=now, **facts)
    artifact.attempts.add(attempt)
    return artifact


def _prompt(attempt: Attempt, key: str) -> Prompt:
    parts = item_of(attempt.submission.version_id).parts
    prompt = next((row for part in parts for row in part.prompts if row.key == key), None)
    if prompt is None:
        raise errors.UnknownPrompt
    return prompt


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
