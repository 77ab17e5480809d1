"""Who is told what by mail. A mail holds a link, never evidence or a decision."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

from touchstone.assessment.models import Assignment
from touchstone.credentials.models import Award
from touchstone.kit import mail
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.portfolio.models import Attempt


def attempt_submitted(attempt: Attempt, at: datetime) -> None:
    facts = {"title": attempt.submission.version.title, "due": attempt.due_date}
    path = f"/earn/{attempt.submission.token}/"
    _tell("attempt_submitted", [attempt.submission.earner_id], path, facts, at, about=attempt.id)


def work_offered(assignment: Assignment, at: datetime) -> None:
    facts = {"title": assignment.attempt.submission.version.title, "due": assignment.attempt.due_date}
    _tell("work_offered", [assignment.assessor_id], f"/assess/{assignment.token}/", facts, at, about=assignment.id)


def nobody_eligible(attempt: Attempt, at: datetime) -> None:
    """Tell the scoring leaders of the issuer; they know the work by its title alone."""
    issuer = attempt.submission.version.micro_credential.issuer_id
    leaders = people.members_with_role(issuer, Role.SCORING_LEADER, on=at.date()).values_list("person_id", flat=True)
    facts = {"title": attempt.submission.version.title, "due": attempt.due_date}
    _tell("nobody_eligible", list(leaders), "/", facts, at, about=attempt.id)


def decision_released(attempt: Attempt, at: datetime) -> None:
    facts = {"title": attempt.submission.version.title}
    path = f"/earn/{attempt.submission.token}/"
    _tell("decision_released", [attempt.submission.earner_id], path, facts, at, about=attempt.id)


def award_ready(award: Award, at: datetime) -> None:
    _tell("award_ready", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def award_revoked(award: Award, at: datetime) -> None:
    _tell("award_revoked", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def _tell(kind: str, to: list[UUID], path: str, facts: Mapping[str, object], at: datetime, *, about: UUID) -> None:
    for person, (address, language) in people.addresses_of(to).items():
        context = {**facts, "link": f"{settings.ORIGIN}{path}"}
        mail.write(kind=kind, to=address, language=language, context=context, now=at, once=f"{kind}:{about}:{person}")
