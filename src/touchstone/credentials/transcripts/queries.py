"""Reads for transcripts: what goes into one, and the platform's own keys."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from touchstone.core.openbadges.did import compose_did_document
from touchstone.core.openbadges.keys import did_key
from touchstone.credentials import queries, rules, verification
from touchstone.credentials.models import Award, TranscriptKey
from touchstone.kit.actor import Actor

NAME = "Touchstone"


def list_for_transcript(actor: Actor) -> list[Award]:
    """The actor's own awards that stand and are signed, oldest first, shared or not: the transcript is hers to give."""
    return list(_standing(actor).order_by("awarded_on", "id"))


def platform_did(public: str) -> str:
    """The platform as it signs with this key; with an https origin the same whatever the key."""
    return f"did:web:{_host()}" if settings.HTTPS else did_key(public)


def platform_document() -> Mapping[str, Any] | None:
    """Every key the platform ever signed transcripts with; None before the first, and where keys name themselves."""
    keys = list(TranscriptKey.objects.order_by("made_at", "id").values_list("public", flat=True))
    return compose_did_document(platform_did(""), keys) if keys and settings.HTTPS else None


def resolve_did(did: str) -> Mapping[str, Any] | None:
    """The DID document of the platform, or of an issuer here."""
    if settings.HTTPS and did == platform_did(""):
        return platform_document()
    return verification.resolve_did(did)


def _standing(actor: Actor) -> QuerySet[Award]:
    rows = rules.HOLD.narrow(actor, queries.with_substance(Award.objects.all()))
    return rows.filter(revoked_at=None, badge__isnull=False).exclude(badge__text="")


def _host() -> str:
    return settings.ORIGIN.removeprefix("https://").replace(":", "%3A")
