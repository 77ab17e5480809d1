"""What an Office document says about its makers, read so that the earner can be told."""

from lxml import etree

from touchstone.core.media.errors import FileRefused
from touchstone.core.media.findings import Notes
from touchstone.core.media.office_package import Package, Relationship
from touchstone.core.media.office_xml import attributes, local, text_of

_PROPERTIES = {
    "creator": ("author", "A name in the document properties"),
    "lastModifiedBy": ("author", "The name of who saved the document last"),
    "title": ("title", "The title in the document properties"),
    "subject": ("title", "The subject in the document properties"),
    "description": ("comment", "The comment in the document properties"),
    "keywords": ("keywords", "Keywords in the document properties"),
    "category": ("keywords", "The category in the document properties"),
    "created": ("date", "When the document was made"),
    "modified": ("date", "When the document was changed"),
    "lastPrinted": ("date", "When the document was printed"),
    "Company": ("company", "The organisation in the document properties"),
    "Manager": ("author", "A manager's name in the document properties"),
    "HyperlinkBase": ("link", "The folder that links start from"),
    "Template": ("path", "The name of the document's template"),
    "Application": ("software", "The program that made the document"),
}
_PROPERTY_ROLES = frozenset({"core-properties", "extended-properties", "custom-properties"})

_DROPPED = {
    "thumbnail": ("thumbnail", "A small preview of the original document"),
    "customXml": ("hidden-data", "Data stored by another program"),
    "customProperty": ("hidden-data", "Data stored by another program"),
    "tags": ("hidden-data", "Data stored by another program"),
    "glossaryDocument": ("hidden-data", "Text blocks stored with the document"),
    "printerSettings": ("printer", "The name of a printer"),
    "attachedTemplate": ("path", "Where the document's template is kept"),
    "oleObject": ("embedded-object", "An embedded object; its picture stays"),
    "connections": ("link", "A connection to another source of data"),
    "queryTable": ("link", "A connection to another source of data"),
}
_COMMENTS = frozenset({"comments", "threadedComment", "commentsExtended", "commentsIds", "commentsExtensible"})
_PEOPLE = frozenset({"people", "person", "commentAuthors", "authors", "usernames"})


def note_properties(package: Package, notes: Notes) -> None:
    """Note the document's properties: standard, extended and the organisation's own."""
    for rel in package.relationships(""):
        if rel.role not in _PROPERTY_ROLES or rel.external or rel.target not in package:
            continue
        try:
            root = package.xml(rel.target)
        except FileRefused:
            continue
        for element in root:
            _note_property(element, rel.role == "custom-properties", notes)


def _note_property(element: etree._Element, custom: bool, notes: Notes) -> None:
    value = " ".join(str(text) for text in element.itertext())
    if custom:
        notes.removed("custom-property", "A property added by an organisation or program", value)
    elif local(element) in _PROPERTIES:
        code, what = _PROPERTIES[local(element)]
        notes.removed(code, what, value)


def note_dropped(package: Package, rel: Relationship, notes: Notes) -> None:
    """Note a part that is left behind."""
    if rel.role in _PROPERTY_ROLES:
        return
    if rel.role in _COMMENTS or rel.role in _PEOPLE:
        _note_comments(package, rel, notes)
    elif rel.role in _DROPPED:
        notes.removed(*_DROPPED[rel.role])


def _note_comments(package: Package, rel: Relationship, notes: Notes) -> None:
    if rel.target not in package:
        return
    try:
        root = package.xml(rel.target)
    except FileRefused:
        return
    if rel.role in ("comments", "threadedComment"):
        count = sum(local(e) in ("comment", "threadedComment", "cm") for e in root.iter(etree.Element))
        notes.removed("comments", "Comments in the margin", count=count)
    for element in root.iter(etree.Element):
        named = attributes(element)
        name = named.get("author") or named.get("displayName") or named.get("name")
        if local(element) == "author" and not name:
            name = element.text
        if name and not name.isdigit():
            notes.removed("comment-author", "The name of who wrote a comment", name)


def remark_on_content(part: str, root: etree._Element, notes: Notes) -> None:
    """Point to content an earner may have forgotten: speaker notes, hidden slides, hidden sheets."""
    if "/notesSlides/" in part and text_of(root).strip():
        notes.remark("speaker-notes", "Speaker notes stay. Please check them for names.")
    if local(root) == "sld" and root.get("show") == "0":
        notes.remark("hidden-slide", "A hidden slide stays. Please check it.")
    if local(root) == "workbook":
        for sheet in root.iter(etree.Element):
            if local(sheet) == "sheet" and sheet.get("state") in ("hidden", "veryHidden"):
                notes.remark("hidden-sheet", "A hidden sheet stays. Please check it.", sheet.get("name"))
