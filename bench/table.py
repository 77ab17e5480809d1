"""One table for everything measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line: what was measured, the figure with its unit, and what it is held against."""

    what: str
    figure: str
    against: str = ""


def show(rows: list[Row]) -> None:
    wide = max(len(row.what) for row in rows)
    figures = max(len(row.figure) for row in rows)
    for row in rows:
        print(f"{row.what:<{wide}}  {row.figure:>{figures}}  {row.against}".rstrip())
