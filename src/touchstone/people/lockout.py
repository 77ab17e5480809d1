"""Too many wrong passwords close the way for a while, for one account from one network address; never for good.

Whether an account exists makes no difference to any of it. A password set anew by a code from the mailbox opens the
way at once, whatever else is closed.
"""

import math
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from touchstone.kit import rates, visitors
from touchstone.kit.rates import Rate, Standing
from touchstone.people import sign_ins
from touchstone.people.allauth import AccountAdapter
from touchstone.people.models import Account

FROM_HERE = Rate(uses=5, seconds=15 * 60)  # one account, one network address
FROM_EVERYBODY_HERE = Rate(uses=100, seconds=15 * 60)  # one network address, which a whole school may share
ONE, EVERYBODY = "sign-in of one", "sign-in of everybody"


class GuardedAdapter(AccountAdapter):
    """Counts wrong passwords in front of every check of a password, and keeps only the coarse network of a session."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before it is made, so that many at once cannot slip through; a right one is uncounted."""
        now, address, email = timezone.now(), visitors.counted_address(request), _email(credentials)
        standing = rates.use(ONE, f"{address} {email}", FROM_HERE, now=now)
        if standing.uses == FROM_HERE.uses + 1:
            sign_ins.record_lock(request, email, now=now)
        self._refuse_when_over(request, standing, FROM_HERE, now)
        everybody = rates.use(EVERYBODY, address, FROM_EVERYBODY_HERE, now=now)
        self._refuse_when_over(request, everybody, FROM_EVERYBODY_HERE, now)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        account = super().authenticate(request, **credentials)
        if account is not None:
            now, address = timezone.now(), visitors.counted_address(request)
            rates.give_back(ONE, f"{address} {_email(credentials)}", now=now)
            rates.give_back(EVERYBODY, address, now=now)
        return account

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitors.network_of(request)

    def _refuse_when_over(self, request: HttpRequest, standing: Standing, rate: Rate, now: datetime) -> None:
        if standing.exceeds(rate):
            seconds = standing.seconds_left(now)
            facts = {"until": standing.until, "minutes": math.ceil(seconds / 60)}
            answer = render(request, "account/locked.html", facts, status=429)
            answer["Retry-After"] = str(seconds)
            raise ImmediateHttpResponse(answer)


def connect() -> None:
    """Begin to listen for passwords set anew; called once, when the apps are ready."""
    password_reset.connect(_open_again, dispatch_uid="lock-out ended")


def _open_again(sender: object, request: HttpRequest, user: Account, **_facts: object) -> None:
    """Forget the wrong passwords tried from here for any address of the account."""
    address = visitors.counted_address(request)
    for email in {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}:
        rates.forget(ONE, f"{address} {email.lower()}")


def _email(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()
