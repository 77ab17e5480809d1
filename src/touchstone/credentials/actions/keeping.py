"""What an issuer needs to sign: its keys in use, made at first use, and its status lists with what they say."""

from datetime import datetime

from django.db import IntegrityError, transaction

from touchstone.core.openbadges import status
from touchstone.credentials import keys, signing
from touchstone.credentials.models import SigningKey, StatusList
from touchstone.people.models import Organisation

LIST_ENTRIES = 131_072


def key_in_use(issuer: Organisation, now: datetime) -> SigningKey:
    """The issuer's keys for signing, made at first use."""
    known = SigningKey.objects.filter(issuer=issuer, retired_at=None).select_related("issuer").first()
    if known:
        return known if known.token_public else _with_token_key(known)
    try:
        with transaction.atomic():
            return SigningKey.objects.create(issuer=issuer, made_at=now, **keys.new_key(), **keys.new_token_key())
    except IntegrityError:  # another worker made one at the same moment
        return SigningKey.objects.select_related("issuer").get(issuer=issuer, retired_at=None)


def _with_token_key(known: SigningKey) -> SigningKey:
    """A key from before there were tokens, completed."""
    key = SigningKey.objects.select_for_update(of=("self",)).select_related("issuer").get(id=known.id)
    if not key.token_public:
        for name, value in keys.new_token_key().items():
            setattr(key, name, value)
        key.save(update_fields=["token_public", "token_sealed"])
    return key


def list_in_use(issuer: Organisation, now: datetime) -> StatusList:
    """The issuer's newest list while it is at most half full, so that a free place is found at once.

    The caller holds the issuer's row, or two lists would begin at once.
    """
    newest = StatusList.objects.filter(issuer=issuer).order_by("-id").first()
    if newest and newest.awards.count() < newest.size // 2:
        return newest
    bits = status.StatusList.empty(LIST_ENTRIES)
    row = StatusList(issuer=issuer, size=LIST_ENTRIES, bits=bits.bits)
    _write(row, bits, now)
    row.save()
    return row


def publish_list(row: StatusList, now: datetime) -> None:
    """Write the list with every award on it that is revoked."""
    revoked = row.awards.filter(revoked_at__isnull=False).values_list("status_index", flat=True)
    _write(row, status.StatusList(bytes(row.bits)).with_set(revoked), now)
    row.save(update_fields=["bits", "text", "token_text", "changed_at"])


def _write(row: StatusList, bits: status.StatusList, now: datetime) -> None:
    row.bits, row.changed_at = bits.bits, now
    row.text, row.token_text = signing.signed_list(row, bits, key_in_use(row.issuer, now), now=now)
