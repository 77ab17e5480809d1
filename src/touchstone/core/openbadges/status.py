"""Bitstring Status List: one bit per badge says whether it was revoked.

Source: W3C Bitstring Status List 1.0; bit 0 is the left-most bit of the first byte (section 3.4).
"""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.times import timestamp
from touchstone.core.openbadges.vocabulary import CREDENTIALS_V2

MINIMUM_ENTRIES = 131_072
"""So that asking for the list does not tell which badge is looked at (section 6.1)."""
MAX_BYTES = 8 * 1024 * 1024
"""Of the list uncompressed: 67 million entries."""

type Purpose = Literal["revocation", "suspension"]


class ListMalformed(OpenBadgesError):
    """A status list cannot be decoded, or is shorter than the standard allows."""

    code = "status_list_malformed"


class NoSuchEntry(OpenBadgesError):
    """An index lies outside the status list."""

    code = "status_index_out_of_range"


@dataclass(frozen=True)
class StatusEntry:
    """Where the status of one credential stands: the list's https address and an index from 0."""

    list_id: str
    index: int
    purpose: Purpose = "revocation"

    def as_json(self) -> dict[str, str]:
        """The `credentialStatus` of a credential: one object (the official schema refuses a list)."""
        return {
            "id": f"{self.list_id}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_id,
        }


@dataclass(frozen=True)
class StatusList:
    """The bits of a list, eight a byte."""

    bits: bytes

    @classmethod
    def empty(cls, entries: int = MINIMUM_ENTRIES) -> Self:
        """A list with no bit set. Raises ListMalformed unless entries are a multiple of 8, enough and not too many."""
        if entries % 8 or not MINIMUM_ENTRIES <= entries <= MAX_BYTES * 8:
            raise ListMalformed("A status list has at least 131,072 entries, in whole bytes.")
        return cls(bytes(entries // 8))

    @classmethod
    def decode(cls, encoded: str) -> Self:
        """From `encodedList` (u + base64url of gzip). Raises ListMalformed; never unpacks more than MAX_BYTES."""
        try:
            packed = base64.b64decode(_padded(encoded), altchars=b"-_", validate=True)
            unpacker = zlib.decompressobj(wbits=31)
            bits = unpacker.decompress(packed, MAX_BYTES + 1)
        except (ValueError, binascii.Error, zlib.error):
            raise ListMalformed("The status list cannot be unpacked.") from None
        if not unpacker.eof or unpacker.unused_data or not MINIMUM_ENTRIES // 8 <= len(bits) <= MAX_BYTES:
            raise ListMalformed("The status list is cut off, too short or too long.")
        return cls(bits)

    def encode(self) -> str:
        """`encodedList`: u + base64url without padding of gzip; the same bits give the same text."""
        packed = gzip.compress(self.bits, mtime=0)
        return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def is_set(self, index: int) -> bool:
        """Whether the bit at an index from 0 is set. Raises NoSuchEntry."""
        byte, mask = self._place(index)
        return bool(self.bits[byte] & mask)

    def with_set(self, indices: Iterable[int]) -> "StatusList":
        """A copy with these bits set too. Raises NoSuchEntry."""
        bits = bytearray(self.bits)
        for byte, mask in map(self._place, indices):
            bits[byte] |= mask
        return StatusList(bytes(bits))

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < len(self.bits) * 8:
            raise NoSuchEntry("The badge's place lies outside its status list.")
        return index // 8, 0x80 >> index % 8


def _padded(encoded: str) -> str:
    if not encoded.startswith("u") or "=" in encoded:
        raise ValueError
    return encoded[1:] + "=" * (-len(encoded[1:]) % 4)


def compose_status_list(
    bits: StatusList,
    *,
    list_id: str,
    issuer_id: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    purpose: Purpose = "revocation",
) -> dict[str, Any]:
    """The unsigned `BitstringStatusListCredential` at the address `list_id`; sign it with `add_proof`."""
    credential: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "id": list_id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": timestamp(valid_from),
        "credentialSubject": {
            "id": f"{list_id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encode(),
        },
    }
    if valid_until is not None:
        credential["validUntil"] = timestamp(valid_until)
    return credential
