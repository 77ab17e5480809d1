"""Who somebody is: registering, changing the profile, verifying addresses, confirming an identity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices

from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.kit.errors import Forbidden
from touchstone.people import errors, queries, rules
from touchstone.people.actions import requests, statements, work
from touchstone.people.enums import AgeBand, DomainRule, GradeBand, Position, Subject
from touchstone.people.models import Account, FormerName, Person, Pseudonym
from touchstone.people.names import clean_name, is_same_name, name_key


@dataclass(frozen=True)
class ProfileChange:
    """What followed from a changed profile: ``confirmation_lost`` means her identity must be checked again."""

    name_changed: bool = False
    confirmation_lost: bool = False


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
    age: str = AgeBand.ADULT,
    turns_18: date | None = None,
) -> Person:
    """Give a new account its Person and its pseudonym. Safe to repeat, also at once: an account has one Person.

    ``turns_18`` is any day of the month in which somebody of 13 to 17 turns 18. Raises NameMissing, UnderThirteen,
    AdultDayNotUsable, UnknownChoice.
    """
    adult_on = adult_day(age, turns_18, today=now.date())
    _chosen([position], Position)
    Account.objects.select_for_update(no_key=True).get(id=account.id)
    known = Person.objects.filter(account=account).first()
    if known:
        return known
    pseudonym = Pseudonym.objects.create()
    person = Person.objects.create(
        account=account,
        pseudonym=pseudonym,
        name=_readable(name),
        sort_name=name_key(name),
        position=position,
        language=language[:10],
        state=state,
        adult_on=adult_on,
        **({"time_zone": time_zone} if time_zone else {}),
    )
    journal.record(Actor(person=pseudonym.id), "person.registered", now=now, person=pseudonym.id)
    statements.match_person(person, now=now)
    return person


def adult_day(age: str, turns_18: date | None, *, today: date) -> date | None:
    """The first day of the month after somebody turns 18, or None for an adult.

    Raises UnderThirteen, AdultDayNotUsable, UnknownChoice.
    """
    if age == AgeBand.UNDER_13:
        raise errors.UnderThirteen
    if age == AgeBand.ADULT:
        return None
    if age != AgeBand.FROM_13_TO_17:
        raise errors.UnknownChoice(choice=age)
    if turns_18 is None:
        raise errors.AdultDayNotUsable
    months_ahead = (turns_18.year - today.year) * 12 + turns_18.month - today.month
    if not 0 <= months_ahead <= 5 * 12:
        raise errors.AdultDayNotUsable
    return date(turns_18.year + turns_18.month // 12, turns_18.month % 12 + 1, 1)


@transaction.atomic
def open_account(*, email: str, password_hash: str, now: datetime, **facts: Any) -> Person:
    """Make an account with a verified address and its Person: for the demonstration and for imports.

    ``password_hash`` is what Django's ``make_password`` gives. People who come by themselves sign up through allauth.
    """
    account = Account.objects.create(email=email.lower(), password=password_hash)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    person = register_person(account=account, now=now, **facts)
    note_verified_address(account=account, email=account.email, now=now)
    return person


@transaction.atomic
def note_verified_address(*, account: Account, email: str, now: datetime) -> None:
    """An address was shown to be somebody's: its domain's rule applies, and statements about it find her."""
    person = Person.objects.filter(account=account).select_related("pseudonym").first()
    if person is None:
        return
    actor = system("address verified")
    journal.record(actor, "address.verified", now=now, person=person.pseudonym_id)
    domain = queries.find_domain(email)
    # High schools give their students addresses too: a domain says nothing of a minor's work.
    if domain and not (person.adult_on and person.adult_on > now.date()) and person.position != Position.STUDENT:
        place = domain.organisation
        if domain.rule == DomainRule.JOIN:
            work.note_confirmed(actor, person.pseudonym, place, now=now)
        elif domain.rule == DomainRule.ASK and place not in queries.list_employers(person.pseudonym_id, on=now.date()):
            requests.open_request(actor, person.pseudonym, place, now=now)
    statements.match_person(person, now=now)


@transaction.atomic
def confirm_identity(*, actor: Actor, person: Pseudonym, now: datetime) -> None:
    """An administrator where this person works or holds a role, or the platform, has checked who she is.

    Twice is once. Raises NotToYourself, NotAdministratorHere.
    """
    if actor.person == person.id:
        raise errors.NotToYourself
    if not rules.CONFIRM_IDENTITY.allows(actor, person):
        raise errors.NotAdministratorHere
    if Person.objects.filter(pseudonym=person, identity_confirmed_at=None).update(identity_confirmed_at=now):
        journal.record(actor, "identity.confirmed", now=now, person=person.id)


@transaction.atomic
def change_profile(
    *,
    actor: Actor,
    name: str,
    position: str,
    state: str,
    language: str,
    time_zone: str,
    now: datetime,
    subjects: Sequence[str] | None = None,
    grade_bands: Sequence[str] | None = None,
) -> ProfileChange:
    """A person changes what the platform knows of her; None leaves subjects or grade bands as they are.

    A new name (more than case, marks or spacing) keeps the old one aside and ends a confirmed identity: nobody renames
    herself past the check. Raises Forbidden when nobody is signed in, NameMissing, UnknownChoice.
    """
    if actor.person is None:
        raise Forbidden
    _chosen([position], Position)
    person = Person.objects.select_for_update().get(pseudonym_id=actor.person)
    change = _rename(actor, person, _readable(name), now)
    person.position, person.state, person.language, person.time_zone = position, state, language, time_zone
    if subjects is not None:
        person.subjects = _chosen(subjects, Subject)
    if grade_bands is not None:
        person.grade_bands = _chosen(grade_bands, GradeBand)
    person.save()
    journal.record(actor, "person.changed", now=now, person=actor.person)
    if change.name_changed:
        statements.match_person(person, now=now)
    return change


@transaction.atomic
def choose_language(*, actor: Actor, language: str, now: datetime) -> None:
    """A person chooses the language of her pages and mails. Raises Forbidden (nobody is signed in), UnknownChoice."""
    if actor.person is None:
        raise Forbidden
    if language not in dict(settings.LANGUAGES):
        raise errors.UnknownChoice(choice=language)
    if Person.objects.filter(pseudonym_id=actor.person).exclude(language=language).update(language=language):
        journal.record(actor, "person.changed", now=now, person=actor.person)


def _rename(actor: Actor, person: Person, name: str, now: datetime) -> ProfileChange:
    before = person.name
    person.name, person.sort_name = name, name_key(name)
    if is_same_name(before, name):
        return ProfileChange()
    if before:
        FormerName.objects.update_or_create(person=person, name=before, defaults={"changed_at": now})
    lost = person.identity_confirmed_at is not None
    if lost:
        person.identity_confirmed_at = None
        journal.record(actor, "identity.lapsed", now=now, person=person.pseudonym_id)
    return ProfileChange(name_changed=True, confirmation_lost=lost)


def _readable(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise errors.NameMissing
    return cleaned


def _chosen(wanted: Sequence[str], choices: type[TextChoices]) -> list[str]:
    """The choices in their own order, each once. Raises UnknownChoice."""
    for choice in wanted:
        if choice not in choices.values:
            raise errors.UnknownChoice(choice=choice)
    return [choice for choice in choices.values if choice in wanted]
