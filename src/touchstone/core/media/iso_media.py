"""The boxes of MP4, M4A and QuickTime files (ISO/IEC 14496-12, 4.2): is the file whole, and who coded it?"""

from pathlib import Path
from typing import BinaryIO

from touchstone.core.media.errors import BrokenFile

MAX_BOXES = 10_000
MAX_MOVIE_BOX = 100_000_000
"""Bytes of the movie box, which lists every frame: hours of film need a few million."""
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


def blank_coding_notes(path: Path) -> None:
    """Overwrite, in place, the notes (SEI) among an HEVC track's parameters (ISO/IEC 14496-15, 8.3.3.1.2).

    A copy of the coded stream takes these parameters along unread. The notes become filler of the same length.
    """
    with path.open("r+b") as stream:
        size = stream.seek(0, 2)
        at = 0
        while at + 8 <= size:
            kind, length = _box(stream, at, size)
            if kind == b"moov":
                stream.seek(at)
                movie = bytearray(stream.read(min(length, MAX_MOVIE_BOX)))
                _blank_notes_in(movie)
                stream.seek(at)
                stream.write(movie)
            at += length


def _blank_notes_in(movie: bytearray) -> None:
    found = movie.find(b"hvcC")
    while found >= 0:
        end = found - 4 + int.from_bytes(movie[found - 4 : found], "big")
        for start, length in _notes_among_parameters(movie, found + 4, min(end, len(movie))):
            movie[start : start + length] = _filler(length)
        found = movie.find(b"hvcC", found + 4)


def _notes_among_parameters(movie: bytearray, at: int, end: int) -> list[tuple[int, int]]:
    """Start and length of each note's content, behind the two bytes that say it is one."""
    notes: list[tuple[int, int]] = []
    arrays = movie[at + 22] if at + 22 < end else 0
    at += 23
    for _ in range(arrays):
        if at + 3 > end:
            break
        kind, units = movie[at] & 63, int.from_bytes(movie[at + 1 : at + 3], "big")
        at += 3
        for _ in range(units):
            length = int.from_bytes(movie[at : at + 2], "big")
            if at + 2 + length > end:
                return notes
            if kind in (39, 40) and length > 2:
                notes.append((at + 4, length - 2))
            at += 2 + length
    return notes


def _filler(length: int) -> bytes:
    """A filler message (H.265 annex D.2.4, type 3) that takes up `length` bytes; too short a space becomes ends."""
    for long_count in range(length // 255 + 2):
        payload = length - 3 - long_count
        if payload >= 0 and payload // 255 == long_count:
            return b"\x03" + b"\xff" * long_count + bytes([payload % 255]) + b"\xff" * payload + b"\x80"
    return b"\x80" * length
