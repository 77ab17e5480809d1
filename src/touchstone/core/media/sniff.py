"""The first guess at a file's kind from its bytes; the readers of each format confirm it."""

import re

HEAD = 4_096
"""Bytes that are looked at."""

ZIP = "zip"
ISO_MEDIA = "iso-media"
TEXT = "text"

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\x00asm", "program"),
    (b"#!", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"8BPS", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"fLaC", "sound"),
    (b"FORM", "sound"),
    (b"caff", "sound"),
    (b"0&\xb2u\x8ef\xcf\x11", "film"),
    (b"FLV\x01", "film"),
)

_READABLE = {b"MZ", b"BZh", b"MSCF", b"FORM", b"caff"}
"""Magic letters that plain text may begin with too."""

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MOVIE_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_MARKUP = re.compile(
    r"\A(?:\s++|(?><!--.*?-->)|(?><\?xml.*?\?>))*+<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_START = re.compile(r"\A\s*<(?:\?xml|\?php|\?=)", re.IGNORECASE)


def sniff(head: bytes) -> str:
    """A kind's code (`pdf`, `jpeg`…), a container to look into (`zip`, `iso-media`, `text`) or a refused class
    (`program`, `markup`, `old-office`, `rtf`, `archive`, `picture`, `sound`, `film`, `unknown`)."""
    for magic, refused in _REFUSED:
        if head.startswith(magic) and (magic not in _READABLE or b"\0" in head):
            return refused
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return ZIP
    if head[4:8] == b"ftyp" or head[4:8] in _MOVIE_ATOMS:
        return _sniff_iso_media(head)
    return _sniff_signature(head) or _sniff_text(head)


def _sniff_signature(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head[:4] in (b"RIFF", b"RF64"):
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "film"}.get(head[8:12], "unknown")
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "film"
    if head.startswith(b"ID3") or _is_mpeg_audio(head):
        return "mp3"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return None


def _is_mpeg_audio(head: bytes) -> bool:
    """An MPEG-1/2 layer III frame header (ISO/IEC 11172-3, 2.4.1.3); ADTS AAC has layer 0 and is not one."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer == 1 and head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3


def _sniff_iso_media(head: bytes) -> str:
    if head[4:8] != b"ftyp":
        return ISO_MEDIA
    size = int.from_bytes(head[:4], "big")
    brands = {head[at : at + 4] for at in (8, *range(16, min(size, 256, len(head)) - 3, 4))}
    if head[8:12] in (b"avif", b"avis") or (brands & {b"avif", b"avis"} and not brands & {b"heic", b"heix"}):
        return "picture"
    if head[8:12] in _HEIC_BRANDS:
        return "heic"
    if head[8:11] in (b"3gp", b"3g2") or head[8:12] in (b"crx ", b"jp2 "):
        return "film"
    return ISO_MEDIA


def _sniff_text(head: bytes) -> str:
    text = decode_text(head, cut=True)
    if text is None:
        return "unknown"
    if _MARKUP.match(text) or _MARKUP_START.match(text):
        return "markup"
    return TEXT


def decode_text(data: bytes, *, cut: bool = False) -> str | None:
    """Text as UTF-8, UTF-16 with a mark, or Windows-1252; None for what is not text. `cut`: the end may lack."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        whole = data[: len(data) // 2 * 2] if cut else data
        encodings = ["utf-16"]
    else:
        whole, encodings = data, ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError as error:
            # A character of several bytes may straddle the cut.
            if not (cut and error.start >= len(whole) - 4):
                continue
            text = whole[: error.start].decode(encoding)
        if not any((c < " " and c not in "\t\n\r\f") or c in "\x7f\ufffe\uffff" for c in text):
            return text
    return None
