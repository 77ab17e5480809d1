"""What a file is, decided by its content: magic bytes first, then a reader of that format."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NoReturn

from touchstone.core.media import errors, sniff
from touchstone.core.media.image import check_image
from touchstone.core.media.kinds import KINDS, Group, Kind, kind_by_ending
from touchstone.core.media.office import office_kind
from touchstone.core.media.pdf import check_pdf
from touchstone.core.media.recording import recording_kind

_BAD_ENDINGS = frozenset({
    ".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".sh", ".js", ".mjs", ".vbs", ".wsf",
    ".jar", ".app", ".dmg", ".apk", ".py", ".php", ".html", ".htm", ".xhtml", ".svg", ".xml", ".zip", ".rar",
    ".7z", ".gz", ".tar", ".iso", ".doc", ".xls", ".ppt", ".docm", ".xlsm", ".pptm", ".dotm", ".rtf", ".odt",
    ".pages", ".key", ".numbers", ".json", ".css", ".lnk", ".url", ".reg", ".hta", ".swf",
})  # fmt: skip

_ADVICE = {
    "program": "Programs and scripts cannot be taken. Please add the document, picture or recording itself.",
    "markup": "Web pages and SVG drawings cannot be taken. Please save it as a PDF or a picture.",
    "old-office": "Older Word, Excel and PowerPoint files (.doc, .xls, .ppt), and locked ones, cannot be taken. "
    "Please open it and save it as .docx, .xlsx, .pptx or PDF, without a password.",
    "rtf": "Rich text (.rtf) cannot be taken. Please save it as .docx or PDF.",
    "archive": "Packed folders cannot be taken. Please unpack it and add its files one by one.",
    "picture": "This kind of picture cannot be taken. Please save it as JPEG or PNG.",
    "sound": "This kind of sound recording cannot be taken. Please save it as MP3, M4A or WAV.",
    "film": "This kind of video cannot be taken. Please save it as MP4.",
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file is. `size` in bytes, `sha256` in lower-case hexadecimal."""

    kind: str
    media_type: str
    extension: str
    group: Group
    size: int
    sha256: str


def inspect(path: Path, *, name: str, max_bytes: int) -> Inspected:
    """Say what the file at `path` is, or refuse it.

    `name` is the name it was sent under: it can only contradict the content, or tell plain text from CSV and
    Markdown. `max_bytes` is the largest size taken, in bytes.
    Raises a FileRefused: EmptyFile, FileTooLarge, PictureTooLarge, KindNotAccepted, NameContradictsContent,
    ArchiveBomb, BrokenFile or ActiveContent.
    """
    size = path.stat().st_size
    if size == 0:
        raise errors.EmptyFile
    if size > max_bytes:
        raise errors.FileTooLarge(max_bytes)
    ending = _ending(name)
    kind = _kind_of(path, ending)
    _check_name(kind, ending)
    return Inspected(kind.code, kind.media_type, kind.extension, kind.group, size, _sha256(path))


def _kind_of(path: Path, ending: str) -> Kind:
    with path.open("rb") as stream:
        guess = sniff.sniff(stream.read(sniff.HEAD))
    if guess == sniff.TEXT:
        return _text_kind(path, ending)
    if guess == sniff.ZIP:
        code = office_kind(path)
        if code is None:
            _refuse("archive", ending)
        return KINDS[code]
    if guess == sniff.ISO_MEDIA or (guess in KINDS and KINDS[guess].group in (Group.AUDIO, Group.VIDEO)):
        return KINDS[recording_kind(path, guess)]
    if guess not in KINDS:
        _refuse(guess, ending)
    if guess == "pdf":
        check_pdf(path)
    else:
        check_image(path, guess)
    return KINDS[guess]


def _refuse(refused: str, ending: str) -> NoReturn:
    """A refused class of content. Under the name of an accepted kind, it is the name that misleads."""
    promised = kind_by_ending(ending)
    advice = _ADVICE.get(refused)
    if promised is None or refused in ("picture", "sound", "film"):
        raise errors.KindNotAccepted(advice)
    if refused == "unknown" or (refused == "old-office" and promised.group is Group.DOCUMENT):
        raise errors.BrokenFile(advice)
    if refused in ("markup", "rtf") and promised.group is Group.TEXT:
        raise errors.KindNotAccepted(advice)
    raise errors.NameContradictsContent(ending.lstrip("."))


def _text_kind(path: Path, ending: str) -> Kind:
    """Text, CSV or Markdown: only the name can tell. Scripts are text too, so their endings are refused."""
    text = sniff.decode_text(path.read_bytes())
    if text is None:
        raise errors.KindNotAccepted
    if not text.strip():
        raise errors.EmptyFile
    if ending in _BAD_ENDINGS:
        raise errors.KindNotAccepted
    promised = kind_by_ending(ending)
    return promised if promised is not None and promised.group is Group.TEXT else KINDS["txt"]


def _check_name(kind: Kind, ending: str) -> None:
    """A name may be of the same group (a phone's .heic that is a JPEG), but may not promise another."""
    promised = kind_by_ending(ending)
    if promised is None and ending not in _BAD_ENDINGS:
        return
    if ending in (kind.extension, *kind.aliases):
        return
    if promised is not None and promised.group is kind.group and kind.group is not Group.DOCUMENT:
        return
    raise errors.NameContradictsContent(ending.lstrip("."))


def _ending(name: str) -> str:
    return PurePosixPath(PureWindowsPath(name).name).suffix.lower()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
