"""Transcripts: several badges of one learner in one signed credential (1EdTech CLR Standard 2.0, `ClrCredential`).

The badges stand inside as they were issued, each with its own signature, so that a transcript says nothing of its own
but that these belong together and are whole: who gave what is checked badge by badge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from touchstone.core.openbadges.compose import clean_text
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.keys import Signer
from touchstone.core.openbadges.proof import add_proof, check_proof, document_digest
from touchstone.core.openbadges.report import Report, attempt, conclude, passed
from touchstone.core.openbadges.revocation import check_status
from touchstone.core.openbadges.shape import as_list, check_moments
from touchstone.core.openbadges.signature import ResolveDid, find_key
from touchstone.core.openbadges.terms import Context, Term, context
from touchstone.core.openbadges.times import check_period, timestamp
from touchstone.core.openbadges.vocabulary import BADGES, CREDENTIALS_V2, EXTENSIONS, KNOWN

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
SCHEMA = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"
MOST_BADGES = 100
"""What everybody, we too, reads at once (core.openbadges.reading, core.openbadges.graph)."""

_VOCABULARY = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
_OPEN_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SUBJECT = {
    "achievement": Term(f"{_VOCABULARY}achievement", f"{_OPEN_BADGES}Achievement", "@set"),
    "association": Term(f"{_VOCABULARY}association", f"{_VOCABULARY}Association", "@set"),
    "identifier": Term(f"{_VOCABULARY}identifier-1", f"{_OPEN_BADGES}Identifier", "@set"),
    "verifiableCredential": Term(
        f"{_VOCABULARY}verifiableCredential", "https://www.w3.org/2018/credentials#verifiableCredential", "@set"
    ),
}
_ASSOCIATION = {
    "associationType": Term(f"{_VOCABULARY}AssociationType"),
    "sourceId": Term(f"{_VOCABULARY}sourceId", "xsd:anyURI"),
    "targetId": Term(f"{_VOCABULARY}targetId", "xsd:anyURI"),
}
_TERMS: Context = MappingProxyType(
    {
        **context({}),
        "Association": Term(f"{_VOCABULARY}Association", scope=MappingProxyType(_ASSOCIATION)),
        "ClrCredential": Term(
            f"{_VOCABULARY}ClrCredential",
            scope=MappingProxyType({**context({}), "partial": Term(f"{_VOCABULARY}partial", "xsd:boolean")}),
        ),
        "ClrSubject": Term(f"{_VOCABULARY}ClrSubject", scope=MappingProxyType({**context({}), **_SUBJECT})),
    }
)
KNOWN_TO_TRANSCRIPTS: Mapping[str, Context] = MappingProxyType({**KNOWN, CLR: _TERMS})
"""The terms of the published context 2.0.1, which names a datatype by a prefix it does not define (xsd:)."""


class NotATranscript(OpenBadgesError):
    """A file that is no ClrCredential with badges in it."""

    code = "not_a_transcript"


@dataclass(frozen=True)
class Transcript:
    """`badges` as issued and in the order they are shown; `recipient` the IdentityObjects of the learner."""

    id: str
    name: str
    issuer_id: str
    issuer_name: str
    issuer_url: str
    made: datetime
    recipient: Sequence[Mapping[str, Any]]
    badges: Sequence[Mapping[str, Any]]


def compose_transcript(transcript: Transcript) -> dict[str, Any]:
    """The unsigned credential. Raises ControlCharacter, NotAMoment."""
    subject: dict[str, Any] = {"type": ["ClrSubject"]}
    if transcript.recipient:
        subject["identifier"] = list(transcript.recipient)
    return {
        "@context": [CREDENTIALS_V2, CLR, BADGES, EXTENSIONS],
        "id": transcript.id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": clean_text(transcript.name, "name"),
        "issuer": {
            "id": transcript.issuer_id,
            "type": ["Profile"],
            "name": clean_text(transcript.issuer_name, "issuer"),
            "url": transcript.issuer_url,
        },
        "validFrom": timestamp(transcript.made),
        "credentialSubject": {**subject, "verifiableCredential": list(transcript.badges)},
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def sign_transcript(
    unsigned: Mapping[str, Any], *, sign: Signer, verification_method: str, created: datetime
) -> dict[str, Any]:
    """One signature over the whole, the badges' own signatures included. Raises what `add_proof` raises."""
    return add_proof(
        unsigned, sign=sign, verification_method=verification_method, created=created, contexts=KNOWN_TO_TRANSCRIPTS
    )


def is_transcript(document: Mapping[str, Any]) -> bool:
    """Whether a document calls itself one; what it is worth, `verify_transcript` says."""
    return "ClrCredential" in as_list(document.get("type"))


def badges_in(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The credentials inside a transcript, as they stand there. Raises NotATranscript."""
    subjects = as_list(document.get("credentialSubject"))
    inside = as_list(subjects[0].get("verifiableCredential")) if len(subjects) == 1 and _is_object(subjects[0]) else []
    if not inside or not all(_is_object(one) for one in inside):
        raise NotATranscript("The transcript holds no badges that can be read.")
    return inside


def verify_transcript(document: Mapping[str, Any], *, now: datetime, resolve_did: ResolveDid | None) -> Report:
    """Whether the transcript is as it was signed; the badges in it are checked one by one, with `verify`.

    The steps are those of a badge. Never raises for anything in `document`.
    """
    shape = attempt("shape", lambda: _check_shape(document), "shape_right", "The transcript holds badges.")
    steps = [passed("parsed", "parsed", "The file is a readable transcript."), shape]
    if shape.code != "shape_right":
        return conclude(steps, None)
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    key: list[bytes] = []
    steps += [
        attempt(
            "contexts",
            lambda: document_digest(unsigned, KNOWN_TO_TRANSCRIPTS),
            "contexts_known",
            "Every word in the transcript has a known, fixed meaning.",
        ),
        attempt(
            "issuer_key",
            lambda: key.append(find_key(document, resolve_did)),
            "key_of_issuer",
            "The key belongs to whom the transcript names.",
        ),
    ]
    if key:
        steps.append(
            attempt(
                "proof",
                lambda: check_proof(document, key[0], KNOWN_TO_TRANSCRIPTS),
                "proof_right",
                "The transcript is exactly as it was signed.",
            )
        )
    steps += check_status(document, now=now, fetch_status_list=None, resolve_did=resolve_did)
    ends = [document["validUntil"]] if "validUntil" in document else []
    steps.append(
        attempt(
            "dates",
            lambda: check_period(document["validFrom"], ends, now),
            "dates_right",
            "The transcript counts today.",
        )
    )
    return conclude(steps, document)


def _check_shape(document: Mapping[str, Any]) -> None:
    if not is_transcript(document) or "validFrom" not in document or not document.get("issuer"):
        raise NotATranscript("The file is no transcript (Comprehensive Learner Record 2.0).")
    check_moments(document)
    badges_in(document)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)
