"""Who may see and who may do what with awards."""

from django.db.models import Q, QuerySet

from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Endorsement
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.people.enums import OrganisationKind, Role
from touchstone.people.models import Organisation


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


_VOUCHING = (
    OrganisationKind.DISTRICT,
    OrganisationKind.REGIONAL_AGENCY,
    OrganisationKind.STATE_AGENCY,
    OrganisationKind.UNIVERSITY,
    OrganisationKind.ASSOCIATION,
)


def _endorses(actor: Actor, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Districts, agencies, universities, associations, and whoever issues or recognises: for them their award staff
    and administrators."""
    if actor.organisation is None or not actor.acts_as(Role.AWARD_STAFF, Role.ADMINISTRATOR):
        return rows.none()
    able = Q(kind__in=_VOUCHING) | Q(is_issuer=True) | Q(is_recognizer=True)
    return rows.filter(able, id=actor.organisation)


def _endorsed_by(actor: Actor, rows: QuerySet[Endorsement]) -> QuerySet[Endorsement]:
    """Endorsements of the actor's organisation; and of her own awards, for a holder decides what is said of them."""
    if actor.acts_as(Role.AWARD_STAFF, Role.ADMINISTRATOR):
        return rows.filter(endorser_id=actor.organisation)
    if actor.person is None or actor.membership is not None:
        return rows.none()
    return rows.filter(award__holder_id=actor.person)


def _signs(actor: Actor, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    if actor.organisation is None or not actor.acts_as(Role.AWARD_STAFF, Role.ADMINISTRATOR):
        return rows.none()
    return rows.filter(id=actor.organisation, is_issuer=True)


SEE = Rule(_seen_by)
HOLD = Rule(_held_by)
REVOKE = Rule(_issued_by)
ENDORSE = Rule(_endorses)
WITHDRAW = Rule(_endorsed_by)
SIGN = Rule(_signs)
