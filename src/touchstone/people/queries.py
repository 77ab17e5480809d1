"""Reads of the people context."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField

from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people import rules
from touchstone.people.addresses import domain_of, ends_of, is_public
from touchstone.people.enums import OrganisationKind, RequestState
from touchstone.people.models import (
    Account,
    ConflictStatement,
    Employment,
    GuardianConsent,
    Invitation,
    InvitationUse,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationDomain,
    Person,
    Pseudonym,
    Tie,
)
from touchstone.people.names import name_key
from touchstone.people.tokens import hash_token
from touchstone.people.tree import ancestors, ancestors_of, organisations_within, within_any

__all__ = ["ancestors", "organisations_within"]  # read with the rest from here

# The name as ``names.name_key`` folds it, near enough for searching: marks and apostrophes off, lower case.
_FOLDED_NAME = Func(
    F("name"),
    template="lower(regexp_replace(normalize(%(expressions)s, NFKD), '[\\u0300-\\u036f''’‘ʼ]', '', 'g'))",
    output_field=TextField(),
)

# -- persons -----------------------------------------------------------------------------------------------------------


def find_person(account: Account) -> Person | None:
    return Person.objects.filter(account=account).first()


def addresses_of(people: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """(e-mail, language) of each person who still has an account."""
    rows = Person.objects.filter(pseudonym_id__in=people, account__isnull=False).select_related("account")
    return {row.pseudonym_id: (row.account.email, row.language) for row in rows if row.account}


def verified_addresses(person: UUID) -> set[str]:
    """Every address this person has shown to be hers, lower case."""
    return {email for _person, email in _verified([person])}


def every_address(person: UUID) -> set[str]:
    """Every address of a person's account, shown to be hers or not, as written and in lower case."""
    rows = EmailAddress.objects.filter(user__person__pseudonym_id=person)
    found = {*rows.values_list("email", flat=True), *(email for email, _language in addresses_of([person]).values())}
    return found | {email.casefold() for email in found}


def email_domain_circle(people: list[UUID]) -> dict[UUID, set[str]]:
    """For each person the e-mail domains that may tie her to others, by all her verified addresses.

    A domain below one that an organisation entered counts as that one too; public mail providers never count.
    """
    circles: dict[UUID, set[str]] = {person: set() for person in people}
    addresses = [(person, domain_of(email)) for person, email in _verified(people)]
    wanted = {end for _person, domain in addresses for end in ends_of(domain)}
    entered = set(OrganisationDomain.objects.filter(domain__in=wanted).values_list("domain", flat=True))
    for person, domain in addresses:
        if domain and not is_public(domain):
            circles[person] |= {domain, *(entered & set(ends_of(domain)))}
    return circles


def names_of(people: list[UUID]) -> dict[UUID, str]:
    return {row.pseudonym_id: str(row) for row in Person.objects.filter(pseudonym_id__in=people)}


def every_name_of(person: UUID) -> list[str]:
    """The name of a person and those she had before, for taking names out of what assessors read."""
    row = Person.objects.filter(pseudonym_id=person).prefetch_related("former_names").first()
    return [name for name in (row.name, *(old.name for old in row.former_names.all())) if name] if row else []


def adults(*, on: date, named: str = "") -> QuerySet[Pseudonym]:
    """Everybody who is no minor; of those with a name, only where each word of it begins a word of theirs."""
    rows = Person.objects.filter(Q(adult_on=None) | Q(adult_on__lte=on)).exclude(sort_name="")
    for word in name_key(named).split():
        rows = rows.filter(Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}"))
    return Pseudonym.objects.filter(id__in=rows.values("pseudonym_id"))


def lives_in_a_state(person: UUID) -> bool:
    """Whether somebody named a state of the United States as hers; paper is Letter there, and A4 elsewhere."""
    return Person.objects.filter(pseudonym_id=person).exclude(state="").exists()


# -- minors ------------------------------------------------------------------------------------------------------------


def is_minor(person: UUID, on: date) -> bool:
    return Person.objects.filter(pseudonym_id=person, adult_on__gt=on).exists()


def may_upload(person: UUID, on: date) -> bool:
    """Whether a person may send in evidence: an adult, or a minor with a guardian's consent that stands."""
    consent = GuardianConsent.objects.filter(person_id=OuterRef("pseudonym_id"), given=True, withdrawn_at=None)
    return not Person.objects.filter(~Exists(consent), pseudonym_id=person, adult_on__gt=on).exists()


def find_consent(person: UUID) -> GuardianConsent | None:
    """The last time a guardian was asked for this person, answered or not."""
    return GuardianConsent.objects.filter(person_id=person).order_by("-asked_at", "-id").first()


def find_consent_by_token(token: str) -> GuardianConsent | None:
    """What the link in a guardian's mail is about, or None."""
    return GuardianConsent.objects.filter(token_hash=hash_token(token)).first()


# -- roles -------------------------------------------------------------------------------------------------------------


def list_memberships(person: UUID, *, on: date) -> list[Membership]:
    """The roles a person holds on a day, for the switcher."""
    rows = Membership.objects.filter(_in_force(on), person_id=person).select_related("organisation")
    return list(rows.order_by("organisation__name", "role", "id"))


def actor_of(person: UUID, membership: Membership | None) -> Actor:
    if membership is None:
        return Actor(person=person)
    return Actor(person=person, membership=membership.id, organisation=membership.organisation_id, role=membership.role)


def members_with_role(organisation: UUID, role: str, *, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(_in_force(on), organisation_id=organisation, role=role)


def list_members(actor: Actor, organisation: UUID, *, on: date, after: str = "") -> Page[Membership]:
    """Who holds a role in an organisation now or from a later day on, by name. Raises NotFound."""
    rules.KNOW_MEMBERS.get(actor, Organisation.objects.all(), id=organisation)
    rows = Membership.objects.filter(Q(to_date=None) | Q(to_date__gte=on), organisation_id=organisation, ended_at=None)
    rows = rows.select_related("person__person", "organisation")
    return page(rows, order=("person__person__sort_name", "id"), after=after)


# -- work --------------------------------------------------------------------------------------------------------------


def list_employers(person: UUID, *, on: date) -> list[Organisation]:
    """Organisations a person works for on a day."""
    open_now = _open(on, "employments__")
    return list(Organisation.objects.filter(open_now, employments__person_id=person).distinct().order_by("name", "id"))


def list_employments(person: UUID, *, on: date) -> list[Employment]:
    """Where a person works on a day, as noted here, the longest first."""
    rows = Employment.objects.filter(_open(on), person_id=person).select_related("organisation")
    return list(rows.order_by("from_date", "id"))


def list_work(person: UUID) -> list[Employment]:
    """Everywhere a person works, worked or will work, as noted here; what lasts longest and began last comes first."""
    rows = Employment.objects.filter(person_id=person).select_related("organisation")
    return list(rows.order_by(F("to_date").desc(nulls_first=True), "-from_date", "id"))


def list_employees(actor: Actor, organisation: UUID, *, on: date, after: str = "") -> Page[Employment]:
    """Who works in an organisation on a day, by name. Raises NotFound."""
    rules.KNOW_MEMBERS.get(actor, Organisation.objects.all(), id=organisation)
    rows = Employment.objects.filter(_open(on), organisation_id=organisation).select_related("person__person")
    return page(rows, order=("person__person__sort_name", "id"), after=after)


def employer_circles(people: list[UUID], *, on: date) -> dict[UUID, set[UUID]]:
    """For each person the schools and districts she works in, every district above a school included."""
    circles: dict[UUID, set[UUID]] = {person: set() for person in people}
    rows = list(Employment.objects.filter(_open(on), person_id__in=people).values_list("person_id", "organisation_id"))
    above = ancestors_of({organisation for _person, organisation in rows})
    for person, organisation in rows:
        districts = {one for one, kind in above[organisation] if kind == OrganisationKind.DISTRICT}
        circles[person] |= {organisation, *districts}
    return circles


# -- organisations and joining -----------------------------------------------------------------------------------------


def get_organisation(actor: Actor, slug: str) -> Organisation:
    """An organisation the actor administers. Raises NotFound."""
    return rules.ADMINISTER.get(actor, Organisation.objects.all(), slug=slug)


def list_organisations(actor: Actor, *, after: str = "") -> Page[Organisation]:
    """The organisations the actor administers, by name."""
    return page(rules.ADMINISTER.narrow(actor, Organisation.objects.all()), order=("name", "id"), after=after)


def find_organisation(slug: str) -> Organisation | None:
    """Any organisation: its name is no secret."""
    return Organisation.objects.filter(slug=slug).select_related("parent").first()


def search_organisations(words: str, *, after: str = "") -> Page[Organisation]:
    """Organisations whose name holds every word, whatever its case and marks, by name; none without words."""
    wanted = name_key(words).split()
    rows = Organisation.objects.annotate(folded=_FOLDED_NAME).select_related("parent")
    for word in wanted:
        rows = rows.filter(folded__contains=word)
    return page(rows if wanted else rows.none(), order=("name", "id"), after=after)


def list_parts(actor: Actor, organisation: UUID, *, after: str = "") -> Page[Organisation]:
    """What stands directly below an organisation, by name. Raises NotFound."""
    rules.ADMINISTER.get(actor, Organisation.objects.all(), id=organisation)
    return page(Organisation.objects.filter(parent_id=organisation), order=("name", "id"), after=after)


def list_above(organisation: UUID) -> list[Organisation]:
    """The organisations above, the highest first."""
    order = ancestors(organisation)
    rows = {row.id: row for row in Organisation.objects.filter(id__in=order)}
    return [rows[one] for one in reversed(order)]


def list_domains(actor: Actor, organisation: UUID) -> list[OrganisationDomain]:
    """The e-mail domains of an organisation. Raises NotFound."""
    rules.ADMINISTER.get(actor, Organisation.objects.all(), id=organisation)
    return list(OrganisationDomain.objects.filter(organisation_id=organisation).order_by("domain"))


def has_used(invitation: Invitation, person: UUID) -> bool:
    """Whether this person accepted the invitation."""
    return InvitationUse.objects.filter(invitation=invitation, person_id=person).exists()


def find_domain(email: str) -> OrganisationDomain | None:
    """The entered domain an address belongs to, the nearest if several do; never a public provider."""
    domain = domain_of(email)
    if not domain or is_public(domain):
        return None
    rows = OrganisationDomain.objects.filter(domain__in=ends_of(domain)).select_related("organisation")
    return max(rows, key=lambda row: len(row.domain), default=None)


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, or None."""
    rows = Invitation.objects.filter(token_hash=hash_token(token)).select_related("organisation")
    return rows.first()


def list_invitations(actor: Actor, organisation: UUID, *, now: datetime, after: str = "") -> Page[Invitation]:
    """Invitations of an organisation that can still be accepted, newest first. Raises NotFound."""
    rules.KNOW_MEMBERS.get(actor, Organisation.objects.all(), id=organisation)
    return page(open_invitations(organisation, now=now), order=("-made_at", "-id"), after=after)


def open_invitations(organisation: UUID, *, now: datetime) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(organisation_id=organisation, revoked_at=None, expires_at__gt=now)
    return rows.filter(uses__lt=F("max_uses"))


def list_join_requests(actor: Actor, organisation: UUID, *, after: str = "") -> Page[JoinRequest]:
    """Open requests to an organisation, oldest first. Raises NotFound."""
    rules.KNOW_MEMBERS.get(actor, Organisation.objects.all(), id=organisation)
    rows = JoinRequest.objects.filter(organisation_id=organisation, state=RequestState.OPEN)
    return page(rows.select_related("person__person"), order=("asked_at", "id"), after=after)


def list_own_requests(person: UUID) -> list[JoinRequest]:
    """What a person asked organisations that is still open, oldest first."""
    rows = JoinRequest.objects.filter(person_id=person, state=RequestState.OPEN).select_related("organisation")
    return list(rows.order_by("asked_at", "id"))


# -- ties --------------------------------------------------------------------------------------------------------------


def tied_to(person: UUID, *, on: date) -> set[UUID]:
    """Everybody with a declared, derived or imported tie to this person on a day, stated places included."""
    rows = Tie.objects.filter(_open(on)).filter(Q(a_id=person) | Q(b_id=person)).values_list("a_id", "b_id")
    people = {other for pair in rows for other in pair}
    return (people | _in_stated_places(person, on) | _stated_places_of(person, on)) - {person}


def ties_between(ones: Collection[UUID], others: Collection[UUID], *, on: date) -> set[tuple[UUID, UUID]]:
    """All pairs of one and another who are tied on a day, as ``tied_to`` says; in a fixed number of queries."""
    near, far = set(ones), set(others)
    rows = Tie.objects.filter(_open(on)).filter(Q(a_id__in=near, b_id__in=far) | Q(a_id__in=far, b_id__in=near))
    pairs = {pair for a, b in rows.values_list("a_id", "b_id") for pair in ((a, b), (b, a))}
    stated = _whole_places().filter(person__pseudonym_id__in=near | far)
    circles = employer_circles(list(near | far), on=on) if stated.exists() else {}
    for person, place in stated.values_list("person__pseudonym_id", "organisation_id"):
        workers = {other for other, circle in circles.items() if place in circle}
        pairs |= {pair for other in workers for pair in ((person, other), (other, person))}
    return {(one, other) for one, other in pairs if one in near and other in far and one != other}


def list_statements(person: UUID) -> list[ConflictStatement]:
    """What a person told about whom she knows, newest first; only she may read it."""
    rows = ConflictStatement.objects.filter(person__pseudonym_id=person, withdrawn_at=None)
    return list(rows.select_related("organisation").order_by("-stated_at", "-id"))


def _whole_places() -> QuerySet[ConflictStatement]:
    return ConflictStatement.objects.filter(email="", name_key="", withdrawn_at=None)


def _in_stated_places(person: UUID, on: date) -> set[UUID]:
    """Everybody who works where this person said she has ties: in a district, in all its schools."""
    stated = _whole_places().filter(person__pseudonym_id=person).values_list("organisation_id", "organisation__kind")
    kinds = {place: kind for place, kind in stated if place}
    districts = [place for place, kind in kinds.items() if kind == OrganisationKind.DISTRICT]
    rows = Employment.objects.filter(_open(on), organisation_id__in={*kinds, *within_any(districts)})
    return set(rows.values_list("person_id", flat=True))


def _stated_places_of(person: UUID, on: date) -> set[UUID]:
    """Everybody who said she has ties to where this person works."""
    circle = employer_circles([person], on=on)[person]
    rows = _whole_places().filter(organisation_id__in=circle)
    return set(rows.values_list("person__pseudonym_id", flat=True))


def _verified(people: Collection[UUID]) -> list[tuple[UUID, str]]:
    rows = EmailAddress.objects.filter(verified=True, user__person__pseudonym_id__in=people)
    found: list[tuple[UUID, str]] = [
        (person, email.casefold()) for person, email in rows.values_list("user__person__pseudonym_id", "email")
    ]
    return found


def _in_force(on: date) -> Q:
    return _open(on) & Q(ended_at=None)


def _open(on: date, path: str = "") -> Q:
    begun, ended, open_end = f"{path}from_date__lte", f"{path}to_date__gte", f"{path}to_date"
    return Q(**{begun: on}) & (Q(**{open_end: None}) | Q(**{ended: on}))
