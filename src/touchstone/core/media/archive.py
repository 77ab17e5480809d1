"""Zip files (every Office document is one), measured before anything is unpacked.

Source of the checks: a zip's end record tells the size of its directory, and the directory the size of every
member (PKWARE APPNOTE 4.3.12 and 4.3.16), so a bomb shows itself without being lit.
"""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from touchstone.core.media.errors import ArchiveBomb, BrokenFile

MAX_MEMBERS = 5_000
MAX_DIRECTORY = 2_000_000
"""Bytes of the zip's directory: 400 a member."""
MAX_UNPACKED = 500_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 20_000_000
"""Bytes of one member below which its ratio is not looked at: blank spreadsheets pack very well."""
MAX_DEPTH = 2
"""A spreadsheet behind a chart in a document is depth 1; nothing honest goes deeper than 2."""
MAX_NESTED = 100_000_000
"""Bytes of a packed file inside a packed file."""

_END = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


def open_archive(source: Path | bytes) -> zipfile.ZipFile:
    """Open a zip after its directory and its nested zips have been measured; the caller closes it.

    Raises ArchiveBomb when it would unpack to too much, BrokenFile when it is damaged or locked.
    """
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        return _measured(stream, depth=0)
    except BaseException:
        stream.close()
        raise


def read_member(archive: zipfile.ZipFile, name: str, limit: int = MAX_UNPACKED) -> bytes:
    """One member's bytes.

    Raises ArchiveBomb above `limit` bytes, BrokenFile when it is damaged.
    """
    try:
        with archive.open(name) as member:
            data = member.read(limit + 1)
    except _DAMAGE as error:
        if "Overlapped" in str(error):
            raise ArchiveBomb from error
        raise BrokenFile from error
    if len(data) > limit:
        raise ArchiveBomb
    return data


def _measured(stream: BinaryIO, depth: int) -> zipfile.ZipFile:
    _measure_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise BrokenFile from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise ArchiveBomb
    if len({m.filename for m in members}) != len(members):
        raise BrokenFile("This file holds two parts of the same name. Please save a fresh copy.")
    for member in members:
        _measure_member(archive, member, depth)
    return archive


def _measure_directory(stream: BinaryIO) -> None:
    """Refuse a directory too large to list: zipfile would read all of it into memory."""
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - 65_557)
    stream.seek(tail_at)
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22:
        raise BrokenFile
    count, directory = struct.unpack_from("<HI", tail, end + 10)
    if end >= 76 and tail[end - 20 : end - 16] == _ZIP64_LOCATOR:
        count, directory = struct.unpack_from("<QQ", tail, end - 20 - 56 + 32)
    if count > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise ArchiveBomb


def _measure_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    if member.flag_bits & 0x1:
        raise BrokenFile("This file is locked with a password. Please save a copy without one.")
    if member.compress_type not in _METHODS:
        raise BrokenFile
    if member.file_size > RATIO_MATTERS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise ArchiveBomb
    if not _is_nested_zip(archive, member):
        return
    if depth + 1 > MAX_DEPTH or member.file_size > MAX_NESTED:
        raise ArchiveBomb
    nested = io.BytesIO(read_member(archive, member.filename, MAX_NESTED))
    _measured(nested, depth + 1).close()


def _is_nested_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if member.is_dir() or member.file_size < 22:
        return False
    try:
        with archive.open(member) as opened:
            return opened.read(4) == b"PK\x03\x04"
    except _DAMAGE as error:
        if "Overlapped" in str(error):
            raise ArchiveBomb from error
        raise BrokenFile from error
