"""What the pages around the draft show, gathered from several queries."""

from datetime import date
from typing import Any

from django.http import QueryDict

from touchstone.assessment import queries as assessment
from touchstone.assessment.models import Decision
from touchstone.core.sight import Viewer
from touchstone.credentials.queries import find_award_for
from touchstone.kit.actor import Actor
from touchstone.portfolio import queries
from touchstone.portfolio.completeness import attestations_for, what_is_missing
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.identities import Remark
from touchstone.portfolio.models import Attempt, Submission
from touchstone.web.earn import wording, workspace
from touchstone.web.earn.forms import SendForm


def home(actor: Actor, after: str, today: date) -> dict[str, Any]:
    """The one thing to do now, then every submission."""
    page = queries.list_submissions(actor, after=after)
    attempts = [row.current for row in page if row.current]
    searching = assessment.searching_among(attempts)
    rows = [
        (row, wording.what_next(row.current, today, searching=row.current_id in searching))
        for row in page
        if row.current
    ]
    return {"page": page, "rows": rows, "next": None if after else _next_step(actor, today)}


def _next_step(actor: Actor, today: date) -> dict[str, Any] | None:
    row = queries.find_next_step(actor)
    if row is None:
        return None
    attempt = workspace.attempt_of(row)
    searching = attempt.id in assessment.searching_among([attempt])
    facts = {**workspace.heading(row), "what_next": wording.what_next(attempt, today, searching=searching)}
    if attempt.state == AttemptState.DRAFT:
        facts["missing"] = what_is_missing(queries.contents_of(attempt), (), check_attestations=False)
    if attempt.state == AttemptState.EARNED:
        facts["award"] = find_award_for(actor, attempt.id)
    return facts


def status(actor: Actor, submission: Submission, today: date) -> dict[str, Any]:
    """Where a submission stands that is not in the earner's hands."""
    attempt = workspace.attempt_of(submission)
    searching = attempt.id in assessment.searching_among([attempt])
    attempts = queries.list_attempts(submission)
    decided = workspace.decided_attempts(attempts)
    told = [(row.number, _feedback(row, why)) for row, why in decided]
    current = told.pop()[1] if told and told[-1][0] == attempt.number else []
    return {
        **workspace.heading(submission),
        "what_next": wording.what_next(attempt, today, searching=searching),
        "late": wording.is_late(attempt, today),
        "feedback": sorted(current, key=lambda one: one.met),
        "earlier": told[::-1],
        "history": wording.history(attempts, today, searching=searching),
        "sections": workspace.handed_in(attempt),
        "award": find_award_for(actor, attempt.id) if attempt.state == AttemptState.EARNED else None,
    }


def _feedback(attempt: Attempt, decision: Decision) -> list[workspace.CriterionFeedback]:
    return [workspace.named(row) for row in assessment.feedback_on(Viewer.EARNER, attempt, decision)]


def _identity(contents: queries.Contents, submission: Submission) -> list[tuple[str, str, Remark]]:
    """Where each remark stands: the key of its prompt or slot, its text, and the remark."""
    slots = {row.token: state.slot for state in contents.slots.values() for row in state.artifacts}
    found = []
    for at, remarks in queries.remarks_in(contents, submission).items():
        key, title = (slots[at].key, slots[at].title) if at in slots else (at, contents.prompts[at].prompt.text)
        found += [(key, title, remark) for remark in remarks]
    return found


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
        "identity": _identity(contents, submission),
        "form": SendForm(attestations_for(contents), sent),
    }
