"""An Office document as a package of parts and relationships (ECMA-376 part 2, Open Packaging Conventions)."""

import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import cast

from lxml import etree

from touchstone.core.media.archive import read_member
from touchstone.core.media.errors import BrokenFile

MAX_XML = 60_000_000
"""Bytes of one XML part."""

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A named arrow from one part to another part or, when external, to an address."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def role(self) -> str:
        """The last word of the type: `image`, `hyperlink`, `core-properties`…"""
        return self.type.rstrip("/").rsplit("/", 1)[-1]


class Package:
    """The parts of an opened zip; part names have no leading slash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist() if not name.endswith("/")}
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        for element in self.xml("[Content_Types].xml"):
            kind = str(element.get("ContentType", ""))
            if extension := element.get("Extension"):
                self._defaults[extension.lower()] = kind
            elif part := element.get("PartName"):
                self._overrides[part.lstrip("/").lower()] = kind

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def names(self) -> Iterable[str]:
        """Every part's name."""
        return self._names.values()

    def content_types(self) -> Iterable[str]:
        """Every content type that is declared."""
        return (*self._defaults.values(), *self._overrides.values())

    def content_type(self, part: str) -> str:
        """A part's declared content type; empty when it has none."""
        extension = PurePosixPath(part).suffix.lstrip(".").lower()
        return self._overrides.get(part.lower()) or self._defaults.get(extension, "")

    def read(self, part: str, limit: int | None = None) -> bytes:
        """A part's bytes. Raises BrokenFile when it is missing or damaged, ArchiveBomb above `limit`."""
        name = self._names.get(part.lower())
        if name is None:
            raise BrokenFile
        return read_member(self._archive, name) if limit is None else read_member(self._archive, name, limit)

    def xml(self, part: str, *, forgiving: bool = False) -> etree._Element:
        """A part's root element. Raises BrokenFile when it is not well formed or declares entities."""
        return parse_xml(self.read(part, MAX_XML), forgiving=forgiving)

    def relationships(self, part: str) -> list[Relationship]:
        """What a part (or, for the empty name, the package) points to; targets resolved to part names."""
        listing = relationships_name(part)
        if listing not in self:
            return []
        found = []
        for element in self.xml(listing):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            found.append(Relationship(element.get("Id", ""), element.get("Type", ""), target, external))
        return found


def parse_xml(data: bytes, *, forgiving: bool = False) -> etree._Element:
    """Parse without entities, network or comments. `forgiving` is for VML, which Excel writes badly."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        recover=forgiving,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise BrokenFile
    return root


def relationships_name(part: str) -> str:
    """Where a part's relationships are listed."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships_xml(part: str, relationships: Iterable[Relationship]) -> bytes:
    """The listing of a part's relationships, targets written relative to it."""
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap=_default(_RELATIONSHIPS))
    for rel in relationships:
        target = rel.target
        if not rel.external:
            target = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        element = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=rel.id, Type=rel.type, Target=target)
        if rel.external:
            element.set("TargetMode", "External")
    return serialise(root)


def content_types_xml(types: dict[str, str]) -> bytes:
    """The list of content types: one entry for each part, and the two every package has."""
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap=_default(_TYPES))
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind)
    for part, kind in sorted(types.items()):
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
    return serialise(root)


def _default(namespace: str) -> dict[str, str]:
    """lxml names the default namespace None, which its stubs do not know."""
    return cast(dict[str, str], {None: namespace})


def serialise(root: etree._Element) -> bytes:
    """An XML part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_part(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a part with a fixed date, so that the same parts make the same file."""
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.create_system = 0
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def renamed(relationship: Relationship, names: dict[str, str]) -> Relationship:
    """The same arrow after parts were given new names."""
    if relationship.external:
        return relationship
    return replace(relationship, target=names.get(relationship.target, relationship.target))


def is_xml(content_type: str) -> bool:
    """True for parts that are XML."""
    return bool(re.search(r"[+/]xml\Z|vmlDrawing\Z", content_type))
