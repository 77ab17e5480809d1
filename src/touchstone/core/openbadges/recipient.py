"""To whom a badge was issued, as far as it says: an id, or an e-mail address that is often written as its hash."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from touchstone.core.openbadges.compose import hash_identity
from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.older import is_older, older_identifier
from touchstone.core.openbadges.shape import as_list


class OtherRecipient(OpenBadgesError):
    """A badge that was issued to somebody else."""

    code = "recipient_other"


class NoRecipient(CannotCheck):
    """A badge that does not say to whom it was issued."""

    code = "recipient_not_named"


def check_recipient(credential: Mapping[str, Any], names: Iterable[str]) -> None:
    """Return if the badge was issued to somebody of one of these addresses or ids. Raises OtherRecipient, NoRecipient.

    The credential has the shape its form asks for.
    """
    subject = _subject(credential)
    identifiers = [item for item in as_list(subject.get("identifier")) if isinstance(item, dict)]
    if not identifiers and "id" not in subject:
        raise NoRecipient("The badge does not say to whom it was issued.")
    wanted = {unicodedata.normalize("NFC", name.strip()) for name in names}
    if subject.get("id") not in wanted and not any(_is_for(item, name) for item in identifiers for name in wanted):
        raise OtherRecipient("The badge was issued to somebody else, or to another address of this person.")


def _subject(credential: Mapping[str, Any]) -> Mapping[str, Any]:
    if is_older(credential):
        return {"identifier": older_identifier(credential)}
    subject: Mapping[str, Any] = as_list(credential["credentialSubject"])[0]
    return subject


def _is_for(identifier: Mapping[str, Any], name: str) -> bool:
    stated, salt = identifier.get("identityHash"), str(identifier.get("salt", ""))
    for candidate in {name, name.lower()}:
        if stated == (hash_identity(candidate, salt) if identifier.get("hashed") is True else candidate):
            return True
    return False
