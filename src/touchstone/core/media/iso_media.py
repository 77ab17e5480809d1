"""The outer boxes of MP4, M4A and QuickTime files (ISO/IEC 14496-12, 4.2): is the file whole?"""

from pathlib import Path
from typing import BinaryIO

from touchstone.core.media.errors import BrokenFile

MAX_BOXES = 10_000
_QUICKTIME_BRANDS = (b"qt  ",)


def check_boxes(path: Path) -> str:
    """Walk the outer boxes; `mov` for QuickTime, `mp4` for the rest of the family.

    Raises BrokenFile when a box runs past the end (the file is cut short) or there is no movie box.
    """
    size = path.stat().st_size
    brand: bytes | None = None
    kinds: set[bytes] = set()
    with path.open("rb") as stream:
        at = 0
        for _ in range(MAX_BOXES):
            if at + 8 > size:
                break
            kind, length = _box(stream, at, size)
            if at + length > size:
                raise BrokenFile("This recording is cut short. Please copy it from the device again.")
            if kind == b"ftyp":
                brand = stream.read(4)
            kinds.add(kind)
            at += length
    if b"moov" not in kinds:
        raise BrokenFile("This recording is cut short. Please copy it from the device again.")
    return "mov" if brand is None or brand in _QUICKTIME_BRANDS else "mp4"


def _box(stream: BinaryIO, at: int, size: int) -> tuple[bytes, int]:
    stream.seek(at)
    header = stream.read(8)
    length, kind = int.from_bytes(header[:4], "big"), header[4:8]
    if length == 1:
        length = int.from_bytes(stream.read(8), "big")
    elif length == 0:
        length = size - at
    if length < 8:
        raise BrokenFile
    return kind, length
