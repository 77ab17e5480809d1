"""The corners of Office documents where names hide, one by one."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.unit.core.media.planted import LINES, MAKER, PLANTED
from tests.unit.core.media.traces import traces
from touchstone.core.media import ActiveContent, FileRefused
from touchstone.demo import evidence
from touchstone.demo.evidence.ooxml import RELATIONS, TYPE, WORD, Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "Zzyzxsmith"


def word(path: Path, body: str, prepare=lambda document: None) -> Path:
    document = Document(MAKER, "Plan", WORD)
    prepare(document)
    document.add(
        "word/document.xml",
        TYPE + "wordprocessingml.document.main+xml",
        f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:o="urn:schemas-microsoft-com:office:office"><w:body>{body}</w:body></w:document>',
    )
    return document.write(path)


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_field_when_it_prints_the_author_then_the_words_go(tmp_path, blind):
    body = (
        f'<w:p><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>{SECRET}</w:t></w:r></w:fldSimple></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FILE</w:instrText></w:r>'
        '<w:r><w:instrText>NAME \\p </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>C:\\Users\\{SECRET}\\</w:t></w:r><w:r><w:t>plan.docx</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'
    )
    copy, told = blind(word(tmp_path / "a.docx", body))
    assert traces(copy, (SECRET, "plan.docx", "FILENAME")) == set()
    assert " PAGE " in part(copy, "word/document.xml")
    assert [f.value for f in told.removed if f.code == "property-in-text"] == [
        SECRET,
        f"C:\\Users\\{SECRET}\\plan.docx",
    ]


def test_field_when_it_reaches_out_then_only_its_words_stay(tmp_path, blind):
    body = "".join(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        for code, shown in (
            (' INCLUDEPICTURE "http://beacon.test/x.png" ', "picture"),
            (" DDEAUTO cmd calc ", "sum"),
            (f' HYPERLINK "file:///C:/Users/{SECRET}/a.docx" ', "my file"),
            (' HYPERLINK "https://example.org/page" ', "a page"),
        )
    )
    copy, _ = blind(word(tmp_path / "a.docx", body))
    text = part(copy, "word/document.xml")
    assert traces(copy, (SECRET, "beacon.test", "DDEAUTO")) == set()
    assert all(shown in text for shown in ("picture", "sum", "my file", "a page", "https://example.org/page"))


def test_bound_box_when_it_shows_the_company_then_it_is_emptied(tmp_path, blind):
    binding = '<w:dataBinding w:xpath="/ns1:Properties[1]/ns1:Company[1]" w:storeItemID="{6668398D}"/>'
    body = (
        f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>Qwyjibo School</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    copy, _ = blind(word(tmp_path / "a.docx", body))
    assert traces(copy, ("Qwyjibo", "dataBinding")) == set()


def test_links_when_they_name_a_person_then_they_go_and_their_words_stay(tmp_path, blind):
    targets = {
        "mine": f"file:///C:/Users/{SECRET}/plan.docx",
        "mail": f"mailto:{SECRET}@school.test",
        "drive": f"https://school-my.sharepoint.com/personal/{SECRET}_school/plan",
        "page": "https://example.org/fractions",
    }
    words = []

    def prepare(document: Document) -> None:
        for shown, target in targets.items():
            rel = document.relate("word/document.xml", "hyperlink", target, external=True)
            words.append(f'<w:p><w:hyperlink r:id="{rel}"><w:r><w:t>{shown}</w:t></w:r></w:hyperlink></w:p>')
        rel = document.relate("word/document.xml", "image", "http://beacon.test/x.png", external=True)
        words.append(f'<w:p><w:r><w:pict><v:shape><v:imagedata r:id="{rel}"/></v:shape></w:pict></w:r></w:p>')

    document = Document(MAKER, "x", WORD)
    prepare(document)
    body, words[:] = "".join(words), []
    copy, told = blind(word(tmp_path / "a.docx", body, prepare))
    text = part(copy, "word/document.xml")
    assert traces(copy, (SECRET, "beacon.test", "sharepoint")) == set()
    assert all(f">{shown}<" in text for shown in targets)
    assert text.count("<w:hyperlink") == 1
    assert [r.value for r in told.remarks if r.code == "links-stay"] == ["https://example.org/fractions"]


def test_parts_nobody_points_to_when_copied_then_they_stay_behind(tmp_path, blind):
    def prepare(document: Document) -> None:
        document.add("customXml/item1.xml", "application/xml", f"<who>{SECRET}</who>")
        document.relate("word/document.xml", "customXml", "../customXml/item1.xml")
        document.add("word/people.xml", "application/xml", f"<people>{SECRET}</people>")
        document.relate(
            "word/document.xml", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"
        )
        document.add("word/orphan.xml", "application/xml", f"<x>{SECRET}</x>")
        document.add_bytes("docProps/thumbnail.jpg", b"\xff\xd8\xff thumbnail " + SECRET.encode())
        document.relate("", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                        "docProps/thumbnail.jpg")  # fmt: skip

    copy, told = blind(word(tmp_path / "a.docx", "<w:p/>", prepare))
    assert names(copy) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert {"thumbnail", "hidden-data"} <= {f.code for f in told.removed}


def test_embedded_object_when_copied_then_only_its_picture_stays(tmp_path, blind):
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(buffer, "PNG")

    def prepare(document: Document) -> None:
        document.relate("word/document.xml", "oleObject", "embeddings/oleObject1.bin")
        document.relate("word/document.xml", "image", "media/Zzyzxsmith equation.png")
        document.add_bytes("word/media/Zzyzxsmith equation.png", buffer.getvalue())
        document.add_bytes("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0 " + SECRET.encode())

    body = (
        '<w:p><w:r><w:object><v:shape><v:imagedata r:id="rId2" o:title="Zzyzxsmith equation"/></v:shape>'
        '<o:OLEObject Type="Embed" r:id="rId1"/></w:object></w:r></w:p>'
    )
    source = word(tmp_path / "a.docx", body, prepare)
    with zipfile.ZipFile(source, "a") as archive:
        types = archive.read("[Content_Types].xml")
    assert b"png" in types
    copy, _ = blind(source)
    assert traces(copy, (SECRET, "OLEObject")) == set()
    assert [n for n in names(copy) if "media" in n] == ["word/media/part1.png"]
    assert 'r:id="rId2"' in part(copy, "word/document.xml")


def test_tracked_row_and_paragraph_when_deleted_then_they_go(tmp_path, blind):
    made = f'w:id="1" w:author="{SECRET}" w:date="2019-07-23T00:00:00Z"'
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        f"<w:tbl><w:tr>{cell.format('kept row')}</w:tr>"
        f"<w:tr><w:trPr><w:del {made}/></w:trPr>{cell.format('lost row')}</w:tr></w:tbl>"
        f"<w:p><w:pPr><w:rPr><w:del {made}/></w:rPr></w:pPr><w:del {made}><w:r><w:delText>lost words</w:delText></w:r>"
        f"</w:del></w:p><w:p><w:moveTo {made}><w:r><w:t>moved here</w:t></w:r></w:moveTo></w:p>"
        f"<w:p><w:pPr><w:pPrChange {made}><w:pPr/></w:pPrChange></w:pPr>"
        f"<w:moveFrom {made}><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>"
    )
    copy, told = blind(word(tmp_path / "a.docx", body))
    text = part(copy, "word/document.xml")
    assert "kept row" in text
    assert "moved here" in text
    assert not any(gone in text for gone in ("lost row", "lost words", "moved away", SECRET, "2019"))
    assert text.count("<w:p>") + text.count("<w:p/>") == 3
    assert next(f for f in told.removed if f.code == "tracked-change").count == 6


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{'<w:ins/>' * 200_000}</w:p>",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 50_000
        + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 50_000,
        '<w:p><w:pPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr></w:p>' * 50_000,
        "".join(f'<w:p><w:ins w:author="Author {n}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>' for n in range(30_000)),
    ],
    ids=["changes", "fields", "paragraphs", "authors"],
)
def test_word_when_made_to_be_slow_then_it_still_ends_soon(body, tmp_path, blind):
    source = word(tmp_path / "a.docx", body)
    began = time.monotonic()
    with contextlib.suppress(FileRefused):
        blind(source)
    assert time.monotonic() - began < 20


def test_name_in_text_when_it_also_stands_in_the_properties_then_the_earner_is_told(tmp_path, blind):
    body = f"<w:p><w:r><w:t>By {MAKER.name[:6]}</w:t></w:r><w:r><w:t>{MAKER.name[6:]}, Room 12</w:t></w:r></w:p>"
    _, told = blind(word(tmp_path / "a.docx", body))
    remark = next(r for r in told.remarks if r.code == "name-in-text")
    assert (remark.value, remark.count) == (MAKER.name, 1)


def test_embedded_workbook_when_copied_then_it_is_cleaned_too(tmp_path, blind, made):
    def prepare(document: Document) -> None:
        document.relate("word/document.xml", "chart", "charts/chart1.xml")
        rel = document.relate("word/charts/chart1.xml", "package", "../embeddings/Zzyzxsmith.xlsx")
        space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
        document.add(
            "word/charts/chart1.xml",
            TYPE + "drawingml.chart+xml",
            f'<c:chartSpace xmlns:c="{space}" xmlns:r="{RELATIONS}"><c:externalData r:id="{rel}"/></c:chartSpace>',
        )
        document.add_bytes("word/embeddings/Zzyzxsmith.xlsx", made["xlsx"].read_bytes())

    copy, _ = blind(word(tmp_path / "a.docx", "<w:p/>", prepare))
    assert traces(copy, PLANTED) == set()
    inner = [n for n in names(copy) if n.endswith(".xlsx")]
    assert inner == ["word/media/part1.xlsx"]
    with zipfile.ZipFile(copy) as archive, zipfile.ZipFile(io.BytesIO(archive.read(inner[0]))) as workbook:
        assert b"Before" in workbook.read("xl/worksheets/sheet1.xml")


def edited(source: Path, target: Path, changes: dict[str, tuple[str, str]], extra: dict[str, str]) -> Path:
    """The document with words replaced inside parts, and parts added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode() if name in changes else old.read(name)
            if isinstance(data, str):
                assert changes[name][0] in data, name
                data = data.replace(*changes[name])
            new.writestr(name, data)
        for name, text in extra.items():
            new.writestr(name, text)
    return target


RELS = f'<Relationship Id="rId9" Type="{RELATIONS}/%s" Target="%s"/></Relationships>'


def test_workbook_when_it_links_printers_views_and_other_books_then_their_names_go(made, tmp_path, blind):
    sheet, book = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
    source = edited(
        made["xlsx"],
        tmp_path / "a.xlsx",
        {
            sheet: ("</sheetData>", '</sheetData><pageSetup orientation="landscape" r:id="rId9"/>'),
            "xl/worksheets/_rels/sheet1.xml.rels": ("</Relationships>", RELS % ("printerSettings", "../p1.bin")),
            book: ("</sheets>", f'</sheets><externalReferences><externalReference r:id="rId9"/></externalReferences>'
                   f'<customWorkbookViews><customWorkbookView name="{SECRET} - view"/></customWorkbookViews>'),
            "xl/_rels/workbook.xml.rels": ("</Relationships>", RELS % ("externalLink", "externalLinks/l1.xml")),
            "[Content_Types].xml": ("</Types>", '<Override PartName="/xl/externalLinks/l1.xml" ContentType='
                                    f'"{TYPE}spreadsheetml.externalLink+xml"/></Types>'),
        },
        {
            "xl/p1.bin": f"printer of {SECRET}",
            "xl/externalLinks/l1.xml": f'<externalLink xmlns="x" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/>'
            "</externalLink>",
            "xl/externalLinks/_rels/l1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{RELATIONS}/externalLinkPath" '
            f'Target="file:///C:/Users/{SECRET}/marks.xlsx" TargetMode="External"/></Relationships>',
        },
    )  # fmt: skip
    copy, told = blind(source)
    assert traces(copy, PLANTED) == set()
    assert '<pageSetup orientation="landscape"/>' in part(copy, sheet)
    assert "externalReference " in part(copy, book)
    assert "linked-workbook.xlsx" in part(copy, "xl/externalLinks/_rels/l1.xml.rels")
    assert {"printer", "link"} <= {f.code for f in told.removed}


def test_workbook_when_it_calls_another_program_then_active_content(made, tmp_path, blind):
    source = edited(
        made["xlsx"],
        tmp_path / "a.xlsx",
        {"xl/styles.xml": ("</styleSheet>", '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></styleSheet>')},
        {},
    )
    with pytest.raises(ActiveContent):
        blind(source)


def test_slide_when_it_frames_an_object_or_runs_a_program_then_the_picture_stays(made, tmp_path, blind):
    frame = (
        '<p:graphicFrame><a:graphic><a:graphicData uri="ole"><p:oleObj r:id="rId9" progId="Equation"><p:embed/>'
        '<p:pic><p:nvPicPr><p:cNvPr id="77" name="shown"/></p:nvPicPr></p:pic></p:oleObj></a:graphicData></a:graphic>'
        '</p:graphicFrame><p:sp><p:nvSpPr><p:cNvPr id="9" name="Go"><a:hlinkClick r:id="" '
        'action="ppaction://program"/></p:cNvPr></p:nvSpPr></p:sp></p:spTree>'
    )
    slide = "ppt/slides/slide1.xml"
    source = edited(
        made["pptx"],
        tmp_path / "a.pptx",
        {
            slide: ("</p:spTree>", frame),
            "ppt/slides/_rels/slide1.xml.rels": ("</Relationships>", RELS % ("oleObject", "../o.bin")),
        },
        {"ppt/o.bin": f"object of {SECRET}"},
    )
    copy, told = blind(source)
    text = part(copy, slide)
    assert traces(copy, PLANTED) == set()
    assert 'name="shown"' in text
    assert not any(gone in text for gone in ("oleObj", "graphicFrame", "ppaction"))
    assert {"embedded-object", "script"} <= {f.code for f in told.removed}


def test_slides_when_they_hold_a_recording_then_it_is_cleaned(made, tmp_path, blind):
    source = edited(
        made["pptx"],
        tmp_path / "a.pptx",
        {
            "ppt/slides/_rels/slide1.xml.rels": (
                "</Relationships>", RELS % ("audio", "../media/Zzyzxsmith.mp3")
            ),
            "ppt/slides/slide1.xml": ('<p:cNvPr id="3" name="Content"/>',
                '<p:cNvPr id="3" name="Content"/><p:nvPr><a:audioFile r:link="rId9"/></p:nvPr>'),
        },
        {},
    )  # fmt: skip
    with zipfile.ZipFile(source, "a") as archive:
        archive.write(made["mp3"], "ppt/media/Zzyzxsmith.mp3")
    copy, _ = blind(source)
    assert traces(copy, PLANTED) == set()
    assert "ppt/media/part1.mp3" in names(copy)


def test_slides_when_one_is_hidden_then_the_earner_is_told(made, tmp_path, blind):
    source = edited(made["pptx"], tmp_path / "a.pptx", {"ppt/slides/slide2.xml": ("<p:sld ", '<p:sld show="0" ')}, {})
    _, told = blind(source)
    assert "hidden-slide" in {r.code for r in told.remarks}


def test_picture_inside_when_unreadable_then_left_out_and_the_earner_is_told(tmp_path, blind):
    broken = tmp_path / "x.jpg"
    evidence.classroom_photo_jpeg(broken, maker=MAKER, heading="x", lines=LINES)
    source = evidence.lesson_plan_docx(tmp_path / "a.docx", maker=MAKER, title="t", paragraphs=["p"], photo=broken)
    with zipfile.ZipFile(source) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["word/media/image1.jpg"] = parts["word/media/image1.jpg"][:3_000]
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    copy, told = blind(source)
    assert "part-unreadable" in {r.code for r in told.remarks}
    assert not [n for n in names(copy) if "media" in n]
    assert "r:embed" not in part(copy, "word/document.xml")
    assert traces(copy, PLANTED) == set()
