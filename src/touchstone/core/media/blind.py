"""The copy an assessor may see."""

from pathlib import Path

from touchstone.core.media.errors import FileRefused
from touchstone.core.media.findings import BlindCopy, Notes
from touchstone.core.media.image import blind_image
from touchstone.core.media.inspection import Inspected
from touchstone.core.media.kinds import KINDS, Group
from touchstone.core.media.office import blind_office
from touchstone.core.media.pdf import blind_pdf
from touchstone.core.media.recording import blind_recording
from touchstone.core.media.text import blind_text


def make_blind_copy(source: Path, target: Path, inspected: Inspected) -> BlindCopy:
    """Write to `target` a copy of `source` whose metadata reveal nobody; the same input gives the same bytes.

    `inspected` is what `inspect` said of `source`. The content itself (words, faces, voices) is not changed.
    The copy may be of another kind (HEIC becomes JPEG): use the answer's kind, media type and extension.
    Raises a FileRefused, and then leaves no target behind.
    """
    notes = Notes()
    try:
        kind = KINDS[_write(source, target, inspected, notes)]
    except FileRefused:
        target.unlink(missing_ok=True)
        raise
    return notes.blind_copy(kind.code, kind.media_type, kind.extension)


def _write(source: Path, target: Path, inspected: Inspected, notes: Notes) -> str:
    match inspected.group:
        case Group.IMAGE:
            return blind_image(source, target, inspected.kind, notes)
        case Group.AUDIO | Group.VIDEO:
            blind_recording(source, target, inspected.kind, notes)
        case Group.TEXT:
            blind_text(source, target, notes)
        case Group.DOCUMENT if inspected.kind == "pdf":
            blind_pdf(source, target, notes)
        case Group.DOCUMENT:
            blind_office(source, target, inspected.kind, notes)
    return inspected.kind
