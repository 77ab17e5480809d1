"""What happens at the door of an account, noted in the journal: signing in and out, passwords, addresses, second steps.

Only the coarse network and the browser's family are noted.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account import signals as account_signals
from allauth.account.models import EmailAddress
from allauth.mfa import signals as second_step_signals
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest

from touchstone.kit import clock, journal, visitors
from touchstone.kit.actor import ANYONE, Actor
from touchstone.people.models import Account, Person

# What each signal about an account is called in the journal.
VERBS: tuple[tuple[Signal, str], ...] = (
    (signals.user_logged_in, "account.signed_in"),
    (signals.user_logged_out, "account.signed_out"),
    (account_signals.password_set, "password.changed"),
    (account_signals.password_changed, "password.changed"),
    (account_signals.password_reset, "password.reset"),
    (account_signals.email_added, "address.added"),
    (account_signals.email_removed, "address.removed"),
    (account_signals.email_changed, "address.changed"),
    (second_step_signals.authenticator_added, "second_step.added"),
    (second_step_signals.authenticator_removed, "second_step.removed"),
    (second_step_signals.authenticator_reset, "second_step.renewed"),
    (second_step_signals.authentication_failed, "second_step.failed"),
)


def connect() -> None:
    """Begin to listen; called once, when the apps are ready."""
    for signal, verb in VERBS:
        signal.connect(_recorder(verb), weak=False, dispatch_uid=f"journal {verb}")
    signals.user_logged_in.connect(_list_session, dispatch_uid="session listed")
    signals.user_login_failed.connect(_record_failure, dispatch_uid="journal account.sign_in_failed")


def record_lock(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Note that the way is closed for a while, if there is such an account."""
    _record_for_address(request, "account.locked", email, now)


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]  # allauth is untyped
    """Notes whose sessions were ended."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for account in {session.user_id for session in ended}:
            count = sum(session.user_id == account for session in ended)
            person = _person_of(account)
            if person:
                _record(Actor(person=person), "sessions.ended", clock.now(), person=person, count=count)


def _recorder(verb: str) -> Any:
    def record(sender: object, request: HttpRequest | None = None, user: Any = None, **_facts: object) -> None:
        person = _person_of(user.pk) if isinstance(user, Account) else None
        if person and request is not None:
            _record(Actor(person=person), verb, clock.now(), person=person, **_origin(request))

    return record


def _list_session(sender: object, request: HttpRequest, user: Account, **_facts: object) -> None:
    """However she signed in, the session stands in her list."""
    if getattr(request, "user", None) == user:
        UserSession.objects.create_from_request(request)


def _record_failure(sender: object, credentials: dict[str, Any], request: HttpRequest | None, **_facts: object) -> None:
    if request is not None:
        _record_for_address(request, "account.sign_in_failed", str(credentials.get("email", "")), clock.now())


def _record_for_address(request: HttpRequest, verb: str, email: str, now: datetime) -> None:
    """Nobody proved to be the person: the entry is about her, not by her."""
    account = EmailAddress.objects.filter(email__iexact=email, verified=True).values_list("user_id", flat=True).first()
    person = _person_of(account)
    if person:
        _record(ANYONE, verb, now, person=person, **_origin(request))


@transaction.atomic
def _record(actor: Actor, verb: str, now: datetime, **facts: UUID | str | int | None) -> None:
    journal.record(actor, verb, now=now, **facts)


def _person_of(account: UUID | None) -> UUID | None:
    if account is None:
        return None
    return Person.objects.filter(account_id=account).values_list("pseudonym_id", flat=True).first()


def _origin(request: HttpRequest) -> dict[str, str]:
    agent = request.META.get("HTTP_USER_AGENT", "")
    return {"network": visitors.network_of(request), "browser": visitors.browser_of(agent)}
