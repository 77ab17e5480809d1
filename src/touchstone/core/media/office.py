"""Word, PowerPoint and Excel documents: which one a zip is, and its blind copy.

Only parts that the document really uses, through kinds of relationships known to be harmless, are copied.
What is not on the list (properties, comments, people, custom XML, printers, macros, add-ins…) stays behind.
"""

import io
import zipfile
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from touchstone.core.media.archive import MAX_DEPTH, open_archive
from touchstone.core.media.errors import ActiveContent, ArchiveBomb, BrokenFile, KindNotAccepted
from touchstone.core.media.findings import Notes
from touchstone.core.media.office_media import Cleaned, clean_media
from touchstone.core.media.office_notes import note_dropped, note_properties, remark_on_content
from touchstone.core.media.office_package import (
    Package,
    Relationship,
    add_part,
    content_types_xml,
    is_xml,
    relationships_name,
    relationships_xml,
    renamed,
    serialise,
)
from touchstone.core.media.office_word import clean_word
from touchstone.core.media.office_xml import attributes, clean_xml, keep_pictures_of_objects, local, text_of
from touchstone.core.media.revealing import is_revealing_link

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_KEPT_ROLES = frozenset({
    "officeDocument", "theme", "themeOverride", "image", "font", "chart", "chartEx", "chartStyle",
    "chartColorStyle", "chartUserShapes", "package", "diagramData", "diagramLayout", "diagramQuickStyle",
    "diagramColors", "diagramDrawing", "drawing", "hyperlink", "styles", "stylesWithEffects", "settings",
    "fontTable", "numbering", "footnotes", "endnotes", "header", "footer", "slide", "slideLayout",
    "slideMaster", "notesSlide", "notesMaster", "handoutMaster", "presProps", "viewProps", "tableStyles",
    "audio", "video", "media", "worksheet", "chartsheet", "sharedStrings", "calcChain", "table", "pivotTable",
    "pivotCacheDefinition", "pivotCacheRecords", "vmlDrawing", "sheetMetadata", "externalLink",
    "externalLinkPath", "slicer", "slicerCache", "timeline", "timelineCache", "rdRichValue",
    "rdRichValueStructure", "rdRichValueTypes", "rdArray", "richValueRel",
})  # fmt: skip
_OTHER_SUITE = "This kind of document cannot be taken. Please save it as .docx, .pptx, .xlsx or PDF."
MAX_TEXT = 5_000_000
"""Characters of a document's words that are searched for names."""
_LINKED_BOOK = "linked-workbook.xlsx"


def office_kind(path: Path) -> str | None:
    """`docx`, `pptx` or `xlsx`; None for a zip that is no Office document.

    Raises ArchiveBomb, ActiveContent (macros), KindNotAccepted (templates, OpenDocument) or BrokenFile.
    """
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if "mimetype" in names or "Index/Document.iwa" in names:
            raise KindNotAccepted(_OTHER_SUITE)
        if "[Content_Types].xml" not in names:
            return None
        return _kind(Package(archive))


def _kind(package: Package) -> str:
    for name in package.names():
        if name.lower().endswith("vbaproject.bin") or "/activex/" in name.lower():
            raise ActiveContent
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in package.content_types()):
        raise ActiveContent
    main = next((rel.target for rel in package.relationships("") if rel.role == "officeDocument"), None)
    if main is None:
        raise KindNotAccepted
    kind = _MAIN_TYPES.get(package.content_type(main))
    if kind is None:
        raise KindNotAccepted("Office templates cannot be taken. Please save it as a document or a PDF.")
    package.xml(main)
    return kind


def blind_office(source: Path, target: Path, kind: str, notes: Notes) -> None:
    """Write the document with its content only. Raises ActiveContent, ArchiveBomb or BrokenFile."""
    clean, _ = _blind(source, notes, depth=0)
    target.write_bytes(clean)


@dataclass(slots=True)
class _Plan:
    """Which parts stay, under which names, with which arrows; and which arrows were cut."""

    relationships: dict[str, list[Relationship]] = field(default_factory=dict)
    cut: dict[str, set[str]] = field(default_factory=dict)
    media: dict[str, Cleaned] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def parts(self) -> list[str]:
        """Every part that stays, in a fixed order."""
        return sorted(part for part in self.relationships if part)


def _blind(source: Path | bytes, notes: Notes, depth: int) -> tuple[bytes, str]:
    if depth > MAX_DEPTH:
        raise ArchiveBomb
    with open_archive(source) as archive:
        package = Package(archive)
        kind = _kind(package)
        note_properties(package, notes)
        plan = _plan(package, kind, notes, depth)
        return _write(package, plan, kind, notes), kind


def _plan(package: Package, kind: str, notes: Notes, depth: int) -> _Plan:
    """Walk from the package's root along harmless arrows."""
    plan = _Plan()
    waiting = deque([""])
    while waiting:
        part = waiting.popleft()
        if part in plan.relationships:
            continue
        plan.relationships[part], plan.cut[part] = [], set()
        arrows = package.relationships(part)
        shown = _header_drawings(package, part, kind) if any(rel.role == "vmlDrawing" for rel in arrows) else set()
        for rel in arrows:
            kept = _kept(package, rel, shown, notes)
            if kept is None or not _clean_target(package, kept, plan, notes, depth):
                plan.cut[part].add(rel.id)
                continue
            plan.relationships[part].append(kept)
            if not kept.external:
                waiting.append(kept.target)
    return plan


def _kept(package: Package, rel: Relationship, shown: set[str], notes: Notes) -> Relationship | None:
    """The arrow as it stays, or None when it is cut. `shown`: ids of drawings that are not comment bubbles."""
    if rel.external:
        return _kept_outside(rel, notes)
    if rel.role not in _KEPT_ROLES or (rel.role == "vmlDrawing" and rel.id not in shown):
        note_dropped(package, rel, notes)
        return None
    return rel if rel.target in package else None


def _kept_outside(rel: Relationship, notes: Notes) -> Relationship | None:
    if rel.role in ("externalLinkPath", "xlExternalLinkPath"):
        notes.removed("link", "The place of a linked workbook", rel.target)
        return Relationship(rel.id, rel.type, _LINKED_BOOK, external=True)
    if rel.role == "hyperlink" and not is_revealing_link(rel.target):
        notes.remark("links-stay", "Links to web pages stay. Please check that they do not name you.", rel.target)
        return rel
    notes.removed("link", "A link that names a person or a folder, or loads something from elsewhere", rel.target)
    return None


def _header_drawings(package: Package, part: str, kind: str) -> set[str]:
    """Excel keeps both comment bubbles and header pictures in VML; only the pictures stay."""
    if kind != "xlsx":
        return set()
    sheet = package.xml(part)
    return {id_ for e in sheet if local(e) == "legacyDrawingHF" for id_ in attributes(e).values()}


def _clean_target(package: Package, rel: Relationship, plan: _Plan, notes: Notes, depth: int) -> bool:
    """Clean what an arrow to a picture, recording, font or packed document points to; False when it must go."""
    part = rel.target
    if rel.external or (is_xml(package.content_type(part)) and rel.role != "image"):
        return True
    if part in plan.media or part in plan.unreadable:
        return part in plan.media
    data = package.read(part)
    if rel.role == "font":
        cleaned: Cleaned | None = Cleaned(data, Path(part).suffix, package.content_type(part))
    else:
        cleaned = clean_media(data, lambda inner, to: _blind(inner, to, depth + 1), notes)
    if cleaned is None:
        plan.unreadable.add(part)
        return False
    plan.media[part] = cleaned
    plan.names[part] = f"{part.split('/', 1)[0]}/media/part{len(plan.media)}{cleaned.extension}"
    return True


def _write(package: Package, plan: _Plan, kind: str, notes: Notes) -> bytes:
    types: dict[str, str] = {}
    written: dict[str, bytes] = {}
    texts: list[str] = []
    for part in plan.parts():
        name = plan.names.get(part, part)
        if part in plan.media:
            types[name], written[name] = plan.media[part].media_type, plan.media[part].data
            continue
        root = package.xml(part, forgiving=part.endswith(".vml"))
        _clean_part(root, kind, plan.cut[part], notes)
        texts.append(text_of(root))
        remark_on_content(part, root, notes)
        types[name], written[name] = package.content_type(part), serialise(root)
    for part, relationships in plan.relationships.items():
        if relationships:
            listing = relationships_name(plan.names.get(part, part))
            written[listing] = relationships_xml(part, (renamed(rel, plan.names) for rel in relationships))
    _remark_on_names("\n".join(texts), notes)
    return _zip({"[Content_Types].xml": content_types_xml(types), **written})


def _clean_part(root: etree._Element, kind: str, cut: set[str], notes: Notes) -> None:
    if any(local(element) in ("ddeLink", "ddeService") for element in root.iter(etree.Element)):
        raise ActiveContent
    if kind == "docx":
        clean_word(root, notes)
    if kind == "pptx":
        keep_pictures_of_objects(root, notes)
    clean_xml(root, cut, notes)


def _remark_on_names(text: str, notes: Notes) -> None:
    """A name that stood in the properties may stand in the text as well, where only the earner can change it."""
    folded = text[:MAX_TEXT].casefold()
    for name in dict.fromkeys(notes.values("author", "comment-author", "tracked-change", "company")):
        count = folded.count(name.casefold()) if len(name) > 3 else 0
        if count:
            notes.remark("name-in-text", "A name from the document's properties also stands in its text.", name, count)


def _zip(parts: dict[str, bytes]) -> bytes:
    first = ("[Content_Types].xml", "_rels/.rels")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*first, *sorted(parts.keys() - set(first))):
            if name not in parts:
                raise BrokenFile
            add_part(archive, name, parts[name])
    return buffer.getvalue()
