"""Hallmarks are drawn the same way every time, differ from each other, and are harmless to embed."""

from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from touchstone.web.ui.hallmark import hallmark_png, hallmark_svg
from touchstone.web.ui.hallmark_shapes import CARTOUCHES, MOTIFS, Curve, Dice, Disc

SVG = "{http://www.w3.org/2000/svg}"
WAIT_TIME = ("wait-time", "harbor-guild", ["questioning"])


def test_mark_when_drawn_twice_then_same_bytes() -> None:
    assert hallmark_svg(*WAIT_TIME) == hallmark_svg(*WAIT_TIME)
    assert hallmark_png(*WAIT_TIME, size=64) == hallmark_png(*WAIT_TIME, size=64)


def test_marks_when_slugs_differ_then_every_drawing_differs() -> None:
    marks = {hallmark_svg(f"item-{number}", "harbor-guild", ["questioning"]) for number in range(500)}
    assert len(marks) == 500


def test_mark_when_issuer_or_stack_changes_then_drawing_changes() -> None:
    marks = {
        hallmark_svg("wait-time", "harbor-guild", ["questioning"]),
        hallmark_svg("wait-time", "riverbend", ["questioning"]),
        hallmark_svg("wait-time", "harbor-guild", ["questioning"], stack=True),
    }
    assert len(marks) == 3


def test_marks_when_topics_differ_then_every_motif_is_used() -> None:
    assert len({hallmark_svg("wait-time", "harbor-guild", [f"topic-{number}"]) for number in range(99)}) == len(MOTIFS)


def test_svg_when_parsed_then_only_drawing_elements_and_no_style() -> None:
    root = etree.fromstring(hallmark_svg(*WAIT_TIME, title="Wait <time> & more").encode())
    assert root.findtext(f"{SVG}title") == "Wait <time> & more"
    assert root.get("role") == "img"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "path", "circle"}
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {
        *("class", "viewBox", "width", "height", "role", "d", "cx", "cy", "r", "fill"),
        *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    }


def test_svg_when_untitled_then_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in hallmark_svg(*WAIT_TIME)


def test_svg_when_many_then_small_enough_for_a_list() -> None:
    sizes = [len(hallmark_svg(f"item-{number}", f"issuer-{number}", [f"topic-{number}"])) for number in range(200)]
    assert sum(sizes) / len(sizes) < 3000


@pytest.mark.parametrize("motif", MOTIFS)
def test_motif_when_any_digest_then_stays_inside_its_circle(motif: object) -> None:
    for seed in range(256):
        for shape in motif(Dice(bytes((seed * 7 + place * seed) % 256 for place in range(32)))):  # type: ignore[operator]
            points = (
                [shape.centre]
                if isinstance(shape, Disc)
                else [shape.start, *(end for _, end in shape.parts)]
                if isinstance(shape, Curve)
                else shape.points
            )
            reach = (shape.radius if isinstance(shape, Disc) else 0) + getattr(shape, "width", 0) / 2
            assert all(((x - 50) ** 2 + (y - 49) ** 2) ** 0.5 + reach < 36 for x, y in points)


def test_png_when_drawn_then_transparent_around_every_cartouche() -> None:
    seen = set()
    for number in range(60):
        image = Image.open(BytesIO(hallmark_png("wait-time", f"issuer-{number}", ["questioning"], size=48)))
        assert (image.format, image.size, image.mode) == ("PNG", (48, 48), "RGBA")
        assert image.getpixel((0, 47))[3] == 0  # type: ignore[index]
        assert image.getpixel((24, 6))[3] > 200  # type: ignore[index]
        seen.add(image.getchannel("A").tobytes())
    assert len(seen) == len(CARTOUCHES)
