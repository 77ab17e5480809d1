"""The older form (Open Badges 2.0) of a badge in today's form, kept at addresses of its issuer's.

Source: 1EdTech (IMS) Open Badges 2.0, "Data Classes" and "Hosted verification". Nothing is signed: what the address
says is the badge, and a withdrawn one is answered with 410 and `compose_revoked`. A badge here is the credential as
`compose_credential` makes it, its e-mail address hashed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.older import CONTEXT


class NoRecipientNamed(OpenBadgesError):
    """A badge without the hash of an e-mail address, which the older form cannot do without."""

    code = "recipient_not_named"


@dataclass(frozen=True)
class Addresses:
    """Where the parts stand; the form asks that assertion, badge class and issuer share a host."""

    assertion: str
    badge_class: str
    issuer: str
    image: str


def compose_assertion(at: Addresses, badge: Mapping[str, Any]) -> dict[str, Any]:
    """That this person has this badge. Raises NoRecipientNamed."""
    named = badge["credentialSubject"].get("identifier")
    if not named:
        raise NoRecipientNamed("The badge names no e-mail address.")
    return {
        "@context": CONTEXT,
        "id": at.assertion,
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": True, "salt": named[0]["salt"], "identity": named[0]["identityHash"]},
        "badge": at.badge_class,
        "issuedOn": badge.get("awardedDate", badge["validFrom"]),
        **({"expires": badge["validUntil"]} if "validUntil" in badge else {}),
        "image": at.image,
        "verification": {"type": "HostedBadge"},
    }


def compose_revoked(at: Addresses, reason: str) -> dict[str, Any]:
    """What stands in place of an assertion that was withdrawn."""
    return {
        "@context": CONTEXT,
        "id": at.assertion,
        "type": "Assertion",
        "revoked": True,
        "revocationReason": reason,
    }


def compose_badge_class(at: Addresses, badge: Mapping[str, Any]) -> dict[str, Any]:
    """What the badge is for."""
    achievement = badge["credentialSubject"]["achievement"]
    return {
        "@context": CONTEXT,
        "id": at.badge_class,
        "type": "BadgeClass",
        "name": achievement["name"],
        "description": achievement["description"],
        "image": achievement.get("image", {}).get("id", at.image),
        "criteria": achievement["criteria"],
        "tags": achievement.get("tag", []),
        "issuer": at.issuer,
    }


def compose_issuer(at: Addresses, badge: Mapping[str, Any], *, url: str, email: str) -> dict[str, Any]:
    """Who gave it. The form wants an address of the web and one for mail: `url` where the issuer has none, `email`."""
    issuer = badge["issuer"]
    return {
        "@context": CONTEXT,
        "id": at.issuer,
        "type": "Issuer",
        "name": issuer["name"],
        "url": issuer.get("url", url),
        "email": issuer.get("email", email),
    }
