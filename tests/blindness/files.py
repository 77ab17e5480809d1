"""Opening files: parts of an archive, objects and streams of a PDF, the notes beside the pixels of a picture."""

import io
import warnings
import zipfile
from collections.abc import Iterator

import pikepdf
from PIL import ExifTags, Image, UnidentifiedImageError

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")


def parts(data: bytes, inside: str = "") -> Iterator[tuple[str, bytes]]:
    """Where in a file, and the bytes there; the file itself first."""
    yield inside or "file", data
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        yield from _archive(data, inside)
    elif data.startswith(b"%PDF"):
        yield from _pdf(data, inside)
    elif data.startswith(PICTURES):
        yield from _picture(data, inside)


def _archive(data: bytes, inside: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield f"{inside}comment", archive.comment
        for info in archive.infolist():
            yield f"{inside}name", info.filename.encode() + info.comment + info.extra
            yield from parts(archive.read(info), f"{inside}{info.filename}: ")


def _pdf(data: bytes, inside: str) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield f"{inside}information", str(dict(pdf.docinfo.items())).encode()
        with pdf.open_metadata(set_pikepdf_as_editor=False) as notes:
            yield f"{inside}metadata", str(notes).encode()
        for thing in pdf.objects:
            yield f"{inside}object", str(thing).encode()
            if isinstance(thing, pikepdf.Stream):
                yield from parts(_stream(thing), f"{inside}stream: ")


def _stream(thing: pikepdf.Stream) -> bytes:
    try:
        return thing.read_bytes()
    except pikepdf.PdfError:  # pictures stay packed
        return thing.read_raw_bytes()


def _picture(data: bytes, inside: str) -> Iterator[tuple[str, bytes]]:
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as picture:
            warnings.simplefilter("ignore")
            yield f"{inside}notes", str(picture.info).encode()
            exif = picture.getexif()
            for block in (exif, *(exif.get_ifd(kind) for kind in ExifTags.IFD)):
                yield f"{inside}EXIF", str(dict(block)).encode()
    except UnidentifiedImageError:
        return
