"""Looks for planted words everywhere in a file: bytes, zip members, PDF streams and strings, tags."""

import io
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import imageio_ffmpeg
import pikepdf
from PIL import Image


def traces(path: Path, words: Iterable[str]) -> set[str]:
    """Those of `words` that stand anywhere in the file, in any encoding that files use."""
    haystacks = list(_layers(path.read_bytes()))
    return {word for word in words for text in haystacks if any(code in text for code in _codings(word))}


def _codings(word: str) -> tuple[bytes, ...]:
    return word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")


def _layers(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield repr([(i.filename, i.comment, i.extra) for i in archive.infolist()]).encode()
            for name in archive.namelist():
                yield from _layers(archive.read(name))
    elif data[:5] == b"%PDF-":
        yield from _pdf_layers(data)
    else:
        yield from _image_layers(data)


def _pdf_layers(data: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_raw_bytes()
                yield repr(thing.stream_dict.items()).encode()
                if str(thing.get("/Filter", "")) not in ("/DCTDecode", "/JPXDecode"):
                    yield thing.read_bytes()
            else:
                yield repr(thing).encode()


def _image_layers(data: bytes) -> Iterator[bytes]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
            yield repr((image.info, dict(exif), exif.get_ifd(0x8825), exif.get_ifd(0x8769))).encode()
    except OSError:
        return


def tags(path: Path) -> str:
    """All tags ffmpeg reads from a recording."""
    return _ffmpeg("-i", str(path), "-map", "0", "-c", "copy", "-f", "ffmetadata", "-").stdout


def seconds_decoded(path: Path) -> float:
    """How long the recording plays, every frame decoded."""
    report = _ffmpeg("-xerror", "-i", str(path), "-f", "null", "-", "-progress", "-", "-stats")
    assert report.returncode == 0, report.stderr
    times = [line.split("=")[1] for line in report.stdout.splitlines() if line.startswith("out_time_us=")]
    return int(times[-1]) / 1_000_000


def _ffmpeg(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    return subprocess.run(
        (program, "-v", "error", "-nostdin", *arguments), capture_output=True, text=True, errors="replace", timeout=60
    )
