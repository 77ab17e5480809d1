"""Pictures inside PDFs: metadata cut out of the coded bytes, so that pixels stay as they are."""

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_KEPT_SEGMENTS = frozenset({0xE0, 0xEE})
"""APP0 (JFIF) and APP14 (Adobe) say how to read the colours."""
_DROPPED_BOXES = frozenset({b"xml ", b"uuid", b"uinf", b"asoc", b"jp2i"})


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without application segments and comments (ITU-T T.81, annex B); as given when it is not one."""
    if not data.startswith(b"\xff\xd8"):
        return data
    out = bytearray(b"\xff\xd8")
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return data
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            return bytes(out) + _through_end(data, at)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out += data[at : at + 2 + size]
        elif marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            out += b"\xff\xe0\x00\x10" + data[at + 4 : at + 16] + b"\0\0"
        elif marker in _KEPT_SEGMENTS and data[at + 4 : at + 9] == b"Adobe":
            out += data[at : at + 2 + size]
        at += 2 + size
    return data


def _through_end(data: bytes, scan_at: int) -> bytes:
    """From the first scan to the end marker: what a phone hides after it (previews, clips) is left behind."""
    at = scan_at
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return data[scan_at:]
        marker = data[at + 1]
        if marker == 0xD9:
            return data[scan_at : at + 2]
        if marker in (0x00, 0xFF) or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def strip_jpeg2000(data: bytes) -> bytes:
    """A JP2 file without XML, UUID and rights boxes (ITU-T T.800, annex I); as given if it is none."""
    if data[4:8] != b"jP  ":
        return data
    out = bytearray()
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            return data
        if kind not in _DROPPED_BOXES:
            out += data[at : at + size]
        at += size
    return bytes(out)
