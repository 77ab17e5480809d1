"""Invitations: to one address, or by a link for several."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from touchstone.kit import journal, mail
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.kit.ids import new_token
from touchstone.people import errors, queries, rules
from touchstone.people.actions import roles, work
from touchstone.people.actions.organisations import require_administrator
from touchstone.people.addresses import clean_address
from touchstone.people.enums import Role
from touchstone.people.models import Invitation, InvitationUse, Organisation, Person, Pseudonym
from touchstone.people.names import clean_name
from touchstone.people.tokens import hash_token, invitation_path

STAYS_OPEN, LONGEST_OPEN = timedelta(days=30), timedelta(days=180)
MOST_USES = 1_000
# A link may be passed on: nobody gets these by one.
NOT_BY_LINK = frozenset({Role.ADMINISTRATOR, Role.PLATFORM_STAFF})


@dataclass(frozen=True)
class Offer:
    """What an invitation offers. Without a role it must employ; dates None begin on accepting and stay open."""

    role: str = ""
    employs: bool = False
    from_date: date | None = None
    to_date: date | None = None


@transaction.atomic
def invite_person(
    *,
    actor: Actor,
    organisation: Organisation,
    email: str,
    now: datetime,
    name: str = "",
    role: str = "",
    employs: bool = False,
    from_date: date | None = None,
    to_date: date | None = None,
) -> Invitation:
    """Invite whoever holds an address; the mail with the link goes out by a job. The same open invitation stays one.

    Raises NotAdministratorHere, OnlyPlatformStaff, InvitationEmpty, UnknownRole, RoleNotHere, DatesReversed,
    AddressNotUsable.
    """
    from touchstone.people import jobs  # the jobs module imports this one

    offer = Offer(role, employs, from_date, to_date)
    require_offerable(actor, organisation, offer)
    address = clean_address(email)
    if not address:
        raise errors.AddressNotUsable(email=email[:80])
    Organisation.objects.select_for_update(no_key=True).get(id=organisation.id)
    known = queries.open_invitations(organisation.id, now=now).filter(email=address, role=role, employs=employs).first()
    if known:
        return known
    invitation = compose(actor, organisation, offer, email=address, name=clean_name(name), now=now)
    invitation.save()
    journal.record(actor, "invitation.made", now=now, organisation=organisation.id, invitation=invitation.id)
    jobs.send_invitation.defer(invitation_id=str(invitation.id))
    return invitation


@transaction.atomic
def make_invitation_link(
    *,
    actor: Actor,
    organisation: Organisation,
    max_uses: int,
    expires_at: datetime,
    now: datetime,
    role: str = "",
    employs: bool = False,
    from_date: date | None = None,
    to_date: date | None = None,
) -> tuple[Invitation, str]:
    """A link for up to ``max_uses`` people. Returns the invitation and its token, which is shown this once.

    Raises NotAdministratorHere, LinkNotForRole, InvitationEmpty, UnknownRole, RoleNotHere, DatesReversed,
    UsesNotUsable, ExpiryNotUsable.
    """
    if role in NOT_BY_LINK:
        raise errors.LinkNotForRole(role=Role(role).label)
    offer = Offer(role, employs, from_date, to_date)
    require_offerable(actor, organisation, offer)
    if not 1 <= max_uses <= MOST_USES:
        raise errors.UsesNotUsable(most=MOST_USES)
    if not now < expires_at <= now + LONGEST_OPEN:
        raise errors.ExpiryNotUsable(most=LONGEST_OPEN.days)
    token = new_token()
    invitation = compose(actor, organisation, offer, now=now)
    invitation.token_hash, invitation.max_uses, invitation.expires_at = hash_token(token), max_uses, expires_at
    invitation.save()
    journal.record(actor, "invitation.made", now=now, organisation=organisation.id, invitation=invitation.id)
    return invitation, token


@transaction.atomic
def send_invitation_again(*, actor: Actor, invitation: UUID, now: datetime) -> Invitation:
    """Send an invitation to one address anew: a new link, open as long as a first one; the old link ends.

    Raises NotFound, InvitationDone.
    """
    from touchstone.people import jobs  # the jobs module imports this one

    row = _to_administer(actor, invitation)
    if not row.email or row.uses or row.revoked_at:
        raise errors.InvitationDone
    row.token_hash, row.sent_at, row.expires_at = None, None, now + STAYS_OPEN
    row.save(update_fields=["token_hash", "sent_at", "expires_at"])
    journal.record(actor, "invitation.repeated", now=now, organisation=row.organisation_id, invitation=row.id)
    jobs.send_invitation.defer(invitation_id=str(row.id))
    return row


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: UUID, now: datetime) -> Invitation:
    """Take an invitation back; who accepted it before stays. Twice is once. Raises NotFound."""
    row = _to_administer(actor, invitation)
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        journal.record(actor, "invitation.revoked", now=now, organisation=row.organisation_id, invitation=row.id)
    return row


@transaction.atomic
def accept_invitation(*, actor: Actor, token: str, now: datetime) -> Invitation:
    """Take up what an invitation offers. Accepting twice counts once; of two at the last use exactly one gets it.

    Raises Forbidden, LinkNotValid, InvitationRevoked, InvitationExpired, InvitationUsedUp, InvitationForSomebodyElse,
    NotToYourself, RoleNotHere, RolesExclude, RoleBeforeAdult.
    """
    if actor.person is None:
        raise Forbidden
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(token_hash=hash_token(token)).first()
    if row is None:
        raise errors.LinkNotValid
    if InvitationUse.objects.filter(invitation=row, person=actor.person).exists():
        return row
    _require_open(actor, row, now)
    InvitationUse.objects.create(invitation=row, person_id=actor.person, used_at=now)
    row.uses += 1
    row.save(update_fields=["uses"])
    _take_up(actor, row, Pseudonym.objects.get(id=actor.person), now)
    journal.record(actor, "invitation.accepted", now=now, organisation=row.organisation_id, invitation=row.id)
    return row


@transaction.atomic
def mail_invitation(*, invitation_id: UUID, now: datetime) -> None:
    """Write the mail of an invitation to one address, with a token made here and kept only as a hash. Once."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(id=invitation_id)
    if row.sent_at or row.revoked_at or not row.email:
        return
    token = new_token()
    row.token_hash, row.sent_at = hash_token(token), now
    row.save(update_fields=["token_hash", "sent_at"])
    host = Person.objects.filter(pseudonym=row.made_by_id).first() if row.made_by_id else None
    mail.write(
        kind="invitation",
        to=row.email,
        language=host.language if host else settings.LANGUAGE_CODE,
        context={
            "name": row.name,
            "organisation": row.organisation.name,
            "role": row.get_role_display() if row.role else "",
            "expires": row.expires_at,
            "link": f"{settings.ORIGIN}{invitation_path(token)}",
        },
        now=now,
        once=f"invitation:{row.token_hash}",
    )


def require_offerable(actor: Actor, organisation: Organisation, offer: Offer) -> None:
    """Raises NotAdministratorHere, OnlyPlatformStaff, InvitationEmpty, UnknownRole, RoleNotHere, DatesReversed."""
    if not (offer.role or offer.employs):
        raise errors.InvitationEmpty
    if offer.role:
        roles.require_grantable(actor, organisation, offer.role)
    else:
        require_administrator(actor, organisation)
    if offer.from_date and offer.to_date and offer.to_date < offer.from_date:
        raise errors.DatesReversed


def compose(
    actor: Actor, organisation: Organisation, offer: Offer, *, now: datetime, email: str = "", name: str = ""
) -> Invitation:
    """An invitation for one use, not saved yet."""
    return Invitation(
        organisation=organisation,
        email=email,
        name=name,
        role=offer.role,
        employs=offer.employs,
        from_date=offer.from_date,
        to_date=offer.to_date,
        made_by_id=actor.person,
        made_at=now,
        expires_at=now + STAYS_OPEN,
    )


def _to_administer(actor: Actor, invitation: UUID) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rules.ADMINISTER_INVITATION.get(actor, rows, id=invitation)


def _require_open(actor: Actor, row: Invitation, now: datetime) -> None:
    assert actor.person
    if row.revoked_at:
        raise errors.InvitationRevoked
    if row.email and row.email not in queries.verified_addresses(actor.person):
        raise errors.InvitationForSomebodyElse
    if row.uses >= row.max_uses:
        raise errors.InvitationUsedUp
    if now >= row.expires_at or (row.to_date and row.to_date < now.date()):
        raise errors.InvitationExpired
    if row.made_by_id == actor.person:
        raise errors.NotToYourself


def _take_up(actor: Actor, row: Invitation, person: Pseudonym, now: datetime) -> None:
    if row.role:
        roles.require_role_fits(row.organisation, row.role)
        begins = max(row.from_date or now.date(), now.date())
        roles.give_role(actor, person, row.organisation, row.role, begins, row.to_date, now=now)
    if row.employs:
        work.note_confirmed(actor, person, row.organisation, now=now)
