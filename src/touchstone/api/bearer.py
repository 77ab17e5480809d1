"""Who asks: the person whose key an app brings (RFC 6750), and whether the key opens this door."""

from allauth.idp.oidc.models import Token
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from touchstone.api.answers import ApiRefusal
from touchstone.credentials.connected import check_may_connect
from touchstone.credentials.scopes import Scope
from touchstone.kit import clock, rates
from touchstone.kit.actor import Actor
from touchstone.people import queries as people

SECONDS = 60
_REALM = 'Bearer realm="Open Badges"'


class NoKey(ApiRefusal):
    status = 401
    sentence = _("Send an access token: Authorization: Bearer …")


class KeyNotGood(ApiRefusal):
    status = 401
    sentence = _("This access token is unknown, has run out, or was taken back by its owner.")


class NotAllowedToApp(ApiRefusal):
    status = 403
    sentence = _("The person did not allow this app to do that. It needs the scope {scope}.")


class TooOften(ApiRefusal):
    status = 429
    sentence = _("That was too often for one app and person. Try again in {seconds} seconds.")


def authorise(request: HttpRequest, scope: Scope) -> tuple[Actor, Token]:
    """Who asks, and the key it came with.

    Raises NoKey, KeyNotGood, NotAllowedToApp, TooOften, GuardianMustAgree.
    """
    kind, _space, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not value.strip():
        raise NoKey(headers={"WWW-Authenticate": _REALM})
    token = Token.objects.select_related("user", "client").lookup(Token.Type.ACCESS_TOKEN, value.strip())
    person = people.find_person(token.user) if token and token.user and token.user.is_active else None
    if token is None or person is None:
        raise KeyNotGood(headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})
    if scope not in token.get_scopes():
        named = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
        raise NotAllowedToApp(scope=scope, headers={"WWW-Authenticate": named})
    _count(f"{token.client_id} {person.pseudonym_id}")
    actor = Actor(person=person.pseudonym_id)
    check_may_connect(actor, on=clock.now().date())
    return actor, token


def _count(who: str) -> None:
    if not settings.RATES_ON:
        return
    now = timezone.now()
    rate = rates.Rate(settings.RATES.api * settings.RATES_FACTOR, SECONDS)
    standing = rates.use("api", who, rate, now=now)
    if standing.exceeds(rate):
        seconds = standing.seconds_left(now)
        raise TooOften(seconds=seconds, headers={"Retry-After": str(seconds)})
