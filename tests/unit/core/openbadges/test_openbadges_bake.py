"""Badges in PNG and SVG images, sound and hostile."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openbadgeslib import baking
from PIL import Image

from touchstone.core.openbadges import bake

JSON = '{"name": "L’élève ]]> <b>&amp; 🎓 שאלות"}'
SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
  <title>Mark</title><a xlink:href="https://badges.example"><circle r="4"/></a></svg>"""


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, "PNG")
    return file.getvalue()


PNG = png()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(kind: bytes, body: bytes) -> bytes:
    return PNG[:33] + chunk(kind, body) + PNG[33:]


def test_png_when_baked_then_unbakes_and_is_the_same_picture() -> None:
    baked = bake.bake_png(PNG, JSON)
    assert bake.unbake_png(baked) == JSON
    picture = Image.open(io.BytesIO(baked))
    picture.load()
    assert picture.tobytes() == Image.open(io.BytesIO(PNG)).tobytes()
    assert picture.text["openbadgecredential"] == JSON
    assert bake.is_png(baked)
    assert not bake.is_svg(baked)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_png_when_any_text_is_baked_then_the_same_comes_out(text: str) -> None:
    assert bake.unbake_png(bake.bake_png(PNG, text)) == text


def test_png_when_any_byte_changes_then_refused_or_another_text() -> None:
    baked = bake.bake_png(PNG, JSON)
    for place in range(len(baked)):
        broken = baked[:place] + bytes([baked[place] ^ 1]) + baked[place + 1 :]
        with pytest.raises((bake.ImageBroken, bake.NoBadgeInImage)):
            bake.unbake_png(broken)


def test_png_when_cut_off_anywhere_then_named_error() -> None:
    baked = bake.bake_png(PNG, JSON)
    for length in range(len(baked)):
        with pytest.raises(bake.ImageBroken):
            bake.unbake_png(baked[:length])


KEY = bake.KEYWORD


@pytest.mark.parametrize(
    ("image", "error"),
    [
        (PNG, bake.NoBadgeInImage),
        (with_chunk(b"iTXt", b"openbadge\0\0\0\0\0{}"), bake.NoBadgeInImage),
        (with_chunk(b"tEXt", KEY + b"\0{}"), bake.BadgeNotPlain),
        (with_chunk(b"iTXt", KEY + b"\0\1\0\0\0" + zlib.compress(b"{}")), bake.BadgeNotPlain),
        (with_chunk(b"iTXt", KEY + b"\0\0\0{}"), bake.BadgeNotPlain),
        (with_chunk(b"iTXt", KEY + b"\0\0\0\0\0\xff"), bake.BadgeNotPlain),
        (with_chunk(b"iTXt", KEY + b"\0"), bake.BadgeNotPlain),
        (bake.bake_png(PNG, JSON).replace(b"IEND\xaeB`\x82", b"IEND\xaeB`\x82more"), bake.ImageBroken),
        (PNG[:8] + chunk(b"IEND", b""), bake.ImageBroken),
        (PNG[:33] + struct.pack(">I", 2**31) + PNG[37:], bake.ImageBroken),
        (PNG + bytes(bake.MAX_IMAGE_BYTES), bake.ImageTooLarge),
        (b"", bake.ImageBroken),
    ],
)
def test_png_when_not_a_plain_badge_then_named_error(image: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        bake.unbake_png(image)


def test_png_when_it_holds_two_badges_or_one_is_added_then_named_error() -> None:
    once = bake.bake_png(PNG, JSON)
    with pytest.raises(bake.SeveralBadges):
        bake.bake_png(once, JSON)
    twice = once[:33] + chunk(b"iTXt", KEY + b"\0\0\0\0\0{}") + once[33:]
    with pytest.raises(bake.SeveralBadges):
        bake.unbake_png(twice)


def test_svg_when_baked_then_unbakes_and_first_child_is_the_badge() -> None:
    baked = bake.bake_svg(SVG, JSON)
    assert bake.unbake_svg(baked).replace("\\u003e", ">") == JSON
    root = etree.fromstring(baked)
    assert root[0].tag == bake.ELEMENT
    assert root[0].prefix == "openbadges"
    assert root.nsmap["openbadges"] == "https://purl.imsglobal.org/ob/v3p0"
    assert root.get("viewBox") == "0 0 9 9"
    assert [etree.QName(child).localname for child in root[1:]] == ["title", "a"]
    assert b"<![CDATA[" in baked
    assert bake.is_svg(baked)
    assert bake.is_svg(b"\xef\xbb\xbf \n" + SVG)


def test_baked_images_when_read_by_openbadgeslib_then_the_same_text() -> None:
    found = baking.extract_png(bake.bake_png(PNG, JSON), keyword=b"openbadgecredential")
    assert (found.decode() if isinstance(found, bytes) else found) == JSON


def test_svg_when_it_holds_a_token_then_the_token() -> None:
    baked = SVG.replace(
        b"<title>", b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0" verify="eyJ.a.b"/><title>'
    )
    assert bake.unbake_svg(baked) == "eyJ.a.b"


@pytest.mark.parametrize(
    ("image", "error"),
    [
        (SVG, bake.NoBadgeInImage),
        (SVG[:-4], bake.ImageBroken),
        (b"<html/>", bake.ImageBroken),
        (b"<", bake.ImageBroken),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG[22:], bake.ImageUnsafe),
        (
            SVG.decode()
            .replace('<?xml version="1.0"?>\n', "")
            .replace("<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg", 1)
            .encode("utf-16"),
            bake.ImageUnsafe,
        ),
        (SVG.replace(b"<title>", b"<script>alert(1)</script><title>"), bake.ImageUnsafe),
        (SVG.replace(b'r="4"', b'r="4" onload="alert(1)"'), bake.ImageUnsafe),
        (SVG.replace(b"https://badges.example", b" java\nscript:alert(1)"), bake.ImageUnsafe),
        (SVG.replace(b"<title>", b"<foreignObject/><title>"), bake.ImageUnsafe),
        (SVG + b" " * bake.MAX_IMAGE_BYTES, bake.ImageTooLarge),
        (
            SVG.replace(b"<title>", b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0"/><title>'),
            bake.BadgeNotPlain,
        ),
        (
            SVG.replace(
                b"<title>", b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">{}<b/></o:credential><title>'
            ),
            bake.BadgeNotPlain,
        ),
        (SVG.replace(b"<circle", b"<g>" * 1000 + b"<circle"), bake.ImageBroken),
    ],
)
def test_svg_when_hostile_then_named_error(image: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        bake.unbake_svg(image)
    if error not in {bake.NoBadgeInImage, bake.BadgeNotPlain}:
        with pytest.raises(error):
            bake.bake_svg(image, JSON)


def test_svg_when_it_holds_two_badges_or_one_is_added_then_named_error() -> None:
    once = bake.bake_svg(SVG, JSON)
    with pytest.raises(bake.SeveralBadges):
        bake.bake_svg(once, JSON)
    holder = b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">{}</o:credential>'
    with pytest.raises(bake.SeveralBadges):
        bake.unbake_svg(once.replace(b"<title>", holder + b"<title>"))
