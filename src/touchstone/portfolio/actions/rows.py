"""The rows a write begins from, and what it may be refused for."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from touchstone.kit.actor import Actor
from touchstone.people import queries as people
from touchstone.people.errors import ConsentNeeded
from touchstone.portfolio import errors, queries
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt, Submission


def require_consent(actor: Actor, now: datetime) -> None:
    """A minor sends nothing in before a guardian has agreed. Raises ConsentNeeded."""
    if actor.person and not people.may_upload(actor.person, now.date()):
        raise ConsentNeeded


def clean_text(text: str) -> str:
    """NFC, one kind of line end, no control characters: what is signed, compared and shown later."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def current_attempt(actor: Actor, token: str) -> Attempt:
    """The latest attempt of the actor's own submission, locked until the action ends."""
    submission = queries.get_submission(actor, token)
    Submission.objects.select_for_update().get(id=submission.id)
    rows = Attempt.objects.select_for_update(of=("self",)).select_related(
        "submission__version__micro_credential__issuer"
    )
    return rows.filter(submission=submission).order_by("-number")[:1].get()


def draft_attempt(actor: Actor, token: str) -> Attempt:
    attempt = current_attempt(actor, token)
    if attempt.state != AttemptState.DRAFT:
        raise errors.NotEditable
    return attempt


def open_attempt(submission: Submission, *, number: int, carried: Mapping[str, str], now: datetime) -> Attempt:
    attempt = Attempt.objects.create(submission=submission, number=number, carried=dict(carried), started_at=now)
    submission.current = attempt
    submission.save(update_fields=["current"])
    return attempt


def require_open(attempt: Attempt, key: str) -> None:
    if attempt.carried and key not in queries.open_keys(attempt):
        raise errors.KeptFromBefore
