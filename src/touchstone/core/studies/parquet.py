"""A table of whole numbers and texts as Apache Parquet: one row group, plain encoding, nothing compressed.

Format: https://parquet.apache.org/docs/file-format/ (parquet.thrift), metadata in Thrift's compact protocol. Enough
for any reader; a library that can do everything would weigh more than the rest of the platform.
"""

import struct
from collections.abc import Sequence

MAGIC = b"PAR1"
_INT64, _BYTE_ARRAY = 2, 6
_REQUIRED, _UTF8, _PLAIN, _RLE, _UNCOMPRESSED, _DATA_PAGE = 0, 0, 0, 3, 0, 0
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12


class NotATable(ValueError):
    """Rows and names do not fit, or a column is neither text nor whole numbers throughout."""


def parquet(names: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """The table with these column names; rows of text or whole numbers, one kind a column. Raises NotATable."""
    if any(len(row) != len(names) for row in rows):
        raise NotATable("Every row needs one value for each column.")
    columns = [[row[place] for row in rows] for place in range(len(names))]
    kinds = [_kind(column) for column in columns]
    body, chunks = bytearray(MAGIC), []
    for name, column, kind in zip(names, columns, kinds, strict=True):
        page = b"".join(map(_bytes_of, column))
        header = _page_header(len(column), len(page))
        chunks.append(_chunk(name, kind, len(column), len(body), len(header) + len(page)))
        body += header + page
    group = _fields((1, _LIST, _list(_STRUCT, chunks)), (2, _I64, len(body) - 4), (3, _I64, len(rows)))
    schema = [_fields((4, _BINARY, b"table"), (5, _I32, len(names))), *map(_column, names, kinds)]
    footer = _fields(
        (1, _I32, 1),
        (2, _LIST, _list(_STRUCT, schema)),
        (3, _I64, len(rows)),
        (4, _LIST, _list(_STRUCT, [group])),
        (6, _BINARY, b"touchstone"),
    )
    return bytes(body) + footer + struct.pack("<I", len(footer)) + MAGIC


def _kind(column: Sequence[object]) -> int:
    kinds = {_INT64 if isinstance(value, int) else _BYTE_ARRAY if isinstance(value, str) else 0 for value in column}
    if len(kinds) > 1 or 0 in kinds:
        raise NotATable("A column holds either text or whole numbers.")
    return kinds.pop() if kinds else _BYTE_ARRAY


def _bytes_of(value: object) -> bytes:
    if isinstance(value, int):
        return struct.pack("<q", value)
    said = str(value).encode()
    return struct.pack("<I", len(said)) + said


def _page_header(values: int, size: int) -> bytes:
    data_page = _fields((1, _I32, values), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE))
    return _fields((1, _I32, _DATA_PAGE), (2, _I32, size), (3, _I32, size), (5, _STRUCT, data_page))


def _column(name: str, kind: int) -> bytes:
    said: list[tuple[int, int, int | bytes]] = [(1, _I32, kind), (3, _I32, _REQUIRED), (4, _BINARY, name.encode())]
    return _fields(*said, *([(6, _I32, _UTF8)] if kind == _BYTE_ARRAY else []))


def _chunk(name: str, kind: int, values: int, offset: int, size: int) -> bytes:
    facts = _fields(
        (1, _I32, kind),
        (2, _LIST, _list(_I32, [_zigzag(_PLAIN)])),
        (3, _LIST, _list(_BINARY, [_binary(name.encode())])),
        (4, _I32, _UNCOMPRESSED),
        (5, _I64, values),
        (6, _I64, size),
        (7, _I64, size),
        (9, _I64, offset),
    )
    return _fields((2, _I64, offset), (3, _STRUCT, facts))


# --- Thrift's compact protocol -------------------------------------------------------------------------------------


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _binary(content: bytes) -> bytes:
    return _varint(len(content)) + content


def _list(kind: int, entries: Sequence[bytes]) -> bytes:
    size = len(entries)
    return (
        bytes([size << 4 | kind] if size < 15 else [0xF0 | kind])
        + (b"" if size < 15 else _varint(size))
        + b"".join(entries)
    )


def _fields(*entries: tuple[int, int, int | bytes]) -> bytes:
    """A struct: (id, type, value) with ids rising by at most 15; whole numbers are encoded here, the rest is ready."""
    found, last = bytearray(), 0
    for number, kind, value in entries:
        found.append((number - last) << 4 | kind)
        last = number
        found += _zigzag(value) if isinstance(value, int) else _binary(value) if kind == _BINARY else value
    return bytes(found) + b"\0"
