"""Who is told what by mail. A mail holds a link, never evidence or a decision."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q
from django.utils.functional import lazy

from touchstone.assessment import leading
from touchstone.assessment import queries as assessment
from touchstone.assessment.models import Assignment, PoolAlliance, ReadingPlan
from touchstone.credentials.models import Award, Endorsement
from touchstone.kit import mail
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.people.models import Organisation
from touchstone.portfolio.models import Attempt


def attempt_submitted(attempt: Attempt, at: datetime) -> None:
    facts = {"title": _title(attempt), "due": attempt.due_date}
    path = f"/earn/{attempt.submission.token}/"
    _tell("attempt_submitted", [attempt.submission.earner_id], path, facts, at, about=attempt.id)


def work_offered(assignment: Assignment, at: datetime) -> None:
    facts = {"title": _title(assignment.attempt), "due": assessment.answer_by(assignment)}
    _tell("work_offered", [assignment.assessor_id], f"/assess/{assignment.token}/", facts, at, about=assignment.id)


def offer_lapsed(assignment: Assignment, at: datetime) -> None:
    facts = {"title": _title(assignment.attempt), "code": assignment.code}
    _tell("offer_lapsed", [assignment.assessor_id], "/assess/", facts, at, about=assignment.id)


def work_due(assignment: Assignment, at: datetime) -> None:
    """Remind an assessor of work that is due soon; once it is late, tell her and the scoring leaders that it is."""
    attempt = assignment.attempt
    facts = {"title": _title(attempt), "code": assignment.code, "due": attempt.due_date}
    late = attempt.due_date is not None and attempt.due_date < at.date()
    kind = "work_late" if late else "work_due"
    _tell(kind, [assignment.assessor_id], f"/assess/{assignment.token}/", facts, at, about=assignment.id)
    if late:
        plan = ReadingPlan.objects.get(attempt=attempt)
        told = {**facts, "code": plan.code}
        _tell("work_overdue", _scoring_leaders(attempt, at), f"/lead/{plan.token}/", told, at, about=assignment.id)


def work_taken_back(assignment: Assignment, at: datetime) -> None:
    """Tell an assessor that work she held went to somebody else; why, nobody is told."""
    facts = {"title": _title(assignment.attempt), "code": assignment.code}
    _tell("work_taken_back", [assignment.assessor_id], "/assess/", facts, at, about=assignment.id)


def nobody_eligible(attempt: Attempt, at: datetime) -> None:
    """Tell the scoring leaders of the issuer why nobody may read, in counts; they know the work by a code of their own.

    Nothing is written when somebody was found meanwhile.
    """
    plan = ReadingPlan.objects.select_related("attempt__submission__version__micro_credential").get(attempt=attempt)
    search = leading.search(plan, now=at)
    if search is None:
        return
    facts = {"title": _title(attempt), "due": attempt.due_date, "code": plan.code, "search": search}
    about = f"{attempt.id}:{at:%Y%m%d%H%M%S}"  # once for each search
    _tell("nobody_eligible", _scoring_leaders(attempt, at), f"/lead/{plan.token}/", facts, at, about=about)


def pair_disagrees(attempt: Attempt, at: datetime) -> None:
    """Tell the scoring leaders that two of their assessors needed a third again; who, the mail does not say."""
    plan = ReadingPlan.objects.get(attempt=attempt)
    facts = {"title": _title(attempt), "code": plan.code}
    _tell("pair_disagrees", _scoring_leaders(attempt, at), f"/lead/{plan.token}/", facts, at, about=attempt.id)


def alliance_asked(alliance: PoolAlliance, at: datetime) -> None:
    """Tell the scoring leaders of an issuer that another one asks for help from their pool."""
    facts = {"issuer": alliance.issuer.name}
    to = _leaders_of(alliance.ally_id, at)
    _tell("alliance_asked", to, "/lead/allies/", facts, at, about=alliance.id)


def decision_released(attempt: Attempt, at: datetime) -> None:
    facts = {"title": _title(attempt)}
    path = f"/earn/{attempt.submission.token}/"
    _tell("decision_released", [attempt.submission.earner_id], path, facts, at, about=attempt.id)


def award_ready(award: Award, at: datetime) -> None:
    _tell("award_ready", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def badge_renewed(award: Award, at: datetime) -> None:
    """Told once for every renewal; what she downloaded before does not verify any more."""
    about = uuid5(award.badge.key_id, award.token)
    _tell("badge_renewed", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=about)


def key_given_up(issuer: Organisation, key: UUID, at: datetime) -> None:
    """Tell those who endorse an issuer, or something of it, that its badges are signed anew under another key."""
    about = Q(issuer=issuer) | Q(version__micro_credential__issuer=issuer) | Q(award__issuer=issuer)
    rows = Endorsement.objects.filter(about, withdrawn_at=None)
    endorsers = rows.exclude(endorser=issuer).values_list("endorser_id", flat=True).distinct()
    staff = {
        person
        for endorser in endorsers
        for role in (Role.AWARD_STAFF, Role.ADMINISTRATOR)
        for person in people.members_with_role(endorser, role, on=at.date()).values_list("person_id", flat=True)
    }
    _tell("key_given_up", sorted(staff), "/author/endorsements/", {"issuer": issuer.name}, at, about=key)


def award_revoked(award: Award, at: datetime) -> None:
    _tell("award_revoked", [award.holder_id], f"/awards/{award.token}", {"title": award.title}, at, about=award.id)


def _title(attempt: Attempt) -> str:
    """What the work is for, said only when a mail is written: in the language of whoever is told."""
    version = attempt.submission.version
    return lazy(lambda: version.heading.title, str)()


def _scoring_leaders(attempt: Attempt, at: datetime) -> list[UUID]:
    return _leaders_of(attempt.submission.version.micro_credential.issuer_id, at)


def _leaders_of(issuer: UUID, at: datetime) -> list[UUID]:
    rows = people.members_with_role(issuer, Role.SCORING_LEADER, on=at.date())
    return list(rows.values_list("person_id", flat=True))


def _tell(
    kind: str, to: list[UUID], path: str, facts: Mapping[str, object], at: datetime, *, about: UUID | str
) -> None:
    for person, (address, language) in people.addresses_of(to).items():
        context = {**facts, "link": f"{settings.ORIGIN}{path}"}
        mail.write(kind=kind, to=address, language=language, context=context, now=at, once=f"{kind}:{about}:{person}")
