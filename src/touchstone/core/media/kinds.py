"""The kinds of file that may be evidence. Everything else is refused."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What an assessor does with the file."""

    DOCUMENT = "document"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"


class Serving(StrEnum):
    """How the file is handed to a browser."""

    SANDBOXED = "sandboxed"
    """Shown in the page, from the media origin, in a sandbox."""
    ATTACHMENT = "attachment"
    """Downloaded only: browsers cannot show it, or would open it in another program."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted kind. `aliases` are other name endings its files honestly carry."""

    code: str
    media_type: str
    extension: str
    group: Group
    serving: Serving
    aliases: tuple[str, ...] = ()


_OOXML = "application/vnd.openxmlformats-officedocument."

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", ".pdf", Group.DOCUMENT, Serving.SANDBOXED),
        Kind("docx", _OOXML + "wordprocessingml.document", ".docx", Group.DOCUMENT, Serving.ATTACHMENT),
        Kind("pptx", _OOXML + "presentationml.presentation", ".pptx", Group.DOCUMENT, Serving.ATTACHMENT),
        Kind("xlsx", _OOXML + "spreadsheetml.sheet", ".xlsx", Group.DOCUMENT, Serving.ATTACHMENT),
        Kind("jpeg", "image/jpeg", ".jpg", Group.IMAGE, Serving.SANDBOXED, (".jpeg", ".jpe", ".jfif")),
        Kind("png", "image/png", ".png", Group.IMAGE, Serving.SANDBOXED),
        Kind("webp", "image/webp", ".webp", Group.IMAGE, Serving.SANDBOXED),
        Kind("gif", "image/gif", ".gif", Group.IMAGE, Serving.SANDBOXED),
        Kind("heic", "image/heic", ".heic", Group.IMAGE, Serving.ATTACHMENT, (".heif", ".hif")),
        Kind("mp3", "audio/mpeg", ".mp3", Group.AUDIO, Serving.SANDBOXED),
        Kind("m4a", "audio/mp4", ".m4a", Group.AUDIO, Serving.SANDBOXED, (".mp4", ".m4b")),
        Kind("wav", "audio/wav", ".wav", Group.AUDIO, Serving.SANDBOXED, (".wave",)),
        Kind("ogg", "audio/ogg", ".ogg", Group.AUDIO, Serving.SANDBOXED, (".oga", ".opus")),
        Kind("mp4", "video/mp4", ".mp4", Group.VIDEO, Serving.SANDBOXED, (".m4v",)),
        Kind("mov", "video/quicktime", ".mov", Group.VIDEO, Serving.SANDBOXED, (".qt",)),
        Kind("webm", "video/webm", ".webm", Group.VIDEO, Serving.SANDBOXED),
        Kind("txt", "text/plain", ".txt", Group.TEXT, Serving.SANDBOXED, (".text",)),
        Kind("csv", "text/csv", ".csv", Group.TEXT, Serving.ATTACHMENT, (".tsv",)),
        Kind("md", "text/markdown", ".md", Group.TEXT, Serving.ATTACHMENT, (".markdown",)),
    )
}

_BY_ENDING: dict[str, Kind] = {
    ending: kind for kind in reversed(KINDS.values()) for ending in (*kind.aliases, kind.extension)
} | {kind.extension: kind for kind in KINDS.values()}


def kind_by_ending(ending: str) -> Kind | None:
    """The kind a name ending (`.docx`) promises, or None for an ending we do not know."""
    return _BY_ENDING.get(ending.lower())


def neutral_name(kind: str, slot_number: int) -> str:
    """A file name that says nothing about its maker: `neutral_name("pdf", 1)` is `Evidence 1.pdf`.

    Raises KeyError for a kind that is not in KINDS, ValueError for a slot number below 1.
    """
    if slot_number < 1:
        raise ValueError("Slots are numbered from 1.")
    return f"Evidence {slot_number}{KINDS[kind].extension}"
