"""Apps let at a person's own badges, and the end of it."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.idp.oidc.models import Client, Token
from django.db import transaction

from touchstone.credentials.connected import name_of
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound

UNUSED = timedelta(days=365)


@transaction.atomic
def connect_app(*, actor: Actor, client: Client, now: datetime) -> None:
    """A person lets an app at her badges; the keys themselves are allauth's."""
    journal.record(actor, "app.connected", now=now, app=UUID(client.id))


@transaction.atomic
def disconnect_app(*, actor: Actor, client: str, now: datetime) -> str:
    """Take every key back from an app, at once; the name of the app. Raises NotFound when it holds none."""
    tokens = Token.objects.filter(user__person__pseudonym_id=actor.person, client_id=client)
    found = Client.objects.filter(id__in=tokens.values("client_id")).first() if actor.person else None
    if found is None:
        raise NotFound
    tokens.delete()
    journal.record(actor, "app.disconnected", now=now, app=UUID(found.id))
    return name_of(found)


@transaction.atomic
def forget_unused(*, now: datetime) -> None:
    """Delete keys that have run out, and apps that nobody lets in a year after they made themselves known."""
    Token.objects.expired().delete()
    Client.objects.filter(token=None, created_at__lt=now - UNUSED).delete()
