"""Anybody's table of ratings: a CSV with one row for each rating."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from touchstone.core.reliability.ratings import ReliabilityError
from touchstone.core.studies.options import ALSO, WANTED
from touchstone.core.studies.study import RULING, ScoreRow, Study, StudyCriterion

ONE_CRITERION = "level"
_NO_DAY = date(1970, 1, 1)


class CannotReadTable(ReliabilityError):
    """The table cannot be read as asked; the message says what to change."""


@dataclass(frozen=True)
class Asked:
    """How to read a table: column names (ours -> the table's), levels from lowest to highest, needed levels."""

    columns: Mapping[str, str]
    levels: Sequence[str] = ()
    needed: Mapping[str, str] | None = None


def read(path: Path, asked: Asked) -> Study:
    """The study in a CSV (UTF-8). Unless every row has a day, no days are kept. Raises CannotReadTable, OSError."""
    rows = _rows(path, asked)
    criteria: dict[str, set[str]] = {}
    for row in rows:
        criteria.setdefault(row.criterion, set()).add(row.level)
    needed = dict(asked.needed or {})
    if unknown := needed.keys() - criteria.keys():
        raise CannotReadTable(f"No rating is on the criterion “{min(unknown)}” that a level was said to be needed on.")
    found = tuple(
        StudyCriterion(key, key, _levels(key, given, asked.levels), needed.get(key)) for key, given in criteria.items()
    )
    for criterion in found:
        if criterion.needed and criterion.needed not in criterion.levels:
            raise CannotReadTable(f"The criterion “{criterion.key}” has no level “{criterion.needed}”.")
    if any(row.on == _NO_DAY for row in rows):
        rows = [replace(row, on=_NO_DAY) for row in rows]
    return Study(path.stem, "", max(row.on for row in rows), found, tuple(rows))


def _rows(path: Path, asked: Asked) -> list[ScoreRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            names = {ours: asked.columns.get(ours, ours) for ours in (*WANTED, *ALSO)}
            there = set(table.fieldnames or ())
            for ours in (*WANTED, *asked.columns):
                if names[ours] not in there:
                    raise CannotReadTable(
                        f"There is no column “{names[ours]}” with the {ours} of each rating. The columns are: "
                        f"{', '.join(table.fieldnames or ()) or 'none'}. Name yours with --{ours} COLUMN."
                    )
            found = [_row(line, row, names, there) for line, row in enumerate(table, start=2)]
    except UnicodeDecodeError:
        raise CannotReadTable("The table is not in UTF-8. Save it as CSV in UTF-8 and try again.") from None
    except csv.Error as broken:
        raise CannotReadTable(f"The table is not CSV: {broken}.") from None
    if not found:
        raise CannotReadTable("The table has no ratings.")
    return found


def _row(line: int, row: Mapping[str, str | None], names: Mapping[str, str], there: set[str]) -> ScoreRow:
    said = {ours: (row.get(name) or "").strip() for ours, name in names.items()}
    for ours in WANTED:
        if not said[ours]:
            raise CannotReadTable(f"Line {line} has no {ours}. Leave out ratings that were not given.")
    if names["criterion"] in there and not said["criterion"]:
        raise CannotReadTable(f"Line {line} has no criterion.")
    try:
        on = date.fromisoformat(said["on"][:10]) if said["on"] else _NO_DAY
        read = int(said["read"]) if said["read"] else 1
    except ValueError:
        raise CannotReadTable(
            f"Line {line} has a day that is not YYYY-MM-DD, or a reading that is no whole number."
        ) from None
    criterion = said["criterion"] or ONE_CRITERION
    return ScoreRow(said["work"], said["assessor"], criterion, said["level"], min(read, RULING), on)


def _levels(criterion: str, given: set[str], asked: Sequence[str]) -> tuple[str, ...]:
    """The levels in order: as asked, or whole numbers from the lowest to the highest given."""
    if asked:
        if extra := given - set(asked):
            raise CannotReadTable(
                f"The level “{min(extra)}” on “{criterion}” is not among those named with --levels: {', '.join(asked)}."
            )
        return tuple(asked)
    try:
        numbers = sorted(int(level) for level in given)
    except ValueError:
        raise CannotReadTable(
            f"Levels of “{criterion}” are words, so their order must be said: --levels LOWEST,…,HIGHEST."
        ) from None
    if {str(number) for number in numbers} != given:
        raise CannotReadTable(f"Write each level of “{criterion}” in one way: a whole number without sign or zeros.")
    if numbers[-1] - numbers[0] > 100:
        raise CannotReadTable(f"Levels of “{criterion}” run from {numbers[0]} to {numbers[-1]}: these are not levels.")
    if len(numbers) == 1:
        raise CannotReadTable(f"Only one level was ever given on “{criterion}”. Say which there are with --levels.")
    return tuple(str(number) for number in range(numbers[0], numbers[-1] + 1))
