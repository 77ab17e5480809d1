"""Whose signature stands under a credential: from its proof to a key of its issuer."""

from collections.abc import Callable, Mapping
from typing import Any

from touchstone.core.openbadges.did import resolve_did_key, signing_method
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.key_kinds import PublicKey, key_of_method
from touchstone.core.openbadges.keys import decode_multikey
from touchstone.core.openbadges.proof import read_proof
from touchstone.core.openbadges.token import Token

type ResolveDid = Callable[[str], Mapping[str, Any] | None]
"""The document of a DID, or None if it cannot be had. An OSError counts as that too."""


class KeyOfAnother(OpenBadgesError):
    """A credential is signed with a key that is not its issuer's."""

    code = "key_of_another"


class IssuerUnreachable(CannotCheck):
    """The issuer's keys are not at hand."""

    code = "issuer_unreachable"


class IssuerWithoutDid(CannotCheck):
    """The issuer is named by something that has no keys."""

    code = "issuer_without_did"


def issuer_id(credential: Mapping[str, Any]) -> str:
    """The id of the issuer, given as an object or as the id alone; empty if there is none."""
    issuer = credential.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identifier if isinstance(identifier, str) else ""


def find_key(credential: Mapping[str, Any], resolve_did: ResolveDid | None) -> bytes:
    """The 32 bytes of the issuer's Ed25519 key that the proof names; a did:key needs no resolver.

    Raises NotSigned, ProofNotSupported, ProofMalformed, NotAMultikey, and what `find_method` raises.
    """
    method = find_method(issuer_id(credential), read_proof(credential)["verificationMethod"], resolve_did)
    return decode_multikey(str(method.get("publicKeyMultibase", "")))


def find_token_key(token: Token, resolve_did: ResolveDid | None) -> PublicKey:
    """The issuer's key that a token names. Raises NotAMultikey, and what `find_method` raises."""
    did = issuer_id(token.credential)
    key_id = did + token.key_id if token.key_id.startswith("#") else token.key_id
    return key_of_method(find_method(did, key_id, resolve_did))


def find_method(did: str, method_id: str, resolve_did: ResolveDid | None) -> Mapping[str, Any]:
    """The verification method of this id in its issuer's own document.

    Raises KeyOfAnother, IssuerUnreachable, IssuerWithoutDid, KeyNotListed, NotADid, NotAMultikey.
    """
    if method_id.partition("#")[0] != did:
        raise KeyOfAnother("The badge was signed with a key that does not belong to the issuer it names.")
    if did.startswith("did:key:"):
        return signing_method(resolve_did_key(did), did, method_id)
    if not did.startswith("did:"):
        raise IssuerWithoutDid("The issuer is not named by a DID, so it cannot be told which keys are its own.")
    document = _resolve(did, resolve_did)
    if document is None:
        raise IssuerUnreachable("The issuer's keys could not be looked up. Try again later or online.", did=did)
    return signing_method(document, did, method_id)


def _resolve(did: str, resolve_did: ResolveDid | None) -> Mapping[str, Any] | None:
    try:
        return resolve_did(did) if resolve_did else None
    except OSError:
        return None
