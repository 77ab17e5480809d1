"""The corners of PDFs, pictures and recordings where names hide."""

import io
import subprocess
import zlib
from pathlib import Path

import imageio_ffmpeg
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageCms, PngImagePlugin

from tests.unit.core.media.planted import MAKER, PLANTED
from tests.unit.core.media.traces import seconds_decoded, tags, traces
from touchstone.core.media import BrokenFile
from touchstone.core.media.iso_media import _filler

SECRET = "Zzyzxsmith"


def mark(pdf: pikepdf.Pdf, subtype: str, **more: object) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 9, 9]), **more))


def link(pdf: pikepdf.Pdf, **action: object) -> pikepdf.Object:
    return mark(pdf, "Link", A=Dictionary(**action))


def test_pdf_when_it_holds_scripts_files_and_signatures_then_they_go(made, tmp_path, blind):
    with pikepdf.open(made["pdf"]) as pdf:
        root, page = pdf.Root, pdf.pages[0].obj
        script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
        root.OpenAction = script
        root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename=f"{SECRET}.txt")
        page.AA = Dictionary(O=script)
        page.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
        signature = mark(pdf, "Widget", FT=Name.Sig, T=String("s"), V=Dictionary(Name=String(SECRET)))
        typed = mark(pdf, "Widget", FT=Name.Tx, T=String("answer"), V=String("three fourths"))
        root.AcroForm = Dictionary(Fields=Array([signature, typed]), XFA=String(SECRET), SigFlags=3)
        root.Threads = Array([pdf.make_indirect(Dictionary(I=Dictionary(Author=String(SECRET))))])
        page.Annots = Array([
            signature, typed, mark(pdf, "FileAttachment", FS=Dictionary(F=String(SECRET))),
            mark(pdf, "Highlight", T=String(SECRET), Contents=String("good"), NM=String(SECRET), Subj=String(SECRET)),
            link(pdf, S=Name.URI, URI=String(f"file:///C:/Users/{SECRET}/a.pdf")),
            link(pdf, S=Name.Launch, F=String(f"{SECRET}.exe")),
            link(pdf, S=Name.URI, URI=String("https://example.org/x"), Next=script),
        ])  # fmt: skip
        pdf.save(tmp_path / "a.pdf")
    copy, told = blind(tmp_path / "a.pdf")
    assert traces(copy, (*PLANTED, "app.alert", "JavaScript", "Launch", "EmbeddedFile")) == set()
    with pikepdf.open(copy) as pdf:
        marks = [str(m.Subtype) for m in pdf.pages[0].Annots]
        assert marks == ["/Widget", "/Highlight", "/Link", "/Link", "/Link"]
        assert [str(f.T) for f in pdf.Root.AcroForm.Fields] == ["answer"]
        assert str(pdf.Root.AcroForm.Fields[0].V) == "three fourths"
    assert {"script", "attachment", "signature", "link", "comment-author"} <= {f.code for f in told.removed}
    assert "links-stay" in {r.code for r in told.remarks}


def test_pdf_when_an_older_version_hides_inside_then_it_goes(made, tmp_path, blind):
    """Programs add changes at the end and leave the former bytes in place."""
    data = made["pdf"].read_bytes()
    source = tmp_path / "a.pdf"
    source.write_bytes(
        data.replace(b"%%EOF", b"%%EOF\n% former author Zzyzxsmith\n99 0 obj (Zzyzxsmith) endobj\n%%EOF")
    )
    copy, _ = blind(source)
    assert traces(copy, PLANTED) == set()


def test_pdf_when_tagged_then_language_and_alternative_text_stay_but_paths_go(made, tmp_path, blind):
    with pikepdf.open(made["pdf"]) as pdf:
        pdf.Root.Lang = String("en-US")
        elements = [
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(alt)))
            for alt in ("A number line", f"C:\\Users\\{SECRET}\\line.png")
        ]
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(elements)))
        pdf.save(tmp_path / "a.pdf")
    copy, _ = blind(tmp_path / "a.pdf")
    with pikepdf.open(copy) as pdf:
        first, second = pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang) == "en-US"
        assert str(first.Alt) == "A number line"
        assert "/Alt" not in second


def test_pdf_when_a_jpeg_2000_carries_notes_then_they_go(made, tmp_path, blind):
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "green").save(buffer, "JPEG2000")
    note = SECRET.encode()
    data = buffer.getvalue() + (len(note) + 8).to_bytes(4, "big") + b"xml " + note
    with pikepdf.open(made["pdf"]) as pdf:
        stream = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=20, Height=20, Filter=Name.JPXDecode)
        pdf.pages[0].Resources.XObject = Dictionary(Im9=stream)
        pdf.pages[0].contents_add(b"q 20 0 0 20 0 0 cm /Im9 Do Q")
        pdf.save(tmp_path / "a.pdf")
    copy, _ = blind(tmp_path / "a.pdf")
    assert traces(copy, PLANTED) == set()
    with pikepdf.open(copy) as pdf:
        assert bytes(pdf.pages[0].Resources.XObject.Im9.read_raw_bytes()) == buffer.getvalue()


def test_pdf_when_an_object_stream_is_a_bomb_then_refused_without_unpacking_it_all(tmp_path, blind):
    """Object streams are unpacked on opening; the reader is told where to stop."""
    packed = zlib.compress(b"7 0 " + bytes(210_000_000), 9)
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[7 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        % (len(packed), packed),
    ]
    entries = bytearray(b"\0\0\0\0\0\0")
    data = bytearray(b"%PDF-1.7\n")
    for item in objects:
        entries += b"\1" + len(data).to_bytes(4, "big") + b"\0"
        data += item
    at = len(data)
    entries += b"\1" + at.to_bytes(4, "big") + b"\0" + b"\2" + (3).to_bytes(4, "big") + b"\0"
    data += b"4 0 obj<</Type/XRef/Size 8/Index[0 5 7 1]/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(entries)
    data += entries + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % at
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert len(data) < 1_000_000
    with pytest.raises(BrokenFile):
        blind(path)


def jpeg(tmp_path: Path, **more: object) -> Path:
    path = tmp_path / "a.jpg"
    Image.linear_gradient("L").convert("RGB").save(path, "JPEG", **more)
    return path


def test_jpeg_when_something_follows_or_comments_it_then_it_goes(tmp_path, blind):
    path = jpeg(tmp_path, comment=f"by {SECRET}", xmp=f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    path.write_bytes(path.read_bytes() + b"trailing clip of " + SECRET.encode())
    copy, told = blind(path)
    assert traces(copy, PLANTED) == set()
    assert {"comment", "editing-history"} <= {f.code for f in told.removed}


def test_jpeg_when_it_has_a_colour_profile_then_colours_are_kept_and_the_profile_goes(tmp_path, blind):
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    copy, _ = blind(jpeg(tmp_path, icc_profile=bytes(profile)))
    with Image.open(copy) as image:
        assert "icc_profile" not in image.info
        assert abs(image.getpixel((10, 200))[0] - 200) < 4
    broken = jpeg(tmp_path, icc_profile=b"profile of " + SECRET.encode() * 20)
    copy, told = blind(broken)
    assert traces(copy, PLANTED) == set()
    assert "colours" in {r.code for r in told.remarks}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_picture_when_in_an_unusual_mode_then_it_still_comes_through(mode, tmp_path, blind):
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    gradient = Image.linear_gradient("L")
    deep = Image.frombytes("I;16", gradient.size, bytes(b for level in gradient.tobytes() for b in (0, level)))
    (deep if mode == "I;16" else gradient.convert(mode)).save(path)
    copy, _ = blind(path)
    with Image.open(copy) as image:
        assert image.size == (256, 256)
        assert image.getpixel((5, 5)) != image.getpixel((5, 250))


def test_png_when_it_moves_then_frames_stay_and_notes_go(tmp_path, blind):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_itxt("Comment", SECRET, zip=True)
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    path = tmp_path / "a.png"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=200, pnginfo=notes)
    copy, told = blind(path)
    with Image.open(copy) as image:
        assert image.n_frames == 3
        assert "Author" not in image.info
    assert traces(copy, PLANTED) == set()
    assert "author" in {f.code for f in told.removed}


@pytest.mark.parametrize(("ending", "form"), [("gif", "GIF"), ("webp", "WEBP")])
def test_moving_picture_when_copied_then_frames_stay_and_comments_go(ending, form, tmp_path, blind):
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue", "white")]
    path = tmp_path / f"a.{ending}"
    note = {"comment": SECRET.encode()} if form == "GIF" else {"xmp": SECRET.encode()}
    frames[0].save(path, form, save_all=True, append_images=frames[1:], duration=200, loop=0, **note)
    assert traces(path, PLANTED)
    copy, _ = blind(path)
    assert traces(copy, PLANTED) == set()
    with Image.open(copy) as image:
        assert image.n_frames == 4
        image.seek(2)
        assert image.convert("RGB").getpixel((3, 3))[2] > 250
        assert image.info["duration"] == 200


def ffmpeg(*arguments: object) -> None:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run((program, "-v", "error", "-nostdin", "-y", *map(str, arguments)), check=True, timeout=60)


def test_recording_when_it_has_cover_chapters_and_captions_then_they_go(made, tmp_path, blind):
    chapters = tmp_path / "chapters"
    chapters.write_text(f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/9\nSTART=0\nEND=9\ntitle=Lesson of {SECRET}\n")
    captions = tmp_path / "a.srt"
    captions.write_text(f"1\n00:00:00,000 --> 00:00:01,000\n{SECRET}: Why?\n")
    path = tmp_path / "a.mp4"
    inputs = ("-i", made["mp4"], "-i", chapters, "-i", captions, "-i", made["jpg"])
    mapping = ("-map", "0", "-map", "2", "-map", "3", "-map_chapters", "1")
    ffmpeg(*inputs, *mapping, "-c", "copy", "-c:s", "mov_text", "-disposition:v:1", "attached_pic", path)
    assert "Lesson of" in tags(path)
    copy, told = blind(path)
    assert traces(copy, PLANTED) == set()
    assert "Lesson of" not in tags(copy)
    assert {"cover", "hidden-track"} <= {f.code for f in told.removed}
    assert seconds_decoded(copy) == pytest.approx(seconds_decoded(made["mp4"]), abs=0.1)


def test_mp3_when_it_has_a_cover_and_tags_at_both_ends_then_they_go(made, tmp_path, blind):
    path = tmp_path / "a.mp3"
    ffmpeg("-i", made["mp3"], "-i", made["jpg"], "-map", "0", "-map", "1", "-c", "copy", "-write_id3v1", "1", path)
    ape = b"APETAGEX" + (2000).to_bytes(4, "little") + (40).to_bytes(4, "little") + bytes(16) + SECRET.encode()
    path.write_bytes(path.read_bytes()[:-128] + ape.ljust(72, b"\0") + path.read_bytes()[-128:])
    assert traces(path, (SECRET, "Camerawerk")) == {SECRET, "Camerawerk"}
    copy, _ = blind(path)
    assert traces(copy, PLANTED) == set()
    assert copy.read_bytes()[:3] != b"ID3"
    assert seconds_decoded(copy) == pytest.approx(seconds_decoded(made["mp3"]), abs=0.1)


def test_h264_when_the_camera_writes_into_the_stream_then_that_goes_too(made, tmp_path, blind):
    path = tmp_path / "a.mp4"
    user_data = "086f3693-b7b3-4f2c-9653-21492feee5b8+" + f"owner {SECRET} {MAKER.camera_serial}"
    ffmpeg("-i", made["mp4"], "-c", "copy", "-bsf:v", f"h264_metadata=sei_user_data={user_data}", path)
    assert SECRET in traces(path, (SECRET,))
    copy, _ = blind(path)
    assert traces(copy, PLANTED) == set()
    assert seconds_decoded(copy) == pytest.approx(seconds_decoded(made["mp4"]), abs=0.1)


def test_hevc_when_the_camera_writes_into_stream_and_parameters_then_that_goes_too(made, tmp_path, blind):
    path = tmp_path / "a.mov"
    coding = ("-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1")
    ffmpeg("-i", made["mp4"], *coding, "-c:a", "copy", path)
    assert path.read_bytes().count(b"x265 (build") > 0, "the coder signs among the parameters"
    copy, _ = blind(path)
    assert traces(copy, (*PLANTED, "x265")) == set()
    assert seconds_decoded(copy) == pytest.approx(seconds_decoded(made["mp4"]), abs=0.1)


def test_filler_when_of_any_length_then_exactly_that_long():
    assert [len(_filler(length)) for length in range(1, 1_200)] == list(range(1, 1_200))


def test_wav_when_it_has_broadcast_notes_then_they_go(made, tmp_path, blind):
    path = tmp_path / "a.wav"
    ffmpeg("-i", made["wav"], "-c", "copy", "-write_bext", "1", "-metadata", f"originator={SECRET}", path)
    extra = b"iXML" + (20).to_bytes(4, "little") + SECRET.encode().ljust(20)
    data = path.read_bytes() + extra
    path.write_bytes(data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:])
    copy, _ = blind(path)
    assert traces(copy, PLANTED) == set()
