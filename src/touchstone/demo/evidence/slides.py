"""Slides in PowerPoint, with speaker notes, a photograph and a colleague's comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.ooxml import POWERPOINT, RELATIONS, TYPE, Document

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES = f'xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{RELATIONS}"'
_MAIN = "ppt/presentation.xml"
_GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_COLOURS = "".join(
    f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
    for name, value in (
        ("dk1", "1B1B1B"), ("lt1", "FFFFFF"), ("dk2", "1F3A4D"), ("lt2", "EEF3F6"), ("accent1", "2B6CB0"),
        ("accent2", "C05621"), ("accent3", "2F855A"), ("accent4", "6B46C1"), ("accent5", "B7791F"),
        ("accent6", "97266D"), ("hlink", "2B6CB0"), ("folHlink", "6B46C1"),
    )
)  # fmt: skip
_FONT = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_THEME = (
    f'<a:theme xmlns:a="{_A}" name="Plain"><a:themeElements><a:clrScheme name="Plain">{_COLOURS}</a:clrScheme>'
    f'<a:fontScheme name="Plain"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>{_FONT}</a:minorFont></a:fontScheme>'
    f'<a:fmtScheme name="Plain"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    "</a:fmtScheme></a:themeElements></a:theme>"
)
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title, its lines, and what the speaker notes say."""

    title: str
    lines: Sequence[str]
    notes: str = ""


def slides_pptx(
    path: Path, *, maker: Maker, title: str, slides: Sequence[Slide], comment: str = "", photo: Path | None = None
) -> Path:
    """Write a presentation; `comment` is a colleague's on the first slide, `photo` a JPEG on the last."""
    document = Document(maker, title, POWERPOINT)
    master = _master(document)
    listed = []
    for number, slide in enumerate(slides, start=1):
        last = number == len(slides)
        _slide(document, number, slide, maker, photo if last else None)
        listed.append((255 + number, document.relate(_MAIN, "slide", f"slides/slide{number}.xml")))
    notes = _notes_master(document) if any(slide.notes for slide in slides) else ""
    if comment:
        _comment(document, maker, comment)
    document.add(
        _MAIN,
        TYPE + "presentationml.presentation.main+xml",
        f'<p:presentation {_SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="{master}"/>'
        f"</p:sldMasterIdLst>{notes}<p:sldIdLst>"
        + "".join(f'<p:sldId id="{number}" r:id="{rel}"/>' for number, rel in listed)
        + '</p:sldIdLst><p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
    )
    return document.write(path)


def _master(document: Document) -> str:
    master, layout = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout1.xml"
    first = document.relate(master, "slideLayout", "../slideLayouts/slideLayout1.xml")
    document.relate(master, "theme", "../theme/theme1.xml")
    document.relate(layout, "slideMaster", "../slideMasters/slideMaster1.xml")
    tree = f"<p:cSld><p:spTree>{_GROUP}</p:spTree></p:cSld>"
    document.add(
        master,
        TYPE + "presentationml.slideMaster+xml",
        f'<p:sldMaster {_SPACES}>{tree}{_MAP}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="{first}"/>'
        "</p:sldLayoutIdLst></p:sldMaster>",
    )
    document.add(
        layout,
        TYPE + "presentationml.slideLayout+xml",
        f'<p:sldLayout {_SPACES} type="blank">{tree}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>',
    )
    document.add("ppt/theme/theme1.xml", TYPE + "theme+xml", _THEME)
    return document.relate(_MAIN, "slideMaster", "slideMasters/slideMaster1.xml")


def _notes_master(document: Document) -> str:
    part = "ppt/notesMasters/notesMaster1.xml"
    document.relate(part, "theme", "../theme/theme2.xml")
    document.add("ppt/theme/theme2.xml", TYPE + "theme+xml", _THEME)
    document.add(
        part,
        TYPE + "presentationml.notesMaster+xml",
        f"<p:notesMaster {_SPACES}><p:cSld><p:spTree>{_GROUP}</p:spTree></p:cSld>{_MAP}</p:notesMaster>",
    )
    rel = document.relate(_MAIN, "notesMaster", "notesMasters/notesMaster1.xml")
    return f'<p:notesMasterIdLst><p:notesMasterId r:id="{rel}"/></p:notesMasterIdLst>'


def _slide(document: Document, number: int, slide: Slide, maker: Maker, photo: Path | None) -> None:
    part = f"ppt/slides/slide{number}.xml"
    document.relate(part, "slideLayout", "../slideLayouts/slideLayout1.xml")
    shapes = _box(2, "Title", (slide.title,), 3200, 300_000, 800_000)
    shapes += _box(3, "Content", slide.lines, 2000, 1_200_000, 3_400_000)
    if photo is not None:
        document.add_bytes("ppt/media/image1.jpg", photo.read_bytes())
        shapes += _picture(document.relate(part, "image", "../media/image1.jpg"), maker)
    if slide.notes:
        _notes(document, number, slide.notes)
        document.relate(part, "notesSlide", f"../notesSlides/notesSlide{number}.xml")
    document.add(
        part,
        TYPE + "presentationml.slide+xml",
        f"<p:sld {_SPACES}><p:cSld><p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
    )


def _box(number: int, name: str, lines: Sequence[str], size: int, top: int, height: int) -> str:
    words = "".join(
        f'<a:p><a:r><a:rPr lang="en-US" sz="{size}"/><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="500000" y="{top}"/><a:ext cx="8100000" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>{words or "<a:p/>"}'
        "</p:txBody></p:sp>"
    )


def _picture(rel: str, maker: Maker) -> str:
    where = quoteattr(f"{maker.folder}\\{maker.user_name}_class.jpg")
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr={where}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{rel}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        '<a:xfrm><a:off x="5200000" y="1900000"/><a:ext cx="3400000" cy="2550000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _notes(document: Document, number: int, words: str) -> None:
    part = f"ppt/notesSlides/notesSlide{number}.xml"
    document.relate(part, "notesMaster", "../notesMasters/notesMaster1.xml")
    document.relate(part, "slide", f"../slides/slide{number}.xml")
    document.add(
        part,
        TYPE + "presentationml.notesSlide+xml",
        f"<p:notes {_SPACES}><p:cSld><p:spTree>{_GROUP}{_box(2, 'Notes', (words,), 1200, 0, 1_000_000)}</p:spTree>"
        "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
    )


def _comment(document: Document, maker: Maker, comment: str) -> None:
    initials = "".join(word[0] for word in maker.colleague.split())
    document.add(
        "ppt/commentAuthors.xml",
        TYPE + "presentationml.commentAuthors+xml",
        f'<p:cmAuthorLst {_SPACES}><p:cmAuthor id="0" name={quoteattr(maker.colleague)} '
        f'initials={quoteattr(initials)} lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
    )
    document.relate(_MAIN, "commentAuthors", "commentAuthors.xml")
    document.add(
        "ppt/comments/comment1.xml",
        TYPE + "presentationml.comments+xml",
        f'<p:cmLst {_SPACES}><p:cm authorId="0" dt="{maker.moment[:-1]}" idx="1"><p:pos x="10" y="10"/>'
        f"<p:text>{escape(comment)}</p:text></p:cm></p:cmLst>",
    )
    document.relate("ppt/slides/slide1.xml", "comments", "../comments/comment1.xml")
