"""Badges inside images: PNG and SVG (1EdTech Open Badges 3.0, section 5.3 Baked badges).

A baked image comes from strangers: what could run, expand or hide a second badge is refused by name.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import cast

from lxml import etree

from touchstone.core.openbadges.errors import OpenBadgesError

MAX_IMAGE_BYTES = 16 * 1024 * 1024
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
OLDER_KEYWORD = b"openbadges"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
ELEMENT = f"{{{NAMESPACE}}}credential"
OLDER_ELEMENT = "{http://openbadges.org}assertion"
SVG_ROOT = "{http://www.w3.org/2000/svg}svg"


class ImageTooLarge(OpenBadgesError):
    """An image larger than any badge needs."""

    code = "image_too_large"


class ImageBroken(OpenBadgesError):
    """Bytes that are not a whole, sound PNG or SVG."""

    code = "image_broken"


class ImageUnsafe(OpenBadgesError):
    """An SVG that holds scripts, entities or a document type."""

    code = "image_unsafe"


class NoBadgeInImage(OpenBadgesError):
    """An image without an Open Badges 3.0 credential."""

    code = "image_without_badge"


class SeveralBadges(OpenBadgesError):
    """An image with more than one credential, or a second one to be added."""

    code = "image_with_several_badges"


class BadgeNotPlain(OpenBadgesError):
    """A credential stored in an image in a way the standard does not allow."""

    code = "image_badge_not_plain"


def is_png(data: bytes) -> bool:
    """Whether the bytes start as a PNG."""
    return data.startswith(PNG_SIGNATURE)


def is_svg(data: bytes) -> bool:
    """Whether the bytes look like XML rather than JSON."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def bake_png(image: bytes, credential: str, keyword: bytes = KEYWORD) -> bytes:
    """The PNG with the credential (JSON text) in one uncompressed iTXt chunk after the header.

    With OLDER_KEYWORD for an assertion of Open Badges 2.0.

    Raises ImageTooLarge, ImageBroken, SeveralBadges.
    """
    chunks = list(_chunks(image))
    if any(_is_badge(kind, body) for kind, body in chunks):
        raise SeveralBadges("The image holds a badge already.")
    text = (b"iTXt", keyword + b"\0\0\0\0\0" + credential.encode())
    return PNG_SIGNATURE + b"".join(_chunk(kind, body) for kind, body in (chunks[0], text, *chunks[1:]))


def unbake_png(image: bytes) -> str:
    """The credential text of a baked PNG.

    Raises ImageTooLarge, ImageBroken, NoBadgeInImage, SeveralBadges, BadgeNotPlain.
    """
    chunks = list(_chunks(image))
    keyword = KEYWORD if any(_is_badge(kind, body) for kind, body in chunks) else OLDER_KEYWORD
    badges = [(kind, body) for kind, body in chunks if _is_badge(kind, body, keyword)]
    if not badges:
        raise NoBadgeInImage("The picture holds no Open Badges 3.0 badge. It may have been saved again or resized.")
    if len(badges) > 1:
        raise SeveralBadges("The picture holds more than one badge, so it is not clear which one is meant.")
    kind, body = badges[0]
    start = len(keyword) + 1
    flags, parts = body[start : start + 2], body[start + 2 :].split(b"\0", 2)
    if kind != b"iTXt" or flags != b"\0\0" or len(parts) != 3:
        raise BadgeNotPlain("The badge in the picture is not stored the way the standard asks.")
    try:
        return parts[2].decode()
    except UnicodeDecodeError:
        raise BadgeNotPlain("The badge in the picture is not written in UTF-8.") from None


def _is_badge(kind: bytes, body: bytes, keyword: bytes = KEYWORD) -> bool:
    return kind in {b"iTXt", b"tEXt", b"zTXt"} and body.startswith(keyword + b"\0")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and body of each chunk (PNG 3rd edition, section 5.3), checksums verified, IHDR first, IEND last."""
    if len(image) > MAX_IMAGE_BYTES:
        raise ImageTooLarge("The picture is too large for a badge (more than 16 MB).")
    place, kind = len(PNG_SIGNATURE), b""
    while is_png(image) and kind != b"IEND" and place + 12 <= len(image):
        first, (length,) = place == len(PNG_SIGNATURE), struct.unpack_from(">I", image, place)
        end = place + 12 + length
        kind, body, checksum = image[place + 4 : place + 8], image[place + 8 : end - 4], image[end - 4 : end]
        if first != (kind == b"IHDR") or checksum != struct.pack(">I", zlib.crc32(kind + body)):
            break
        yield kind, body
        place = end
    if kind != b"IEND" or place != len(image):
        raise ImageBroken("The picture is damaged or cut off.")


def bake_svg(image: bytes, credential: str) -> bytes:
    """The SVG with `<openbadges:credential>` as its first child, the JSON text in CDATA.

    Raises ImageTooLarge, ImageBroken, ImageUnsafe, SeveralBadges.
    """
    root = _svg(image)
    if next(root.iter(ELEMENT), None) is not None:
        raise SeveralBadges("The image holds a badge already.")
    # The stubs forbid None, lxml's own key for the namespace without a prefix.
    names = cast(dict[str, str], {**root.nsmap, "openbadges": NAMESPACE})
    # The prefix must be declared on the root, which lxml allows only for a new element.
    baked = etree.Element(SVG_ROOT, {str(name): str(value) for name, value in root.attrib.items()}, nsmap=names)
    holder = etree.SubElement(baked, ELEMENT)
    # "]]>" would end the CDATA; in JSON it can only stand inside a string, where the escape means the same.
    holder.text = etree.CDATA(credential.replace("]]>", "]]\\u003e"))
    baked.text, holder.tail = root.text, root.text
    baked.extend(list(root))
    return etree.tostring(baked, encoding="UTF-8", xml_declaration=True)


def unbake_svg(image: bytes) -> str:
    """The credential text of a baked SVG: JSON, or the token of its `verify` attribute.

    Raises ImageTooLarge, ImageBroken, ImageUnsafe, NoBadgeInImage, SeveralBadges, BadgeNotPlain.
    """
    root = _svg(image)
    holders = list(root.iter(ELEMENT)) or list(root.iter(OLDER_ELEMENT))
    if not holders:
        raise NoBadgeInImage("The drawing holds no Open Badges 3.0 badge.")
    if len(holders) > 1:
        raise SeveralBadges("The drawing holds more than one badge, so it is not clear which one is meant.")
    token, text = holders[0].get("verify"), holders[0].text or ""
    if holders[0].tag == OLDER_ELEMENT and text.strip():
        token = None  # the older form gives the badge's address beside the badge
    if len(holders[0]) or bool(token) == bool(text.strip()):
        raise BadgeNotPlain("The badge in the drawing is not stored the way the standard asks.")
    return token or text


def _svg(image: bytes) -> etree._Element:
    if len(image) > MAX_IMAGE_BYTES:
        raise ImageTooLarge("The drawing is too large for a badge (more than 16 MB).")
    if b"<!DOCTYPE" in image or b"<!ENTITY" in image or b"\0" in image:
        raise ImageUnsafe("The drawing holds parts that are not safe to read (a document type or entities).")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        root = etree.fromstring(image, parser)
    except etree.XMLSyntaxError:
        raise ImageBroken("The drawing is damaged or cut off.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImageUnsafe("The drawing holds parts that are not safe to read (a document type or entities).")
    if root.tag != SVG_ROOT:
        raise ImageBroken("The file is XML, but not an SVG drawing.")
    if any(_can_run(element) for element in root.iter(etree.Element)):
        raise ImageUnsafe("The drawing holds a script, so it is not read.")
    return root


def _can_run(element: etree._Element) -> bool:
    name = etree.QName(element).localname.lower()
    if name in {"script", "foreignobject", "handler", "iframe", "object", "embed"}:
        return True
    for attribute, value in element.attrib.items():
        local = etree.QName(attribute).localname.lower()
        target = "".join(str(value).split()).lower()
        if local.startswith("on") or (local == "href" and target.startswith(("javascript:", "data:text"))):
            return True
    return False
