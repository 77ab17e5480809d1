"""What a badge says of itself, in the present form (Open Badges 3.0) or the older one (2.0). None of it is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touchstone.core.openbadges.older import FetchDocument, Parts, PartUnavailable, is_older
from touchstone.core.openbadges.shape import as_list
from touchstone.core.openbadges.signature import issuer_id
from touchstone.core.openbadges.times import NotAMoment, read_timestamp

MOST_WORDS = 500


@dataclass(frozen=True)
class Said:
    """``badge`` and ``issuer`` are ids and name the badge (Open Badges 3.0, 8.4 Credential equality); texts are cut
    to a few hundred characters and empty where the badge says nothing. ``valid_from`` and ``valid_until`` as read.
    """

    badge: str
    issuer: str
    issuer_name: str
    achievement: str
    name: str
    description: str
    valid_from: datetime
    valid_until: datetime | None


def said(credential: Mapping[str, Any], fetch: FetchDocument | None = None) -> Said:
    """What a badge of the right shape says. ``fetch`` reads the parts that an older badge keeps elsewhere.

    Raises NotAMoment for an older badge whose date of issue cannot be read.
    """
    return _older(credential, Parts(credential, fetch)) if is_older(credential) else _newer(credential)


def _newer(credential: Mapping[str, Any]) -> Said:
    subject = as_list(credential["credentialSubject"])[0]
    achievement = as_list(subject["achievement"])[0]
    issuer = as_list(credential["issuer"])[0]
    return Said(
        badge=str(credential["id"]),
        issuer=issuer_id(credential),
        issuer_name=_text(issuer, "name"),
        achievement=_text(achievement, "id") or _as_id(achievement),
        name=_text(achievement, "name") or _text(credential, "name"),
        description=_text(achievement, "description"),
        valid_from=read_timestamp(credential["validFrom"]),
        valid_until=_moment(credential.get("validUntil")),
    )


def _older(assertion: Mapping[str, Any], parts: Parts) -> Said:
    badge_class: Mapping[str, Any] = {}
    issuer: Mapping[str, Any] = {}
    try:
        badge_class = parts.badge_class()
        issuer = parts.issuer()
    except PartUnavailable:
        pass
    return Said(
        badge=str(assertion["id"]),
        issuer=_text(issuer, "id") or _as_id(badge_class.get("issuer")) or _as_id(assertion["badge"]),
        issuer_name=_text(issuer, "name"),
        achievement=_text(badge_class, "id") or _as_id(assertion["badge"]),
        name=_text(badge_class, "name"),
        description=_text(badge_class, "description"),
        valid_from=read_timestamp(assertion["issuedOn"]),
        valid_until=_moment(assertion.get("expires")),
    )


def _text(part: object, name: str) -> str:
    value = part.get(name) if isinstance(part, dict) else None
    return " ".join(value.split())[:MOST_WORDS] if isinstance(value, str) else ""


def _as_id(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        return read_timestamp(value)
    except NotAMoment:
        return None
