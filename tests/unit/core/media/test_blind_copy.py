"""Every kind: what was planted is gone, what was meant is there, and the same file gives the same copy."""

import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat

from tests.unit.core.media.planted import KINDS_MADE, LINES, MAKER, PLANTED
from tests.unit.core.media.traces import seconds_decoded, tags, traces
from touchstone.core.media import KINDS, inspect, make_blind_copy, neutral_name
from touchstone.demo.evidence import notes_txt, whiteboard

RECORDINGS = (
    "mp3", "m4a", "wav", "ogg", "mp4", "mov", "webm",
)  # fmt: skip


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_blind_copy_when_names_are_planted_then_none_is_left(ending, made, blind):
    assert traces(made[ending], PLANTED), "the file must reveal somebody to begin with"
    copy, _ = blind(made[ending])
    assert traces(copy, PLANTED) == set()


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_blind_copy_when_made_twice_then_bytes_are_the_same(ending, made, tmp_path):
    inspected = inspect(made[ending], name=f"x.{ending}", max_bytes=10_000_000)
    for name in ("one", "two"):
        make_blind_copy(made[ending], tmp_path / name, inspected)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("ending", KINDS_MADE)
def test_blind_copy_when_inspected_again_then_it_is_accepted_and_has_nothing_to_remove(ending, made, blind, tmp_path):
    copy, told = blind(made[ending])
    again = inspect(copy, name=f"copy{told.extension}", max_bytes=10_000_000)
    assert (again.kind, again.media_type, again.extension) == (told.kind, told.media_type, told.extension)
    second = make_blind_copy(copy, tmp_path / "second", again)
    assert {finding.code for finding in second.removed} <= {"software"}


@pytest.mark.parametrize("ending", [e for e in KINDS_MADE if e not in ("xlsx", "pptx")])
def test_blind_copy_when_a_name_is_removed_then_the_earner_is_told_which(ending, made, blind):
    _, told = blind(made[ending])
    assert any(f.code == "author" and MAKER.name in (f.value or "") for f in told.removed)
    assert "Zzyzxsmith" not in repr(told), "values must not reach a log by accident"


@pytest.mark.parametrize("ending", ["jpg", "heic", "webp", "docx", "pptx", "mp4", "mov", "mp3", "ogg"])
def test_blind_copy_when_a_place_is_removed_then_the_earner_is_told_where(ending, made, blind):
    _, told = blind(made[ending])
    place = next(f.value for f in told.removed if f.code == "location")
    assert place is not None
    assert "38.9072" in place


@pytest.mark.parametrize("ending", RECORDINGS)
def test_blind_recording_when_copied_then_it_plays_as_long_and_has_no_tags(ending, made, blind):
    copy, _ = blind(made[ending])
    assert seconds_decoded(copy) == pytest.approx(seconds_decoded(made[ending]), abs=0.1)
    left = {line.split("=")[0] for line in tags(copy).splitlines() if "=" in line}
    assert left <= {"encoder", "major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id",
                    "language", "DURATION"}  # fmt: skip


def test_blind_photo_when_taken_sideways_then_it_stands_upright_and_looks_the_same(made, blind):
    copy, _ = blind(made["jpg"])
    with Image.open(copy) as image:
        assert image.size == (1200, 900)
        assert not image.getexif()
        difference = ImageChops.difference(image.convert("RGB"), whiteboard("Fractions", LINES))
    assert max(ImageStat.Stat(difference).mean) < 4


def test_blind_heic_when_copied_then_it_is_a_jpeg_of_the_same_size(made, blind):
    copy, told = blind(made["heic"])
    assert (told.kind, told.extension) == ("jpeg", ".jpg")
    with Image.open(copy) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 900))


@pytest.mark.parametrize("ending", ["png", "webp"])
def test_blind_picture_when_copied_then_pixels_are_close_to_the_original(ending, made, blind):
    copy, _ = blind(made[ending])
    with Image.open(copy) as image, Image.open(made[ending]) as original:
        difference = ImageChops.difference(image.convert("RGB"), original.convert("RGB"))
        assert max(ImageStat.Stat(difference).mean) < (0.001 if ending == "png" else 3)


def test_blind_pdf_when_copied_then_pages_words_and_comment_stay_and_the_picture_is_untouched(made, blind):
    copy, told = blind(made["pdf"])
    with pikepdf.open(copy) as pdf, pikepdf.open(made["pdf"]) as original:
        assert len(pdf.pages) == len(original.pages) == 2
        for page, before in zip(pdf.pages, original.pages, strict=True):
            assert page.Contents.read_bytes() == before.Contents.read_bytes()
        assert str(pdf.pages[0].Annots[0].Contents) == "See the drawing"
        new, old = (p.pages[1].Resources.XObject.Im1 for p in (pdf, original))
        assert len(new.read_raw_bytes()) < len(old.read_raw_bytes())
        shown = [pikepdf.PdfImage(image).as_pil_image() for image in (new, old)]
    # The scanner's own turning mark went with the rest; a PDF reader never looks at it.
    assert ImageChops.difference(shown[0].convert("RGB"), shown[1].convert("RGB")).getbbox() is None
    assert "comments-stay" in {remark.code for remark in told.remarks}


def _words(path: Path, member: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return " ".join(etree.fromstring(archive.read(member)).itertext())


def test_blind_word_when_copied_then_words_stay_and_changes_are_accepted(made, blind):
    copy, told = blind(made["docx"])
    words = _words(copy, "word/document.xml")
    assert "Pupils compare fractions with unlike denominators." in words
    assert "Ask for a second way." in words
    assert "Hand out the old worksheet." not in words
    assert "Reflection after the lesson" in words
    with zipfile.ZipFile(copy) as archive:
        names = archive.namelist()
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [n for n in names if "docProps" in n or "comments" in n or "people" in n]
    assert {"tracked-change", "comments", "comment-author", "path", "link"} <= {f.code for f in told.removed}


def test_blind_slides_when_copied_then_lines_and_notes_stay(made, blind):
    copy, told = blind(made["pptx"])
    assert "each fourth is two eighths" in _words(copy, "ppt/slides/slide1.xml")
    assert "Welcome everybody" in _words(copy, "ppt/notesSlides/notesSlide1.xml")
    assert "speaker-notes" in {remark.code for remark in told.remarks}


def test_blind_workbook_when_copied_then_cells_stay_and_comments_go(made, blind):
    copy, told = blind(made["xlsx"])
    assert _words(copy, "xl/worksheets/sheet1.xml").split() == [
        "Pupil",
        "Before",
        "After",
        "P1",
        "3",
        "7",
        "P2",
        "2.5",
        "6",
    ]
    assert next(f for f in told.removed if f.code == "comments").count == 1
    with zipfile.ZipFile(copy) as archive:
        assert b"legacyDrawing" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_blind_office_when_copied_then_every_arrow_and_every_type_points_to_a_part(ending, made, blind):
    copy, _ = blind(made[ending])
    with zipfile.ZipFile(copy) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        declared = {e.get("PartName").lstrip("/") for e in types if e.get("PartName")}
        assert declared == {n for n in names if not n.endswith(".rels") and n != "[Content_Types].xml"}
        for listing in (n for n in names if n.endswith(".rels")):
            folder = Path("/") / listing.split("_rels/")[0]
            for rel in etree.fromstring(archive.read(listing)):
                if rel.get("TargetMode") != "External":
                    target = (folder / rel.get("Target")).resolve()
                    assert str(target).lstrip("/") in names
        for name in declared:
            if name.endswith(".xml"):
                used = {v for e in etree.fromstring(archive.read(name)).iter() for k, v in e.attrib.items()
                        if "officeDocument/2006/relationships" in k}  # fmt: skip
                head, _, tail = name.rpartition("/")
                listing = f"{head}/_rels/{tail}.rels"
                known = {r.get("Id") for r in etree.fromstring(archive.read(listing))} if listing in names else set()
                assert used <= known, name


def test_blind_text_when_saved_by_windows_then_words_stay_in_plain_utf8(tmp_path, blind):
    source = notes_txt(tmp_path / "notes.txt", lines=["Größer als ½?", "Yes – \t see"])
    copy, told = blind(source)
    assert copy.read_bytes() == "Größer als ½?\nYes – \t see\n".encode()
    assert told.removed == ()


def test_blind_text_when_saved_in_windows_1252_then_letters_stay(tmp_path, blind):
    source = tmp_path / "old.csv"
    source.write_bytes("name;score\rJosé “P1”;3\r".encode("cp1252"))
    copy, told = blind(source)
    assert copy.read_text() == "name;score\nJosé “P1”;3\n"
    assert told.media_type == "text/csv"


def test_neutral_name_when_asked_then_it_says_only_kind_and_slot():
    assert neutral_name("pdf", 1) == "Evidence 1.pdf"
    assert {neutral_name(kind, 12) for kind in KINDS} == {f"Evidence 12{k.extension}" for k in KINDS.values()}
    with pytest.raises(ValueError, match="from 1"):
        neutral_name("pdf", 0)
