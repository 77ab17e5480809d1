"""What names a person inside any part of a Word, PowerPoint or Excel document, and how it is taken out.

Source of the names: ECMA-376 part 1 (attributes and elements), [MS-DOCX], [MS-PPTX] and [MS-XLSX] (extensions).
"""

from lxml import etree

from touchstone.core.media.findings import Notes
from touchstone.core.media.revealing import mentions_a_path

_RELATION_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_OFFICE = "urn:schemas-microsoft-com:office:office"

_NAMING_ATTRIBUTES = frozenset({
    "author", "initials", "userId", "userName", "providerId", "refreshedBy", "refreshedDate",
    "refreshedDateIso", "lastModifiedBy", "paraId", "textId", "durableId",
})  # fmt: skip
_DROPPED_ELEMENTS = frozenset({
    "rsids", "docId", "absPath", "fileSharing", "revisionPtr", "customWorkbookViews", "customSheetViews",
    "docVars", "mailMerge", "attachedTemplate", "documentManagement", "presenceInfo", "userShapes", "proofErr",
    "webPublishing", "dataBinding", "storeItemID",
})  # fmt: skip
_DRAWING_PROPERTIES = frozenset({"cNvPr", "docPr"})
_ATTRIBUTE_ONLY = frozenset({"blip", "imagedata", "pageSetup", "fill", "stroke", "shape"})
_EMPTY_GOES_TOO = frozenset({
    "custDataLst", "controls", "control", "hyperlinks", "oleObjects", "ext", "extLst", "AlternateContent",
    "Choice", "Fallback", "tableParts", "externalReferences", "object",
})  # fmt: skip
_RUNNING_ACTIONS = ("ppaction://program", "ppaction://macro", "ppaction://hlinkfile", "ppaction://ole")


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is not an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attributes(element: etree._Element) -> dict[str, str]:
    """An element's attributes by their names without namespace."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def remove(element: etree._Element) -> None:
    """Take an element out, and the parents it leaves pointlessly empty."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
    if len(parent) == 0 and local(parent) in _EMPTY_GOES_TOO:
        remove(parent)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)


def clean_xml(root: etree._Element, dropped: set[str], notes: Notes) -> None:
    """Take out naming attributes and elements, and every use of the `dropped` relationship ids."""
    for element in list(root.iter(etree.Element)):
        if element is not root and local(element) in _DROPPED_ELEMENTS:
            remove(element)
            continue
        _clean_attributes(element, notes)
        if any(element.get(f"{{{space}}}{key}") in dropped for space in _RELATION_NAMESPACES for key in _KEYS):
            _drop_use(element, dropped)


_KEYS = (
    "id",
    "embed",
    "link",
    "pict",
    "href",
    "dm",
    "lo",
    "qs",
    "cs",
    "blip",
    "topLeft",
    "topRight",
    "bottomLeft",
    "bottomRight",
)


def _drop_use(element: etree._Element, dropped: set[str]) -> None:
    name = local(element)
    if name in _ATTRIBUTE_ONLY:
        for key, value in list(element.attrib.items()):
            if value in dropped and etree.QName(key).namespace in _RELATION_NAMESPACES:
                del element.attrib[key]
    elif name == "hyperlink" and len(element):
        unwrap(element)
    else:
        remove(element)


def _clean_attributes(element: etree._Element, notes: Notes) -> None:
    name = local(element)
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        attribute = etree.QName(key)
        if attribute.localname in _NAMING_ATTRIBUTES or attribute.localname.startswith("rsid"):
            del element.attrib[key]
            if attribute.localname in ("author", "refreshedBy", "lastModifiedBy", "userName"):
                notes.removed("author", "The name of somebody who worked on the document", value)
        elif attribute.namespace == _OFFICE and attribute.localname in ("title", "href"):
            del element.attrib[key]
        elif attribute.localname == "action" and value.startswith(_RUNNING_ACTIONS):
            del element.attrib[key]
            notes.removed("script", "A button that opens another program")
        elif (name in _DRAWING_PROPERTIES or attribute.localname == "alt") and mentions_a_path(value):
            notes.removed("path", "The original name of a picture or recording", value)
            element.attrib[key] = "Picture" if attribute.localname == "name" else ""


def keep_pictures_of_objects(root: etree._Element, notes: Notes) -> None:
    """A PowerPoint frame around an embedded object becomes the picture PowerPoint shows of it."""
    for frame in [e for e in root.iter(etree.Element) if local(e) == "graphicFrame"]:
        if not any(local(e) == "oleObj" for e in frame.iter(etree.Element)):
            continue
        notes.removed("embedded-object", "An embedded object; its picture stays")
        picture = next((e for e in frame.iter(etree.Element) if local(e) == "pic"), None)
        parent = frame.getparent()
        if picture is None or parent is None:
            remove(frame)
        else:
            parent.replace(frame, picture)


def text_of(root: etree._Element) -> str:
    """The words of a part, a line for each paragraph or cell."""
    words: list[str] = []
    for element in root.iter(etree.Element):
        name = local(element)
        if name in ("p", "si", "c", "br", "tab"):
            words.append("\n")
        if name in ("t", "v") and element.text:
            words.append(element.text)
    return "".join(words)
