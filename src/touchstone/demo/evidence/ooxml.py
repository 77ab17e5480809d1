"""The shell of an Office document: content types, relationships and document properties (ECMA-376 part 2)."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from touchstone.demo.evidence.facts import Maker

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "png": "image/png",
}


class Document:
    """Parts and relationships gathered one by one, then written as a zip with fixed dates."""

    def __init__(self, maker: Maker, title: str, program: str) -> None:
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: dict[str, list[str]] = {}
        self._properties(maker, title, program)

    def add(self, name: str, content_type: str, body: str) -> None:
        """Add an XML part; `body` is its root element."""
        self._parts[name] = (DECLARATION + body).encode()
        self._types[name] = content_type

    def add_bytes(self, name: str, data: bytes) -> None:
        """Add a picture."""
        self._parts[name] = data

    def relate(self, part: str, role: str, target: str, *, external: bool = False) -> str:
        """Point from a part (or, for the empty name, the package) to a target; answers the relationship's id."""
        listed = self._relations.setdefault(part, [])
        identifier = f"rId{len(listed) + 1}"
        kind = role if role.startswith("http") else f"{RELATIONS}/{role}"
        mode = ' TargetMode="External"' if external else ""
        listed.append(f'<Relationship Id="{identifier}" Type="{kind}" Target={quoteattr(target)}{mode}/>')
        return identifier

    def write(self, path: Path) -> Path:
        """Write the document; the same content gives the same bytes."""
        parts = dict(self._parts)
        for part, listed in self._relations.items():
            folder, _, name = part.rpartition("/")
            body = f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(listed)}</Relationships>'
            parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = (DECLARATION + body).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {"[Content_Types].xml": self._content_types(), **parts}.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.create_system = 0
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return path

    def _content_types(self) -> bytes:
        defaults = "".join(
            f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in _DEFAULTS.items()
        )
        overrides = "".join(
            f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in self._types.items()
        )
        return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()

    def _properties(self, maker: Maker, title: str, program: str) -> None:
        self.add(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(maker.name)}</dc:creator>"
            f"<cp:lastModifiedBy>{escape(maker.colleague)}</cp:lastModifiedBy>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{maker.moment}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{maker.moment}</dcterms:modified>'
            "</cp:coreProperties>",
        )
        self.add(
            "docProps/app.xml",
            TYPE + "extended-properties+xml",
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Application>{escape(program)}</Application><Company>{escape(maker.organisation)}</Company>"
            "<AppVersion>16.0000</AppVersion></Properties>",
        )
        self.relate("", "officeDocument", _MAIN[program])
        self.relate("", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        self.relate("", "extended-properties", "docProps/app.xml")


WORD, POWERPOINT, EXCEL = "Microsoft Office Word", "Microsoft Office PowerPoint", "Microsoft Excel"
_MAIN = {WORD: "word/document.xml", POWERPOINT: "ppt/presentation.xml", EXCEL: "xl/workbook.xml"}
