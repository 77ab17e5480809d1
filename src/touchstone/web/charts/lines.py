"""Lines over periods: where each stood, period by period; those to look at are drawn stronger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.web.charts.frame import WIDTH, frame, line, number, said, shortened, text, ticks

_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 34, 108, 12, 170, 28
_LABEL_APART = 13


@dataclass(frozen=True)
class Line:
    """One value per period, None where it was not measured. ``marked`` lines stand out."""

    label: str
    values: Sequence[float | None]
    marked: bool = False


def lines(rows: Sequence[Line], periods: Sequence[str], title: str) -> SafeString:
    """Periods from left to right. Each line is labelled at its end, the marked ones first."""
    return frame(title, _TOP + _HEIGHT + _FOOT, _parts(rows, periods), "lines")


def _parts(rows: Sequence[Line], periods: Sequence[str]) -> Iterator[SafeString]:
    values = [value for row in rows for value in row.values if value is not None]
    marks = ticks(min(0.0, *values), max(0.0, *values))
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(periods) - 1)

    def at(place: int, value: float) -> tuple[float, float]:
        share = (value - marks[0]) / (marks[-1] - marks[0])
        return _LEFT + place * step, _TOP + _HEIGHT * (1 - share)

    for mark in marks:
        y = at(0, mark)[1]
        yield line(_LEFT, y, WIDTH - _RIGHT, y, "middle" if abs(mark) < 1e-9 else "grid")
        yield text(_LEFT - 6, y + 4, said(mark), anchor="end", kind="soft")
    for place, name in enumerate(periods):
        anchor = "start" if place == 0 else "middle"
        yield text(_LEFT + place * step, _TOP + _HEIGHT + 18, name, anchor=anchor, kind="soft")
    taken: list[float] = []
    for row in sorted(rows, key=lambda row: not row.marked):
        known = [at(place, value) for place, value in enumerate(row.values) if value is not None]
        yield from _drawn(row, known)
        if known:
            y = _free(known[-1][1], taken)
            words, kind = (shortened(row.label, 12), "strong") if row.marked else (shortened(row.label, 13), "")
            yield text(known[-1][0] + 8, y + 4, words, kind=kind)


def _drawn(row: Line, known: Sequence[tuple[float, float]]) -> Iterator[SafeString]:
    kind = "marked" if row.marked else "plain"
    points = " ".join(f"{number(x)},{number(y)}" for x, y in known)
    yield format_html('<polyline points="{}" class="course {}"/>', points, kind)
    for x, y in known:
        yield format_html('<circle cx="{}" cy="{}" r="3" class="point {}"/>', number(x), number(y), kind)


def _free(y: float, taken: list[float]) -> float:
    """The nearest height where a label touches no other."""
    apart = sorted((abs(shift), shift) for shift in range(-_HEIGHT, _HEIGHT))
    found = next((y + shift for _far, shift in apart if all(abs(y + shift - one) >= _LABEL_APART for one in taken)), y)
    taken.append(found)
    return found
