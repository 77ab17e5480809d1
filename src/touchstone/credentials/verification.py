"""Verification with what this installation knows, and, when asked for, with what other issuers publish."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from touchstone.core.openbadges.did import compose_did_document, resolve_did_key
from touchstone.core.openbadges.keys import did_key
from touchstone.core.openbadges.recognition import Templates
from touchstone.core.openbadges.report import Report
from touchstone.core.openbadges.verify import verify
from touchstone.credentials import identifiers, queries
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.models import SigningKey

TEMPLATES = Templates()
"""The kinds of badges this process has read, so that the next of a kind is checked faster."""


def verify_here(data: bytes, *, now: datetime, identity: str = "", elsewhere: Elsewhere | None = None) -> Report:
    """Check a badge in named steps with what is known here; others are asked nothing unless ``elsewhere`` is given.

    ``identity`` is the e-mail address or id the badge should belong to. With ``elsewhere`` keys, lists and hosted
    badges of other issuers are read from their addresses, and links to evidence are tried; what cannot be had is "not
    checked".
    """
    return verify(
        data,
        now=now,
        resolve_did=lambda did: resolve_did(did) or (elsewhere.did_document(did) if elsewhere else None),
        fetch_status_list=lambda address: (
            fetch_status_list(address) or (elsewhere.document(address) if elsewhere else None)
        ),
        known_issuers=known_issuers(),
        identity=identity or None,
        reach=(lambda address: _is_ours(address) or elsewhere.reaches(address)) if elsewhere else None,
        templates=TEMPLATES,
    )


def _is_ours(address: str) -> bool:
    """Whether a statement of ours stands at an address; we need not ask ourselves over the network."""
    origin, _, token = address.rpartition("/statements/")
    return origin == settings.ORIGIN and queries.find_statement(token) is not None


def resolve_did(did: str) -> Mapping[str, Any] | None:
    """The DID document of an issuer here, or None for everybody else's."""
    document = did_document(did.rpartition(":issuers:")[2])
    return document if document and document["id"] == did else None


def did_document(token: str) -> Mapping[str, Any] | None:
    """The DID document of an issuer: every key it ever used but those given up, oldest first.

    Without an https origin the key in use is the issuer, and its document says no more.
    """
    found = queries.find_issuer_keys(token)
    if found is None:
        return None
    issuer, keys = found
    if not settings.HTTPS:
        return resolve_did_key(did_key(keys[0].public))
    multikeys = [public for key in reversed(keys) for public in (key.public, key.token_public) if public]
    return compose_did_document(identifiers.issuer_did(issuer, ""), multikeys)


def fetch_status_list(address: str) -> bytes | None:
    """A status list of ours by its address; the port does not matter, the token names it."""
    origin, _, name = address.rpartition("/status/")
    ours = origin == settings.ORIGIN or (not settings.HTTPS and origin.startswith("http://localhost"))
    row = queries.find_status_list(name.removesuffix(".jwt")) if ours else None
    if row is None:
        return None
    return (row.token_text if name.endswith(".jwt") else row.text).encode()


def known_issuers() -> dict[str, str]:
    """DIDs of the issuers here and their names."""
    keys = SigningKey.objects.filter(compromised_at=None).select_related("issuer")
    both = ((key, public) for key in keys for public in (key.public, key.token_public) if public)
    return {identifiers.issuer_did(key.issuer, public): key.issuer.name for key, public in both}
