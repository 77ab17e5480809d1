"""Every write of the people context."""

import unicodedata
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from touchstone.core.folding import fold
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models import Account, Employment, Membership, Organisation, Person, Pseudonym, Tie


@transaction.atomic
def register_person(
    *,
    account: Account,
    name: str,
    position: str,
    now: datetime,
    language: str = "en",
    state: str = "",
    time_zone: str = "",
) -> Person:
    """Give a new account its Person and its pseudonym. Safe to repeat, also at once: an account has one Person."""
    Account.objects.select_for_update(no_key=True).get(id=account.id)
    known = Person.objects.filter(account=account).first()
    if known:
        return known
    pseudonym = Pseudonym.objects.create()
    person = Person.objects.create(
        account=account,
        pseudonym=pseudonym,
        name=_clean_name(name),
        sort_name=fold(_clean_name(name))[:120],
        position=position,
        language=language[:10],
        state=state,
        **({"time_zone": time_zone} if time_zone else {}),
    )
    journal.record(Actor(person=pseudonym.id), "person.registered", now=now, person=pseudonym.id)
    return person


@transaction.atomic
def open_account(*, email: str, password_hash: str, now: datetime, **facts: str) -> Person:
    """Make an account with a verified address and its Person: for the demonstration and for imports.

    ``password_hash`` is what Django's ``make_password`` gives. People who come by themselves sign up through allauth.
    """
    account = Account.objects.create(email=email.lower(), password=password_hash)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return register_person(account=account, now=now, **facts)


@transaction.atomic
def found_organisation(*, actor: Actor, now: datetime, **facts: object) -> Organisation:
    """Enter an organisation, or bring the one with this slug up to date."""
    organisation, _created = Organisation.objects.update_or_create(slug=facts.pop("slug"), defaults=facts)
    journal.record(actor, "organisation.entered", now=now, organisation=organisation.id)
    return organisation


@transaction.atomic
def grant_membership(
    *, actor: Actor, person: Pseudonym, organisation: Organisation, role: str, from_date: date, now: datetime
) -> Membership:
    """Give a person a role in an organisation from a day on. Repeating it changes nothing."""
    membership, created = Membership.objects.get_or_create(
        person=person, organisation=organisation, role=role, to_date=None, defaults={"from_date": from_date}
    )
    if created:
        journal.record(actor, "membership.granted", now=now, membership_of=person.id, organisation=organisation.id)
    return membership


@transaction.atomic
def record_employment(
    *, actor: Actor, person: Pseudonym, organisation: Organisation, from_date: date, confirmed: bool, now: datetime
) -> Employment:
    """Note where a person works; ``confirmed`` when somebody entitled to say so did."""
    employment, _created = Employment.objects.update_or_create(
        person=person,
        organisation=organisation,
        to_date=None,
        defaults={"from_date": from_date, "confirmed_at": now if confirmed else None},
    )
    journal.record(actor, "employment.recorded", now=now, person=person.id, organisation=organisation.id)
    return employment


@transaction.atomic
def confirm_identity(*, actor: Actor, person: Pseudonym, now: datetime) -> None:
    """Somebody entitled to it has checked who this person is."""
    Person.objects.filter(pseudonym=person, identity_confirmed_at=None).update(identity_confirmed_at=now)
    journal.record(actor, "identity.confirmed", now=now, person=person.id)


@transaction.atomic
def declare_tie(
    *, actor: Actor, a: Pseudonym, b: Pseudonym, kind: TieKind, source: TieSource, from_date: date, now: datetime
) -> Tie:
    """Note a relation that keeps either from scoring the other."""
    tie, created = Tie.objects.get_or_create(
        a=a, b=b, kind=kind, to_date=None, defaults={"source": source, "from_date": from_date}
    )
    if created:
        journal.record(actor, "tie.declared", now=now, a=a.id, b=b.id)
    return tie


@transaction.atomic
def change_profile(
    *, actor: Actor, name: str, position: str, state: str, language: str, time_zone: str, now: datetime
) -> None:
    """A person changes what the platform knows of her. Raises Forbidden when nobody is signed in."""
    if actor.person is None:
        raise Forbidden
    Person.objects.filter(pseudonym_id=actor.person).update(
        name=_clean_name(name),
        sort_name=fold(_clean_name(name))[:120],
        position=position,
        state=state,
        language=language,
        time_zone=time_zone,
    )
    journal.record(actor, "person.changed", now=now, person=actor.person)


def _clean_name(name: str) -> str:
    visible = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
    return " ".join(visible.split())[:120]
