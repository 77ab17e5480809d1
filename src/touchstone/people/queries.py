"""Reads of the people context."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from touchstone.kit.actor import Actor
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Account, Employment, Membership, Organisation, Person, Tie


def find_person(account: Account) -> Person | None:
    return Person.objects.filter(account=account).first()


def list_memberships(person: UUID, *, on: date) -> list[Membership]:
    """The roles a person holds on a day, for the switcher."""
    rows = Membership.objects.filter(_open(on), person_id=person).select_related("organisation")
    return list(rows.order_by("organisation__name", "role", "id"))


def actor_of(person: UUID, membership: Membership | None) -> Actor:
    if membership is None:
        return Actor(person=person)
    return Actor(person=person, membership=membership.id, organisation=membership.organisation_id, role=membership.role)


def members_with_role(organisation: UUID, role: str, *, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(_open(on), organisation_id=organisation, role=role)


def list_employers(person: UUID, *, on: date) -> list[Organisation]:
    """Organisations a person works for on a day."""
    open_now = _open(on, "employments__")
    return list(Organisation.objects.filter(open_now, employments__person_id=person).distinct().order_by("name", "id"))


def list_employments(person: UUID, *, on: date) -> list[Employment]:
    """Where a person works on a day, as noted here, the longest first."""
    rows = Employment.objects.filter(_open(on), person_id=person).select_related("organisation")
    return list(rows.order_by("from_date", "id"))


def employer_circles(people: list[UUID], *, on: date) -> dict[UUID, set[UUID]]:
    """For each person the schools and districts she works in, a school's district included."""
    circles: dict[UUID, set[UUID]] = {person: set() for person in people}
    rows = Employment.objects.filter(_open(on), person_id__in=people).select_related("organisation__parent")
    for row in rows:
        circles[row.person_id].add(row.organisation_id)
        parent = row.organisation.parent
        if parent and parent.kind == OrganisationKind.DISTRICT:
            circles[row.person_id].add(parent.id)
    return circles


def tied_to(person: UUID, *, on: date) -> set[UUID]:
    """Everybody with a declared, derived or imported tie to this person on a day."""
    rows = Tie.objects.filter(_open(on)).filter(Q(a_id=person) | Q(b_id=person)).values_list("a_id", "b_id")
    return {other for pair in rows for other in pair if other != person}


def addresses_of(people: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """(e-mail, language) of each person who still has an account."""
    rows = Person.objects.filter(pseudonym_id__in=people, account__isnull=False).select_related("account")
    return {row.pseudonym_id: (row.account.email, row.language) for row in rows if row.account}


def names_of(people: list[UUID]) -> dict[UUID, str]:
    return {row.pseudonym_id: str(row) for row in Person.objects.filter(pseudonym_id__in=people)}


def _open(on: date, path: str = "") -> Q:
    begun, ended, open_end = f"{path}from_date__lte", f"{path}to_date__gte", f"{path}to_date"
    return Q(**{begun: on}) & (Q(**{open_end: None}) | Q(**{ended: on}))
