"""Verification of an Open Badges 3.0 credential, in named steps; nothing is fetched but through the callables.

Source: 1EdTech Open Badges 3.0, section 8 (verification), W3C VC Data Model 2.0, section 7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touchstone.core.openbadges import bake
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.older import check_older, read_older
from touchstone.core.openbadges.proof import check_proof, document_digest
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.recipient import check_recipient
from touchstone.core.openbadges.recognition import Recognised, Templates
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
from touchstone.core.openbadges.signature import ResolveDid, find_key, find_token_key, issuer_id
from touchstone.core.openbadges.times import check_period
from touchstone.core.openbadges.token import Token, check_token, is_token, read_token

MOST_LINKS = 5
NEEDED_OF_OLDER = ("parsed", "shape", "contexts")

type Reach = Callable[[str], bool]


class EvidenceOutOfReach(CannotCheck):
    """Evidence that a badge links to could not be opened; it may ask for a sign-in, and the badge is none the worse."""

    code = "evidence_out_of_reach"


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
    reach: Reach | None = None,
    templates: Templates | None = None,
) -> Report:
    """Check a badge given as JSON, token, baked PNG or baked SVG; also one of the older form, Open Badges 2.0.

    `now` has a time zone. `fetch_status_list` reads what a badge names: its status list, and the hosted parts of an
    older one. `known_issuers` maps ids of issuers to names the caller vouches for. `identity` is the e-mail address or
    id the badge should belong to. `reach` says whether an address answers; with it the evidence is tried.
    `templates` make badges of kinds seen before faster to check. Never raises for anything in `data`.
    """
    try:
        reading = _read(data, templates)
    except OpenBadgesError as error:
        return conclude([told_by("parsed", error)], None)
    credential = reading.credential
    older = read_older(credential, reading.token)
    if older:
        steps = check_older(older, now=now, fetch=fetch_status_list)
    else:
        steps = _steps(reading, now, resolve_did, fetch_status_list, templates)
    if steps[1].result is not Result.PASSED:
        return conclude(steps, credential)
    if identity is not None:
        steps.append(_recipient(credential, identity))
    if known_issuers is not None:
        steps.append(_known_issuer(credential, known_issuers))
    if reach is not None and not older:
        steps += _evidence(credential, reach)
    return conclude(steps, credential)


def _steps(
    reading: "_Reading",
    now: datetime,
    resolve_did: ResolveDid | None,
    fetch_status_list: FetchStatusList | None,
    templates: Templates | None,
) -> list[Step]:
    """The steps every badge goes through; only the first two when its shape is wrong."""
    credential = reading.credential
    steps = [passed("parsed", "parsed", "The file is a readable badge."), _shape(reading)]
    if steps[-1].result is Result.FAILED:
        return steps
    contexts, digest = _contexts(reading)
    if templates and digest and not (reading.known or reading.token):
        templates.learn(reading.text, credential)
    steps += [contexts, *_signature(reading, digest, resolve_did)]
    steps += check_status(credential, now=now, fetch_status_list=fetch_status_list, resolve_did=resolve_did)
    return [*steps, _dates(credential, now)]


@dataclass(frozen=True)
class _Reading:
    """A badge as it came: JSON (perhaps of a known kind) or a token."""

    text: bytes
    credential: Mapping[str, Any]
    known: Recognised | None = None
    token: Token | None = None


def _read(data: bytes, templates: Templates | None) -> _Reading:
    text = badge_text(data)
    if is_token(text):
        token = read_token(text)
        return _Reading(text, token.credential, token=token)
    known = templates.recognise(text) if templates else None
    return _Reading(text, known.credential if known else read_json(text), known)


def badge_text(data: bytes) -> bytes:
    """The text of a badge: JSON or token as it is, or what a baked PNG or SVG holds.

    Raises what `unbake_png` and `unbake_svg` raise.
    """
    if bake.is_png(data):
        return bake.unbake_png(data).encode()
    if bake.is_svg(data):
        return bake.unbake_svg(data).encode()
    return data


def _shape(reading: _Reading) -> Step:
    def look() -> None:
        if reading.known is None:
            check_shape(reading.credential)

    return attempt("shape", look, "shape_right", "The badge holds what Open Badges 3.0 asks for.")


def _contexts(reading: _Reading) -> tuple[Step, bytes | None]:
    """The step, and the digest of what the badge says if every word in it is known."""
    unsigned = {name: value for name, value in reading.credential.items() if name != "proof"}
    digest: list[bytes] = []

    def look() -> None:
        digest.append(reading.known.digest if reading.known else document_digest(unsigned))

    step = attempt("contexts", look, "contexts_known", "Every word in the badge has a known, fixed meaning.")
    return step, digest[0] if digest else None


def _signature(reading: _Reading, digest: bytes | None, resolve_did: ResolveDid | None) -> list[Step]:
    credential, token = reading.credential, reading.token
    try:
        token_key = find_token_key(token, resolve_did) if token else None
        key = find_key(credential, resolve_did) if not token else b""
    except OpenBadgesError as error:
        return [told_by("issuer_key", error), not_reached("proof")]
    owned = passed(
        "issuer_key", "key_of_issuer", "The key belongs to the issuer the badge names.", issuer=issuer_id(credential)
    )
    if digest is None:
        return [owned, not_reached("proof")]

    def look() -> None:
        if token and token_key:
            check_token(token, token_key)
        else:
            check_proof(credential, key, digest=digest)

    return [owned, attempt("proof", look, "proof_right", "The badge is exactly as it was signed.")]


def _dates(credential: Mapping[str, Any], now: datetime) -> Step:
    proofs = [proof for proof in as_list(credential.get("proof")) if isinstance(proof, dict)]
    ends = [proof["expires"] for proof in proofs if "expires" in proof]
    ends += [credential["validUntil"]] if "validUntil" in credential else []
    return attempt(
        "dates", lambda: check_period(credential["validFrom"], ends, now), "dates_right", "The badge counts today."
    )


def _recipient(credential: Mapping[str, Any], identity: str) -> Step:
    return attempt(
        "recipient",
        lambda: check_recipient(credential, [identity]),
        "recipient_matches",
        "The badge was issued to the person asked about.",
    )


def _evidence(credential: Mapping[str, Any], reach: Reach) -> list[Step]:
    """Whether the evidence the badge links to answers; no step where it links to none."""
    links = [
        item["id"] for item in as_list(credential.get("evidence")) if str(item.get("id", "")).startswith("https://")
    ]

    def look() -> None:
        if not all(reach(link) for link in links[:MOST_LINKS]):
            raise EvidenceOutOfReach("Some of the evidence the badge links to does not answer from here.")
        if len(links) > MOST_LINKS:
            raise EvidenceOutOfReach("The badge links to much evidence; not all of it was tried.")

    step = attempt("evidence", look, "evidence_answers", "The evidence the badge links to answers.")
    return [step] if links else []


def _known_issuer(credential: Mapping[str, Any], known_issuers: Mapping[str, str]) -> Step:
    name = known_issuers.get(issuer_id(credential))
    if name is None:
        error = IssuerNotKnown("Who stands behind the issuer's key is not confirmed here; the name is its own claim.")
        return told_by("known_issuer", error)
    return passed("known_issuer", "issuer_known", f"The issuer is known here as {name}.", issuer=name)
