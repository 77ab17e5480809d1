"""Whose signature stands under a credential: from its proof to a key of its issuer."""

from collections.abc import Callable, Mapping
from typing import Any

from touchstone.core.openbadges.did import resolve_did_key, signing_key
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.proof import check_proof, read_proof

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
    """The 32 bytes of the issuer's key that the proof names; a did:key needs no resolver.

    Raises NotSigned, ProofNotSupported, ProofMalformed, KeyOfAnother, IssuerUnreachable, IssuerWithoutDid,
    KeyNotListed, NotAMultikey.
    """
    method = read_proof(credential)["verificationMethod"]
    did = issuer_id(credential)
    if method.partition("#")[0] != did:
        raise KeyOfAnother("The badge was signed with a key that does not belong to the issuer it names.")
    if did.startswith("did:key:"):
        return signing_key(resolve_did_key(did), did, method)
    if not did.startswith("did:"):
        raise IssuerWithoutDid("The issuer is not named by a DID, so it cannot be told which keys are its own.")
    document = _resolve(did, resolve_did)
    if document is None:
        raise IssuerUnreachable("The issuer's keys could not be looked up. Try again later or online.", did=did)
    return signing_key(document, did, method)


def _resolve(did: str, resolve_did: ResolveDid | None) -> Mapping[str, Any] | None:
    try:
        return resolve_did(did) if resolve_did else None
    except OSError:
        return None


def check_signature(credential: Mapping[str, Any], resolve_did: ResolveDid | None) -> None:
    """Return if the credential is signed by its own issuer. Raises what `find_key` and `check_proof` raise."""
    check_proof(credential, find_key(credential, resolve_did))
