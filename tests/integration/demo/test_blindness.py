"""What assessors get of the demonstration's evidence says nothing about who made it."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.integration.demo.conftest import NOW
from touchstone.assessment.models import Score
from touchstone.demo.cast import CAST, PLACES
from touchstone.demo.making import maker_of
from touchstone.portfolio.models import Answer, Artifact

pytestmark = pytest.mark.usefixtures("demonstration")


def _telling() -> set[str]:
    """Names, addresses, places, user names and serial numbers of the whole cast."""
    makers = [maker_of(member, NOW) for member in CAST]
    words = {word for maker in makers for word in (maker.name, maker.organisation, maker.colleague)}
    words |= {maker.camera_serial for maker in makers} | {maker.folder for maker in makers}
    words |= {member.email for member in CAST} | {place.name for place in PLACES}
    return words - {"", "At home"}


def _parts(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, of the members of an archive, and of the streams of a PDF."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for info in archive.infolist():
                yield info.filename.encode()
                yield from _parts(archive.read(info))
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for thing in pdf.objects:
                yield str(thing).encode()
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()
                    if thing.get("/Filter") != pikepdf.Name.DCTDecode:
                        yield thing.read_bytes()


def _told(data: bytes, words: set[str]) -> set[str]:
    codes = {word: {word.encode(code, "ignore") for code in ("utf-8", "utf-16-le", "utf-16-be")} for word in words}
    parts = list(_parts(data))
    return {word for word, forms in codes.items() if any(form in part for form in forms for part in parts)}


def _bytes(key: str) -> bytes:
    with default_storage.open(key) as file:
        content: bytes = file.read()
    return content


def test_originals_tell_and_blind_copies_do_not() -> None:
    words = _telling()
    rows = list(Artifact.objects.filter(kind="file").order_by("id"))
    assert len(rows) > 40
    for row in rows:
        assert not _told(_bytes(row.blind), words), row.name
        if not row.name.endswith(".txt"):
            assert _told(_bytes(row.original), words), f"{row.name} should carry its maker's traces"
            assert any(finding["fixed"] for finding in row.findings), row.name


def test_blind_pictures_carry_no_exif_and_no_place() -> None:
    pictures = Artifact.objects.filter(group="image")
    assert pictures.count() > 8
    for row in pictures:
        with Image.open(io.BytesIO(_bytes(row.blind))) as image:
            assert not dict(image.getexif().get_ifd(0x8825)), row.name
            assert not set(image.getexif()) & {0x013B, 0x010F, 0x0110, 0x8298}, row.name


def test_names_of_blind_copies_say_nothing() -> None:
    assert all(row.blind_name.startswith("evidence.") for row in Artifact.objects.filter(kind="file"))


def test_nobody_names_herself_in_what_she_writes() -> None:
    words = _telling() | {part for member in CAST for part in member.name.split() if len(part) > 3}
    texts = [*Answer.objects.values_list("text", flat=True), *Score.objects.values_list("comment", flat=True)]
    for row in Artifact.objects.exclude(kind="file"):
        texts += [row.text, row.url, row.name]
    found = {(word, text[:50]) for text in texts for word in words if word in text}
    assert not found
