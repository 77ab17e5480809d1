"""A heat map of two readings crossed: how often each pair of levels was given."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from touchstone.web.charts.frame import WIDTH, frame, rect, shortened, text

SHADES = 5
_LABELS, _CELL, _TOP = 118, 34, 22


def heat_map(table: Sequence[Sequence[int]], levels: Sequence[str], title: str, *, axis: str) -> SafeString:
    """Counts (K, K), rows the first reading, columns the second; deeper is more, the diagonal is framed.

    ``axis`` names the columns above them; a cell's number stands in it.
    """
    return frame(title, _TOP + _CELL * len(levels) + 6, _parts(table, levels, axis), "heat")


def _parts(table: Sequence[Sequence[int]], levels: Sequence[str], axis: str) -> Iterator[SafeString]:
    width = (WIDTH - _LABELS) / len(levels)
    most = max(1, max(max(row) for row in table))
    yield text(_LABELS + 2, 14, axis, kind="soft")
    for row, counts in enumerate(table):
        y = _TOP + row * _CELL
        yield text(_LABELS - 8, y + _CELL / 2 + 4, shortened(levels[row], 16), anchor="end")
        for column, count in enumerate(counts):
            x = _LABELS + column * width
            same = " same" if row == column else ""
            yield rect(x + 1, y + 1, width - 2, _CELL - 2, f"cell shade-{shade(count, most)}{same}")
            yield text(x + width / 2, y + _CELL / 2 + 4, str(count), anchor="middle", kind=_ink(count, most))


def shade(count: int, most: int) -> int:
    """0 for none, then 1 to SHADES in even steps."""
    return 0 if not count else max(1, -(-count * SHADES // most))


def _ink(count: int, most: int) -> str:
    return "on-deep" if shade(count, most) >= 4 else "on-light"
