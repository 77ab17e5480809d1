"""Roles: given by administrators, for a time, and ended at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.people import errors, queries, rules
from touchstone.people.actions.organisations import require_administrator
from touchstone.people.enums import EndReason, Role
from touchstone.people.models import Membership, Organisation, Pseudonym

ISSUER_ROLES = frozenset({Role.AUTHOR, Role.ASSESSOR, Role.SCORING_LEADER, Role.AWARD_STAFF})
# Together these would see earners and their assessors by name (house, section 5).
_EXCLUDE = {Role.SCORING_LEADER: Role.AWARD_STAFF, Role.AWARD_STAFF: Role.SCORING_LEADER}


@transaction.atomic
def grant_membership(
    *,
    actor: Actor,
    person: Pseudonym,
    organisation: Organisation,
    role: str,
    from_date: date,
    now: datetime,
    to_date: date | None = None,
) -> Membership:
    """Give a person a role in an organisation from a day on. Repeating it changes nothing.

    Raises NotAdministratorHere, OnlyPlatformStaff, NotToYourself, UnknownRole, RoleNotHere, RolesExclude,
    RoleBeforeAdult, DatesReversed.
    """
    require_grantable(actor, organisation, role)
    if actor.person == person.id:
        raise errors.NotToYourself
    return give_role(actor, person, organisation, role, from_date, to_date, now=now)


def require_grantable(actor: Actor, organisation: Organisation, role: str) -> None:
    """Raises NotAdministratorHere, OnlyPlatformStaff, UnknownRole, RoleNotHere."""
    if role == Role.PLATFORM_STAFF and not rules.is_everywhere(actor):
        raise errors.OnlyPlatformStaff
    require_administrator(actor, organisation)
    require_role_fits(organisation, role)


def require_role_fits(organisation: Organisation, role: str) -> None:
    """Raises UnknownRole, RoleNotHere."""
    if role not in Role.values:
        raise errors.UnknownRole(role=role)
    if role in ISSUER_ROLES and not organisation.is_issuer:
        raise errors.RoleNotHere(role=Role(role).label)


def give_role(
    actor: Actor,
    person: Pseudonym,
    organisation: Organisation,
    role: str,
    from_date: date,
    to_date: date | None,
    *,
    now: datetime,
) -> Membership:
    """The membership itself, once whoever asked was entitled to it: the grant or an accepted invitation."""
    if to_date and to_date < from_date:
        raise errors.DatesReversed
    if queries.is_minor(person.id, max(from_date, now.date())):
        raise errors.RoleBeforeAdult
    Pseudonym.objects.select_for_update(no_key=True).get(id=person.id)
    held = Membership.objects.filter(person=person, organisation=organisation, ended_at=None)
    held = held.filter(Q(to_date=None) | Q(to_date__gte=from_date))
    known = held.filter(role=role).order_by("from_date").first()
    if known:
        return known
    _require_compatible(held, role, to_date)
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, from_date=from_date, to_date=to_date
    )
    journal.record(actor, "membership.granted", now=now, membership_of=person.id, organisation=organisation.id)
    return membership


@transaction.atomic
def change_membership_dates(
    *, actor: Actor, membership: UUID, from_date: date, to_date: date | None, now: datetime
) -> Membership:
    """Change the first and the planned last day of a role; None means open.

    Raises NotFound, NotToYourself, AlreadyEnded, DatesReversed, DatesOverlap, RolesExclude, LastAdministrator.
    """
    row = _to_administer(actor, membership)
    if row.ended_at:
        raise errors.AlreadyEnded
    if to_date and to_date < from_date:
        raise errors.DatesReversed
    others = Membership.objects.filter(person=row.person_id, organisation=row.organisation_id, ended_at=None)
    others = others.exclude(id=row.id).filter(Q(to_date=None) | Q(to_date__gte=from_date))
    _require_compatible(others, row.role, to_date)
    if others.filter(role=row.role).filter(_begun_by(to_date)).exists():
        raise errors.DatesOverlap
    if to_date:
        _require_successor(row, until=to_date)
    row.from_date, row.to_date = from_date, to_date
    row.save(update_fields=["from_date", "to_date"])
    journal.record(actor, "membership.changed", now=now, membership_of=row.person_id, organisation=row.organisation_id)
    return row


@transaction.atomic
def leave_membership(*, actor: Actor, membership: UUID, now: datetime) -> Membership:
    """Lay down a role of one's own; from this moment it gives no right. Twice is once.

    Raises NotFound, LastAdministrator.
    """
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return end_role(actor, rules.OWN_MEMBERSHIP.get(actor, rows, id=membership), EndReason.LEFT, now)


@transaction.atomic
def remove_member(*, actor: Actor, membership: UUID, now: datetime) -> Membership:
    """Take a role away; from this moment it gives no right. Twice is once.

    Raises NotFound, NotToYourself, OnlyPlatformStaff, LastAdministrator.
    """
    return end_role(actor, _to_administer(actor, membership), EndReason.REMOVED, now)


def _to_administer(actor: Actor, membership: UUID) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    row = rules.ADMINISTER_MEMBERSHIP.get(actor, rows, id=membership)
    if row.person_id == actor.person:
        raise errors.NotToYourself
    if row.role == Role.PLATFORM_STAFF and not rules.is_everywhere(actor):
        raise errors.OnlyPlatformStaff
    return row


def end_role(actor: Actor, row: Membership, reason: EndReason, now: datetime) -> Membership:
    """The end of a role, once whoever asked was entitled to it. Raises LastAdministrator."""
    if row.ended_at:
        return row
    _require_successor(row, until=now.date())
    row.ended_at, row.ended_by_id, row.end_reason = now, actor.person, reason
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    journal.record(
        actor,
        "membership.ended",
        now=now,
        membership_of=row.person_id,
        organisation=row.organisation_id,
        reason=str(reason),
    )
    return row


def _require_successor(row: Membership, *, until: date) -> None:
    """An organisation with an administrator keeps one: somebody else whose time lasts beyond ``until``."""
    if row.role != Role.ADMINISTRATOR:
        return
    Organisation.objects.select_for_update(no_key=True).get(id=row.organisation_id)  # two leaving at once: one waits
    others = Membership.objects.filter(organisation=row.organisation_id, role=Role.ADMINISTRATOR, ended_at=None)
    others = others.exclude(person=row.person_id).filter(Q(to_date=None) | Q(to_date__gt=until))
    if not others.filter(from_date__lte=until, person__person__account__is_active=True).exists():
        raise errors.LastAdministrator


def _require_compatible(held: QuerySet[Membership], role: str, to_date: date | None) -> None:
    other = _EXCLUDE.get(Role(role))
    if other and held.filter(_begun_by(to_date), role=other).exists():
        raise errors.RolesExclude(one=other.label, other=Role(role).label)


def _begun_by(day: date | None) -> Q:
    return Q(from_date__lte=day) if day else Q()
