"""A table as Parquet: the frame, the columns as they lie in the file, and what is refused."""

import struct

import pytest

from touchstone.core.studies.parquet import MAGIC, NotATable, parquet


def test_a_table_then_the_file_begins_and_ends_as_the_format_says():
    content = parquet(("work", "level"), [("a", 1), ("bé", -2)])
    assert content[:4] == content[-4:] == MAGIC
    footer = struct.unpack("<I", content[-8:-4])[0]
    assert 0 < footer < len(content) - 12
    assert struct.pack("<I", 3) + "bé".encode() in content
    assert struct.pack("<qq", 1, -2) in content


def test_no_rows_then_still_a_file():
    assert parquet(("work",), [])[:4] == MAGIC


@pytest.mark.parametrize("rows", [[("a",), (1,)], [(1.5,)], [(None,)], [("a", "b")]])
def test_rows_that_are_no_table_then_refused(rows):
    with pytest.raises(NotATable):
        parquet(("only",), rows)
