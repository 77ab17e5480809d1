"""A small line chart in SVG, several panels side by side; the same input always gives the same file."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDE, HIGH, LEFT, TOP, GAP = 250, 190, 56, 44, 46
COLOURS = ("#82786a", "#0f5a5c")
DASHES = ("4 4", "none")
INK, SOFT, LINE, PAPER = "#25211b", "#5d5548", "#ddd4c3", "#fffefb"


@dataclass(frozen=True)
class Point:
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Curve:
    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Panel:
    title: str
    curves: tuple[Curve, ...]
    points: tuple[Point, ...]


def draw(panels: Sequence[Panel], across: str, up: str) -> str:
    """The chart as text; y is a share and shown in per cent, x begins at 1."""
    width = LEFT + len(panels) * (WIDE + GAP)
    height = TOP + HIGH + 96
    most_x = max(point.x for panel in panels for point in panel.points) + 0.1
    most_y = max(point.y for panel in panels for point in panel.points) * 1.25
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(up)} by {escape(across)}</title>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
    ]
    for place, panel in enumerate(panels):
        parts += _panel(panel, LEFT + place * (WIDE + GAP), most_x, most_y)
    parts.append(_text(LEFT + (width - LEFT - GAP) / 2, TOP + HIGH + 38, across, SOFT, "middle"))
    parts += _legend(panels[0].curves, TOP + HIGH + 70)
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, left: float, most_x: float, most_y: float) -> list[str]:
    def at(x: float, y: float) -> tuple[float, float]:
        return left + (x - 1) / (most_x - 1) * WIDE, TOP + HIGH - y / most_y * HIGH

    parts = [_text(left, TOP - 18, panel.title, INK, "start", 'font-weight="600"')]
    step = 0.05 if most_y > 0.12 else 0.02
    for tick in range(int(most_y / step) + 1):
        _, y = at(1, tick * step)
        parts.append(f'<path d="M{left} {y:.1f}h{WIDE}" stroke="{LINE}"/>')
        parts.append(_text(left - 6, y + 4, f"{tick * step:.0%}", SOFT, "end"))
    for tick in range(int((most_x - 1) / 0.5) + 1):
        x, y = at(1 + tick * 0.5, 0)
        parts.append(_text(x, y + 18, f"{1 + tick * 0.5:g}", SOFT, "middle"))
    for place, curve in enumerate(panel.curves):
        path = "L".join("{:.1f} {:.1f}".format(*at(*point)) for point in curve.points)
        style = f'stroke="{COLOURS[place]}" stroke-width="2" stroke-dasharray="{DASHES[place]}"'
        parts.append(f'<path d="M{path}" fill="none" {style}/>')
    for point in panel.points:
        x, y = at(point.x, point.y)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}"/>')
        # the curves end in the outer points, so only a point between them has room below
        between = 0 < panel.points.index(point) < len(panel.points) - 1
        name = (x, y + 34, point.name, INK, "middle") if between else (x + 8, y - 8, point.name, INK, "start")
        parts.append(_text(*name))
    return parts


def _legend(curves: tuple[Curve, ...], y: float) -> list[str]:
    parts, x = [_text(LEFT, y + 4, "second reads:", SOFT, "start")], LEFT + 90.0
    for place, curve in enumerate(curves):
        style = f'stroke="{COLOURS[place]}" stroke-width="2" stroke-dasharray="{DASHES[place]}"'
        parts.append(f'<path d="M{x} {y}h28" {style}/>')
        parts.append(_text(x + 36, y + 4, curve.name, INK, "start"))
        x += 60 + 7.0 * len(curve.name)
    return parts


def _text(x: float, y: float, words: str, colour: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
