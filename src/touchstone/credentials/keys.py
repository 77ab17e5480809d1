"""Private keys at rest: sealed with AES-256-GCM under a key derived from the installation's secret (RFC 5869)."""

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from touchstone.credentials.models import SigningKey
from touchstone.kit.errors import Refusal

_NONCE_BYTES = 12


class KeyNotReadable(Refusal):
    status = 500
    sentence = _("This installation cannot open the issuer's signing key: its secret has changed.")


def seal(private: bytes, *, public: str) -> bytes:
    """Encrypt 32 private bytes, bound to their public key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, private, public.encode())


def signer(key: SigningKey) -> Callable[[bytes], bytes]:
    """What signs with a stored key; raises KeyNotReadable."""
    sealed = bytes(key.sealed)
    try:
        private = _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], key.public.encode())
    except InvalidTag:
        raise KeyNotReadable from None
    return Ed25519PrivateKey.from_private_bytes(private).sign


def _cipher() -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"touchstone signing keys")
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
