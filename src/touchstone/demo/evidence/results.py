"""Class results in Excel, with a colleague's note on a cell."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.ooxml import EXCEL, RELATIONS, TYPE, Document

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACES = f'xmlns="{_S}" xmlns:r="{RELATIONS}"'
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>0</x:Row>'
    "<x:Column>0</x:Column></x:ClientData></v:shape></xml>"
)


def results_xlsx(
    path: Path,
    *,
    maker: Maker,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str | int | float]],
    comment: str = "",
) -> Path:
    """Write a workbook of one sheet named `title` (31 characters at most are used)."""
    document = Document(maker, title, EXCEL)
    workbook, sheet = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
    first = document.relate(workbook, "worksheet", "worksheets/sheet1.xml")
    document.relate(workbook, "styles", "styles.xml")
    where = quoteattr(maker.folder + "\\")
    document.add(
        workbook,
        TYPE + "spreadsheetml.sheet.main+xml",
        f"<workbook {_SPACES}><fileSharing userName={quoteattr(maker.name)}/>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="x15" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        f'<x15ac:absPath url={where} xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/>'
        f"</mc:Choice></mc:AlternateContent><sheets>"
        f'<sheet name={quoteattr(title[:31])} sheetId="1" r:id="{first}"/></sheets></workbook>',
    )
    lines = [header, *rows]
    drawing = _comment(document, sheet, maker, comment) if comment else ""
    document.add(
        sheet,
        TYPE + "spreadsheetml.worksheet+xml",
        f"<worksheet {_SPACES}><sheetData>"
        + "".join(_row(number, line) for number, line in enumerate(lines, start=1))
        + f"</sheetData>{drawing}</worksheet>",
    )
    document.add(
        "xl/styles.xml",
        TYPE + "spreadsheetml.styles+xml",
        f'<styleSheet {_SPACES}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="1"><xf/></cellXfs></styleSheet>',
    )
    return document.write(path)


def _row(number: int, line: Sequence[str | int | float]) -> str:
    cells = "".join(_cell(f"{_column(at)}{number}", value) for at, value in enumerate(line))
    return f'<row r="{number}">{cells}</row>'


def _cell(where: str, value: str | int | float) -> str:
    if isinstance(value, str):
        return f'<c r="{where}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{where}"><v>{value}</v></c>'


def _column(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)


def _comment(document: Document, sheet: str, maker: Maker, comment: str) -> str:
    document.add(
        "xl/comments1.xml",
        TYPE + "spreadsheetml.comments+xml",
        f"<comments {_SPACES}><authors><author>{escape(maker.colleague)}</author></authors><commentList>"
        f'<comment ref="A1" authorId="0"><text><t>{escape(comment)}</t></text></comment></commentList></comments>',
    )
    document.relate(sheet, "comments", "../comments1.xml")
    document.add("xl/drawings/vmlDrawing1.vml", TYPE + "vmlDrawing", _VML)
    bubble = document.relate(sheet, "vmlDrawing", "../drawings/vmlDrawing1.vml")
    return f'<legacyDrawing r:id="{bubble}"/>'
