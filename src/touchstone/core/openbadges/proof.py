"""Data Integrity proofs with the cryptosuite eddsa-rdfc-2022, one proof object in a document.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2 (eddsa-rdfc-2022); the proof options are
canonicalised with the contexts of the document.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from touchstone.core.openbadges.canon import canonical_nquads
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.keys import NotBase58, Signer, decode_base58, encode_base58, signature_fits
from touchstone.core.openbadges.terms import Context
from touchstone.core.openbadges.times import timestamp
from touchstone.core.openbadges.vocabulary import KNOWN

CRYPTOSUITE = "eddsa-rdfc-2022"


class AlreadySigned(OpenBadgesError):
    """A document to be signed holds a proof."""

    code = "already_signed"


class NotSigned(OpenBadgesError):
    """A document holds no proof."""

    code = "proof_missing"


class ProofNotSupported(CannotCheck):
    """A document is signed in a way that cannot be checked here."""

    code = "proof_not_supported"


class ProofMalformed(OpenBadgesError):
    """A proof lacks something or is not meant for issuing credentials."""

    code = "proof_malformed"


class SignatureWrong(OpenBadgesError):
    """The signature was not made over this content with this key."""

    code = "proof_signature_wrong"


def add_proof(
    document: Mapping[str, Any],
    *,
    sign: Signer,
    verification_method: str,
    created: datetime,
    contexts: Mapping[str, Context] = KNOWN,
) -> dict[str, Any]:
    """A signed copy of the document. `created` is a moment with a time zone.

    Raises AlreadySigned, and what `to_dataset` raises.
    """
    if "proof" in document:
        raise AlreadySigned("The document is signed already.")
    options = proof_options(verification_method, timestamp(created))
    signature = sign(signed_bytes(document, options, contexts))
    return {**document, "proof": {**options, "proofValue": proof_value(signature)}}


def proof_options(verification_method: str, created: str) -> dict[str, str]:
    """What a proof says besides its value; `created` is a dateTimeStamp."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }


@lru_cache(maxsize=256)
def options_digest(contexts: tuple[str, ...], verification_method: str, created: str) -> bytes:
    """The first 32 of the signed bytes, the same for a whole batch. Raises what `to_dataset` raises."""
    return document_digest({"@context": list(contexts), **proof_options(verification_method, created)})


def proof_value(signature: bytes) -> str:
    """A signature as `proofValue`: multibase, base58btc."""
    return "z" + encode_base58(signature)


def signed_bytes(
    document: Mapping[str, Any], options: Mapping[str, Any], contexts: Mapping[str, Context] = KNOWN
) -> bytes:
    """The 64 bytes under the signature: hash of the proof options, then hash of the unsigned document."""
    return _options_digest(document, options, contexts) + document_digest(document, contexts)


def document_digest(document: Mapping[str, Any], contexts: Mapping[str, Context] = KNOWN) -> bytes:
    """SHA-256 of the canonical N-Quads of an unsigned document. Raises what `to_dataset` raises."""
    return hashlib.sha256(canonical_nquads(document, contexts).encode()).digest()


def _options_digest(document: Mapping[str, Any], options: Mapping[str, Any], contexts: Mapping[str, Context]) -> bytes:
    named = document.get("@context", [])
    usual = proof_options(str(options.get("verificationMethod")), str(options.get("created")))
    if (
        contexts is KNOWN
        and options == usual
        and isinstance(named, list)
        and all(isinstance(one, str) for one in named)
    ):
        return options_digest(tuple(named), usual["verificationMethod"], usual["created"])
    return document_digest({"@context": named, **options}, contexts)


def read_proof(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one proof of a document (an object, or the only one of a list), its form checked.

    Raises NotSigned, ProofNotSupported, ProofMalformed.
    """
    proof = document.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if not proof:
        raise NotSigned("The file holds no signature.")
    if not isinstance(proof, dict) or "previousProof" in proof:
        raise ProofNotSupported("The file holds several linked signatures, which cannot be checked here.")
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != CRYPTOSUITE:
        kind = str(proof.get("cryptosuite", proof.get("type")))[:60]
        raise ProofNotSupported(f"The file is signed as “{kind}”, which cannot be checked here.", kind=kind)
    if proof.get("proofPurpose") != "assertionMethod":
        raise ProofMalformed("The signature was made for another purpose than issuing.")
    if not isinstance(proof.get("verificationMethod"), str) or not isinstance(proof.get("proofValue"), str):
        raise ProofMalformed("The signature names no key or has no value.")
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise ProofMalformed("The signature and the badge use different contexts.")
    return proof


def check_proof(
    document: Mapping[str, Any],
    public_key: bytes,
    contexts: Mapping[str, Context] = KNOWN,
    *,
    digest: bytes | None = None,
) -> None:
    """Return if the document's proof was made over its content with this 32-byte key.

    `digest` is that of the document without its proof, where it is known already. Raises NotSigned,
    ProofNotSupported, ProofMalformed, SignatureWrong, and what `to_dataset` raises.
    """
    proof = read_proof(document)
    if digest is None:
        digest = document_digest({name: value for name, value in document.items() if name != "proof"}, contexts)
    options = {name: value for name, value in proof.items() if name not in {"proofValue", "@context"}}
    message = _options_digest(document, options, contexts) + digest
    if not signature_fits(public_key, _signature(proof["proofValue"]), message):
        raise SignatureWrong("The content was changed after it was signed, or it was signed with another key.")


def _signature(value: str) -> bytes:
    try:
        return decode_base58(value[1:]) if value.startswith("z") else b""
    except NotBase58:
        return b""
