"""Pictures, recordings and packed documents inside an Office document, each cleaned like a file of its own."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from touchstone.core.media import sniff
from touchstone.core.media.errors import FileRefused
from touchstone.core.media.findings import Notes
from touchstone.core.media.image import blind_image_bytes
from touchstone.core.media.kinds import KINDS, Group
from touchstone.core.media.recording import blind_recording, recording_kind

BlindDocument = Callable[[bytes, Notes], tuple[bytes, str]]
"""Cleans a packed Office document: bytes to bytes and kind."""

_METAFILES = {
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
_OTHER_PICTURES = {b"II*\0": "tiff", b"MM\0*": "tiff", b"BM": "bmp"}
_WRITTEN_AS = {"jpeg": "jpeg", "png": "png", "gif": "gif"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned part: its bytes, name ending (with the dot) and media type."""

    data: bytes
    extension: str
    media_type: str


def clean_media(data: bytes, blind_document: BlindDocument, notes: Notes) -> Cleaned | None:
    """The part without what reveals its maker; None when it cannot be read and must be left out."""
    try:
        return _clean(data, blind_document, notes)
    except FileRefused:
        notes.remark("part-unreadable", "A picture or recording inside could not be read and was left out.")
        return None


def _clean(data: bytes, blind_document: BlindDocument, notes: Notes) -> Cleaned | None:
    if metafile := _metafile(data):
        return metafile
    head = data[: sniff.HEAD]
    guess = next((kind for magic, kind in _OTHER_PICTURES.items() if head.startswith(magic)), sniff.sniff(head))
    if guess == sniff.ZIP:
        clean, code = blind_document(data, notes)
        return Cleaned(clean, KINDS[code].extension, KINDS[code].media_type)
    if guess in ("tiff", "bmp") or (guess in KINDS and KINDS[guess].group is Group.IMAGE):
        kind = KINDS[_WRITTEN_AS.get(guess, "png")]
        return Cleaned(blind_image_bytes(data, guess, kind.code, notes), kind.extension, kind.media_type)
    if guess == sniff.ISO_MEDIA or (guess in KINDS and KINDS[guess].group in (Group.AUDIO, Group.VIDEO)):
        return _recording(data, guess, notes)
    notes.removed("hidden-data", "Data stored by another program")
    return None


def _recording(data: bytes, guess: str, notes: Notes) -> Cleaned:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        source.write_bytes(data)
        kind = KINDS[recording_kind(source, guess)]
        blind_recording(source, target, kind.code, notes)
        return Cleaned(target.read_bytes(), kind.extension, kind.media_type)


def _metafile(data: bytes) -> Cleaned | None:
    """Windows drawings hold no camera data, but an EMF header may name program and picture ([MS-EMF] 2.3.4.2)."""
    if data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF":
        length, at = int.from_bytes(data[60:64], "little") * 2, int.from_bytes(data[64:68], "little")
        if length and 0 < at <= len(data) - length:
            data = data[:at] + bytes(length) + data[at + length :]
        return Cleaned(data, ".emf", _METAFILES["emf"])
    if data[:4] == b"\xd7\xcd\xc6\x9a" or data[:4] in (b"\1\0\x09\0", b"\2\0\x09\0"):
        return Cleaned(data, ".wmf", _METAFILES["wmf"])
    return None
