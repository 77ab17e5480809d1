"""Who may: an assessor the work offered to her, award staff and scoring leaders what concerns their own items."""

from django.db.models import Q, QuerySet

from touchstone.assessment.models import Assignment, Decision, PoolAlliance, ReadingPlan
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.people.enums import Role


def _mine(actor: Actor, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    if not actor.acts_as(Role.ASSESSOR):
        return rows.none()
    own = Q(ally=None, attempt__submission__version__micro_credential__issuer_id=actor.organisation)
    return rows.filter(own | Q(ally_id=actor.organisation), assessor_id=actor.person)


def _of_issuer(actor: Actor, rows: QuerySet[Decision]) -> QuerySet[Decision]:
    if not actor.acts_as(Role.AWARD_STAFF):
        return rows.none()
    rows = rows.filter(attempt__submission__version__micro_credential__issuer_id=actor.organisation)
    return rows.exclude(attempt__submission__earner_id=actor.person)


def _led(actor: Actor, rows: QuerySet[ReadingPlan]) -> QuerySet[ReadingPlan]:
    """The work of other people on the issuer's items."""
    if not actor.acts_as(Role.SCORING_LEADER):
        return rows.none()
    rows = rows.filter(attempt__submission__version__micro_credential__issuer_id=actor.organisation)
    return rows.exclude(attempt__submission__earner_id=actor.person)


def _allied(actor: Actor, rows: QuerySet[PoolAlliance]) -> QuerySet[PoolAlliance]:
    """Alliances of the leader's issuer, whichever of the two it is."""
    if not actor.acts_as(Role.SCORING_LEADER):
        return rows.none()
    return rows.filter(Q(issuer_id=actor.organisation) | Q(ally_id=actor.organisation), ended_at=None)


MINE = Rule(_mine)
RELEASE = Rule(_of_issuer)
LEAD = Rule(_led)
ALLIANCE = Rule(_allied)
