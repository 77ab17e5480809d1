"""The contexts we know: their terms stated as facts, so that no context is ever fetched.

Facts from https://www.w3.org/ns/credentials/v2, the Open Badges 3.0.2 and 3.0.3 contexts with their
extensions, https://w3id.org/security/data-integrity/v2 and multikey/v1. A test proves that this statement
gives the same canonical N-Quads as the published contexts. Left out, since no badge can hold them:
presentations, JSON schema credentials, and the terms of token formats (VC-JWT, SD-JWT).
"""

from touchstone.core.openbadges.badge_terms import BADGE_TERMS, BADGE_TERMS_3_0_2
from touchstone.core.openbadges.terms import Context, Notation, context

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
BADGES_3_0_2 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
BADGES_3_0_1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
DATA_INTEGRITY_V2 = "https://w3id.org/security/data-integrity/v2"
MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"

_PURPOSES: Notation = {
    "assertionMethod": "sec:assertionMethod @id @set",
    "authentication": "sec:authenticationMethod @id @set",
    "capabilityDelegation": "sec:capabilityDelegationMethod @id @set",
    "capabilityInvocation": "sec:capabilityInvocationMethod @id @set",
    "keyAgreement": "sec:keyAgreementMethod @id @set",
}

_DATA_INTEGRITY: Notation = {
    "DataIntegrityProof": (
        "sec:DataIntegrityProof",
        {
            "challenge": "sec:challenge",
            "created": "dct:created ^xsd:dateTime",
            "cryptosuite": "sec:cryptosuite ^sec:cryptosuiteString",
            "domain": "sec:domain",
            "expires": "sec:expiration ^xsd:dateTime",
            "nonce": "sec:nonce",
            "previousProof": "sec:previousProof @id",
            "proofPurpose": ("sec:proofPurpose @vocab", _PURPOSES),
            "proofValue": "sec:proofValue ^sec:multibase",
            "verificationMethod": "sec:verificationMethod @id",
        },
    ),
}

_PROOF: Notation = {"proof": "sec:proof @id @graph"}

_MULTIKEY: Notation = {
    "Multikey": (
        "sec:Multikey",
        {
            "controller": "sec:controller @id",
            "expires": "sec:expiration ^xsd:dateTime",
            "publicKeyMultibase": "sec:publicKeyMultibase ^sec:multibase",
            "revoked": "sec:revoked ^xsd:dateTime",
            "secretKeyMultibase": "sec:secretKeyMultibase ^sec:multibase",
        },
    ),
}

_STATUS: Notation = {
    "BitstringStatusListCredential": "status:BitstringStatusListCredential",
    "BitstringStatusList": (
        "status:BitstringStatusList",
        {
            "encodedList": "status:encodedList ^sec:multibase",
            "statusPurpose": "status:statusPurpose",
            "ttl": "status:ttl",
        },
    ),
    "BitstringStatusListEntry": (
        "status:BitstringStatusListEntry",
        {
            "statusListCredential": "status:statusListCredential @id",
            "statusListIndex": "status:statusListIndex",
            "statusMessage": (
                "status:statusMessage",
                {"message": "status:message", "status": "status:status"},
            ),
            "statusPurpose": "status:statusPurpose",
            "statusReference": "status:statusReference @id",
            "statusSize": "status:statusSize ^xsds:integer",
        },
    ),
}

_CREDENTIALS: Notation = {
    "description": "schema:description",
    "digestMultibase": "sec:digestMultibase ^sec:multibase",
    "digestSRI": "cred:digestSRI ^cred:sriString",
    "mediaType": "schema:encodingFormat",
    "name": "schema:name",
    "VerifiableCredential": (
        "cred:VerifiableCredential",
        {
            "confidenceMethod": "cred:confidenceMethod @id",
            "credentialSchema": "cred:credentialSchema @id",
            "credentialStatus": "cred:credentialStatus @id",
            "credentialSubject": "cred:credentialSubject @id",
            "description": "schema:description",
            "evidence": "cred:evidence @id",
            "issuer": "cred:issuer @id",
            "name": "schema:name",
            **_PROOF,
            "refreshService": "cred:refreshService @id",
            "relatedResource": "cred:relatedResource @id",
            "renderMethod": "cred:renderMethod @id",
            "termsOfUse": "cred:termsOfUse @id",
            "validFrom": "cred:validFrom ^xsd:dateTime",
            "validUntil": "cred:validUntil ^xsd:dateTime",
        },
    ),
    **_STATUS,
    **_DATA_INTEGRITY,
}

_EXTENSIONS: Notation = {
    "1EdTechCredentialRefresh": "vccr:1EdTechCredentialRefresh",
    "1EdTechJsonSchemaValidator2019": "vccs:1EdTechJsonSchemaValidator2019",
    "1EdTechRevocationList": "vcrl:1EdTechRevocationList",
}

KNOWN: dict[str, Context] = {
    CREDENTIALS_V2: context(_CREDENTIALS),
    BADGES: context(BADGE_TERMS),
    BADGES_3_0_2: context(BADGE_TERMS_3_0_2),
    EXTENSIONS: context(_EXTENSIONS),
    DATA_INTEGRITY_V2: context(_PROOF | _DATA_INTEGRITY),
    MULTIKEY_V1: context(_MULTIKEY),
}

CONTRADICTORY = frozenset({BADGES_3_0_1})
"""Contexts that define terms of credentials/v2 otherwise (3.0.1: `name`), so that the two together break
the rule on protected terms and every JSON-LD processor refuses the document."""
