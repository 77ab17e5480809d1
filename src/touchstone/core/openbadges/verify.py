"""Verification of an Open Badges 3.0 credential, in named steps; nothing is fetched but through the callables.

Source: 1EdTech Open Badges 3.0, section 8 (verification), W3C VC Data Model 2.0, section 7.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from touchstone.core.openbadges import bake
from touchstone.core.openbadges.canon import canonical_nquads
from touchstone.core.openbadges.compose import hash_identity
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.proof import check_proof
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.report import (
    Report,
    Result,
    Step,
    attempt,
    conclude,
    not_reached,
    passed,
    told_by,
)
from touchstone.core.openbadges.revocation import FetchStatusList, check_status
from touchstone.core.openbadges.shape import as_list, check_shape
from touchstone.core.openbadges.signature import ResolveDid, find_key, issuer_id
from touchstone.core.openbadges.times import read_timestamp


class Token(OpenBadgesError):
    """A badge written as a signed token (VC-JWT), not as JSON."""

    code = "token_not_supported"


class NotYetValid(OpenBadgesError):
    """A badge that counts only from a later date."""

    code = "not_yet_valid"


class Expired(OpenBadgesError):
    """A badge that counted until an earlier date."""

    code = "expired"


class OtherRecipient(OpenBadgesError):
    """A badge that was issued to somebody else."""

    code = "recipient_other"


class NoRecipient(CannotCheck):
    """A badge that does not say to whom it was issued."""

    code = "recipient_not_named"


class IssuerNotKnown(CannotCheck):
    """An issuer that is not on the list of the one who checks."""

    code = "issuer_not_known"


def verify(
    data: bytes,
    *,
    now: datetime,
    resolve_did: ResolveDid | None = None,
    fetch_status_list: FetchStatusList | None = None,
    known_issuers: Mapping[str, str] | None = None,
    identity: str | None = None,
) -> Report:
    """Check a badge given as JSON, baked PNG or baked SVG.

    `now` has a time zone. `known_issuers` maps ids of issuers to names the caller vouches for. `identity` is the
    e-mail address or id the badge should belong to. Never raises for anything in `data`.
    """
    try:
        credential = read_badge(data)
    except OpenBadgesError as error:
        return conclude([told_by("parsed", error)], None)
    steps = [passed("parsed", "parsed", "The file is a readable badge.")]
    steps.append(
        attempt(
            "shape", lambda: check_shape(credential), "shape_right", "The badge holds what Open Badges 3.0 asks for."
        )
    )
    if steps[-1].result is Result.FAILED:
        return conclude(steps, credential)
    steps.append(_contexts(credential))
    steps += _signature(credential, steps[-1], resolve_did)
    steps += check_status(credential, now=now, fetch_status_list=fetch_status_list, resolve_did=resolve_did)
    steps.append(_dates(credential, now))
    if identity is not None:
        steps.append(_recipient(credential, identity))
    if known_issuers is not None:
        steps.append(_known_issuer(credential, known_issuers))
    return conclude(steps, credential)


def read_badge(data: bytes) -> dict[str, Any]:
    """The credential in a JSON file, baked PNG or baked SVG.

    Raises Token, and what `unbake_png`, `unbake_svg` and `read_json` raise.
    """
    if bake.is_png(data):
        data = bake.unbake_png(data).encode()
    elif bake.is_svg(data):
        data = bake.unbake_svg(data).encode()
    if data.lstrip().startswith(b"eyJ"):
        raise Token("The badge is written as a token (JWT), which is not read here.")
    return read_json(data)


def _contexts(credential: Mapping[str, Any]) -> Step:
    unsigned = {name: value for name, value in credential.items() if name != "proof"}
    return attempt(
        "contexts",
        lambda: canonical_nquads(unsigned),
        "contexts_known",
        "Every word in the badge has a known, fixed meaning.",
    )


def _signature(credential: Mapping[str, Any], contexts: Step, resolve_did: ResolveDid | None) -> list[Step]:
    try:
        key = find_key(credential, resolve_did)
    except OpenBadgesError as error:
        return [told_by("issuer_key", error), not_reached("proof")]
    owned = passed(
        "issuer_key", "key_of_issuer", "The key belongs to the issuer the badge names.", issuer=issuer_id(credential)
    )
    if contexts.result is not Result.PASSED:
        return [owned, not_reached("proof")]
    sentence = "The badge is exactly as it was signed."
    return [owned, attempt("proof", lambda: check_proof(credential, key), "proof_right", sentence)]


def _dates(credential: Mapping[str, Any], now: datetime) -> Step:
    def look() -> None:
        proofs = [proof for proof in as_list(credential.get("proof")) if isinstance(proof, dict)]
        ends = [proof["expires"] for proof in proofs if "expires" in proof]
        ends += [credential["validUntil"]] if "validUntil" in credential else []
        if read_timestamp(credential["validFrom"]) > now:
            raise NotYetValid("The badge counts only from a later date.", date=credential["validFrom"])
        for end in ends:
            if read_timestamp(end) < now:
                raise Expired("The badge counted only until a date that has passed.", date=str(end))

    return attempt("dates", look, "dates_right", "The badge counts today.")


def _recipient(credential: Mapping[str, Any], identity: str) -> Step:
    subject = as_list(credential["credentialSubject"])[0]
    identifiers = [item for item in as_list(subject.get("identifier")) if isinstance(item, dict)]
    name = unicodedata.normalize("NFC", identity.strip())

    def look() -> None:
        if not identifiers and "id" not in subject:
            raise NoRecipient("The badge does not say to whom it was issued.")
        if subject.get("id") != name and not any(_is_for(item, name) for item in identifiers):
            raise OtherRecipient("The badge was issued to somebody else, or to another address of this person.")

    return attempt("recipient", look, "recipient_matches", "The badge was issued to the person asked about.")


def _is_for(identifier: Mapping[str, Any], name: str) -> bool:
    stated, salt = identifier.get("identityHash"), str(identifier.get("salt", ""))
    for candidate in {name, name.lower()}:
        if stated == (hash_identity(candidate, salt) if identifier.get("hashed") is True else candidate):
            return True
    return False


def _known_issuer(credential: Mapping[str, Any], known_issuers: Mapping[str, str]) -> Step:
    name = known_issuers.get(issuer_id(credential))
    if name is None:
        error = IssuerNotKnown("Who stands behind the issuer's key is not confirmed here; the name is its own claim.")
        return told_by("known_issuer", error)
    return passed("known_issuer", "issuer_known", f"The issuer is known here as {name}.", issuer=name)
