"""Who may see and who may do what with awards."""

from django.db.models import Q, QuerySet

from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.people.enums import Role


def _seen_by(actor: Actor, rows: QuerySet[Award]) -> QuerySet[Award]:
    """Whoever has the link of a shared award; of a private one the holder and the issuer's award staff."""
    condition = ~Q(visibility=Visibility.PRIVATE)
    if actor.person is not None and actor.membership is None:
        condition |= Q(holder_id=actor.person)
    if actor.acts_as(Role.AWARD_STAFF):
        condition |= Q(issuer_id=actor.organisation)
    return rows.filter(condition)


def _held_by(actor: Actor, rows: QuerySet[Award]) -> QuerySet[Award]:
    if actor.person is None or actor.membership is not None:
        return rows.none()
    return rows.filter(holder_id=actor.person)


def _issued_by(actor: Actor, rows: QuerySet[Award]) -> QuerySet[Award]:
    """Nobody takes back, or keeps from being taken back, an award of her own."""
    if not actor.acts_as(Role.AWARD_STAFF):
        return rows.none()
    return rows.filter(issuer_id=actor.organisation).exclude(holder_id=actor.person)


SEE = Rule(_seen_by)
HOLD = Rule(_held_by)
REVOKE = Rule(_issued_by)
