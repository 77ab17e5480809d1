"""A lesson plan in Word, as teachers keep them: tracked changes, a colleague's comment, a photograph, a template."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.ooxml import RELATIONS, TYPE, WORD, Document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = f'xmlns:w="{_W}" xmlns:r="{RELATIONS}"'
_EMU_WIDTH = 5_000_000


def lesson_plan_docx(
    path: Path,
    *,
    maker: Maker,
    title: str,
    paragraphs: Sequence[str],
    added: str = "",
    deleted: str = "",
    comment: str = "",
    photo: Path | None = None,
) -> Path:
    """Write a Word document; a paragraph that starts with `# ` is a heading.

    `added` and `deleted` are tracked changes by the maker, `comment` is a colleague's, `photo` a JPEG file.
    """
    document = Document(maker, title, WORD)
    main = "word/document.xml"
    body = [_heading(title, "Title"), *(_paragraph(text) for text in paragraphs)]
    if added or deleted:
        body.append(_changes(maker, added, deleted))
    if comment:
        body.append(_commented(document, main, maker, comment))
    if photo is not None:
        body.append(_picture(document, main, maker, photo))
    header = _header(document, main, maker)
    body.append(f'<w:sectPr w:rsidR="00A77B3E"><w:headerReference w:type="default" r:id="{header}"/></w:sectPr>')
    document.add(
        main,
        TYPE + "wordprocessingml.document.main+xml",
        f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
    )
    _styles(document, main)
    _settings(document, main, maker)
    return document.write(path)


def _heading(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _paragraph(text: str) -> str:
    if text.startswith("# "):
        return _heading(text[2:], "Heading1")
    return f'<w:p w:rsidR="00B14F27" w:rsidRDefault="00B14F27">{_run(text)}</w:p>'


def _run(text: str, element: str = "t") -> str:
    return f'<w:r><w:{element} xml:space="preserve">{escape(text)}</w:{element}></w:r>'


def _changes(maker: Maker, added: str, deleted: str) -> str:
    made = f'w:author={quoteattr(maker.name)} w:date="{maker.moment}"'
    return (
        f'<w:p><w:del w:id="901" {made}>{_run(deleted, "delText")}</w:del>'
        f'<w:ins w:id="902" {made}>{_run(added)}</w:ins></w:p>'
    )


def _commented(document: Document, main: str, maker: Maker, comment: str) -> str:
    initials = "".join(word[0] for word in maker.colleague.split())
    document.add(
        "word/comments.xml",
        TYPE + "wordprocessingml.comments+xml",
        f'<w:comments {_SPACES}><w:comment w:id="0" w:author={quoteattr(maker.colleague)} '
        f'w:initials="{escape(initials)}" w:date="{maker.moment}">'
        f"<w:p>{_run(comment)}</w:p></w:comment></w:comments>",
    )
    document.relate(main, "comments", "comments.xml")
    return (
        f'<w:p><w:commentRangeStart w:id="0"/>{_run("Reflection after the lesson")}<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )


def _picture(document: Document, main: str, maker: Maker, photo: Path) -> str:
    document.add_bytes("word/media/image1.jpg", photo.read_bytes())
    embed = document.relate(main, "image", "media/image1.jpg")
    with Image.open(photo) as image:
        width, height = _EMU_WIDTH, _EMU_WIDTH * image.height // image.width
    where = quoteattr(f"{maker.folder}\\{maker.user_name}_class.jpg")
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="Picture 1" descr={where}/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name={quoteattr(maker.user_name + "_class.jpg")}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{embed}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _header(document: Document, main: str, maker: Maker) -> str:
    """A header that prints the author through a field, as school templates do."""
    document.add(
        "word/header1.xml",
        TYPE + "wordprocessingml.header+xml",
        f'<w:hdr {_SPACES}><w:p>{_run("Lesson plan  ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> AUTHOR </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(maker.name)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>',
    )
    return document.relate(main, "header", "header1.xml")


def _styles(document: Document, main: str) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f'<w:rPr>{"<w:b/>" if size > 22 else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, name, size in (("Normal", "Normal", 22), ("Title", "Title", 40), ("Heading1", "heading 1", 28))
    )
    document.add("word/styles.xml", TYPE + "wordprocessingml.styles+xml", f"<w:styles {_SPACES}>{styles}</w:styles>")
    document.relate(main, "styles", "styles.xml")


def _settings(document: Document, main: str, maker: Maker) -> None:
    where = "file:///" + maker.folder.replace("\\", "/") + "/School%20template.dotx"
    template = document.relate("word/settings.xml", "attachedTemplate", where, external=True)
    document.add(
        "word/settings.xml",
        TYPE + "wordprocessingml.settings+xml",
        f'<w:settings {_SPACES}><w:attachedTemplate r:id="{template}"/><w:trackRevisions/>'
        '<w:rsids><w:rsidRoot w:val="00A77B3E"/><w:rsid w:val="00B14F27"/></w:rsids></w:settings>',
    )
    document.relate(main, "settings", "settings.xml")
