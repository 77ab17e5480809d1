"""Tokens of links that are mailed or handed on: 128 random bits, of which only a hash is kept."""

from hashlib import sha256


def hash_token(token: str) -> str:
    """SHA-256 in hexadecimal; so long a random token needs no salt."""
    return sha256(token.encode(errors="replace")).hexdigest()


def guardian_path(token: str) -> str:
    """Where a guardian answers."""
    return f"/guardians/{token}/"


def invitation_path(token: str) -> str:
    """Where an invitation is accepted."""
    return f"/join/{token}/"
