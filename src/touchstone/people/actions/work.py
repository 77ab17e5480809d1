"""Where people work: told by themselves, confirmed by the organisation."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.people import errors, rules
from touchstone.people.actions import statements
from touchstone.people.actions.organisations import require_administrator
from touchstone.people.models import Employment, Organisation, Person, Pseudonym


@transaction.atomic
def record_employment(
    *, actor: Actor, person: Pseudonym, organisation: Organisation, from_date: date, confirmed: bool, now: datetime
) -> Employment:
    """Note where a person works; ``confirmed`` when somebody entitled to say so did.

    Raises NotAdministratorHere, NotToYourself.
    """
    require_administrator(actor, organisation)
    if confirmed and actor.person == person.id:
        raise errors.NotToYourself
    employment, _created = Employment.objects.update_or_create(
        person=person,
        organisation=organisation,
        to_date=None,
        defaults={"from_date": from_date, "confirmed_at": now if confirmed else None},
    )
    _noted(actor, employment, "employment.recorded", now)
    return employment


def note_confirmed(actor: Actor, person: Pseudonym, organisation: Organisation, *, now: datetime) -> Employment:
    """The organisation says that this person works there, from today or as she said before."""
    Pseudonym.objects.select_for_update(no_key=True).get(id=person.id)
    employment = _at(person.id, organisation.id, now.date())
    if employment is None:
        employment = Employment(person=person, organisation=organisation, from_date=now.date())
    if employment.confirmed_at is None:
        employment.confirmed_at = now
        employment.save()
        _noted(actor, employment, "employment.confirmed", now)
    return employment


@transaction.atomic
def declare_employment(
    *, actor: Actor, organisation: Organisation, from_date: date, now: datetime, to_date: date | None = None
) -> Employment:
    """A person says where she works or worked. What is noted of those days already stays as it is.

    Raises Forbidden, DatesReversed.
    """
    if actor.person is None:
        raise Forbidden
    if to_date and to_date < from_date:
        raise errors.DatesReversed
    Pseudonym.objects.select_for_update(no_key=True).get(id=actor.person)
    known = Employment.objects.filter(person=actor.person, organisation=organisation)
    known = known.filter(Q(to_date=None) | Q(to_date__gte=from_date))
    if to_date:
        known = known.filter(from_date__lte=to_date)
    found = known.order_by("from_date").first()
    if found:
        return found
    employment = Employment.objects.create(
        person_id=actor.person, organisation=organisation, from_date=from_date, to_date=to_date
    )
    _noted(actor, employment, "employment.declared", now)
    return employment


@transaction.atomic
def confirm_employment(*, actor: Actor, employment: UUID, now: datetime) -> Employment:
    """An administrator of the organisation, or of one above, confirms what a person said. Twice is once.

    Raises NotFound, NotToYourself.
    """
    rows = Employment.objects.select_for_update(of=("self",), no_key=True)
    row = rules.ADMINISTER_EMPLOYMENT.get(actor, rows, id=employment)
    if row.person_id == actor.person:
        raise errors.NotToYourself
    if row.confirmed_at is None:
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        _journal(actor, row, "employment.confirmed", now)
    return row


@transaction.atomic
def end_employment(*, actor: Actor, employment: UUID, to_date: date, now: datetime) -> Employment:
    """Note the last day somebody works somewhere, by herself or by an administrator there.

    Raises NotFound, DatesReversed.
    """
    rows = Employment.objects.select_for_update(of=("self",), no_key=True)
    own = rules.OWN_EMPLOYMENT.narrow(actor, rows).filter(id=employment).first() if actor.person else None
    row = own or rules.ADMINISTER_EMPLOYMENT.get(actor, rows, id=employment)
    if to_date < row.from_date:
        raise errors.DatesReversed
    if row.to_date != to_date:
        row.to_date = to_date
        row.save(update_fields=["to_date"])
        _journal(actor, row, "employment.ended", now)
    return row


@transaction.atomic
def change_employer(
    *, actor: Actor, employment: UUID, organisation: Organisation, from_date: date, now: datetime
) -> Employment:
    """A person moves to another employer: the old work ends the day before the new begins.

    Raises NotFound, DatesReversed.
    """
    old = rules.OWN_EMPLOYMENT.get(actor, Employment.objects.all(), id=employment)
    if old.organisation_id == organisation.id:
        return old
    end_employment(actor=actor, employment=old.id, to_date=from_date - timedelta(days=1), now=now)
    return declare_employment(actor=actor, organisation=organisation, from_date=from_date, now=now)


def works_there(person: UUID, organisation: UUID, on: date) -> bool:
    return _at(person, organisation, on) is not None


def _at(person: UUID, organisation: UUID, on: date) -> Employment | None:
    rows = Employment.objects.filter(Q(to_date=None) | Q(to_date__gte=on), person=person, organisation=organisation)
    return rows.order_by("from_date").first()


def _noted(actor: Actor, employment: Employment, verb: str, now: datetime) -> None:
    _journal(actor, employment, verb, now)
    person = Person.objects.filter(pseudonym=employment.person_id).first()
    if person:
        statements.match_person(person, now=now)


def _journal(actor: Actor, employment: Employment, verb: str, now: datetime) -> None:
    journal.record(actor, verb, now=now, person=employment.person_id, organisation=employment.organisation_id)
