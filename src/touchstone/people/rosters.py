"""Lists that come from a spreadsheet: read whole, with a sentence for every line that cannot be used."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from touchstone.people.errors import ColumnsMissing, ListNotReadable, ListTooLarge, ListTooLong

MOST_ROWS = 5_000
MOST_BYTES = 2_000_000
_WIDEST = 50  # columns


@dataclass(frozen=True)
class Line:
    """One row: ``number`` is where it begins in the file, counting from 1; ``cells`` are trimmed, by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """Why a line was left out. ``line`` 0 means the whole list."""

    line: int
    sentence: str


def read_list(data: bytes, columns: Mapping[str, Sequence[str]], *, optional: Sequence[str] = ()) -> list[Line]:
    """The rows of a CSV file as spreadsheets write them: with or without BOM, any line end, comma, semicolon or tab.

    ``columns`` maps each column to the headings it may have, lower case. Empty rows are skipped. Raises ListTooLarge,
    ListTooLong, ListNotReadable, ColumnsMissing.
    """
    if len(data) > MOST_BYTES:
        raise ListTooLarge(most=MOST_BYTES // 1_000_000)
    text = _decode(data)
    rows = _rows(text)
    _number, header = next(rows, (0, []))
    places = _places(header, columns)
    missing = [column for column in columns if column not in places and column not in optional]
    if missing:
        raise ColumnsMissing(columns=", ".join(missing))
    found: list[Line] = []
    for number, row in rows:
        if not any(row):
            continue
        if len(found) == MOST_ROWS:
            raise ListTooLong(most=MOST_ROWS)
        found.append(Line(number, {key: row[at] if at < len(row) else "" for key, at in places.items()}))
    return found


def _decode(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # “Unicode text” of a spreadsheet
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:  # older ones save accents their own way
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise ListNotReadable(line=1)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ListNotReadable(line=begins) from None
        if len(row) > _WIDEST:
            raise ListNotReadable(line=begins)
        yield begins, [cell.strip() for cell in row]


def _places(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    headings = {" ".join(cell.casefold().replace("_", " ").split()): at for at, cell in reversed([*enumerate(header)])}
    known = {alias: column for column, aliases in columns.items() for alias in chain([column], aliases)}
    return {known[heading]: at for heading, at in headings.items() if heading in known}
