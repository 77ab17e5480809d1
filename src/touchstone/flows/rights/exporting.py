"""Making the copy: one zip with a document, its schema, and the files themselves, each read block by block."""

import contextlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.files.storage import default_storage

from touchstone.credentials.imports import imports_of
from touchstone.credentials.models import Award
from touchstone.flows.models import Export
from touchstone.flows.rights import actions, gathering
from touchstone.kit import storage, uploads
from touchstone.kit.actor import system

SCHEMA_FILE = Path(__file__).with_name("export-1.schema.json")
_BLOCK = 1024 * 1024
_PACKED = {
    ".jpg",
    ".jpeg",
    ".png",
    ".heic",
    ".webp",
    ".mp4",
    ".mov",
    ".webm",
    ".m4a",
    ".mp3",
    ".docx",
    ".pptx",
    ".xlsx",
}

type Picture = Callable[[Award], bytes]


def make_export(*, export_id: UUID, picture: Picture, now: datetime) -> None:
    """Make the file of a copy, store it, and tell its owner. ``picture`` draws a badge as PNG with its proof inside.

    Safe to run again after being killed at any point: the file is made anew under its one key.
    """
    export = Export.objects.filter(id=export_id, removed_at=None, ready_at=None).first()
    if export is None:
        return
    with tempfile.TemporaryDirectory(dir=uploads.folder()) as folder:
        path = Path(folder) / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            _fill(archive, export.person_id, picture, now)
        if default_storage.exists(export.key):
            storage.discard(export.key)
        storage.keep(export.key, path)
        size = path.stat().st_size
    if not actions.note_export_ready(actor=system("export"), export_id=export.id, size=size, now=now):
        storage.discard(export.key)


def _fill(archive: zipfile.ZipFile, person: UUID, picture: Picture, now: datetime) -> None:
    archive.writestr("schema.json", SCHEMA_FILE.read_bytes())
    archive.writestr("data.json", in_json(gathering.everything_about(person, now=now)))
    with archive.open("activity.jsonl", "w") as file:
        for entry in gathering.activity_of(person):
            file.write(json.dumps(entry, default=_plain, ensure_ascii=False).encode() + b"\n")
    for award in gathering.awards_of(person):
        if getattr(award, "badge", None) and award.badge.text:
            archive.writestr(f"awards/{award.token}/badge.json", award.badge.text)
            archive.writestr(f"awards/{award.token}/badge.png", picture(award))
    for row in imports_of(person).iterator(chunk_size=20):
        archive.writestr(gathering.import_path(row), bytes(row.content))
    for name, artifact in gathering.files_of(person):
        with _stored(artifact.original) as source:
            if source:
                _copy(archive, name, source)


def in_json(document: dict[str, Any]) -> str:
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=1)


def _copy(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    packed = Path(name).suffix.lower() in _PACKED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, _BLOCK)


@contextlib.contextmanager
def _stored(key: str) -> Iterator[IO[bytes] | None]:
    """An original in storage, or None when it was removed while the copy was being made."""
    try:
        file = default_storage.open(key)
    except FileNotFoundError:
        yield None
        return
    with file:
        yield file


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no plain form of {type(value).__name__}")
