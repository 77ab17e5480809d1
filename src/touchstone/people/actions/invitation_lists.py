"""Invitations from a spreadsheet: first a plan that shows what would happen, then the sending."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people import queries
from touchstone.people.actions.invitations import Offer, compose, require_offerable
from touchstone.people.actions.organisations import require_administrator
from touchstone.people.addresses import clean_address
from touchstone.people.enums import Role
from touchstone.people.models import Employment, Invitation, Membership, Organisation
from touchstone.people.names import clean_name
from touchstone.people.rosters import Line, Problem, read_list

COLUMNS = {
    "name": ("full name", "nombre", "nombre completo"),
    "email": ("e-mail", "mail", "email address", "e-mail address", "correo", "correo electrónico"),
    "role": ("rol", "función"),
}


@dataclass(frozen=True)
class PlannedRow:
    """One line that can be used. ``role`` is a key of Role, or empty for somebody who only works here."""

    line: int
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class InvitationPlan:
    """What a list would do: whom it invites, who has what it offers, who is invited already, and what is wrong."""

    organisation: UUID
    employs: bool
    invite: tuple[PlannedRow, ...]
    members: tuple[PlannedRow, ...]
    invited: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]


def plan_invitations(
    *,
    actor: Actor,
    organisation: Organisation,
    data: bytes,
    now: datetime,
    role: str = "",
    employs: bool = False,
) -> InvitationPlan:
    """Read a CSV list (name, e-mail, role) and say what sending it would do; nothing is changed.

    ``role`` is for lines without one; ``employs`` counts for all. Raises NotAdministratorHere, and as
    ``rosters.read_list``.
    """
    require_administrator(actor, organisation)
    problems: list[Problem] = []
    usable: dict[tuple[str, str], PlannedRow] = {}
    refused: dict[str, str] = {}
    for line in read_list(data, COLUMNS, optional=["name", "role"]):
        row = _read(line, role)
        sentence = row if isinstance(row, str) else _refusal(actor, organisation, row.role, employs, refused)
        if isinstance(row, PlannedRow) and not sentence:
            first = usable.setdefault((row.email, row.role), row)
            if first is row:
                continue
            sentence = _("This address stands in line {line} already.").format(line=first.line)
        problems.append(Problem(line.number, sentence))
    rows = list(usable.values())
    held = _held(organisation, rows, employs, now)
    asked = _asked(organisation, rows, employs, now)
    return InvitationPlan(
        organisation.id,
        employs,
        invite=tuple(row for row in rows if (row.email, row.role) not in held | asked),
        members=tuple(row for row in rows if (row.email, row.role) in held),
        invited=tuple(row for row in rows if (row.email, row.role) in asked - held),
        problems=tuple(problems),
    )


@transaction.atomic
def send_invitations(*, actor: Actor, plan: InvitationPlan, now: datetime) -> int:
    """Invite everybody a plan names; who was invited or joined since is left out, so sending twice sends once.

    Returns how many invitations went out. Raises as ``invite_person``.
    """
    from touchstone.people import jobs  # the jobs module imports this one

    organisation = Organisation.objects.select_for_update(no_key=True).get(id=plan.organisation)
    for role in {row.role for row in plan.invite}:
        require_offerable(actor, organisation, Offer(role, plan.employs))
    done = _held(organisation, plan.invite, plan.employs, now) | _asked(organisation, plan.invite, plan.employs, now)
    rows = Invitation.objects.bulk_create(
        compose(actor, organisation, Offer(row.role, plan.employs), email=row.email, name=row.name, now=now)
        for row in plan.invite
        if (row.email, row.role) not in done
    )
    if rows:
        jobs.send_invitation.batch_defer(*({"invitation_id": str(row.id)} for row in rows))
        journal.record(actor, "invitations.made", now=now, organisation=organisation.id, invitations=len(rows))
    return len(rows)


def _read(line: Line, role: str) -> PlannedRow | str:
    """The row, or the sentence that says what is wrong with it."""
    email = clean_address(line.cells["email"])
    if not email:
        return _("“{email}” is not a complete e-mail address.").format(email=line.cells["email"][:80])
    asked = line.cells.get("role", "")
    known = {str(name).casefold(): choice.value for choice in Role for name in (choice.value, choice.label)}
    if asked and asked.casefold() not in known:
        return _("“{role}” is not a role. Use one of: {roles}.").format(role=asked[:40], roles=", ".join(Role.values))
    return PlannedRow(line.number, clean_name(line.cells.get("name", "")), email, known.get(asked.casefold(), role))


def _refusal(actor: Actor, organisation: Organisation, role: str, employs: bool, refused: dict[str, str]) -> str:
    """Why this role cannot be offered here; empty when it can. Asked once per role."""
    if role not in refused:
        try:
            require_offerable(actor, organisation, Offer(role, employs))
        except Refusal as refusal:
            refused[role] = str(refusal)
        else:
            refused[role] = ""
    return refused[role]


def _held(
    organisation: Organisation, rows: Collection[PlannedRow], employs: bool, now: datetime
) -> set[tuple[str, str]]:
    """(address, role) of those who have all that would be offered."""
    owners = dict(
        EmailAddress.objects.filter(email__in=[row.email for row in rows], verified=True).values_list(
            "email", "user__person__pseudonym_id"
        )
    )
    people = owners.values()
    members = Membership.objects.filter(person_id__in=people, organisation=organisation, ended_at=None)
    roles = set(members.exclude(to_date__lt=now.date()).values_list("person_id", "role"))
    workers = Employment.objects.filter(person_id__in=people, organisation=organisation, confirmed_at__isnull=False)
    working = set(workers.exclude(to_date__lt=now.date()).values_list("person_id", flat=True))
    return {
        (row.email, row.role)
        for row in rows
        if row.email in owners
        and (not row.role or (owners[row.email], row.role) in roles)
        and (not employs or owners[row.email] in working)
    }


def _asked(
    organisation: Organisation, rows: Collection[PlannedRow], employs: bool, now: datetime
) -> set[tuple[str, str]]:
    """(address, role) of those with an open invitation to the same."""
    known = queries.open_invitations(organisation.id, now=now).filter(email__in=[row.email for row in rows])
    return set(known.filter(employs=employs).values_list("email", "role"))
