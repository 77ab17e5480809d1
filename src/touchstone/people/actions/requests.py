"""Requests to be counted as working somewhere."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.people import errors, rules
from touchstone.people.actions import work
from touchstone.people.enums import RequestState
from touchstone.people.models import Employment, JoinRequest, Organisation, Pseudonym


@transaction.atomic
def ask_to_join(*, actor: Actor, organisation: Organisation, now: datetime) -> JoinRequest:
    """A person asks an organisation to confirm that she works there; asking again finds the open request.

    Raises Forbidden, WorksHereAlready.
    """
    if actor.person is None:
        raise Forbidden
    held = Employment.objects.filter(person=actor.person, organisation=organisation, confirmed_at__isnull=False)
    if held.exclude(to_date__lt=now.date()).exists():
        raise errors.WorksHereAlready
    return open_request(actor, Pseudonym.objects.get(id=actor.person), organisation, now=now)


def open_request(actor: Actor, person: Pseudonym, organisation: Organisation, *, now: datetime) -> JoinRequest:
    """The open request of a person at an organisation, made when there is none."""
    request, created = JoinRequest.objects.get_or_create(
        person=person, organisation=organisation, state=RequestState.OPEN, defaults={"asked_at": now}
    )
    if created:
        journal.record(actor, "join.asked", now=now, person=person.id, organisation=organisation.id, request=request.id)
    return request


@transaction.atomic
def accept_request(*, actor: Actor, request: UUID, now: datetime) -> JoinRequest:
    """Confirm that whoever asked works here. Twice is once. Raises NotFound, NotToYourself, RequestDecided."""
    row = _answer(actor, request, RequestState.ACCEPTED, now)
    work.note_confirmed(actor, row.person, row.organisation, now=now)
    return row


@transaction.atomic
def refuse_request(*, actor: Actor, request: UUID, now: datetime) -> JoinRequest:
    """Say no to a request. Twice is once. Raises NotFound, NotToYourself, RequestDecided."""
    return _answer(actor, request, RequestState.REFUSED, now)


@transaction.atomic
def withdraw_request(*, actor: Actor, request: UUID, now: datetime) -> JoinRequest:
    """Take one's own request back. Twice is once. Raises NotFound, RequestDecided."""
    return _decide(actor, rules.OWN_REQUEST.get(actor, _locked(), id=request), RequestState.WITHDRAWN, now)


def _answer(actor: Actor, request: UUID, state: RequestState, now: datetime) -> JoinRequest:
    row = rules.ANSWER_REQUEST.get(actor, _locked(), id=request)
    if row.person_id == actor.person:
        raise errors.NotToYourself
    return _decide(actor, row, state, now)


def _decide(actor: Actor, row: JoinRequest, state: RequestState, now: datetime) -> JoinRequest:
    if row.state == state:
        return row
    if row.state != RequestState.OPEN:
        raise errors.RequestDecided
    row.state, row.decided_at, row.decided_by_id = state, now, actor.person
    row.save(update_fields=["state", "decided_at", "decided_by"])
    verb = f"join.{state.value}"
    journal.record(actor, verb, now=now, person=row.person_id, organisation=row.organisation_id, request=row.id)
    return row


def _locked() -> QuerySet[JoinRequest]:
    return JoinRequest.objects.select_for_update(of=("self",), no_key=True).select_related("person", "organisation")
