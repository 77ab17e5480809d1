"""A scanned-looking PDF of student work, with the properties and notes a school scanner and a reader leave."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String
from PIL import Image

from touchstone.demo.evidence.facts import Maker

_WIDTH, _HEIGHT, _MARGIN = 612, 792, 64
_LINE_CHARACTERS = 86


def student_work_pdf(
    path: Path,
    *,
    maker: Maker,
    title: str,
    pages: Sequence[Sequence[str]],
    comment: str = "",
    photo: Path | None = None,
) -> Path:
    """Write a PDF, a page for each list of paragraphs; one that starts with `# ` is a heading.

    `comment` is a colleague's note on the first page, `photo` a JPEG file shown on the last.
    """
    pdf = Pdf.new()
    fonts = Dictionary(F1=_font(pdf, "Helvetica"), F2=_font(pdf, "Helvetica-Bold"))
    for number, paragraphs in enumerate(pages, start=1):
        picture = photo if number == len(pages) else None
        _add_page(pdf, fonts, [f"# {title}", *paragraphs] if number == 1 else paragraphs, picture)
    if comment:
        _add_comment(pdf, maker, comment)
    _add_properties(pdf, maker, title)
    pdf.save(path, deterministic_id=True, fix_metadata_version=False)
    return path


def _font(pdf: Pdf, name: str) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding)


def _add_page(pdf: Pdf, fonts: Dictionary, paragraphs: Sequence[str], photo: Path | None) -> None:
    words, bottom = _words(paragraphs)
    resources = Dictionary(Font=fonts)
    if photo is not None:
        with Image.open(photo) as image:
            size = image.size
        width = _WIDTH - 2 * _MARGIN
        height = min(width * size[1] // size[0], bottom - _MARGIN)
        width = height * size[0] // size[1]
        resources.XObject = Dictionary(Im1=_picture(pdf, photo, size))
        words += f"q {width} 0 0 {height} {_MARGIN} {bottom - height} cm /Im1 Do Q\n".encode()
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, _WIDTH, _HEIGHT]), Resources=resources, Contents=Stream(pdf, words)
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def _words(paragraphs: Sequence[str]) -> tuple[bytes, int]:
    """The page's text operators, and the height in points that is left below them."""
    out, at = bytearray(), _HEIGHT - _MARGIN
    for paragraph in paragraphs:
        heading = paragraph.startswith("# ")
        font, size, step = ("F2", 16, 26) if heading else ("F1", 11, 16)
        for line in textwrap.wrap(paragraph.removeprefix("# "), _LINE_CHARACTERS // (2 if heading else 1)):
            shown = line.encode("cp1252", "replace")
            for special in (b"\\", b"(", b")"):
                shown = shown.replace(special, b"\\" + special)
            out += b"BT /%s %d Tf %d %d Td (%s) Tj ET\n" % (font.encode(), size, _MARGIN, at, shown)
            at -= step
        at -= 8
    return bytes(out), at


def _picture(pdf: Pdf, photo: Path, size: tuple[int, int]) -> Stream:
    """The photograph goes in as it is, with the camera's data, as scanner programs do."""
    return Stream(
        pdf,
        photo.read_bytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _add_comment(pdf: Pdf, maker: Maker, comment: str) -> None:
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([_WIDTH - 60, _HEIGHT - 60, _WIDTH - 40, _HEIGHT - 40]),
        Contents=String(comment),
        T=String(maker.colleague),
        M=String(_pdf_date(maker)),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _add_properties(pdf: Pdf, maker: Maker, title: str) -> None:
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(maker.name),
            Company=String(maker.organisation),
            Creator=String("School Scanner 4"),
            CreationDate=String(_pdf_date(maker)),
        )
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>'
        f"<rdf:li>{escape(maker.name)}</rdf:li></rdf:Seq></dc:creator><dc:title><rdf:Alt>"
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    )
    pdf.Root.Metadata = Stream(pdf, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _pdf_date(maker: Maker) -> str:
    return "D:" + maker.moment.replace("-", "").replace("T", "").replace(":", "")
