"""A caterpillar plot: values with their intervals, one line each, around a middle line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.web.charts.frame import WIDTH, frame, line, number, said, shortened, text, ticks

_LABELS, _ROW, _TOP, _FOOT = 128, 26, 8, 40


@dataclass(frozen=True)
class Whisker:
    """``marked``: the interval lies on one side of the middle, and the shape says so too, not the colour alone."""

    label: str
    value: float
    low: float
    high: float
    marked: bool = False


def caterpillar(rows: Sequence[Whisker], title: str, *, left: str, right: str) -> SafeString:
    """Rows from top to bottom as given; ``left`` and ``right`` say what the two ends mean. Needs at least one row."""
    return frame(title, _TOP + _ROW * len(rows) + _FOOT, _parts(rows, left, right), "caterpillar")


def _parts(rows: Sequence[Whisker], left: str, right: str) -> Iterator[SafeString]:
    marks = ticks(min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows)))
    scale = (WIDTH - _LABELS - 14) / (marks[-1] - marks[0])

    def at(value: float) -> float:
        return _LABELS + (value - marks[0]) * scale

    foot = _TOP + _ROW * len(rows)
    for mark in marks:
        yield line(at(mark), _TOP, at(mark), foot, "middle" if abs(mark) < 1e-9 else "grid")
        yield text(at(mark), foot + 15, said(mark), anchor="middle", kind="soft")
    yield text(_LABELS, foot + 32, f"← {left}", kind="soft")
    yield text(WIDTH - 2, foot + 32, f"{right} →", anchor="end", kind="soft")
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW + _ROW / 2
        kind = "marked" if row.marked else "plain"
        yield text(_LABELS - 10, y + 4, shortened(row.label, 16), anchor="end")
        yield line(at(row.low), y, at(row.high), y, f"whisker {kind}")
        yield _point(at(row.value), y, marked=row.marked)


def _point(x: float, y: float, *, marked: bool) -> SafeString:
    if marked:
        points = f"{number(x)},{number(y - 6)} {number(x + 6)},{number(y)} {number(x)},{number(y + 6)}"
        return format_html('<polygon points="{} {},{}" class="point marked"/>', points, number(x - 6), number(y))
    return format_html('<circle cx="{}" cy="{}" r="4.5" class="point plain"/>', number(x), number(y))
