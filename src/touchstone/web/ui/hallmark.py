"""The mark of a micro-credential: like an assay hallmark, struck the same way every time.

The issuer chooses the cartouche and a family of colours, the first topic a family of motifs. The SHA-256 of the slug
chooses one of each family, gives the motif its numbers and sets the pearls of the rim, which carry 20 of its bits.
"""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

from touchstone.web.ui.hallmark_shapes import (
    CARTOUCHES,
    MOTIFS,
    Curve,
    Dice,
    Disc,
    Line,
    Pearls,
    Point,
    Shape,
    scaled,
)

Palette = tuple[str, str, str]
PALETTES: tuple[Palette, ...] = (
    ("#1f3a4d", "#ecdcb4", "#d39a4a"),
    ("#1d4a52", "#e4e6cf", "#d7b25c"),
    ("#23463a", "#ece0bd", "#d9a441"),
    ("#3c4a2b", "#eee3c0", "#dba851"),
    ("#5b3a22", "#f1e2c4", "#e0a94f"),
    ("#6a2f26", "#f4e0c7", "#e3b05e"),
    ("#54283a", "#f0dcc6", "#dda25c"),
    ("#463b57", "#eadfd0", "#d8a06d"),
    ("#33344f", "#e6dfc8", "#c9a05a"),
)
PEARLS = 20
FAMILY = 6  # motifs among which the items of one topic are told apart
SUPERSAMPLING = 4


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4])


def _design(slug: str, issuer: str, topics: Sequence[str], stack: bool) -> tuple[Palette, list[Shape]]:
    digest = sha256(slug.encode()).digest()
    place = _number(f"issuer {issuer}")
    palette = PALETTES[(place // 97 + digest[31] % 4) % len(PALETTES)]
    cartouche, room = CARTOUCHES[place % len(CARTOUCHES)]
    outline = cartouche()
    family = _number(f"topic {topics[0] if topics else slug}")
    motif = MOTIFS[(family + digest[17] % FAMILY * (len(MOTIFS) // FAMILY)) % len(MOTIFS)]
    frame: list[Shape] = [outline, scaled(outline, 0.955, 0)]
    if stack:
        frame += [scaled(outline, 0.915, 2), scaled(outline, 0.875, 0)]
    frame.append(scaled(outline, 0.80, 1))
    frame.append(scaled(outline, 0.775, 0))
    inside = [_shrunk(shape, room) for shape in motif(Dice(digest))]
    return palette, [*frame, *_rim(outline, digest, stack), *inside]


def _rim(outline: Curve, digest: bytes, stack: bool) -> list[Shape]:
    """Pearls between the borders, large or small by the bits of the digest."""
    bits = int.from_bytes(digest[28:31])
    way = _evenly(_samples(scaled(outline, 0.845 if stack else 0.878, 1), 8), PEARLS)
    large = tuple(point for place, point in enumerate(way) if bits >> place & 1)
    small = tuple(point for place, point in enumerate(way) if not bits >> place & 1)
    return [Pearls(large, 2.7 if stack else 3.8, 1), Pearls(small, 1.7, 1)]


def _shrunk(shape: Shape, factor: float) -> Shape:
    def move(point: Point) -> Point:
        return 50 + (point[0] - 50) * factor, 49 + (point[1] - 49) * factor

    if isinstance(shape, Curve):
        return scaled(shape, factor, shape.ink)
    if isinstance(shape, Line | Pearls):
        return type(shape)(tuple(map(move, shape.points)), shape.width * factor, shape.ink)
    return Disc(move(shape.centre), shape.radius * factor, shape.ink, shape.width * factor)


def _samples(curve: Curve, steps: int) -> list[Point]:
    """The outline as points, each quadratic part cut into ``steps``."""
    points, here = [curve.start], curve.start
    for control, end in curve.parts:
        for step in range(1, steps + 1):
            t = step / steps
            points.append(
                tuple((1 - t) ** 2 * here[i] + 2 * t * (1 - t) * control[i] + t * t * end[i] for i in (0, 1))  # type: ignore[arg-type]
            )
        here = end
    return points


def _evenly(way: Sequence[Point], count: int) -> list[Point]:
    """``count`` points at equal distances along a closed way."""
    lengths = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(way)]
    found: list[Point] = []
    gap, passed, wanted = sum(lengths) / count, 0.0, 0.0
    for (a, b), length in zip(pairwise(way), lengths, strict=True):
        while length and wanted < passed + length and len(found) < count:
            share = (wanted - passed) / length
            found.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
            wanted += gap
        passed += length
    return found


def hallmark_svg(
    slug: str, issuer: str, topics: Sequence[str], *, size: int = 96, stack: bool = False, title: str = ""
) -> str:
    """The mark as an SVG document of ``size`` CSS pixels; the same arguments give the same bytes.

    ``title`` names it for screen readers; without one it is decoration and hidden from them.
    """
    palette, shapes = _design(slug, issuer, topics, stack)
    name = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true">'
    body = "".join(_element(shape, palette[shape.ink]) for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hallmark" viewBox="0 0 100 100"'
        f' width="{size}" height="{size}" {name}{body}</svg>'
    )


def _element(shape: Shape, colour: str) -> str:
    if isinstance(shape, Disc):
        x, y = shape.centre
        paint = f'fill="none" stroke="{colour}" stroke-width="{_n(shape.width)}"' if shape.width else f'fill="{colour}"'
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(shape.radius)}" {paint}/>'
    if isinstance(shape, Pearls):
        dots = "".join(f"M{_p(point)}h0" for point in shape.points)
        return f'<path d="{dots}" stroke="{colour}" stroke-width="{_n(shape.width)}" stroke-linecap="round"/>'
    if isinstance(shape, Line):
        return (
            f'<path d="M{" ".join(_p(point) for point in shape.points)}" fill="none" stroke="{colour}"'
            f' stroke-width="{_n(shape.width)}" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    parts = "".join(f"L{_p(end)}" if control == end else f"Q{_p(control)} {_p(end)}" for control, end in shape.parts)
    return f'<path d="M{_p(shape.start)}{parts}Z" fill="{colour}"/>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def hallmark_png(slug: str, issuer: str, topics: Sequence[str], *, size: int = 512, stack: bool = False) -> bytes:
    """The same mark as a PNG of ``size`` × ``size`` pixels on a transparent ground, for baked badges."""
    palette, shapes = _design(slug, issuer, topics, stack)
    image = Image.new("RGBA", (size * SUPERSAMPLING, size * SUPERSAMPLING), palette[0] + "00")
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        _draw(pen, shape, palette[shape.ink], size * SUPERSAMPLING / 100)
    file = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw(pen: ImageDraw.ImageDraw, shape: Shape, colour: str, unit: float) -> None:
    if isinstance(shape, Curve):
        pen.polygon([(x * unit, y * unit) for x, y in _samples(shape, 24)], fill=colour)
    elif isinstance(shape, Disc):
        outer = shape.radius + shape.width / 2
        box = [(axis + sign * outer) * unit for sign in (-1, 1) for axis in shape.centre]
        if shape.width:
            pen.ellipse(box, outline=colour, width=round(shape.width * unit))
        else:
            pen.ellipse(box, fill=colour)
    else:
        half = shape.width / 2
        if isinstance(shape, Line):
            pen.line([(x * unit, y * unit) for x, y in shape.points], colour, round(shape.width * unit), "curve")
        for x, y in shape.points:
            pen.ellipse([(x - half) * unit, (y - half) * unit, (x + half) * unit, (y + half) * unit], fill=colour)
