"""DID documents: who owns which key.

Sources: W3C DID 1.0, did:web method, did:key method, Controlled Identifiers 1.0.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from touchstone.core.openbadges import keys
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.key_kinds import read_multikey

DID_CONTEXT = "https://www.w3.org/ns/did/v1"
MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1"
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")
SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


class NotADid(OpenBadgesError):
    """An identifier is not a did:web or did:key that can be resolved."""

    code = "not_a_did"


class KeyNotListed(OpenBadgesError):
    """The DID document does not list the key, or not for signing badges."""

    code = "key_not_listed"


def compose_did_document(did: str, multikeys: Iterable[str]) -> dict[str, Any]:
    """The document of a DID with every key it ever used, oldest first.

    A key left out makes the badges it signed fail everywhere, so each stands in both lists for ever.
    Raises NotAMultikey.
    """
    methods = [_method(did, multikey) for multikey in multikeys]
    return {
        "@context": [DID_CONTEXT, MULTIKEY_CONTEXT],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(did: str, multikey: str) -> dict[str, str]:
    read_multikey(multikey)
    return {
        "id": keys.verification_method(did, multikey),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey,
    }


def web_address(did: str) -> str:
    """The https address of a did:web document (did:web method, section 2.5.2). Raises NotADid."""
    host, *segments = did.removeprefix("did:web:").split(":")
    host = unquote(host)
    plain = all(SEGMENT.fullmatch(segment) and segment not in {".", ".."} for segment in segments)
    if not did.startswith("did:web:") or not HOST.fullmatch(host) or not plain:
        raise NotADid(f"“{did[:200]}” is not a did:web identifier.", did=did[:200])
    return f"https://{host}/{'/'.join(segments) or '.well-known'}/did.json"


def resolve_did_key(did: str) -> dict[str, Any]:
    """The document of a did:key, made from the identifier alone. Raises NotADid, NotAMultikey."""
    if not did.startswith("did:key:"):
        raise NotADid(f"“{did[:200]}” is not a did:key identifier.", did=did[:200])
    return compose_did_document(did, [did.removeprefix("did:key:")])


def signing_method(document: Mapping[str, Any], did: str, method_id: str) -> Mapping[str, Any]:
    """The verification method of this id, if it is one for signing badges.

    The document must be the DID's own, hold the method (relative ids are read against the DID), name the
    DID as its controller and list it under assertionMethod. Raises KeyNotListed.
    """
    if document.get("id") != did:
        raise KeyNotListed("The issuer's key document is for another issuer.")
    purposes = _listed(document.get("assertionMethod"))
    allowed = {_absolute(did, item if isinstance(item, str) else item.get("id")) for item in purposes}
    for method in [*_listed(document.get("verificationMethod")), *purposes]:
        if isinstance(method, dict) and _absolute(did, method.get("id")) == method_id:
            if method_id not in allowed or method.get("controller", did) != did:
                break
            return method
    raise KeyNotListed("The issuer does not list this key as one of its own for signing badges.")


def _listed(value: object) -> list[Any]:
    """The methods of a list; anything that is neither a text nor an object is left out."""
    return [item for item in value if isinstance(item, str | dict)] if isinstance(value, list) else []


def _absolute(did: str, method_id: object) -> str:
    text = method_id if isinstance(method_id, str) else ""
    return did + text if text.startswith("#") else text
