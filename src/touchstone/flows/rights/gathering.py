"""Everything held about a person, as one document: the schema beside this file says what stands where.

Nobody else's identity is in it: assessors are numbers within an attempt, as on her own pages, and work she assessed
goes by the codes of its assignments.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from touchstone.assessment import queries as assessment
from touchstone.assessment.models import Assignment, Decision
from touchstone.core.sight import Viewer
from touchstone.credentials.connected import list_connected_apps
from touchstone.credentials.imports import file_name, imports_of
from touchstone.credentials.models import Award, Collection, ImportedBadge
from touchstone.credentials.sharing.queries import collections_of, entries_of, find_hosted, shown_with, views_of
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import queries as persons
from touchstone.people.own_data import person_data
from touchstone.portfolio.models import Artifact, Attempt, Submission

SCHEMA = 1
# Subjects of the journal that speak of nobody else when they are about her. Ties are told to neither side.
_ABOUT_HER = ("account", "address", "employment", "export", "glass", "guardian", "identity", "join", "membership")
_ABOUT_HER_TOO = ("password", "person", "second_step", "sessions")


def everything_about(person: UUID, *, now: datetime) -> dict[str, Any]:
    """The whole document; journal entries come apart (``activity_of``), for there may be many."""
    return {
        "schema": SCHEMA,
        "made_at": now,
        "person": person_data(person),
        "submissions": [_submission(row) for row in _submissions(person)],
        "awards": [_award(row) for row in awards_of(person)],
        "collections": [_collection(row) for row in collections_of(person)],
        "badges_from_elsewhere": [_from_elsewhere(row) for row in imports_of(person)],
        "connected_apps": [
            {
                "name": app.name,
                "at": app.home,
                "may": [str(words) for words in app.may],
                "last_came_at": app.last_used_at,
            }
            for app in list_connected_apps(person)
        ],
        "assessing": [_reading(row) for row in _readings(person)],
        "mails": _mails(person),
    }


def activity_of(person: UUID) -> Iterator[dict[str, Any]]:
    """The journal of her own account, oldest first: what she did and what was done to her account."""
    subjects = Q()
    for subject in (*_ABOUT_HER, *_ABOUT_HER_TOO):
        subjects |= Q(verb__startswith=f"{subject}.")
    rows = JournalEntry.objects.filter((Q(about__contains=[person]) & subjects) | Q(person=person))
    rows = rows.exclude(verb__startswith="tie.").exclude(verb__startswith="ties.").order_by("at", "id")
    for row in rows.iterator(chunk_size=2000):
        facts = {key: row.payload[key] for key in ("network", "browser") if row.payload.get(key)}
        yield {"at": row.at, "what": row.verb, "by_herself": row.person == person, **facts}


def awards_of(person: UUID) -> list[Award]:
    rows = Award.objects.filter(holder_id=person).order_by("awarded_at", "id")
    return list(rows.select_related("issuer", "version__micro_credential", "stack_version__stack", "badge"))


def files_of(person: UUID) -> Iterator[tuple[str, Artifact]]:
    """Her originals: the path in the copy, and the piece."""
    rows = Artifact.objects.filter(submission__earner_id=person).exclude(original="").select_related("submission")
    for row in rows.order_by("submission_id", "added_at", "id"):
        yield path_of(row), row


def path_of(row: Artifact) -> str:
    """Where the original of a piece lies in the copy; the piece's token keeps equal names apart."""
    return f"evidence/{row.submission.token}/{row.token[:6]}-{row.name.replace('/', '_')}"


def _submissions(person: UUID) -> list[Submission]:
    rows = Submission.objects.filter(earner_id=person).order_by("started_at", "id")
    return list(rows.select_related("version__micro_credential__issuer"))


def _submission(row: Submission) -> dict[str, Any]:
    return {
        "token": row.token,
        "micro_credential": row.version.micro_credential.slug,
        "title": row.version.title,
        "version": row.version.number,
        "issuer": row.version.micro_credential.issuer.name,
        "started_at": row.started_at,
        "evidence": [
            _artifact(piece) for piece in row.artifacts.order_by("added_at", "id").select_related("submission")
        ],
        "attempts": [_attempt(row, attempt) for attempt in row.attempts.order_by("number")],
    }


def _artifact(row: Artifact) -> dict[str, Any]:
    fields = ("token", "slot", "kind", "name", "text", "url", "media_type", "size", "added_at", "gone_at")
    return {
        **{field: getattr(row, field) for field in fields},
        "gone_because": row.gone_because,
        "file": path_of(row) if row.original else "",
        "read_by_assessors": row.blind_text or "",
        "findings": row.findings,
    }


def _attempt(submission: Submission, row: Attempt) -> dict[str, Any]:
    row.submission = submission
    decision = assessment.find_released_decision(row)
    fields = ("number", "state", "carried", "started_at", "submitted_at", "due_date", "closed_at")
    return {
        **{field: getattr(row, field) for field in fields},
        "employers_then": sorted(row.employers.values_list("name", flat=True)),
        "answers": [
            {"prompt": one.prompt, "text": one.text, "read_by_assessors": one.blind or "", "saved_at": one.saved_at}
            for one in row.answers.order_by("prompt")
        ],
        "evidence": sorted(row.artifacts.values_list("token", flat=True)),
        "attested": [{"what": one.kind, "at": one.made_at} for one in row.attestations.order_by("made_at", "id")],
        "decision": _decision(row, decision) if decision else None,
    }


def _decision(attempt: Attempt, decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "released_at": decision.released_at,
        "criteria": [
            {
                "criterion": row.criterion.key,
                "title": row.criterion.title,
                "level": row.level,
                "needed": row.needed,
                "met": row.met,
                "kept_from_before": row.carried,
                "comments": [{"assessor": int(seen.text), "comment": text} for seen, text in row.comments],
            }
            for row in assessment.feedback_on(Viewer.EARNER, attempt, decision)
        ],
    }


def _award(row: Award) -> dict[str, Any]:
    said = ("token", "title", "awarded_on", "visibility", "levels", "revoked_at", "revocation_reason")
    fields = (*said, "valid_until", "suspended_at", "suspension_reason")
    folder = f"awards/{row.token}"
    has_badge = bool(getattr(row, "badge", None) and row.badge.text)
    return {
        **{field: getattr(row, field) for field in fields},
        "issuer": row.issuer.name,
        "endorsements": [
            {"by": one.endorser.name, "comment": one.comment, "given_at": one.given_at}
            for one in row.endorsements.filter(withdrawn_at=None).select_related("endorser").order_by("given_at")
        ],
        "evidence_shown": [one.artifact.token for one in shown_with(row)],
        "older_form_since": hosted.published_at if (hosted := find_hosted(row)) else None,
        "opened_by_others": views_of(row.id, on=row.awarded_on).total,
        "files": [f"{folder}/badge.json", f"{folder}/badge.png"] if has_badge else [],
    }


def _collection(row: Collection) -> dict[str, Any]:
    fields = ("token", "name", "sentence", "visibility", "made_at")
    return {
        **{field: getattr(row, field) for field in fields},
        "awards": [award.token for award in entries_of(row, shared=False)],
        "opened_by_others": views_of(row.id, on=row.made_at.date()).total,
    }


def _from_elsewhere(row: ImportedBadge) -> dict[str, Any]:
    fields = ("name", "badge_id", "form", "valid_from", "valid_until", "received_at", "checked_at")
    return {
        **{field: getattr(row, field) for field in fields},
        "issuer": row.issuer_name or row.issuer_id,
        "came_out": row.summary,
        "names_an_address_of_yours": row.is_hers,
        "file": import_path(row),
    }


def import_path(row: ImportedBadge) -> str:
    """Where a badge from elsewhere lies in the copy."""
    return f"elsewhere/{row.token}/{file_name(row)}"


def _readings(person: UUID) -> list[Assignment]:
    rows = Assignment.objects.filter(assessor_id=person).order_by("offered_at", "id")
    return list(rows.select_related("attempt__submission__version").prefetch_related("scores"))


def _reading(row: Assignment) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.attempt.submission.version.title,
        "state": row.state,
        "offered_at": row.offered_at,
        "scored_at": row.scored_at,
        "scores": [
            {"criterion": one.criterion, "level": one.level, "comment": one.comment, "saved_at": one.saved_at}
            for one in row.scores.all()
        ],
    }


def _mails(person: UUID) -> list[dict[str, Any]]:
    """That a mail was written, not its text: mails may name others."""
    rows = OutgoingMail.objects.filter(to__in=persons.every_address(person)).order_by("written_at", "id")
    return [{"kind": row.kind, "written_at": row.written_at, "sent_at": row.sent_at} for row in rows]
