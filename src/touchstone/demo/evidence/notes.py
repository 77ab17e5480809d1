"""Plain notes, as Windows editors save them."""

from collections.abc import Sequence
from pathlib import Path


def notes_txt(path: Path, *, lines: Sequence[str]) -> Path:
    """Write a text file with a byte-order mark and Windows line ends."""
    path.write_bytes("\r\n".join((*lines, "")).encode("utf-8-sig"))
    return path
