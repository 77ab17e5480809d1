"""Whether a credential was revoked, asked of its issuer's signed status list.

Source: W3C Bitstring Status List 1.0, section 3.2 (validation). Beyond it, the list must be signed by the
issuer of the credential and be the very list the credential names.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.proof import check_proof
from touchstone.core.openbadges.reading import Unreadable, read_json
from touchstone.core.openbadges.report import Result, Step, attempt, not_reached, passed, told_by
from touchstone.core.openbadges.shape import as_list
from touchstone.core.openbadges.signature import ResolveDid, find_key, find_token_key, issuer_id
from touchstone.core.openbadges.status import StatusList
from touchstone.core.openbadges.times import NotAMoment, read_timestamp
from touchstone.core.openbadges.token import Token, check_token, is_token, read_token

OLDER_LIST = "1EdTechRevocationList"

type FetchStatusList = Callable[[str], bytes | Mapping[str, Any] | None]
"""The status list credential at an https address, or None if it cannot be had. An OSError counts as that too."""


class StatusNotSupported(CannotCheck):
    """A status that is not a bitstring entry for revocation or suspension."""

    code = "status_not_supported"


class StatusMalformed(OpenBadgesError):
    """A status entry whose index is not a number."""

    code = "status_malformed"


class ListUnavailable(CannotCheck):
    """The status list cannot be had, is not JSON, or is out of date."""

    code = "status_list_unavailable"


class ListUnsigned(CannotCheck):
    """A list of the kind before bitstring lists, which anybody could have changed on its way."""

    code = "status_list_unsigned"


class ListOfAnother(OpenBadgesError):
    """The status list belongs to another issuer, another address or another purpose."""

    code = "status_list_of_another"


class Revoked(OpenBadgesError):
    """The issuer has withdrawn the credential."""

    code = "revoked"


class Suspended(OpenBadgesError):
    """The issuer has suspended the credential."""

    code = "suspended"


def check_status(
    credential: Mapping[str, Any],
    *,
    now: datetime,
    fetch_status_list: FetchStatusList | None,
    resolve_did: ResolveDid | None,
) -> tuple[Step, Step]:
    """The steps `status_list` (the list is the issuer's own) and `not_revoked`."""
    entries = as_list(credential.get("credentialStatus"))
    if [entry.get("type") for entry in entries] == [OLDER_LIST]:
        return _older_list(entries[0], credential, fetch_status_list)
    if not entries:
        sentence = "The badge names no status list; its issuer cannot withdraw it, so there is nothing to check."
        return passed("status_list", "no_status", sentence), passed("not_revoked", "no_status", sentence)
    lists: list[tuple[Mapping[str, Any], StatusList]] = []
    try:
        for entry in entries:
            lists.append((entry, _genuine_list(entry, credential, now, fetch_status_list, resolve_did)))
    except OpenBadgesError as error:
        step = told_by("status_list", error)
        bits = _bits_step(lists)
        return step, bits if bits.result is Result.FAILED else not_reached("not_revoked")
    genuine = passed("status_list", "status_list_genuine", "The list of withdrawn badges is signed by the same issuer.")
    return genuine, _bits_step(lists)


def _older_list(
    entry: Mapping[str, Any], credential: Mapping[str, Any], fetch_status_list: FetchStatusList | None
) -> tuple[Step, Step]:
    """The list that Open Badges 3.0 used before bitstring lists. Nobody signs it, so it can only speak against."""
    address, unsigned = entry.get("id"), "The issuer's list of withdrawn badges is an older one that nobody signs."
    try:
        document, _token, _data = _fetch(address if isinstance(address, str) else "", fetch_status_list)
        if issuer_id(document) != issuer_id(credential):
            raise ListOfAnother("The list of withdrawn badges is not by the issuer of the badge.")
    except OpenBadgesError as error:
        return told_by("status_list", error), not_reached("not_revoked")
    on_it = [item for item in as_list(document.get("revokedCredential")) if _names(item, credential["id"])]
    step = (
        told_by("not_revoked", Revoked("The issuer has withdrawn this badge."))
        if on_it
        else passed("not_revoked", "not_on_older_list", "The issuer's list of withdrawn badges does not hold this one.")
    )
    return told_by("status_list", ListUnsigned(unsigned)), step


def _names(item: object, identifier: str) -> bool:
    if isinstance(item, dict):
        return item.get("id") == identifier and item.get("revoked", True) is not False
    return item == identifier


def _bits_step(lists: list[tuple[Mapping[str, Any], StatusList]]) -> Step:
    def look() -> None:
        for entry, bits in lists:
            _check_bit(entry, bits)

    return attempt("not_revoked", look, "not_revoked", "The issuer has not withdrawn the badge.")


def _check_bit(entry: Mapping[str, Any], bits: StatusList) -> None:
    if bits.is_set(int(entry["statusListIndex"])):
        if entry["statusPurpose"] == "revocation":
            raise Revoked("The issuer has withdrawn this badge.")
        raise Suspended("The issuer has suspended this badge for now.")


def _genuine_list(
    entry: Mapping[str, Any],
    credential: Mapping[str, Any],
    now: datetime,
    fetch_status_list: FetchStatusList | None,
    resolve_did: ResolveDid | None,
) -> StatusList:
    address = _address(entry)
    document, token, data = _fetch(address, fetch_status_list)
    if document.get("id") != address or issuer_id(document) != issuer_id(credential):
        raise ListOfAnother("The list of withdrawn badges is not the one the badge names, or not by its issuer.")
    if token:
        check_token(token, find_token_key(token, resolve_did))
    elif data is None:
        check_proof(document, find_key(document, resolve_did))
    else:
        _check_proof_once(data, find_key(document, resolve_did))
    _check_current(document, now)
    subject = document.get("credentialSubject")
    is_list = "BitstringStatusListCredential" in as_list(document.get("type"))
    if (
        not is_list
        or not isinstance(subject, dict)
        or entry["statusPurpose"] not in as_list(subject.get("statusPurpose"))
    ):
        raise ListOfAnother("The list the badge names says something else than which badges are withdrawn.")
    return StatusList.decode(str(subject.get("encodedList", "")))


def _address(entry: Mapping[str, Any]) -> str:
    if entry.get("type") != "BitstringStatusListEntry" or entry.get("statusSize", 1) != 1:
        raise StatusNotSupported("The badge uses a kind of status that cannot be checked here.")
    if entry.get("statusPurpose") not in ("revocation", "suspension"):
        raise StatusNotSupported("The badge has a status that is neither withdrawal nor suspension.")
    index, address = str(entry.get("statusListIndex", "")), entry.get("statusListCredential")
    if not (index.isascii() and index.isdigit() and len(index) <= 12) or not isinstance(address, str):
        raise StatusMalformed("The badge does not say where its status stands.")
    return address


@lru_cache(maxsize=32)
def _check_proof_once(data: bytes, public_key: bytes) -> None:
    """A list is asked for with every badge on it; whether its bytes were signed with a key does not change."""
    check_proof(read_json(data), public_key)


def _fetch(
    address: str, fetch_status_list: FetchStatusList | None
) -> tuple[Mapping[str, Any], Token | None, bytes | None]:
    """The list, the token it came in if it did, and its bytes if these are JSON.

    Raises ListUnavailable, and what `read_token` raises.
    """
    try:
        found = fetch_status_list(address) if fetch_status_list else None
        if isinstance(found, bytes) and is_token(found):
            token = read_token(found)
            return token.credential, token, None
        if found is not None:
            return (read_json(found), None, found) if isinstance(found, bytes) else (found, None, None)
    except (OSError, Unreadable):
        pass
    raise ListUnavailable(
        "The list of withdrawn badges could not be looked up. Try again later or online.", address=address[:200]
    )


def _check_current(document: Mapping[str, Any], now: datetime) -> None:
    try:
        starts = read_timestamp(document["validFrom"]) if "validFrom" in document else now
        ends = read_timestamp(document["validUntil"]) if "validUntil" in document else now
    except NotAMoment:
        raise ListUnavailable("The list of withdrawn badges has dates that cannot be read.") from None
    if not starts <= now <= ends:
        raise ListUnavailable("The list of withdrawn badges is out of date.")
