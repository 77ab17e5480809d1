"""Who may: an assessor the work offered to her, award staff the decisions of their own items."""

from django.db.models import QuerySet

from touchstone.assessment.models import Assignment, Decision
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.people.enums import Role


def _mine(actor: Actor, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    if not actor.acts_as(Role.ASSESSOR):
        return rows.none()
    return rows.filter(
        assessor_id=actor.person, attempt__submission__version__micro_credential__issuer_id=actor.organisation
    )


def _of_issuer(actor: Actor, rows: QuerySet[Decision]) -> QuerySet[Decision]:
    if not actor.acts_as(Role.AWARD_STAFF):
        return rows.none()
    rows = rows.filter(attempt__submission__version__micro_credential__issuer_id=actor.organisation)
    return rows.exclude(attempt__submission__earner_id=actor.person)


MINE = Rule(_mine)
RELEASE = Rule(_of_issuer)
