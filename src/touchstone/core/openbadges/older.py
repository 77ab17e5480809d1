"""Badges in the older form, Open Badges 2.0: what that form allows to be checked.

Source: 1EdTech (IMS) Open Badges 2.0, sections "Hosted and Signed verification" and "Assertion". A hosted badge is
what its issuer's own address says; a signed one is a JWS with a key that its issuer's profile names. Neither fixes
the meaning of its words, so such a badge is never more than "not fully checked".
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.key_kinds import token_signature_fits
from touchstone.core.openbadges.reading import Unreadable, read_json
from touchstone.core.openbadges.report import Step, attempt, not_reached, passed, told_by
from touchstone.core.openbadges.shape import ShapeWrong, as_list
from touchstone.core.openbadges.times import check_period
from touchstone.core.openbadges.token import Token, TokenSignatureWrong

CONTEXT = "https://w3id.org/openbadges/v2"
_UNAVAILABLE = "The issuer's address for this badge could not be read. Try again later or online."

type FetchDocument = Callable[[str], bytes | Mapping[str, Any] | None]


class NotFixed(CannotCheck):
    """The meaning of an older badge's words is not fixed by what is signed or hosted."""

    code = "older_words"


class PartUnavailable(CannotCheck):
    """A part of an older badge is kept at an address that cannot be read now."""

    code = "older_part_unavailable"


class HostedElsewhere(OpenBadgesError):
    """A hosted badge and its issuer are at different places, so the issuer does not vouch for it."""

    code = "hosted_elsewhere"


class HostedDiffers(OpenBadgesError):
    """The issuer's address says something else than the file."""

    code = "hosted_differs"


class NotHostedNow(CannotCheck):
    """The issuer's address holds a word of withdrawal in place of the badge."""

    code = "hosted_no_more"


class OlderKeyOfAnother(OpenBadgesError):
    """A signed badge names a key that its issuer does not call its own."""

    code = "key_of_another"


class Gone(OSError):
    """An address answers that what it held is there no more, for good (410): what issuers do with withdrawn badges."""


class OlderRevoked(OpenBadgesError):
    """The issuer says that it has taken the badge back."""

    code = "revoked"


@dataclass(frozen=True)
class Older:
    """An assertion, and the token it came in if it is a signed one."""

    assertion: Mapping[str, Any]
    token: Token | None


def read_older(credential: Mapping[str, Any], token: Token | None) -> Older | None:
    """The assertion, if this is a badge of the older form."""
    return Older(credential, token) if is_older(credential) else None


def is_older(credential: Mapping[str, Any]) -> bool:
    """Whether this calls itself an assertion of Open Badges 2.0."""
    return CONTEXT in as_list(credential.get("@context")) and "Assertion" in as_list(credential.get("type"))


def check_older(older: Older, *, now: datetime, fetch: FetchDocument | None) -> list[Step]:
    """The steps of an older badge, in the usual order."""
    assertion = older.assertion
    words = "This older form (Open Badges 2.0) does not fix what its words mean, so that cannot be checked."
    steps = [
        passed("parsed", "older_form", "The file is a readable badge in an older form (Open Badges 2.0)."),
        attempt(
            "shape", lambda: _check_shape(assertion), "shape_right_older", "The badge holds what its form asks for."
        ),
        told_by("contexts", NotFixed(words)),
    ]
    if steps[1].code != "shape_right_older":
        return steps
    parts = Parts(assertion, fetch)
    steps += _signed(older.token, parts) if older.token else _hosted(parts)
    steps += _standing(older, parts)
    steps.append(attempt("dates", lambda: _check_dates(assertion, now), "dates_right", "The badge counts today."))
    return steps


def _check_shape(assertion: Mapping[str, Any]) -> None:
    for name in ("id", "recipient", "badge", "verification", "issuedOn"):
        if not assertion.get(name):
            raise ShapeWrong(f"The badge lacks “{name}”.", property=name)
    if not isinstance(assertion["recipient"], dict) or not isinstance(assertion["id"], str):
        raise ShapeWrong("The badge does not say in the right form whose it is.", property="recipient")


class Parts:
    """The parts of a badge, read from their addresses when first asked for. Each raises PartUnavailable."""

    def __init__(self, assertion: Mapping[str, Any], fetch: FetchDocument | None) -> None:
        self.assertion, self._fetch = assertion, fetch

    def hosted(self) -> Mapping[str, Any]:
        """What the badge's own address says; the word of withdrawal if it is gone from there."""
        try:
            return self._read(self.assertion["id"])
        except Gone:
            return {"id": self.assertion["id"], "revoked": True}

    def badge_class(self) -> Mapping[str, Any]:
        return self._part(self.assertion["badge"])

    def issuer(self) -> Mapping[str, Any]:
        return self._part(self.badge_class().get("issuer"))

    def at(self, address: object) -> Mapping[str, Any]:
        try:
            return self._read(address)
        except Gone:
            raise PartUnavailable(_UNAVAILABLE) from None

    def _read(self, address: object) -> Mapping[str, Any]:
        """Raises Gone too."""
        try:
            found = self._fetch(address) if self._fetch and isinstance(address, str) else None
            if found is not None:
                return read_json(found) if isinstance(found, bytes) else found
        except Gone:
            raise
        except (OSError, Unreadable):
            pass
        raise PartUnavailable(_UNAVAILABLE)

    def _part(self, value: object) -> Mapping[str, Any]:
        return value if isinstance(value, dict) else self.at(value)


def _hosted(parts: Parts) -> list[Step]:
    def by_issuer() -> None:
        if _host(parts.issuer().get("id")) != _host(parts.assertion["id"]):
            raise HostedElsewhere("The badge is kept at another place than its issuer, so it may be anybody's.")

    def same() -> None:
        hosted = parts.hosted()
        if hosted.get("revoked") is True:
            raise NotHostedNow("The issuer's address says no more of this badge than that it was withdrawn.")
        if hosted != parts.assertion:
            raise HostedDiffers("The issuer's address says something else than this file.")

    return [
        attempt("issuer_key", by_issuer, "hosted_by_issuer", "The badge is kept at its issuer's own place."),
        attempt("proof", same, "hosted_same", "The issuer's address says the very same as this file."),
    ]


def _signed(token: Token, parts: Parts) -> list[Step]:
    key: list[Any] = []

    def own_key() -> None:
        verification, issuer = parts.assertion["verification"], parts.issuer()
        address = verification.get("creator") if isinstance(verification, dict) else None
        document = parts.at(address)
        named = [item.get("id") if isinstance(item, dict) else item for item in as_list(issuer.get("publicKey"))]
        if (
            document.get("owner") != issuer.get("id")
            or address not in named
            or _host(address) != _host(issuer.get("id"))
        ):
            raise OlderKeyOfAnother("The badge was signed with a key that does not belong to the issuer it names.")
        key.append(_read_pem(document.get("publicKeyPem")))

    step = attempt("issuer_key", own_key, "key_of_issuer", "The key belongs to the issuer the badge names.")
    if not key:
        return [step, not_reached("proof")]

    def look() -> None:
        if not token_signature_fits(key[0], token.algorithm, token.signature, token.signed):
            raise TokenSignatureWrong("The content was changed after it was signed, or signed with another key.")

    return [step, attempt("proof", look, "proof_right", "The badge is exactly as it was signed.")]


def _standing(older: Older, parts: Parts) -> list[Step]:
    """The steps about withdrawal: the hosted badge says so itself, for signed ones a list of their issuer."""

    def look() -> None:
        if not older.token:
            if parts.hosted().get("revoked") is True:
                raise OlderRevoked("The issuer has withdrawn this badge.")
            return
        revoked = parts.at(parts.issuer().get("revocationList")).get("revokedAssertions")
        ids = [item.get("id") if isinstance(item, dict) else item for item in as_list(revoked)]
        if older.assertion["id"] in ids:
            raise OlderRevoked("The issuer has withdrawn this badge.")

    step = attempt("not_revoked", look, "not_revoked", "The issuer has not withdrawn the badge.")
    sentence = "The issuer's own address says whether it has withdrawn the badge."
    if isinstance(step, Step) and step.code == PartUnavailable.code:
        return [replace(step, name="status_list"), not_reached("not_revoked")]
    return [passed("status_list", "status_hosted", sentence), step]


def _check_dates(assertion: Mapping[str, Any], now: datetime) -> None:
    ends = [assertion["expires"]] if assertion.get("expires") is not None else []
    check_period(assertion["issuedOn"], ends, now)


def _read_pem(pem: object) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey | Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.encode()) if isinstance(pem, str) else None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey | Ed25519PublicKey):
        return key
    raise PartUnavailable("The issuer's key is written in a way that is not read here.")


def older_identifier(assertion: Mapping[str, Any]) -> dict[str, Any]:
    """The recipient as Open Badges 3.0 writes it."""
    recipient = assertion["recipient"]
    return {**recipient, "identityHash": recipient.get("identity")}


def _host(address: object) -> str:
    """The host of an https address, or a text that is no host's."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        parts = None
    if parts and parts.scheme == "https" and parts.netloc:
        return parts.netloc.lower()
    return f"no address: {json.dumps(address, default=repr)}"
