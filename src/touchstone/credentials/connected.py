"""Apps, mostly wallets, that people have let at their own badges."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from allauth.idp.oidc.models import Client, Token
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchstone.credentials.scopes import Scope
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people import queries as people


class GuardianMustAgree(Refusal):
    status = 403
    sentence = _(
        "Before an app can be let at your badges, a parent or guardian has to agree, because you are not 18 yet. Ask"
        " them from your account page."
    )


@dataclass(frozen=True)
class ConnectedApp:
    """``name`` is the app's own claim; ``home`` is where it is: the hosts that browsers are sent back to."""

    id: str
    name: str
    home: str
    may: tuple[str | Promise, ...]
    last_used_at: datetime


def list_connected_apps(person: UUID) -> list[ConnectedApp]:
    """The apps that hold a key to a person's badges now, by name."""
    tokens = Token.objects.valid().filter(user__person__pseudonym_id=person, client__isnull=False)
    held: dict[str, list[Token]] = {}
    for token in tokens.select_related("client"):
        held.setdefault(token.client_id, []).append(token)
    apps = [_app(rows) for rows in held.values()]
    return sorted(apps, key=lambda app: (app.name.casefold(), app.id))


def check_may_connect(actor: Actor, *, on: date) -> None:
    """Return if a person may let apps at her badges on a day. Raises NotFound for nobody, GuardianMustAgree."""
    if actor.person is None:
        raise NotFound
    if not people.may_upload(actor.person, on):
        raise GuardianMustAgree


def name_of(client: Client) -> str:
    """What an app calls itself, or where it lives if it gave no name."""
    return str(client.name) or home_of(client)


def home_of(client: Client) -> str:
    """Where an app is: the hosts that browsers are sent back to; of an app on a device the scheme it listens to."""
    return ", ".join(dict.fromkeys(map(place_of, client.get_redirect_uris())))


def place_of(address: str) -> str:
    """The host of a web address; of any other the scheme."""
    parts = urlsplit(address)
    return parts.netloc if parts.scheme in {"http", "https"} else f"{parts.scheme}:"


def _app(tokens: list[Token]) -> ConnectedApp:
    client = tokens[0].client
    granted = {scope for token in tokens for scope in token.get_scopes()}
    return ConnectedApp(
        id=client.id,
        name=name_of(client),
        home=home_of(client),
        may=tuple(scope.label for scope in Scope if scope in granted),
        last_used_at=max(token.created_at for token in tokens),
    )
