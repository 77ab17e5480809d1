"""PDF: the same pages, without properties, scripts, attachments, signatures or names of commentators.

Source of the names: ISO 32000-2, tables 29 (catalog), 31 (page), 166 (annotations), 349 (information dictionary).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from touchstone.core.media.errors import BrokenFile, FileRefused
from touchstone.core.media.findings import Notes
from touchstone.core.media.picture_streams import strip_jpeg, strip_jpeg2000
from touchstone.core.media.revealing import is_revealing_link, mentions_a_path

MAX_OBJECTS = 300_000
MAX_PAGES = 2_000
_MAX_STREAM = 200_000_000

# Process-wide limits of the PDF reader: an object stream may not unpack to more than this many bytes.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MAX_STREAM,
    run_length_max_memory=_MAX_STREAM,
    png_max_memory=_MAX_STREAM,
    tiff_max_memory=_MAX_STREAM,
    doc_max_warnings=200,
    parser_max_container_size=1_000_000,
)

_KEPT_IN_CATALOG = frozenset({
    "/Type", "/Version", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout",
    "/PageMode", "/Outlines", "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents",
    "/OCProperties",
})  # fmt: skip
_DROPPED_EVERYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/CreatorInfo", "/Thumb")
_DROPPED_ANNOTATIONS = frozenset({
    "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/Popup", "/PrinterMark", "/TrapNet",
})  # fmt: skip
_KEPT_ACTIONS = frozenset({"/GoTo", "/Named", "/URI"})
_INFO = {
    "/Author": ("author", "A name in the document properties"),
    "/Title": ("title", "The title in the document properties"),
    "/Subject": ("title", "The subject in the document properties"),
    "/Keywords": ("keywords", "Keywords in the document properties"),
    "/Company": ("company", "The organisation in the document properties"),
    "/Manager": ("author", "A manager's name in the document properties"),
    "/Creator": ("software", "The program that made the document"),
    "/Producer": ("software", "The program that made the document"),
    "/CreationDate": ("date", "When the document was made"),
    "/ModDate": ("date", "When the document was changed"),
}
_XMP_NAME = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]{0,100}>([^<]{1,200})</rdf:li>", re.DOTALL)


def check_pdf(path: Path) -> None:
    """Open the file and count its pages.

    Raises BrokenFile when it is cut short, damaged, without pages or locked with a password.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 8_192))
        if b"%%EOF" not in stream.read():
            raise BrokenFile
    with _opened(path):
        pass


def blind_pdf(source: Path, target: Path, notes: Notes) -> None:
    """Write the same pages without anything that names their maker. Raises BrokenFile."""
    with _opened(source) as pdf:
        _note_properties(pdf, notes)
        _clear_catalog(pdf, notes)
        for page in pdf.pages:
            _clear_annotations(page.obj, notes)
        for thing in pdf.objects:
            _clear_object(thing, notes)
        _clear_form(pdf)
        if Name.Info in pdf.trailer:
            del pdf.trailer.Info
        pdf.remove_unreferenced_resources()
        pdf.save(target, deterministic_id=True, fix_metadata_version=False, encryption=False)


@contextmanager
def _opened(path: Path) -> Iterator[Pdf]:
    try:
        with Pdf.open(path, suppress_warnings=True) as pdf:
            if not 1 <= len(pdf.pages) <= MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
                raise BrokenFile(f"A PDF needs between 1 and {MAX_PAGES} pages. Please split it or save it again.")
            yield pdf
    except FileRefused:
        raise
    except pikepdf.PasswordError as error:
        raise BrokenFile("This PDF is locked with a password. Please save a copy without one.") from error
    except Exception as error:  # the reader answers broken input with many classes
        raise BrokenFile from error


def _note_properties(pdf: Pdf, notes: Notes) -> None:
    info = pdf.trailer.get(Name.Info)
    if isinstance(info, Dictionary):
        for key, value in info.items():
            code, what = _INFO.get(key, ("custom-property", "A property of the document"))
            notes.removed(code, what, _text(value))
    metadata = pdf.Root.get(Name.Metadata)
    if isinstance(metadata, pikepdf.Stream):
        notes.removed("editing-history", "The document's hidden record of how it was made")
        for name in _XMP_NAME.findall(metadata.read_bytes()[:1_000_000]):
            notes.removed("author", "A name in the document properties", name.decode("utf-8", "replace"))


def _clear_catalog(pdf: Pdf, notes: Notes) -> None:
    root = pdf.Root
    names = root.get(Name.Names)
    if isinstance(names, Dictionary):
        if Name.EmbeddedFiles in names:
            notes.removed("attachment", "Files attached to the document")
        if Name.JavaScript in names:
            notes.removed("script", "Scripts inside the document")
        for key in set(names.keys()) - {"/Dests"}:
            del names[key]
    for key in sorted(set(root.keys()) - _KEPT_IN_CATALOG):
        if (key == "/OpenAction" and isinstance(root.OpenAction, Dictionary)) or key == "/AA":
            notes.removed("script", "An action that runs when the document opens")
        del root[key]


def _clear_annotations(page: Object, notes: Notes) -> None:
    marks = page.get(Name.Annots)
    if not isinstance(marks, Array):
        return
    kept = []
    for mark in marks:
        if not isinstance(mark, Dictionary):
            continue
        subtype = str(mark.get(Name.Subtype, ""))
        if subtype in _DROPPED_ANNOTATIONS:
            if subtype == "/FileAttachment":
                notes.removed("attachment", "A file attached to a page")
            continue
        if subtype == "/Widget" and _field_type(mark) == "/Sig":
            notes.removed("signature", "An electronic signature")
            continue
        _clear_mark(mark, subtype, notes)
        kept.append(mark)
    page.Annots = Array(kept)


def _clear_mark(mark: Object, subtype: str, notes: Notes) -> None:
    if subtype not in ("/Widget", "/Link"):
        if Name.T in mark:
            notes.removed("comment-author", "The name on a comment", _text(mark.T))
        notes.remark("comments-stay", "Comments drawn on the pages stay, without the names of their writers.")
        for key in ("/T", "/NM", "/CreationDate", "/Subj", "/RC", "/Popup", "/IRT", "/ExData"):
            if key in mark:
                del mark[key]
    for key in ("/M", "/FS"):
        if key in mark:
            del mark[key]


def _clear_object(thing: Object, notes: Notes) -> None:
    """Clear one indirect object and the dictionaries inside it."""
    stack: list[tuple[Object, int]] = [(thing, 0)]
    while stack:
        item, depth = stack.pop()
        if depth and item.is_indirect:
            continue
        if isinstance(item, pikepdf.Stream):
            _clear_stream(item, notes)
        if isinstance(item, Dictionary | pikepdf.Stream):
            _clear_dictionary(item, notes)
            stack.extend((value, depth + 1) for _, value in item.items() if isinstance(value, Object))
        elif isinstance(item, Array):
            stack.extend((value, depth + 1) for value in item if isinstance(value, Object))


def _clear_dictionary(item: Object, notes: Notes) -> None:
    for key in _DROPPED_EVERYWHERE:
        if key in item:
            del item[key]
    for key in ("/Alt", "/ActualText", "/TU"):
        if key in item and mentions_a_path(_text(item[key])):
            notes.removed("path", "A folder name in a picture's description", _text(item[key]))
            del item[key]
    action = item.get("/A")
    if isinstance(action, Dictionary) and not _is_kept_action(action, notes):
        del item["/A"]
    elif isinstance(action, Dictionary) and Name.Next in action:
        del action.Next


def _is_kept_action(action: Object, notes: Notes) -> bool:
    kind = str(action.get(Name.S, ""))
    if kind not in _KEPT_ACTIONS:
        notes.removed("script", "A link or script that opens something else", kind.lstrip("/"))
        return False
    if kind == "/URI":
        address = _text(action.get(Name.URI, ""))
        if is_revealing_link(address):
            notes.removed("link", "A link that names a person or a folder", address)
            return False
        notes.remark("links-stay", "Links to web pages stay. Please check that they do not name you.", address)
    return True


def _clear_stream(stream: pikepdf.Stream, notes: Notes) -> None:
    """Photographs stand in a PDF as whole JPEG files, with the camera's data inside."""
    filters = stream.get(Name.Filter)
    names = [str(filters)] if isinstance(filters, Name) else [str(f) for f in filters or ()]
    if names == ["/DCTDecode"]:
        before = stream.read_raw_bytes()
        after = strip_jpeg(before)
    elif names == ["/JPXDecode"]:
        before = stream.read_raw_bytes()
        after = strip_jpeg2000(before)
    else:
        return
    if after != before:
        notes.removed("picture-metadata", "Camera data in a picture inside the document")
        stream.write(after, filter=Name(names[0]), decode_parms=cast(Dictionary | None, stream.get(Name.DecodeParms)))


def _clear_form(pdf: Pdf) -> None:
    """Forms stay filled in; their scripts, signatures and XML twin go."""
    form = pdf.Root.get(Name.AcroForm)
    if not isinstance(form, Dictionary):
        return
    for key in ("/XFA", "/SigFlags", "/CO"):
        if key in form:
            del form[key]
    fields = form.get(Name.Fields)
    if isinstance(fields, Array):
        form.Fields = Array([f for f in fields if isinstance(f, Dictionary) and _field_type(f) != "/Sig"])


def _field_type(field: Object) -> str:
    """A field's type, which a child inherits (ISO 32000-2, 12.7.4.1)."""
    for _ in range(32):
        if Name.FT in field:
            return str(field.FT)
        parent = field.get(Name.Parent)
        if not isinstance(parent, Dictionary):
            return ""
        field = parent
    return ""


def _text(value: object) -> str:
    try:
        return str(value)
    except (ValueError, UnicodeError):
        return ""
