"""Where files lie: ``evidence/<random>/original|blind``. No name and no hash stands in a key."""

from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage

from touchstone.kit.ids import new_token

LINK_SECONDS = 300
_SALT = "touchstone.media"


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
    """A link on the media origin that works for five minutes."""
    facts = {"k": key, "n": name, "t": media_type, "i": inline}
    return f"{settings.MEDIA_ORIGIN}/media/{signing.dumps(facts, salt=_SALT, compress=True)}"


def read_link(signed: str) -> tuple[str, str, str, bool] | None:
    """(key, name, media type, inline) of a link, or None when it is false or too old."""
    try:
        facts = signing.loads(signed, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return facts["k"], facts["n"], facts["t"], facts["i"]
