"""What a file is, and every way it can be refused."""

import contextlib
import hashlib
import io
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.unit.core.media.planted import KINDS_MADE
from touchstone.core.media import (
    KINDS,
    ActiveContent,
    ArchiveBomb,
    BrokenFile,
    EmptyFile,
    FileRefused,
    FileTooLarge,
    Group,
    KindNotAccepted,
    NameContradictsContent,
    PictureTooLarge,
    inspect,
    make_blind_copy,
)

LIMIT = 20_000_000


def look(folder: Path, name: str, data: bytes, limit: int = LIMIT):
    path = folder / "upload"
    path.write_bytes(data)
    return inspect(path, name=name, max_bytes=limit)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def picture(form: str, size=(40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(buffer, form)
    return buffer.getvalue()


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_inspect_when_a_kind_is_accepted_then_it_says_what_and_how_much(ending, made):
    data = made[ending].read_bytes()
    seen = inspect(made[ending], name=f"My file.{ending.upper()}", max_bytes=LIMIT)
    kind = KINDS["jpeg" if ending == "jpg" else ending]
    assert (seen.kind, seen.media_type, seen.extension, seen.group) == (
        kind.code, kind.media_type, kind.extension, kind.group
    )  # fmt: skip
    assert (seen.size, seen.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_inspect_when_the_name_says_nothing_then_content_decides(ending, made):
    assert inspect(made[ending], name="upload", max_bytes=LIMIT).kind == ("jpeg" if ending == "jpg" else ending)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.txt", "txt"), ("a.csv", "csv"), ("a.md", "md"), ("a.MARKDOWN", "md"), ("a", "txt")]
)
def test_inspect_when_text_then_the_name_tells_which(name, kind, tmp_path):
    assert look(tmp_path, name, b"pupil,score\nP1,3\n").kind == kind


def test_inspect_when_a_jpeg_is_named_jpeg_or_heic_then_it_is_a_jpeg(tmp_path):
    for name in ("a.jpeg", "a.jpg", "a.HEIC"):
        assert look(tmp_path, name, picture("JPEG")).extension == ".jpg"


def test_inspect_when_words_begin_like_magic_then_it_is_still_text(tmp_path):
    for words in (
        b"MZ is a motor car.",
        b"FORM for parents",
        b"BZh... said the bee",
        "FORM für Eltern".encode("cp1252"),
    ):
        assert look(tmp_path, "a.txt", words).group is Group.TEXT


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXE = b"MZ\x90\x00" + bytes(400)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("empty.pdf", b"", EmptyFile),
        ("blank.txt", b" \r\n\t ", EmptyFile),
        ("setup.exe", EXE, KindNotAccepted),
        ("setup", b"\x7fELF" + bytes(90), KindNotAccepted),
        ("lesson.pdf", EXE, NameContradictsContent),
        ("photo.jpg", EXE, NameContradictsContent),
        ("drawing.svg", SVG, KindNotAccepted),
        ("drawing.png", SVG, NameContradictsContent),
        ("notes.txt", SVG, KindNotAccepted),
        ("page.html", b"<!DOCTYPE html><html><body>hi</body></html>", KindNotAccepted),
        ("page.md", b"\n<!-- x --> <script>alert(1)</script>", KindNotAccepted),
        ("utf16.txt", "<html><script>alert(1)</script>".encode("utf-16"), KindNotAccepted),
        ("run.sh", b"#!/bin/sh\nrm -rf /\n", KindNotAccepted),
        ("run.ps1", b"Remove-Item C:\\ -Recurse\n", KindNotAccepted),
        ("code.js", b"alert(1)\n", KindNotAccepted),
        ("plan.doc", OLE, KindNotAccepted),
        ("plan.docx", OLE, BrokenFile),
        ("plan.rtf", rb"{\rtf1 hello}", KindNotAccepted),
        ("files.zip", zipped({"a.txt": b"hello"}), KindNotAccepted),
        ("files.docx", zipped({"a.txt": b"hello"}), NameContradictsContent),
        ("text.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), KindNotAccepted),
        ("scan.tiff", picture("TIFF"), KindNotAccepted),
        ("words.pdf", b"These are words.", NameContradictsContent),
        ("words.docx", picture("PNG"), NameContradictsContent),
        ("noise.jpg", bytes(random.Random(1).randbytes(900)), BrokenFile),
        ("noise.bin", bytes(random.Random(1).randbytes(900)), KindNotAccepted),
        ("list.m3u8", b"#EXTM3U\nfile:///etc/passwd\n", None),
    ],
)  # fmt: skip
def test_inspect_when_a_file_is_not_wanted_then_it_is_refused_by_name(name, data, refusal, tmp_path):
    if refusal is None:
        assert look(tmp_path, name, data).kind == "txt", "a playlist is only words to us"
        return
    with pytest.raises(refusal) as refused:
        look(tmp_path, name, data)
    assert type(refused.value) is refusal
    sentence = str(refused.value)
    assert "lease" in sentence, "every refusal says what to do"
    assert refused.value.code


def test_inspect_when_old_word_file_then_it_says_how_to_save_it(tmp_path):
    with pytest.raises(KindNotAccepted, match=r"\.docx"):
        look(tmp_path, "plan.doc", OLE)


def test_inspect_when_over_the_limit_then_too_large_with_the_limit(tmp_path):
    with pytest.raises(FileTooLarge, match="2 MB"):
        look(tmp_path, "a.txt", b"x" * 2_000_001, limit=2_000_000)
    assert look(tmp_path, "a.txt", b"x" * 2_000_000, limit=2_000_000).size == 2_000_000


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "heic", "docx", "pptx", "xlsx", "pdf", "mp4", "mov", "m4a"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_inspect_when_cut_short_then_broken(ending, share, made, tmp_path):
    data = made[ending].read_bytes()
    with pytest.raises(BrokenFile):
        look(tmp_path, f"a.{ending}", data[: int(len(data) * share)])


def test_inspect_when_pdf_needs_a_password_then_broken_and_says_so(made, tmp_path):
    with pikepdf.open(made["pdf"]) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="one", owner="two"))
    with pytest.raises(BrokenFile, match="password"):
        inspect(tmp_path / "locked.pdf", name="a.pdf", max_bytes=LIMIT)


def test_inspect_when_zip_is_locked_then_broken(made, tmp_path):
    data = bytearray(made["docx"].read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    with pytest.raises(BrokenFile, match="password"):
        look(tmp_path, "a.docx", bytes(data))


def office(extra: dict[str, bytes], main_type: str | None = None, made: Path | None = None) -> bytes:
    assert made is not None
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if main_type:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", main_type.encode()
        )
    return zipped(parts | extra)


def test_inspect_when_document_has_macros_then_active_content(made, tmp_path):
    for data in (
        office({"word/vbaProject.bin": b"macros"}, made=made["docx"]),
        office({"word/activeX/activeX1.xml": b"<x/>"}, made=made["docx"]),
        office({}, "application/vnd.ms-word.document.macroEnabled.main+xml", made["docx"]),
    ):
        for name in ("plan.docm", "plan.docx"):
            with pytest.raises(ActiveContent, match="macros"):
                look(tmp_path, name, data)


def test_inspect_when_template_then_not_accepted(made, tmp_path):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    with pytest.raises(KindNotAccepted, match="emplates"):
        look(tmp_path, "plan.dotx", office({}, kind, made["docx"]))


def test_inspect_when_document_declares_entities_then_broken(made, tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
    with pytest.raises(BrokenFile):
        look(tmp_path, "a.docx", office({"word/document.xml": bomb}, made=made["docx"]))


def zeros(count: int) -> bytes:
    return zipped({"zeros": bytes(count)})


def many_members() -> bytes:
    return zipped({f"p{n}.xml": b"" for n in range(5_001)})


def zips_in_zips() -> bytes:
    data = b"PK\x03\x04 not really"
    for level in range(5):
        data = zipped({f"lib {level}.{n}.zip": data for n in range(4)})
    return data


def lying_directory() -> bytes:
    """An end record that claims a directory of four thousand million bytes."""
    data = bytearray(zipped({"a": b"b"}))
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 0xFFFFFFF0)
    return bytes(data)


def overlapping() -> bytes:
    """Two directory entries that point at the same bytes."""
    data = bytearray(zipped({"a.xml": bytes(300), "b.xml": bytes(300)}))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


@pytest.mark.parametrize(
    "make",
    [lambda: zeros(30_000_000), many_members, zips_in_zips, lying_directory],
    ids=["ratio", "count", "nested", "directory"],
)
def test_inspect_when_archive_is_a_bomb_then_refused_before_unpacking(make, tmp_path):
    for name in ("a.docx", "a.zip"):
        with pytest.raises(ArchiveBomb):
            look(tmp_path, name, make())


def test_inspect_when_members_overlap_then_refused(tmp_path):
    with pytest.raises((ArchiveBomb, BrokenFile)):
        look(tmp_path, "a.docx", overlapping())


def test_inspect_when_picture_claims_many_pixels_then_too_large_without_decoding(tmp_path):
    data = bytearray(picture("PNG"))
    data[16:24] = struct.pack(">II", 30_000, 30_000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    with pytest.raises(PictureTooLarge):
        look(tmp_path, "a.png", bytes(data))


def test_inspect_when_moving_picture_is_endless_then_too_large(tmp_path):
    frames = [Image.new("L", (4, 4), n % 2 * 255) for n in range(1_001)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureTooLarge, match="video"):
        look(tmp_path, "a.gif", buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"<!-- --> " * 450 + b"words"),
        ("a.md", b"<?xml ?>" * 500 + b"words"),
        ("a.txt", b" " * 4_000 + b"words"),
    ],
)
def test_inspect_when_text_is_made_to_mislead_a_pattern_then_it_is_still_quick(name, data, tmp_path):
    began = time.monotonic()
    with contextlib.suppress(FileRefused):
        look(tmp_path, name, data)
    assert time.monotonic() - began < 1


HEADS = [
    b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8 ", b"PK\x03\x04",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\0\0\0\x14ftypisom\0\0\0\0isom", b"ID3\x04\0\0", b"OggS\0\x02",
    b"RIFF\x20\0\0\0WAVEfmt ", b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01webm", b"\xff\xfe", b"{\\rtf",
]  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(HEADS), rest=st.binary(max_size=600), name=st.sampled_from(["a.pdf", "a", "b.docx", "c.mp4"])
)
@example(head=b"%PDF-1.7\n", rest=b"1 0 obj<</Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", name="a.pdf")
def test_inspect_when_bytes_are_random_then_only_refusals(head, rest, name, tmp_path):
    """Whatever is accepted must also come through the blind copy, or be refused there."""
    path = tmp_path / "random"
    path.write_bytes(head + rest)
    with contextlib.suppress(FileRefused):
        make_blind_copy(path, tmp_path / "out", inspect(path, name=name, max_bytes=LIMIT))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), ending=st.sampled_from(["pdf", "docx", "xlsx", "pptx", "jpg", "png", "webp"]))
def test_inspect_when_a_real_file_is_damaged_then_only_refusals(seed, ending, made, tmp_path):
    chance = random.Random(seed)
    data = bytearray(made[ending].read_bytes())
    for _ in range(chance.choice((1, 5, 40))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "damaged"
    path.write_bytes(data)
    copied = False
    with contextlib.suppress(FileRefused):
        make_blind_copy(path, tmp_path / "out", inspect(path, name=f"a.{ending}", max_bytes=LIMIT))
        copied = True
    assert (tmp_path / "out").exists() == copied, "a refused file leaves no half-made copy"
    (tmp_path / "out").unlink(missing_ok=True)
