"""What the pages around the draft show, gathered from several queries."""

from datetime import date
from typing import Any

from django.http import QueryDict

from touchstone.assessment import queries as assessment
from touchstone.credentials.queries import find_award_for
from touchstone.kit.actor import Actor
from touchstone.portfolio import queries
from touchstone.portfolio.completeness import attestations_for, what_is_missing
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Submission
from touchstone.web.earn import wording, workspace
from touchstone.web.earn.forms import SendForm


def home(actor: Actor, after: str, today: date) -> dict[str, Any]:
    """The one thing to do now, then every submission."""
    page = queries.list_submissions(actor, after=after)
    rows = [(row, wording.what_next(row.current, today)) for row in page if row.current]
    return {"page": page, "rows": rows, "next": None if after else _next_step(actor, today)}


def _next_step(actor: Actor, today: date) -> dict[str, Any] | None:
    row = queries.find_next_step(actor)
    if row is None:
        return None
    attempt = workspace.attempt_of(row)
    facts = {**workspace.heading(row), "what_next": wording.what_next(attempt, today)}
    if attempt.state == AttemptState.DRAFT:
        facts["missing"] = what_is_missing(queries.contents_of(attempt), (), check_attestations=False)
    if attempt.state == AttemptState.EARNED:
        facts["award"] = find_award_for(actor, attempt.id)
    return facts


def status(actor: Actor, submission: Submission, today: date) -> dict[str, Any]:
    """Where a submission stands that is not in the earner's hands."""
    attempt = workspace.attempt_of(submission)
    attempts = queries.list_attempts(submission)
    decided = workspace.decided_attempts(attempts)
    told = [(row.number, [workspace.named(one) for one in assessment.feedback_on(row, why)]) for row, why in decided]
    current = told.pop()[1] if told and told[-1][0] == attempt.number else []
    return {
        **workspace.heading(submission),
        "what_next": wording.what_next(attempt, today),
        "late": wording.is_late(attempt, today),
        "feedback": sorted(current, key=lambda one: one.met),
        "earlier": told[::-1],
        "history": wording.history(attempts, today),
        "sections": workspace.handed_in(attempt),
        "award": find_award_for(actor, attempt.id) if attempt.state == AttemptState.EARNED else None,
    }


def review(submission: Submission, sent: QueryDict | None) -> dict[str, Any]:
    """The last look before sending: what is missing, or else what goes out and what is to confirm."""
    attempt = workspace.attempt_of(submission)
    contents = queries.contents_of(attempt)
    pieces = [workspace.Piece(row) for slot in contents.slots.values() for row in slot.artifacts]
    return {
        **workspace.heading(submission),
        "missing": what_is_missing(contents, (), check_attestations=False),
        "words": sum(prompt.words for prompt in contents.prompts.values()),
        "pieces": pieces,
        "to_look_at": [piece for piece in pieces if piece.remarks],
        "form": SendForm(attestations_for(contents), sent),
    }
