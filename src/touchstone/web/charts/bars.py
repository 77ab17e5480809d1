"""Bars beside their words, each against the same scale, with a line where the promise or the limit stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from touchstone.web.charts.frame import WIDTH, frame, line, rect, shortened, text

_LABELS, _ROW, _TOP, _FOOT, _VALUES = 112, 30, 6, 8, 54


@dataclass(frozen=True)
class Bar:
    """``value`` long, ``said`` in words at its end; ``low`` and ``high`` a range drawn over it, if there is one."""

    label: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None
    marked: bool = False


def bars(rows: Sequence[Bar], title: str, *, limit: float | None = None, limit_said: str = "") -> SafeString:
    """Bars from top to bottom; ``limit`` is a dashed line across all of them, named below."""
    foot = _FOOT + (16 if limit is not None else 0)
    return frame(title, _TOP + _ROW * len(rows) + foot, _parts(rows, limit, limit_said), "bars")


def _parts(rows: Sequence[Bar], limit: float | None, limit_said: str) -> Iterator[SafeString]:
    most = max(limit or 0.0, *(max(row.value, row.high or 0.0) for row in rows), 1e-9)
    scale = (WIDTH - _LABELS - _VALUES) / most
    foot = _TOP + _ROW * len(rows)
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW
        yield text(_LABELS - 10, y + 19, shortened(row.label, 16), anchor="end")
        yield rect(_LABELS, y + 6, row.value * scale, _ROW - 12, "bar marked" if row.marked else "bar")
        end = row.value
        if row.low is not None and row.high is not None:
            yield line(_LABELS + row.low * scale, y + _ROW / 2, _LABELS + row.high * scale, y + _ROW / 2, "range")
            end = max(end, row.high)
        yield text(_LABELS + end * scale + 6, y + 19, row.said, kind="strong")
    if limit is not None:
        x = _LABELS + limit * scale
        yield line(x, _TOP, x, foot + 4, "limit")
        yield text(min(x, WIDTH - 4), foot + 17, limit_said, anchor="end" if x > WIDTH / 2 else "start", kind="soft")
