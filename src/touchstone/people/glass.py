"""Reads behind glass: who somebody is, for platform staff with an open look, and the list of all looks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress

from touchstone.core.sight import Condition, Side, Sight, Viewer, see
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.paging import Page, page
from touchstone.people import queries, rules
from touchstone.people.models import Employment, GlassBreak, Membership, Person


@dataclass(frozen=True)
class Identity:
    """Who a person is, and nothing of her work. ``addresses`` say of each whether it was verified."""

    name: str
    former_names: tuple[str, ...]
    addresses: tuple[tuple[str, bool], ...]
    memberships: tuple[Membership, ...]
    employments: tuple[Employment, ...]


def find_open(actor: Actor, subject: UUID, *, now: datetime) -> GlassBreak | None:
    """The actor's own open look at somebody."""
    rows = rules.OWN_GLASS.narrow(actor, GlassBreak.objects.all())
    return rows.filter(subject=subject, closed_at=None, expires_at__gt=now).first()


def get_look(actor: Actor, token: str) -> GlassBreak:
    """A look of the actor's own, open or over. Raises NotFound."""
    return rules.OWN_GLASS.get(actor, GlassBreak.objects.all(), token=token)


def list_looks(actor: Actor, *, after: str = "") -> Page[GlassBreak]:
    """Every look anybody of the staff opened, newest first. Pages must not say at whom."""
    return page(rules.GLASS.narrow(actor, GlassBreak.objects.all()), order=("-opened_at", "-id"), after=after)


def names_of_staff(staff: list[UUID]) -> dict[UUID, str]:
    """Colleagues see who of them looked: the list would be no check otherwise."""
    return queries.names_of(staff)


def identity_behind(actor: Actor, look: GlassBreak, *, now: datetime) -> Identity:
    """Who the person behind a look is; raises NotFound unless the actor looks through it (``actor.support``)."""
    met = [Condition.GLASS] if actor.support == look.id and look.is_open(now) else []
    if see(Viewer.PLATFORM_STAFF, Side.EARNER, *met) is not Sight.NAME:
        raise NotFound
    person = Person.objects.get(pseudonym_id=look.subject_id)
    addresses = EmailAddress.objects.filter(user=person.account_id).order_by("-primary", "email")
    return Identity(
        str(person),
        tuple(name for name in queries.every_name_of(look.subject_id) if name != person.name),
        tuple(addresses.values_list("email", "verified")),
        tuple(queries.list_memberships(look.subject_id, on=now.date())),
        tuple(queries.list_employments(look.subject_id, on=now.date())),
    )


def find_by_address(email: str) -> UUID | None:
    """Whose verified address this is."""
    rows = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True)
    return next((row for row in rows.values_list("user__person__pseudonym", flat=True) if row), None)
