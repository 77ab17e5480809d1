"""Verification with what this installation knows: its own issuers' keys and status lists, and nothing fetched."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from touchstone.core.openbadges.did import compose_did_document
from touchstone.core.openbadges.report import Report
from touchstone.core.openbadges.verify import verify
from touchstone.credentials import identifiers, queries
from touchstone.credentials.models import SigningKey


def verify_here(data: bytes, *, now: datetime, identity: str = "") -> Report:
    """Check a badge in named steps. Remote addresses are never fetched: what is not ours is “not checked”.

    ``identity`` is the e-mail address or id the badge should belong to.
    """
    return verify(
        data,
        now=now,
        resolve_did=resolve_did,
        fetch_status_list=fetch_status_list,
        known_issuers=known_issuers(),
        identity=identity or None,
    )


def resolve_did(did: str) -> Mapping[str, Any] | None:
    """The DID document of an issuer here, or None for everybody else's."""
    token = did.rpartition(":issuers:")[2]
    found = queries.find_issuer_keys(token)
    if found is None or identifiers.issuer_did(found[0], found[1][0]) != did:
        return None
    return did_document(token)


def did_document(token: str) -> Mapping[str, Any] | None:
    """The did:web document of an issuer, with every key it ever used, oldest first."""
    found = queries.find_issuer_keys(token)
    if found is None:
        return None
    issuer, keys = found
    return compose_did_document(identifiers.issuer_did(issuer, keys[0]), [key.public for key in reversed(keys)])


def fetch_status_list(address: str) -> Mapping[str, Any] | None:
    """A status list of ours by its address; the port does not matter, the token names it."""
    origin, _, token = address.rpartition("/status/")
    ours = origin == settings.ORIGIN or (not settings.HTTPS and origin.startswith("http://localhost"))
    row = queries.find_status_list(token) if ours else None
    return row.document if row else None


def known_issuers() -> dict[str, str]:
    """DIDs of the issuers here and their names."""
    keys = SigningKey.objects.select_related("issuer")
    return {identifiers.issuer_did(key.issuer, key): key.issuer.name for key in keys}
