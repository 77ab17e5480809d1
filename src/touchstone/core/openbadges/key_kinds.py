"""Keys of several kinds, as DID documents give them, and the algorithms of tokens that go with each.

Sources: W3C Controlled Identifiers 1.0, section 2.2 (Multikey, JsonWebKey); RFC 7517 and 7518 (JWK, ES256, RS256);
RFC 8037 (EdDSA).
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from touchstone.core.openbadges.keys import ED25519_PUBLIC, NotAMultikey, NotBase58, decode_base58, encode_base58

P256_PUBLIC = b"\x80\x24"
SMALLEST_RSA = 2048
LARGEST_RSA = 8192

type PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


def encode_p256(key: ec.EllipticCurvePublicKey) -> str:
    """A P-256 key as a Multikey, `zDna…`: the bytes 80 24 and the compressed point."""
    return "z" + encode_base58(P256_PUBLIC + key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


@lru_cache(maxsize=1024)
def read_multikey(multikey: str) -> PublicKey:
    """An Ed25519 or P-256 key from its Multikey. Raises NotAMultikey."""
    try:
        data = decode_base58(multikey[1:]) if multikey.startswith("z") else b""
        if data.startswith(ED25519_PUBLIC):
            return Ed25519PublicKey.from_public_bytes(data[2:])
        if data.startswith(P256_PUBLIC):
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data[2:])
    except (NotBase58, ValueError):
        pass
    raise NotAMultikey("The key is neither an Ed25519 nor a P-256 key written as a Multikey (z6Mk… or zDna…).")


def key_of_method(method: Mapping[str, Any]) -> PublicKey:
    """The key of a verification method, a Multikey or a JsonWebKey. Raises NotAMultikey."""
    jwk = method.get("publicKeyJwk")
    if isinstance(jwk, dict) and "publicKeyMultibase" not in method:
        return _read_jwk(jwk)
    return read_multikey(str(method.get("publicKeyMultibase", "")))


def _read_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    try:
        if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256":
            numbers = ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1())
            return numbers.public_key()
        if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
            return Ed25519PublicKey.from_public_bytes(decode_url64(jwk["x"]))
        if jwk.get("kty") == "RSA":
            key = rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
            if SMALLEST_RSA <= key.key_size <= LARGEST_RSA:
                return key
    except (KeyError, ValueError):
        pass
    raise NotAMultikey("The issuer's key is of a kind, or written in a way, that is not read here.")


def _number(text: object) -> int:
    return int.from_bytes(decode_url64(text))


def decode_url64(text: object) -> bytes:
    """base64url without padding (RFC 7515, section 2), in its one strict form. Raises ValueError."""
    if not isinstance(text, str) or "=" in text or not text.isascii():
        raise ValueError("not base64url")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
    if encode_url64(data) != text:
        raise ValueError("bits left over")
    return data


def encode_url64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass(frozen=True)
class P256KeyPair:
    """A P-256 key pair, for tokens; the 32 secret bytes never show in its representation."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new pair from the operating system's randomness."""
        return cls(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32))

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self.secret), ec.SECP256R1())

    @property
    def multikey(self) -> str:
        """`zDna…`"""
        return encode_p256(self._key.public_key())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes r and s of an ES256 signature (RFC 7518, section 3.4)."""
        r, s = decode_dss_signature(self._key.sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)


def token_signature_fits(key: PublicKey, algorithm: str, signature: bytes, message: bytes) -> bool:
    """Whether a token's signature was made with this key; False too when the algorithm is not one for such a key."""
    try:
        if algorithm == "ES256" and isinstance(key, ec.EllipticCurvePublicKey) and len(signature) == 64:
            der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
            key.verify(der, message, ec.ECDSA(SHA256()))
        elif algorithm == "EdDSA" and isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        elif algorithm == "RS256" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True
