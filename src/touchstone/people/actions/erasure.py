"""Emptying a person: what said who somebody is goes, the pseudonym that everything else points to stays."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from touchstone.kit import journal, mail
from touchstone.kit.actor import Actor
from touchstone.kit.ids import new_token
from touchstone.people import queries
from touchstone.people.actions.roles import end_role
from touchstone.people.enums import EndReason, Position, RequestState
from touchstone.people.models import (
    Account,
    ConflictStatement,
    Employment,
    FormerName,
    GuardianConsent,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    Pseudonym,
    Tie,
)
from touchstone.people.tokens import hash_token


@transaction.atomic
def empty_person(*, actor: Actor, person: UUID, now: datetime) -> None:
    """Erase names, addresses, account, sessions, employers, ties, statements and what guardians said of themselves.

    Roles end; that a role was held stays known of the pseudonym alone, and so does whether a guardian agreed. Twice is
    once. Raises LastAdministrator.
    """
    Pseudonym.objects.select_for_update(no_key=True).get(id=person)
    row = Person.objects.select_for_update(of=("self",)).get(pseudonym_id=person)
    for membership in Membership.objects.select_for_update(of=("self",), no_key=True).filter(
        person_id=person, ended_at=None
    ):
        end_role(actor, membership, EndReason.LEFT, now)
    addresses = queries.every_address(person)
    guardians = GuardianConsent.objects.filter(person_id=person).exclude(guardian_email="")
    mail.forget({*addresses, *guardians.values_list("guardian_email", flat=True)})
    Invitation.objects.filter(email__in=addresses).update(email="", name="", revoked_at=now)
    JoinRequest.objects.filter(person_id=person, state=RequestState.OPEN).update(state=RequestState.WITHDRAWN)
    Employment.objects.filter(person_id=person).delete()
    Tie.objects.filter(Q(a_id=person) | Q(b_id=person)).delete()
    ConflictStatement.objects.filter(Q(person=row) | Q(email__in=addresses)).delete()
    FormerName.objects.filter(person=row).delete()
    _empty_consents(person)
    if row.account_id:
        _close_account(row.account_id)
    _empty(row)
    journal.record(actor, "person.emptied", now=now, person=person)


@transaction.atomic
def forget_consents(*, actor: Actor, person: UUID, now: datetime) -> None:
    """Delete the emptied record of what guardians of an erased person said."""
    GuardianConsent.objects.filter(person_id=person).delete()
    journal.record(actor, "guardian.forgotten", now=now, person=person)


def _empty(row: Person) -> None:
    row.account, row.name, row.sort_name, row.state = None, "", "", ""
    row.position, row.subjects, row.grade_bands = Position.OTHER, [], []
    row.adult_on, row.identity_confirmed_at = None, None
    row.language, row.time_zone = "en", "UTC"
    row.save()


def _empty_consents(person: UUID) -> None:
    for consent in GuardianConsent.objects.filter(person_id=person):
        consent.guardian_email, consent.guardian_name, consent.relation = "", "", ""
        consent.token_hash = hash_token(new_token())
        consent.save(update_fields=["guardian_email", "guardian_name", "relation", "token_hash"])


def _close_account(account: UUID) -> None:
    """Sessions first: a browser that is still open is signed out with its next click."""
    keys = UserSession.objects.filter(user_id=account).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    Account.objects.filter(id=account).delete()
