"""Where files lie: ``evidence/<random>/original|blind``. No name and no hash stands in a key."""

import base64
import json
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from touchstone.kit.ids import new_token

LINK_SECONDS = 300
_SALT = b"touchstone.media"


def new_folder() -> str:
    return f"evidence/{new_token()}"


def keep(key: str, path: Path) -> None:
    """Store a local file under a key. The key must be new: storage never overwrites."""
    with path.open("rb") as content:
        saved = default_storage.save(key, File(content))
    if saved != key:
        default_storage.delete(saved)
        raise FileExistsError(key)


def discard(*keys: str) -> None:
    for key in keys:
        if key:
            default_storage.delete(key)


def link(key: str, *, name: str, media_type: str, inline: bool) -> str:
    """A link on the media origin that works for five minutes.

    It is sealed, not only signed: the key names the folder that an earner's original and its blind copy share.
    """
    facts = json.dumps({"k": key, "n": name, "t": media_type, "i": inline})
    return f"{settings.MEDIA_ORIGIN}/media/{_seal().encrypt(facts.encode()).decode()}"


def read_link(sealed: str) -> tuple[str, str, str, bool] | None:
    """(key, name, media type, inline) of a link, or None when it is false or too old."""
    try:
        facts = json.loads(_seal().decrypt(sealed, ttl=LINK_SECONDS))
    except (InvalidToken, ValueError):
        return None
    return facts["k"], facts["n"], facts["t"], facts["i"]


def _seal() -> MultiFernet:
    """Seals with the secret in use, opens with earlier ones too."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(_SALT + secret.encode()).digest())) for secret in secrets]
    )
