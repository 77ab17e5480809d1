"""What a picture says about its maker, read so that the earner can be told.

Tag numbers: Exif 3.0 (CIPA DC-008), 4.6; PNG text keywords: PNG 3rd edition, 11.3.3.
"""

from collections.abc import Mapping
from typing import Any

from PIL import Image

from touchstone.core.media.findings import Notes

_GPS_IFD, _EXIF_IFD = 0x8825, 0x8769

_TAGS: dict[int, tuple[str, str]] = {
    0x010E: ("title", "A description inside the picture"),
    0x010F: ("camera", "The camera or phone"),
    0x0110: ("camera", "The camera or phone"),
    0x0131: ("software", "The program that saved the picture"),
    0x0132: ("date", "When the picture was taken"),
    0x013B: ("author", "A name inside the picture"),
    0x013C: ("device", "The computer that saved the picture"),
    0x8298: ("author", "A copyright line inside the picture"),
    0x9003: ("date", "When the picture was taken"),
    0x9C9B: ("title", "A title inside the picture"),
    0x9C9C: ("comment", "A comment inside the picture"),
    0x9C9D: ("author", "A name inside the picture"),
    0x9C9E: ("keywords", "Keywords inside the picture"),
    0x9C9F: ("title", "A subject line inside the picture"),
    0x9286: ("comment", "A comment inside the picture"),
    0xA420: ("serial", "The picture's own number"),
    0xA430: ("author", "The name of the camera's owner"),
    0xA431: ("serial", "The camera's serial number"),
    0xA433: ("camera", "The lens"),
    0xA434: ("camera", "The lens"),
    0xA435: ("serial", "The lens's serial number"),
    0x927C: ("maker-note", "The camera maker's notes"),
}

_TEXT_CODES = {
    "author": ("author", "A name inside the picture"),
    "artist": ("author", "A name inside the picture"),
    "copyright": ("author", "A copyright line inside the picture"),
    "title": ("title", "A title inside the picture"),
    "software": ("software", "The program that saved the picture"),
    "creation time": ("date", "When the picture was made"),
}
_SILENT = frozenset({
    "exif", "icc_profile", "dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe",
    "adobe_transform", "progressive", "progression", "gamma", "transparency", "background", "duration", "loop",
    "version", "extension", "interlace", "chromaticity", "srgb", "aspect", "timestamp", "bbox", "default_image",
    "mp", "mpoffset", "primary", "bit_depth", "depth_images", "heif", "metadata", "chroma", "aux", "stride",
    "tiled",
})  # fmt: skip


def note_image_metadata(image: Image.Image, notes: Notes) -> None:
    """Note everything found in `image`; the caller leaves it all out of the copy."""
    try:
        _note_exif(image.getexif(), notes)
    except Exception:  # a broken block is dropped all the same; it only cannot be told apart
        notes.removed("unreadable", "A damaged block of camera data")
    _note_info(image.info, notes)


def _note_exif(exif: Image.Exif, notes: Notes) -> None:
    for tag, value in {**dict(exif), **exif.get_ifd(_EXIF_IFD)}.items():
        if tag in _TAGS:
            code, what = _TAGS[tag]
            notes.removed(code, what, _plain(tag, value))
    gps = exif.get_ifd(_GPS_IFD)
    if gps:
        notes.removed("location", "The place where the picture was taken", gps_text(gps) or "recorded")
    if exif.get_ifd(1):
        notes.removed("thumbnail", "A small preview of the original picture")


def _plain(tag: int, value: object) -> str:
    if isinstance(value, bytes):
        if tag == 0x927C:
            return "present"
        encoding = "utf-16-le" if 0x9C9B <= tag <= 0x9C9F else "utf-8"
        return value.decode(encoding, "replace").strip("\0 ")
    return str(value).strip("\0 ")


def gps_text(gps: Mapping[int, Any]) -> str | None:
    """Latitude and longitude in degrees, as `38.9072, -77.0369`; None when they cannot be read."""
    try:
        latitude = _degrees(gps[2]) * (-1 if gps.get(1) == "S" else 1)
        longitude = _degrees(gps[4]) * (-1 if gps.get(3) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    return f"{latitude:.4f}, {longitude:.4f}"


def _degrees(parts: Any) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600


def _note_info(info: Mapping[Any, Any], notes: Notes) -> None:
    for key, value in info.items():
        name = str(key).lower()
        if name in _SILENT or value is None:
            continue
        if name in (
            "xmp",
            "xml:com.adobe.xmp",
            "photoshop",
            "raw profile type exif",
            "raw profile type iptc",
        ):
            notes.removed("editing-history", "Notes left by a photo program")
        elif name == "thumbnails":
            if value:
                notes.removed("thumbnail", "A small preview of the original picture")
        elif isinstance(value, str | bytes):
            code, what = _TEXT_CODES.get(name, ("comment", "A note inside the picture"))
            notes.removed(code, what, value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
