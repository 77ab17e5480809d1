"""Ids: UUIDv7 keys inside, random 128-bit tokens in everything that leaves the database."""

import secrets
import time
import uuid

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
_TOKEN_LENGTH = 26
TOKEN_PATTERN = r"[0-9a-hjkmnp-tv-z]{26}"  # noqa: S105 - a pattern, not a secret


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits, so keys grow with time."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def new_token() -> str:
    """128 random bits as 26 lower-case letters and digits, for URLs, file names, mails and documents."""
    value = secrets.randbits(128)
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))
