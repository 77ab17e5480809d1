"""Who is told what by mail. A mail holds a link, never evidence or a decision."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings

from touchstone.assessment.models import Assignment, ReadingPlan
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
    """Tell the scoring leaders of the issuer; they know the work by its title and a code of their own."""
    code = ReadingPlan.objects.get(attempt=attempt).code
    facts = {"title": attempt.submission.version.title, "due": attempt.due_date, "code": code}
    _tell("nobody_eligible", _scoring_leaders(attempt, at), "/", facts, at, about=attempt.id)


def pair_disagrees(attempt: Attempt, at: datetime) -> None:
    """Tell the scoring leaders that two of their assessors needed a third again; who, the mail does not say."""
    code = ReadingPlan.objects.get(attempt=attempt).code
    facts = {"title": attempt.submission.version.title, "code": code}
    _tell("pair_disagrees", _scoring_leaders(attempt, at), "/", facts, at, about=attempt.id)


def decision_released(attempt: Attempt, at: datetime) -> None:
    facts = {"title": attempt.submission.version.title}
    path = f"/earn/{attempt.submission.token}/"
    _tell("decision_released", [attempt.submission.earner_id], path, facts, at, about=attempt.id)


def award_ready(award: Award, at: datetime) -> None:
    _tell("award_ready", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def badge_renewed(award: Award, at: datetime) -> None:
    """Told once for every renewal; what she downloaded before does not verify any more."""
    about = uuid5(award.badge.key_id, award.token)
    _tell("badge_renewed", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=about)


def award_revoked(award: Award, at: datetime) -> None:
    _tell("award_revoked", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def _scoring_leaders(attempt: Attempt, at: datetime) -> list[UUID]:
    issuer = attempt.submission.version.micro_credential.issuer_id
    rows = people.members_with_role(issuer, Role.SCORING_LEADER, on=at.date())
    return list(rows.values_list("person_id", flat=True))


def _tell(kind: str, to: list[UUID], path: str, facts: Mapping[str, object], at: datetime, *, about: UUID) -> None:
    for person, (address, language) in people.addresses_of(to).items():
        context = {**facts, "link": f"{settings.ORIGIN}{path}"}
        mail.write(kind=kind, to=address, language=language, context=context, now=at, once=f"{kind}:{about}:{person}")
