"""Ed25519 keys as Multikeys: `z6Mk…` is base58btc of the bytes ed 01 and the 32 key bytes.

Source: W3C Controlled Identifiers 1.0, section 2.2.2 (Multikey) and 2.4 (base58btc).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from touchstone.core.openbadges.errors import OpenBadgesError

Signer = Callable[[bytes], bytes]
"""Takes the bytes to sign, gives the 64 signature bytes; the key may live elsewhere."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_DIGITS = {pair: number for number, pair in enumerate(_PAIRS)}
_TWO, _FOUR, _TEN = 58**2, 58**4, 58**10
_CHARACTERS = frozenset(ALPHABET)
ED25519_PUBLIC = b"\xed\x01"
LONGEST_BASE58 = 256
"""Decoding takes time by the square of the length; a signature has 88 characters."""


class NotAMultikey(OpenBadgesError):
    """A text that should hold an Ed25519 Multikey does not."""

    code = "not_a_multikey"


class NotBase58(OpenBadgesError):
    """A text that should be base58btc holds other characters or is too long."""

    code = "not_base58"


def encode_base58(data: bytes) -> str:
    """Bytes to base58btc, without the multibase letter `z`."""
    number, text = int.from_bytes(data), ""
    while number:
        # Long division is dear, so it is done for ten characters at once.
        ten, number = number % _TEN, number // _TEN
        high, low = ten // _FOUR, ten % _FOUR
        middle, two = high % _FOUR, high // _FOUR
        pairs = f"{_PAIRS[two]}{_PAIRS[middle // _TWO]}{_PAIRS[middle % _TWO]}{_PAIRS[low // _TWO]}{_PAIRS[low % _TWO]}"
        text = pairs + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text.lstrip("1")


def decode_base58(text: str) -> bytes:
    """base58btc to bytes. Raises NotBase58."""
    if len(text) > LONGEST_BASE58 or not set(text) <= _CHARACTERS:
        raise NotBase58("A key or signature in the file is not written in base58.")
    number, padded = 0, "1" * (-len(text) % 10) + text
    for place in range(0, len(padded), 10):
        ten = 0
        for pair in range(place, place + 10, 2):
            ten = ten * _TWO + _DIGITS[padded[pair : pair + 2]]
        number = number * _TEN + ten
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def encode_multikey(public_key: bytes) -> str:
    """32 public key bytes to `z6Mk…`. Raises NotAMultikey."""
    if len(public_key) != 32:
        raise NotAMultikey("An Ed25519 public key has 32 bytes.")
    return "z" + encode_base58(ED25519_PUBLIC + public_key)


@lru_cache(maxsize=1024)
def decode_multikey(multikey: str) -> bytes:
    """`z6Mk…` to 32 public key bytes. Raises NotAMultikey."""
    try:
        data = decode_base58(multikey.removeprefix("z")) if multikey.startswith("z") else b""
    except NotBase58:
        data = b""
    if len(data) != 34 or not data.startswith(ED25519_PUBLIC):
        raise NotAMultikey("The key is not an Ed25519 key written as a Multikey (z6Mk…).")
    return data[2:]


def did_key(multikey: str) -> str:
    """The did:key of a Multikey."""
    return f"did:key:{multikey}"


def verification_method(controller: str, multikey: str) -> str:
    """The id of a key inside the document of its controller (a did:key or did:web)."""
    return f"{controller}#{multikey}"


@lru_cache(maxsize=256)
def _public_key(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)


def signature_fits(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature over the message was made with this key (RFC 8032)."""
    try:
        _public_key(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class KeyPair:
    """An Ed25519 key pair; the 32 seed bytes never show in its representation."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new pair from the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public_key(self) -> bytes:
        """32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def multikey(self) -> str:
        """`z6Mk…`"""
        return encode_multikey(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """64 signature bytes (RFC 8032, pure Ed25519)."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
