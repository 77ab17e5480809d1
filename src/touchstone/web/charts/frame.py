"""What every chart shares: its frame, its words, and round numbers for an axis."""

import math
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 360


def frame(title: str, height: float, parts: Iterable[SafeString], kind: str) -> SafeString:
    """The picture, named by its title."""
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        kind,
        WIDTH,
        number(height),
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def number(value: float) -> str:
    """A coordinate, short and the same in every language."""
    return f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}"{}>{}</text>',
        number(x),
        number(y),
        anchor,
        format_html(' class="{}"', kind) if kind else "",
        words,
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>', number(x1), number(y1), number(x2), number(y2), kind
    )


def rect(x: float, y: float, width: float, height: float, kind: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>',
        number(x),
        number(y),
        number(max(0.0, width)),
        number(height),
        kind,
    )


def shortened(words: str, most: int = 20) -> str:
    """Words cut to fit beside a chart; the table has them whole."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers that span from below `low` to above `high`."""
    if high - low < 1e-6:
        high = low + 1.0
    span = high - low
    step = 10.0 ** math.floor(math.log10(span / about))
    step *= next(factor for factor in (1, 2, 5, 10) if span / (step * factor) <= about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def said(value: float) -> str:
    """A number on an axis, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") if abs(value) > 1e-9 else "0"
