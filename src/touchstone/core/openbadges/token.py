"""Badges as signed tokens: VC-JWT, made with ES256, read with ES256, EdDSA and RS256.

Sources: 1EdTech Open Badges 3.0, section 8.2 (JSON Web Token proof format): the credential's properties stand in the
payload itself, beside the claims that repeat some of them; RFC 7515 and 7519.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.key_kinds import PublicKey, decode_url64, encode_url64, token_signature_fits
from touchstone.core.openbadges.keys import Signer
from touchstone.core.openbadges.reading import MAX_BYTES, read_json
from touchstone.core.openbadges.times import NotAMoment, read_timestamp

MEDIA_TYPE = "application/vc+jwt"
ALGORITHMS = ("ES256", "EdDSA", "RS256")
_SAFE_ELSEWHERE = ("RS384", "RS512", "PS256", "PS384", "PS512", "ES384", "ES512", "ES256K", "Ed25519")
CLAIMS = frozenset({"iss", "jti", "sub", "nbf", "exp", "iat", "aud"})


class TokenMalformed(OpenBadgesError):
    """Text that should be a token in three parts is not."""

    code = "token_malformed"


class AlgorithmRefused(OpenBadgesError):
    """A token that is not signed, or signed with a secret instead of a key."""

    code = "token_algorithm_refused"


class TokenNotSupported(CannotCheck):
    """A token signed in a way that may be right but is not read here."""

    code = "token_not_supported"


class ClaimsDiffer(OpenBadgesError):
    """A token says one thing in its claims and another in the badge."""

    code = "token_claims_differ"


class TokenSignatureWrong(OpenBadgesError):
    """The token was not signed with this key, or not with an algorithm that such a key has."""

    code = "proof_signature_wrong"


@dataclass(frozen=True)
class Token:
    """A token taken apart; nothing in it is believed yet. `signed` are the bytes under the signature."""

    algorithm: str
    key_id: str
    claims: Mapping[str, Any]
    credential: dict[str, Any]
    signed: bytes
    signature: bytes


def make_token(credential: Mapping[str, Any], *, sign: Signer, verification_method: str) -> str:
    """The credential (without a proof) as a token; `sign` gives the 64 bytes of an ES256 signature."""
    header = {"alg": "ES256", "kid": verification_method, "typ": "JWT"}
    payload = {**_claims(credential), **{name: part for name, part in credential.items() if name != "proof"}}
    signed = f"{_part(header)}.{_part(payload)}"
    return f"{signed}.{encode_url64(sign(signed.encode()))}"


def _claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = credential["issuer"], credential["credentialSubject"]
    claims = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": credential["id"],
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "nbf": _seconds(credential.get("validFrom")),
        "exp": _seconds(credential.get("validUntil")),
    }
    return {name: value for name, value in claims.items() if value is not None}


def _seconds(moment: object) -> int | None:
    return int(read_timestamp(moment).timestamp()) if moment is not None else None


def _part(value: Mapping[str, Any]) -> str:
    return encode_url64(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def is_token(data: bytes) -> bool:
    """Whether the bytes begin as a token does: `{"` in base64url."""
    return data.lstrip().startswith(b"eyJ")


def read_token(data: bytes) -> Token:
    """Take a token apart. Raises TokenMalformed, AlgorithmRefused, TokenNotSupported, and what `read_json` raises."""
    try:
        parts = data.strip().decode("ascii").split(".") if len(data) <= 2 * MAX_BYTES else []
        header_bytes, payload_bytes, signature = (decode_url64(part) for part in parts)
    except ValueError:  # also when there are not three parts
        raise TokenMalformed("The badge begins like a token, but is not one in three whole parts.") from None
    header, payload = read_json(header_bytes), read_json(payload_bytes)
    algorithm = header.get("alg")
    _check_header(header, algorithm)
    key_id = header.get("kid")
    return Token(
        algorithm=str(algorithm),
        key_id=key_id if isinstance(key_id, str) else "",
        claims={name: payload[name] for name in CLAIMS & payload.keys()},
        credential={name: part for name, part in payload.items() if name not in CLAIMS},
        signed=".".join(parts[:2]).encode(),
        signature=signature,
    )


def _check_header(header: Mapping[str, Any], algorithm: object) -> None:
    if algorithm in _SAFE_ELSEWHERE or "crit" in header or header.get("typ", "JWT") not in ("JWT", "vc+jwt"):
        raise TokenNotSupported(f"The token is signed as “{str(algorithm)[:40]}”, which cannot be checked here.")
    if algorithm not in ALGORITHMS:
        raise AlgorithmRefused("The token is not signed with an issuer's key, so anybody could have written it.")


def check_token(token: Token, key: PublicKey) -> None:
    """Return if the token was signed with this key and its claims say what the badge says.

    Raises TokenSignatureWrong, ClaimsDiffer.
    """
    if not token_signature_fits(key, token.algorithm, token.signature, token.signed):
        raise TokenSignatureWrong("The content was changed after it was signed, or it was signed with another key.")
    try:
        expected = _claims(token.credential)
    except (KeyError, NotAMoment):
        expected = {}
    claims = {name: value for name, value in token.claims.items() if name not in {"iat", "aud"}}
    if not {"iss", "jti"} <= claims.keys() or any(claims[name] != expected.get(name) for name in claims):
        raise ClaimsDiffer("The token says one thing in its claims and another in the badge.")
