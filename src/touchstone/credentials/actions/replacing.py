"""Issuers' keys are replaced, given up, and sealed anew."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from touchstone.credentials import keys, signing
from touchstone.credentials.actions.keeping import key_in_use, publish_list
from touchstone.credentials.actions.running import begin_signing_run
from touchstone.credentials.enums import RunKind
from touchstone.credentials.events import KeyGivenUp
from touchstone.credentials.models import Endorsement, SigningKey, SigningRun, Statement, StatusList
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people.models import Organisation


class KeysAreTheIssuer(Refusal):
    sentence = _("Without an https address an issuer is known by its key alone, so the key cannot be replaced.")


class UnknownKey(Refusal):
    status = 404
    sentence = _("The issuer has no such key that it still publishes.")


@transaction.atomic
def rotate_key(*, actor: Actor, issuer: Organisation, now: datetime) -> SigningKey:
    """Sign with new keys from now on; what the old ones signed stays good. Raises KeysAreTheIssuer."""
    return _replace(actor, issuer, now)


@transaction.atomic
def give_up_key(*, actor: Actor, issuer: Organisation, now: datetime, public: str | None = None) -> SigningRun:
    """A key may be in other hands: publish it no more, and sign everything of it that stands anew.

    Lists, statements and endorsements at once, badges in a run. ``public`` names one of the issuer's keys; without it
    the one in use is meant. Raises KeysAreTheIssuer, UnknownKey.
    """
    mine = SigningKey.objects.filter(issuer=issuer, compromised_at=None)
    given_up = (mine.filter(public=public) if public else mine.filter(retired_at=None)).first()
    if given_up is None:
        raise UnknownKey
    SigningKey.objects.filter(id=given_up.id).update(compromised_at=now)
    if given_up.retired_at is None:
        _replace(actor, issuer, now)
    for row in StatusList.objects.select_for_update(no_key=True).filter(issuer=issuer).order_by("id"):
        publish_list(row, now)
    _sign_documents(issuer, given_up, now)
    journal.record(actor, KeyGivenUp(issuer=issuer.id, key=given_up.id), now=now)
    return begin_signing_run(actor=actor, issuer=issuer, kind=RunKind.RENEWAL, now=now)


@dataclass(frozen=True)
class Resealed:
    """Signing keys, by what became of them: sealed under the new secret now, or before; or not to be opened."""

    now: int
    before: int
    unreadable: tuple[str, ...]


@transaction.atomic
def reseal_keys(*, actor: Actor, now: datetime) -> Resealed:
    """Seal every issuer's signing key under the secret in use. Safe to repeat; all or nothing when it is cut off."""
    resealed, before, unreadable = 0, 0, []
    for key in SigningKey.objects.select_for_update().order_by("id"):
        try:
            columns = keys.sealed_anew(key)
        except keys.KeyNotReadable:
            unreadable.append(key.public)
            continue
        if not columns:
            before += 1
            continue
        SigningKey.objects.filter(id=key.id).update(**columns)
        journal.record(actor, "signing_key.resealed", now=now, key=key.id, issuer=key.issuer_id)
        resealed += 1
    return Resealed(resealed, before, tuple(unreadable))


def _sign_documents(issuer: Organisation, given_up: SigningKey, now: datetime) -> None:
    """Statements and endorsements the key signed, with the words and dates they had."""
    key = key_in_use(issuer, now)
    for statement in Statement.objects.filter(key=given_up).select_related("issuer", "version__micro_credential"):
        text = signing.signed_statement(statement, key)
        Statement.objects.filter(id=statement.id).update(key=key, text=text)
    endorsements = Endorsement.objects.filter(key=given_up, withdrawn_at=None)
    for endorsement in endorsements.select_related("endorser", "version__micro_credential", "issuer", "award"):
        about = key_in_use(endorsement.issuer, now) if endorsement.issuer else None
        text = signing.signed_endorsement(endorsement, key, about, now=now)
        Endorsement.objects.filter(id=endorsement.id).update(key=key, text=text)


def _replace(actor: Actor, issuer: Organisation, now: datetime) -> SigningKey:
    if not settings.HTTPS:
        raise KeysAreTheIssuer
    Organisation.objects.select_for_update(no_key=True).get(id=issuer.id)
    SigningKey.objects.filter(issuer=issuer, retired_at=None).update(retired_at=now)
    key = key_in_use(issuer, now)
    journal.record(actor, "signing_key.replaced", now=now, issuer=issuer.id, key=key.id)
    return key
