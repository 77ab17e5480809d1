"""Word's own traces: tracked changes with their makers, comment marks, and fields that print a name or a path."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from touchstone.core.media.errors import BrokenFile
from touchstone.core.media.findings import Notes
from touchstone.core.media.office_xml import attributes, local, remove, unwrap
from touchstone.core.media.revealing import is_revealing_link

MAX_NESTED_FIELDS = 20
"""Word itself refuses deeper nesting."""
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)

_ACCEPTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_FORMER = frozenset({
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange",
    "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
})  # fmt: skip
_MARKS = frozenset({
    "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "permStart", "permEnd",
})  # fmt: skip
_NAMING_FIELDS = frozenset({
    "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "DOCPROPERTY",
    "INFO",
})  # fmt: skip
_REACHING_FIELDS = frozenset({
    "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "LINK", "DDE", "DDEAUTO", "IMPORT", "DATABASE", "EMBED", "RD",
    "MACROBUTTON", "GREETINGLINE",
})  # fmt: skip
_NAMING_BINDINGS = re.compile(r"creator|author|lastModifiedBy|company|manager|e-?mail|phone|fax|address", re.IGNORECASE)


def clean_word(root: etree._Element, notes: Notes) -> None:
    """Accept tracked changes, drop comment marks, and empty fields and boxes that print a property."""
    _note_changes(root, notes)
    _accept_changes(root)
    _drop_comment_marks(root)
    _clear_bound_boxes(root, notes)
    _clear_fields(root, notes)


def _words(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(*(f"{{{namespace}}}*" for namespace in WORD_NAMESPACES)))


def _note_changes(root: etree._Element, notes: Notes) -> None:
    changes = [attributes(e) for e in _words(root) if local(e) in _ACCEPTED | _DELETED | _FORMER]
    makers = Counter(change["author"] for change in changes if "author" in change)
    for maker, count in makers.items():
        notes.removed("tracked-change", "Tracked changes, now accepted, and the name of who made them", maker, count)


def _accept_changes(root: etree._Element) -> None:
    for element in _words(root):
        name = local(element)
        parent = element.getparent()
        if parent is None:
            continue
        if name in _FORMER:
            remove(element)
        elif name in _DELETED:
            _delete(element, parent)
        elif name in _ACCEPTED:
            unwrap(element)


def _delete(element: etree._Element, parent: etree._Element) -> None:
    """A deletion: of words, of a table row (marked in its properties), or of a paragraph's end mark."""
    holder = parent.getparent()
    if local(parent) == "trPr" and holder is not None:
        remove(holder)
    elif local(parent) == "rPr" and holder is not None and local(holder) == "pPr":
        paragraph = holder.getparent()
        remove(element)
        if paragraph is None or paragraph.getparent() is None:
            return
        if not any(
            local(e) in ("t", "drawing", "pict", "object", "sectPr")
            for e in paragraph.iter(etree.Element)
            if not any(local(up) in _DELETED for up in e.iterancestors())
        ):
            _remove_paragraph(paragraph)
    else:
        remove(element)


def _remove_paragraph(paragraph: etree._Element) -> None:
    parent = paragraph.getparent()
    # A table cell must keep one paragraph (ECMA-376 part 1, 17.4.65).
    if parent is not None and (local(parent) != "tc" or any(local(e) == "p" and e is not paragraph for e in parent)):
        parent.remove(paragraph)


def _drop_comment_marks(root: etree._Element) -> None:
    for element in _words(root):
        name = local(element)
        if name in _MARKS:
            remove(element)
        elif name in ("commentReference", "annotationRef"):
            run = element.getparent()
            remove(run if run is not None and local(run) == "r" else element)


def _clear_bound_boxes(root: etree._Element, notes: Notes) -> None:
    """Boxes on Word's cover pages show the author and the company from the properties."""
    for box in [e for e in _words(root) if local(e) == "sdt"]:
        for binding in [b for b in box.iter(etree.Element) if local(b) == "dataBinding"]:
            if not _NAMING_BINDINGS.search(attributes(binding).get("xpath", "")):
                continue
            content = next((e for e in box if local(e) == "sdtContent"), None)
            if content is not None:
                _empty(content, "property-in-text", "A property shown in the text", notes)


def _empty(content: etree._Element, code: str, what: str, notes: Notes) -> None:
    texts = [t for t in content.iter(etree.Element) if local(t) == "t"]
    notes.removed(code, what, "".join(t.text or "" for t in texts))
    for text in texts:
        text.text = ""


@dataclass(slots=True)
class _Field:
    """One field while it is read: its instruction, its frame, and the words it shows."""

    frame: list[etree._Element] = field(default_factory=list)
    instruction: str = ""
    shown: list[etree._Element] = field(default_factory=list)
    showing: bool = False


def _clear_fields(root: etree._Element, notes: Notes) -> None:
    for simple in [e for e in _words(root) if local(e) == "fldSimple"]:
        instruction = attributes(simple).get("instr", "")
        shown = [t for t in simple.iter(etree.Element) if local(t) == "t"]
        if _settle(instruction, shown, notes):
            unwrap(simple)
    for found in _complex_fields(root):
        if _settle(found.instruction, found.shown, notes):
            for element in found.frame:
                remove(element)


def _complex_fields(root: etree._Element) -> list[_Field]:
    """Fields spelled as begin, instruction, separate, result, end; they nest (ECMA-376 part 1, 17.16.18)."""
    stack: list[_Field] = []
    done: list[_Field] = []
    for element in _words(root):
        name = local(element)
        if name == "fldChar":
            step = attributes(element).get("fldCharType", "")
            if step == "begin":
                stack.append(_Field())
                if len(stack) > MAX_NESTED_FIELDS:
                    raise BrokenFile
            if not stack:
                continue
            stack[-1].frame.append(element)
            stack[-1].showing = stack[-1].showing or step == "separate"
            if step == "end":
                done.append(stack.pop())
        elif name in ("instrText", "delInstrText") and stack:
            stack[-1].frame.append(element)
            stack[-1].instruction += element.text or ""
        elif name == "t":
            for open_field in stack:
                if open_field.showing:
                    open_field.shown.append(element)
    return done


def _settle(instruction: str, shown: list[etree._Element], notes: Notes) -> bool:
    """True when the field's frame must go; a field that prints a property is emptied as well."""
    words = instruction.split(maxsplit=1)
    verb = words[0].upper() if words else ""
    if verb in _NAMING_FIELDS:
        notes.removed("property-in-text", "A property shown in the text", "".join(t.text or "" for t in shown))
        for text in shown:
            text.text = ""
        return True
    if verb == "HYPERLINK":
        quoted = re.search(r'"([^"]*)"', instruction)
        address = quoted.group(1) if quoted else ""
        if not address or '\\l "' in instruction.split(address)[0] or not is_revealing_link(address):
            return False
        notes.removed("link", "A link that names a person or a folder", address)
        return True
    return verb in _REACHING_FIELDS
