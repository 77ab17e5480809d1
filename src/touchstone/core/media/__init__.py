"""What a file is (`inspect`), and the copy of it that an assessor may see (`make_blind_copy`).

Files from outside are given to `touchstone.core.media.apart`, which does both behind a wall.
"""

from touchstone.core.media.blind import make_blind_copy
from touchstone.core.media.errors import (
    ActiveContent,
    ArchiveBomb,
    BrokenFile,
    EmptyFile,
    FileRefused,
    FileTooLarge,
    KindNotAccepted,
    NameContradictsContent,
    PictureTooLarge,
)
from touchstone.core.media.findings import BlindCopy, Finding
from touchstone.core.media.inspection import Inspected, inspect
from touchstone.core.media.kinds import KINDS, Group, Kind, Serving, neutral_name

__all__ = [
    "KINDS",
    "ActiveContent",
    "ArchiveBomb",
    "BlindCopy",
    "BrokenFile",
    "EmptyFile",
    "FileRefused",
    "FileTooLarge",
    "Finding",
    "Group",
    "Inspected",
    "Kind",
    "KindNotAccepted",
    "NameContradictsContent",
    "PictureTooLarge",
    "Serving",
    "inspect",
    "make_blind_copy",
    "neutral_name",
]
