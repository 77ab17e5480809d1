"""The geometry of hallmarks: cartouches and motifs on a square of 100 × 100, without colours of its own.

Everything is made of four primitives, so that SVG and raster draw the same thing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ink = int
"""A place in the palette: 0 field, 1 metal, 2 accent."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A closed outline: a start, then quadratic curves (control, end); a straight side has control = end."""

    start: Point
    parts: tuple[tuple[Point, Point], ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Line:
    """An open line with round ends."""

    points: tuple[Point, ...]
    width: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle, or with ``width`` a ring."""

    centre: Point
    radius: float
    ink: Ink
    width: float = 0


@dataclass(frozen=True, slots=True)
class Pearls:
    """Many small discs of one size."""

    points: tuple[Point, ...]
    width: float
    ink: Ink


Shape = Curve | Line | Disc | Pearls
CENTRE: Point = (50, 49)


class Dice:
    """Reads small numbers from a digest, one byte after another, starting over at its end."""

    def __init__(self, digest: bytes) -> None:
        self._bytes, self._at = digest, 0

    def roll(self, sides: int) -> int:
        """A number from 0 to sides - 1."""
        value = self._bytes[self._at % len(self._bytes)]
        self._at += 1
        return value % sides


def at(radius: float, turn: float, centre: Point = CENTRE) -> Point:
    """The point at a distance from the centre; ``turn`` in turns clockwise from the top."""
    angle = turn * math.tau
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def polygon(points: Sequence[Point], ink: Ink) -> Curve:
    return Curve(points[0], tuple((point, point) for point in [*points[1:], points[0]]), ink)


def rounded(points: Sequence[Point], radius: float, ink: Ink) -> Curve:
    """A polygon whose corners are rounded by quadratic curves that begin ``radius`` before each corner."""
    parts: list[tuple[Point, Point]] = []
    start: Point | None = None
    for place, corner in enumerate(points):
        before = _towards(corner, points[place - 1], radius)
        after = _towards(corner, points[(place + 1) % len(points)], radius)
        start = start or before
        parts += [(before, before), (corner, after)]
    assert start is not None
    return Curve(start, (*parts[1:], (start, start)), ink)


def _towards(a: Point, b: Point, distance: float) -> Point:
    length = math.dist(a, b)
    share = min(distance / length, 0.5)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def scaled(curve: Curve, factor: float, ink: Ink) -> Curve:
    """The same outline about the centre, in another ink."""

    def move(point: Point) -> Point:
        return 50 + (point[0] - 50) * factor, CENTRE[1] + (point[1] - CENTRE[1]) * factor

    return Curve(move(curve.start), tuple((move(a), move(b)) for a, b in curve.parts), ink)


# -- cartouches: one per issuer ----------------------------------------------------------------------------------------


def _regular(sides: int, radius: float, corner: float, turn: float = 0) -> Curve:
    return rounded([at(radius, turn + side / sides) for side in range(sides)], corner, 1)


def _shield() -> Curve:
    parts = (
        ((50, 9), (89, 6)),
        ((91, 40), (84, 58)),
        ((76, 82), (50, 97)),
        ((24, 82), (16, 58)),
        ((9, 40), (11, 6)),
    )
    return Curve((11, 6), ((parts[0][0], parts[0][1]), *parts[1:]), 1)


def _lobed(lobes: int, depth: float) -> Curve:
    points = [at(46.5, lobe / lobes) for lobe in range(lobes)]
    half = 0.5 / lobes
    parts: list[tuple[Point, Point]] = []
    for lobe in range(lobes):
        valley = at(46.5 - depth, lobe / lobes + half)
        parts.append((at(50 + depth / 3, lobe / lobes + half * 0.62), valley))
        parts.append((at(50 + depth / 3, lobe / lobes + half * 1.38), points[(lobe + 1) % lobes]))
    return Curve(points[0], tuple(parts), 1)


CARTOUCHES: tuple[tuple[Callable[[], Curve], float], ...] = (
    (_shield, 0.8),
    (lambda: _regular(8, 49, 9, 1 / 16), 0.94),
    (lambda: _regular(6, 50, 10), 0.88),
    (lambda: _lobed(8, 5), 0.9),
    (lambda: rounded([(8, 24), (24, 5), (76, 5), (92, 24), (92, 74), (76, 93), (24, 93), (8, 74)], 6, 1), 0.92),
    (lambda: rounded([(50, 2), (88, 22), (88, 94), (12, 94), (12, 22)], 16, 1), 0.84),
    (lambda: _lobed(12, 3.4), 0.94),
    (lambda: rounded([(8, 7), (92, 7), (92, 62), (50, 96), (8, 62)], 14, 1), 0.84),
    (lambda: rounded([(50, -3), (102, 49), (50, 101), (-2, 49)], 26, 1), 0.74),
    (lambda: _regular(10, 48.5, 99), 0.98),
)
"""Each with how much of the full size its motif may take."""


# -- motifs: one per topic, its numbers from the slug ------------------------------------------------------------------


def _petal(tip: float, width: float, turn: float, ink: Ink, root: float = 0) -> Curve:
    foot, head = at(root, turn), at(tip, turn)
    middle = (root + tip) / 2
    swing = math.atan2(width, middle) / math.tau
    reach = math.hypot(width, middle)
    return Curve(foot, ((at(reach, turn + swing), head), (at(reach, turn - swing), foot)), ink)


def _rosette(dice: Dice) -> list[Shape]:
    count = 5 + dice.roll(6)
    inner = dice.roll(2)
    outer = [_petal(29, 150 / count * 0.42, k / count, 1) for k in range(count)]
    between = [_petal(20 + 4 * inner, 90 / count * 0.4, (k + 0.5) / count, 2) for k in range(count)]
    return [*outer, *between, Disc(CENTRE, 5 + dice.roll(3), 0), Disc(CENTRE, 2.5, 2)]


def _star(dice: Dice) -> list[Shape]:
    count = 5 + dice.roll(7)
    depth = 0.42 + 0.09 * dice.roll(3)
    points = [at(29 if k % 2 == 0 else 29 * depth, k / (2 * count)) for k in range(2 * count)]
    heart: list[Shape] = [Disc(CENTRE, 29 * depth * 0.68, 0), Disc(CENTRE, 29 * depth * (0.3 + 0.1 * dice.roll(2)), 2)]
    return [polygon(points, 1), *heart]


def _sunrise(dice: Dice) -> list[Shape]:
    count = 7 + 2 * dice.roll(4)
    foot: Point = (50, 64)
    rays: list[Shape] = []
    for k in range(count):
        turn = -0.21 + 0.42 * k / (count - 1)
        long = 27 + 13 * math.cos(turn * math.tau) - (k % 2) * (3 + 3 * dice.roll(2))
        rays.append(Line((at(19, turn, foot), at(long, turn, foot)), 2.6, 2 if k % 2 else 1))
    half = Curve((36, 64), (((36, 50), (50, 50)), ((64, 50), (64, 64)), ((64, 64), (36, 64))), 2)
    lines = [Line(((27 + 7 * k, 69 + 5 * k), (73 - 7 * k, 69 + 5 * k)), 2.4, 1) for k in range(1 + dice.roll(2))]
    return [*rays, half, *lines]


def _rings(dice: Dice) -> list[Shape]:
    count = 3 + dice.roll(5)
    reach = 12 + dice.roll(3)
    rings: list[Shape] = [Disc(at(reach, k / count), 28 - reach, 1 if k % 2 else 2, 2.2) for k in range(count)]
    return [*rings, Disc(CENTRE, 3.2, 1)]


def _lattice(dice: Dice) -> list[Shape]:
    size = 4.4
    cells: list[Shape] = []
    for row in range(-2, 3):
        for column in range(3):
            if abs(row) + column > 3:
                continue
            ink = (1, 2, 1, 1, 2)[dice.roll(5)]
            for side in (column, -column) if column else (0,):
                x, y = 50 + side * 11, CENTRE[1] + row * 11
                cells.append(polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], ink))
    links: list[Shape] = [Disc(at(15.6, 0.125 + k / 4), 1.7, 2) for k in range(4)]
    return [*cells, *links]


def _waves(dice: Dice) -> list[Shape]:
    swing, count = 3.5 + dice.roll(4), 4 + dice.roll(2)
    length = 16 + 5 * dice.roll(3)
    lines: list[Shape] = []
    for row in range(count):
        y = CENTRE[1] + (row - (count - 1) / 2) * 48 / count
        half = math.sqrt(30**2 - (y - CENTRE[1]) ** 2)
        points = tuple(
            (x, y + swing * math.sin((x + row * length / 2) / length * math.tau))
            for x in (50 - half + half * k / 12 for k in range(25))
        )
        lines.append(Line(points, 3, 2 if row % 2 else 1))
    return lines


def _chevrons(dice: Dice) -> list[Shape]:
    count, rise = 3 + dice.roll(2), 6 + 3 * dice.roll(4)
    lines: list[Shape] = []
    for row in range(count):
        y, half = 70 - row * 10.5, 23 - row * 3.8
        lines.append(Line(((50 - half, y), (50, y - rise), (50 + half, y)), 4, 2 if row % 2 else 1))
    top = 70 - count * 10.5 - rise + 3
    crown: list[Shape] = [Disc((50, top), 3.5 + dice.roll(2), 2 if count % 2 else 1)] if top > 23 else []
    return [*lines, *crown]


def _branch(dice: Dice) -> list[Shape]:
    pairs, spread = 3 + dice.roll(2), 0.1 + 0.02 * dice.roll(4)
    shapes: list[Shape] = [Line(((50, 78), (50, 36)), 2.6, 1)]
    for row in range(pairs):
        foot: Point = (50, 74 - row * 36 / pairs)
        for side in (-1, 1):
            tip = at(22 - row * 2.5, side * spread, foot)
            across = at(9, side * (spread + 0.19), ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2))
            back = at(6, side * (spread - 0.27), ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2))
            shapes.append(Curve(foot, ((across, tip), (back, foot)), 2 if row % 2 else 1))
    return [*shapes, Curve((50, 42), (((41, 31), (50, 19)), ((59, 31), (50, 42))), 2)]


def _arches(dice: Dice) -> list[Shape]:
    count, gap = 3 + dice.roll(2), 6.4 - dice.roll(2)
    shapes: list[Shape] = []
    for row in range(count):
        radius = 24 - row * gap
        points = tuple(at(radius, -0.25 + k / 24, (50, 48)) for k in range(13))
        shapes.append(Line(((50 - radius, 68), *points, (50 + radius, 68)), 3, 2 if row % 2 else 1))
    return [*shapes, Disc((50, 60 if dice.roll(2) else 49), 2.4, 1)]


def _bars(dice: Dice) -> list[Shape]:
    count = 5 + 2 * dice.roll(2)
    step = 50 / count
    shapes: list[Shape] = []
    for place in range(count):
        x = 50 + (place - (count - 1) / 2) * step
        room = math.sqrt(29**2 - (x - 50) ** 2)
        height = room * (0.4 + 0.15 * dice.roll(5))
        shapes.append(Line(((x, CENTRE[1] - height), (x, CENTRE[1] + height)), 4, 2 if place % 2 else 1))
    return shapes


def _knot(dice: Dice) -> list[Shape]:
    rounds, loops = ((2, 3), (2, 5), (3, 4), (3, 5), (2, 7), (3, 7), (3, 8))[dice.roll(7)]
    depth = 6 + dice.roll(4)
    points = tuple(at(27 - depth + depth * math.cos(loops * k / 96 * math.tau), rounds * k / 96) for k in range(97))
    dots: list[Shape] = [Disc(CENTRE, 3, 1)] if dice.roll(2) else []
    return [Line(points, 5, 2), Line(points, 2.2, 1), *dots]


def _compass(dice: Dice) -> list[Shape]:
    shapes: list[Shape] = [Disc(CENTRE, 18 + 2 * dice.roll(4), 2, 2)]
    waist = 5 + dice.roll(3)
    for k in range(4):
        turn = k / 4 + 0.125
        shapes.append(polygon([at(20, turn), at(4, turn + 0.25), CENTRE, at(4, turn - 0.25)], 2))
    for k in range(4):
        turn = k / 4
        shapes.append(polygon([at(31, turn), at(waist, turn + 0.125), CENTRE, at(waist, turn - 0.125)], 1))
    return [*shapes, Disc(CENTRE, 2.6, 0)]


MOTIFS: tuple[Callable[[Dice], list[Shape]], ...] = (
    _rosette,
    _star,
    _sunrise,
    _rings,
    _lattice,
    _waves,
    _chevrons,
    _branch,
    _arches,
    _bars,
    _knot,
    _compass,
)
