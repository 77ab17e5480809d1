"""Where files lie: ``evidence/<random>/original|blind``. No name and no hash stands in a key."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from touchstone.kit.ids import new_token
from touchstone.kit.models import RemovedFile

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


def remove(keys: Iterable[str], *, now: datetime) -> None:
    """Within an action: once it is committed no link serves these files any more, and a job removes them."""
    from touchstone.kit import jobs  # the jobs module is built on this one

    rows = [RemovedFile(key=key, removed_at=now) for key in keys if key]
    if RemovedFile.objects.bulk_create(rows, ignore_conflicts=True):
        jobs.remove_files.defer()


def is_removed(key: str) -> bool:
    """Whether a file that may still lie in storage must not be served any more."""
    return RemovedFile.objects.filter(key=key).exists()


def sweep(*, now: datetime) -> None:
    """Take removed files out of storage. Their keys are kept until every link to them has expired."""
    for row in RemovedFile.objects.all():
        folder, _slash, _name = row.key.rpartition("/")
        discard(row.key)
        if default_storage.exists(folder) and not any(default_storage.listdir(folder)):
            discard(folder)
    RemovedFile.objects.filter(removed_at__lt=now - timedelta(seconds=2 * LINK_SECONDS)).delete()


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
