"""The demonstration's files: small, real, the same every time, and as revealing as files from a school."""

import zipfile
from datetime import UTC, datetime

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from tests.unit.core.media.planted import CAPTIONS, KINDS_MADE, LINES, MAKER, TITLE
from tests.unit.core.media.traces import seconds_decoded, traces
from touchstone.core.media.image_metadata import gps_text
from touchstone.demo import evidence


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_evidence_when_made_then_small_and_signed_by_its_maker(ending, made):
    assert made[ending].stat().st_size < (400_000 if ending in ("mp4", "mov", "webm") else 300_000)
    assert "Zzyzxsmith" in traces(made[ending], ("Zzyzxsmith",))


def test_evidence_when_made_again_then_bytes_are_the_same(made, tmp_path):
    again = {
        "jpg": evidence.classroom_photo_jpeg(tmp_path / "a", maker=MAKER, heading="Fractions", lines=LINES),
        "heic": evidence.photo_heic(tmp_path / "b.heic", maker=MAKER, heading="My work", lines=LINES),
        "mp3": evidence.discussion_audio_mp3(tmp_path / "c", maker=MAKER, title=TITLE, seconds=2),
        "mp4": evidence.teaching_clip_mp4(tmp_path / "d", maker=MAKER, title=TITLE, captions=CAPTIONS, seconds=2),
    }
    for ending, path in again.items():
        assert path.read_bytes() == made[ending].read_bytes(), ending


def test_photo_when_made_then_it_carries_place_camera_and_turn(made):
    with Image.open(made["jpg"]) as image:
        exif = image.getexif()
        assert image.size == (900, 1200)
        assert exif[0x0112] == 6
        assert exif.get_ifd(0x8769)[0xA431] == MAKER.camera_serial
        assert gps_text(exif.get_ifd(0x8825)) == "38.9072, -77.0369"


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_office_file_when_made_then_every_part_is_well_formed_declared_and_reached(ending, made):
    with zipfile.ZipFile(made[ending]) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        parts = {e.get("PartName").lstrip("/") for e in types if e.get("PartName")}
        defaults = {e.get("Extension") for e in types if e.get("Extension")}
        reached = set()
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                etree.fromstring(archive.read(name))
            assert name in parts or name.rsplit(".", 1)[-1] in defaults, name
        for listing in (n for n in names if n.endswith(".rels")):
            folder = listing.split("_rels/")[0]
            for rel in etree.fromstring(archive.read(listing)):
                if rel.get("TargetMode") != "External":
                    steps = [s for s in (folder + rel.get("Target")).split("/") if s]
                    while ".." in steps:
                        at = steps.index("..")
                        del steps[at - 1 : at + 1]
                    reached.add("/".join(steps))
        assert reached == {n for n in names if not n.endswith(".rels") and n != "[Content_Types].xml"}


def test_student_work_when_made_then_its_words_are_on_its_pages(made):
    with pikepdf.open(made["pdf"]) as pdf:
        first = pdf.pages[0].Contents.read_bytes()
        assert rb"(Which is larger \(3/4 or 5/8\)?) Tj" in first
        assert [str(f.BaseFont) for f in pdf.pages[0].Resources.Font.values()] == ["/Helvetica", "/Helvetica-Bold"]
        assert not pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else True
        assert pikepdf.PdfImage(pdf.pages[1].Resources.XObject.Im1).as_pil_image().size == (900, 1200)


@pytest.mark.parametrize(
    ("ending", "seconds"), [("mp3", 2), ("m4a", 2), ("wav", 2), ("ogg", 2), ("mp4", 2), ("webm", 2)]
)
def test_recording_when_made_then_it_plays_to_its_end(ending, seconds, made):
    assert seconds_decoded(made[ending]) == pytest.approx(seconds, abs=0.2)


def test_maker_when_named_then_account_and_folder_follow():
    maker = evidence.Maker("María-José O'Neil Núñez", made_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert maker.user_name == "mnunez"
    assert maker.folder == "C:\\Users\\mnunez\\Documents"
    assert maker.moment == "2026-01-02T03:04:05Z"
    assert evidence.Maker("李").user_name == "teacher"
