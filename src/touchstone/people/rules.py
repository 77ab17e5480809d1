"""Who may act for an organisation."""

from django.db.models import Q, QuerySet

from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.people.enums import Role
from touchstone.people.models import (
    ConflictStatement,
    Employment,
    GlassBreak,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Pseudonym,
)
from touchstone.people.tree import organisations_within


def _in_force(actor: Actor) -> bool:
    """Whether the membership the actor shows is still hers: an ended one gives no right from that moment on."""
    if actor.membership is None:
        return False
    rows = Membership.objects.filter(id=actor.membership, ended_at=None)
    return rows.filter(person=actor.person, organisation=actor.organisation, role=actor.role).exists()


def is_everywhere(actor: Actor) -> bool:
    """The platform itself and its staff may act for every organisation."""
    return bool(actor.job) or is_platform_staff(actor)


def is_platform_staff(actor: Actor) -> bool:
    return actor.acts_as(Role.PLATFORM_STAFF) and _in_force(actor)


def require_platform_staff(actor: Actor) -> None:
    """Raises NotFound: for everybody else there is no such door."""
    if not is_platform_staff(actor):
        raise NotFound


def _administered(actor: Actor, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    if is_everywhere(actor):
        return rows
    if actor.organisation and actor.acts_as(Role.ADMINISTRATOR) and _in_force(actor):
        return rows.filter(id__in=organisations_within(actor.organisation))
    return rows.none()


def _known(actor: Actor, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Platform staff may act for every organisation, but who belongs to one they see behind glass alone."""
    return rows.none() if actor.acts_as(Role.PLATFORM_STAFF) else _administered(actor, rows)


def _looks(actor: Actor, rows: QuerySet[GlassBreak]) -> QuerySet[GlassBreak]:
    return rows if is_platform_staff(actor) else rows.none()


def _within(actor: Actor) -> QuerySet[Organisation]:
    return _administered(actor, Organisation.objects.all())


def _memberships(actor: Actor, rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.filter(organisation__in=_within(actor))


def _employments(actor: Actor, rows: QuerySet[Employment]) -> QuerySet[Employment]:
    return rows.filter(organisation__in=_within(actor))


def _invitations(actor: Actor, rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return rows.filter(organisation__in=_within(actor))


def _requests(actor: Actor, rows: QuerySet[JoinRequest]) -> QuerySet[JoinRequest]:
    return rows.filter(organisation__in=_within(actor))


def _known_here(actor: Actor, rows: QuerySet[Pseudonym]) -> QuerySet[Pseudonym]:
    """People who work or hold a role, and still do, where the actor is administrator."""
    if is_everywhere(actor):
        return rows
    here = _within(actor)
    workers = Employment.objects.filter(organisation__in=here, to_date=None)
    members = Membership.objects.filter(organisation__in=here, ended_at=None)
    return rows.filter(Q(id__in=workers.values("person_id")) | Q(id__in=members.values("person_id")))


ADMINISTER: Rule[Organisation] = Rule(_administered)
KNOW_MEMBERS: Rule[Organisation] = Rule(_known)
GLASS: Rule[GlassBreak] = Rule(_looks)
OWN_GLASS: Rule[GlassBreak] = Rule(lambda actor, rows: _looks(actor, rows).filter(staff=actor.person))
ADMINISTER_MEMBERSHIP: Rule[Membership] = Rule(_memberships)
ADMINISTER_EMPLOYMENT: Rule[Employment] = Rule(_employments)
ADMINISTER_INVITATION: Rule[Invitation] = Rule(_invitations)
ANSWER_REQUEST: Rule[JoinRequest] = Rule(_requests)
CONFIRM_IDENTITY: Rule[Pseudonym] = Rule(_known_here)
OWN_EMPLOYMENT: Rule[Employment] = Rule(lambda actor, rows: rows.filter(person=actor.person))
OWN_MEMBERSHIP: Rule[Membership] = Rule(lambda actor, rows: rows.filter(person=actor.person))
OWN_REQUEST: Rule[JoinRequest] = Rule(lambda actor, rows: rows.filter(person=actor.person))
OWN_STATEMENT: Rule[ConflictStatement] = Rule(lambda actor, rows: rows.filter(person__pseudonym=actor.person))
