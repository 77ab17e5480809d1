"""Private keys at rest: sealed with AES-256-GCM under a key derived from the installation's secret (RFC 5869)."""

import secrets
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from touchstone.core.openbadges.key_kinds import P256KeyPair
from touchstone.core.openbadges.keys import KeyPair, Signer
from touchstone.credentials.models import SigningKey, TranscriptKey
from touchstone.kit.errors import Refusal

_NONCE_BYTES = 12


class KeyNotReadable(Refusal):
    status = 500
    sentence = _("This installation cannot open the issuer's signing key: its secret has changed.")


def seal(private: bytes, *, public: str) -> bytes:
    """Encrypt 32 private bytes, bound to their public key, under the secret in use."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, private, public.encode())


def signer(key: SigningKey | TranscriptKey) -> Signer:
    """What signs badges with a stored key (Ed25519); raises KeyNotReadable."""
    return Ed25519PrivateKey.from_private_bytes(_opened(key.sealed, key.public)[0]).sign


def token_signer(key: SigningKey) -> Signer:
    """What signs tokens with a stored key (ES256); raises KeyNotReadable."""
    return P256KeyPair(_opened(key.token_sealed, key.token_public)[0]).sign


def new_key() -> dict[str, Any]:
    """The columns of a new key that are about Ed25519."""
    pair = KeyPair.generate()
    return {"public": pair.multikey, "sealed": seal(pair.seed, public=pair.multikey)}


def new_token_key() -> dict[str, Any]:
    """The columns of a new key that are about P-256."""
    pair = P256KeyPair.generate()
    return {"token_public": pair.multikey, "token_sealed": seal(pair.secret, public=pair.multikey)}


def sealed_anew(key: SigningKey) -> dict[str, bytes]:
    """The columns to change so that a key is sealed under the secret in use; none when it is. Raises KeyNotReadable."""
    columns = {}
    for name, sealed, public in (
        ("sealed", key.sealed, key.public),
        ("token_sealed", key.token_sealed, key.token_public),
    ):
        if sealed is None:
            continue
        private, secret = _opened(sealed, public)
        if secret != settings.SECRET_KEY:
            columns[name] = seal(private, public=str(public))
    return columns


def _opened(column: bytes | memoryview | None, public: str | None) -> tuple[bytes, str]:
    """The private bytes and the secret that opened them: the one in use, or one before it."""
    sealed = bytes(column or b"")
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with suppress(InvalidTag, ValueError):
            opened = _cipher(secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], str(public).encode())
            return opened, secret
    raise KeyNotReadable


def _cipher(secret: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"touchstone signing keys")
    return AESGCM(derived.derive(secret.encode()))
