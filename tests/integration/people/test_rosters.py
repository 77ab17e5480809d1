"""Lists from spreadsheets: every way they are saved, and every way they are broken."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.people import errors
from touchstone.people.addresses import clean_address, clean_domain, is_public
from touchstone.people.rosters import MOST_BYTES, MOST_ROWS, read_list

COLUMNS = {"name": ("nombre",), "email": ("e-mail", "correo")}
TEXT = "Name,E-mail\r\nNúñez,a@x.org\r\n"


def cells(data: bytes) -> list[dict[str, str]]:
    return [dict(line.cells) for line in read_list(data, COLUMNS)]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        b"Correo,extra,NOMBRE\n a@x.org ,1, N\xc3\xba\xc3\xb1ez \n\n,,\n",
        b'"Name","E-mail"\n"N\xc3\xba\xc3\xb1ez","a@x.org"',
    ],
)
def test_read_list_when_a_spreadsheet_saved_it_its_own_way_then_the_same_rows(data: bytes):
    assert cells(data) == [{"name": "Núñez", "email": "a@x.org"}]


def test_read_list_when_a_cell_has_line_breaks_then_lines_are_numbered_as_in_the_file():
    lines = read_list(b'name,email\n"Two\nlines",a@x.org\nThree,b@x.org\n', COLUMNS)
    assert [line.number for line in lines] == [2, 4]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.ColumnsMissing),
        (b"name\nAda\n", errors.ColumnsMissing),
        (b'name,email\n"Ada,a@x.org\n', errors.ListNotReadable),
        (b"PK\x03\x04\x00\x00zip", errors.ListNotReadable),
        (b"name,email" + b"," * 60, errors.ListNotReadable),
        (b"name,email\n" + b"a,a@x.org\n" * (MOST_ROWS + 1), errors.ListTooLong),
        (b"x" * (MOST_BYTES + 1), errors.ListTooLarge),
        (b"name,email\n" + b"y" * 200_000, errors.ListNotReadable),
    ],
)
def test_read_list_when_broken_then_refused_with_a_sentence(data: bytes, error: type[errors.Refusal]):
    with pytest.raises(error) as refusal:
        read_list(data, COLUMNS)
    assert "{" not in str(refusal.value)


@given(st.binary(max_size=300))
def test_read_list_when_given_any_bytes_then_rows_or_a_named_refusal(data: bytes):
    try:
        read_list(data, COLUMNS)
    except errors.Refusal:
        return


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=10), st.sampled_from([",", ";", "\t"]))
def test_read_list_when_a_writer_quoted_anything_then_the_cells_come_back(rows: list[tuple[str, str]], delimiter: str):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("name", "email"), *rows])
    wanted = [{"name": one.strip(), "email": other.strip()} for one, other in rows if one.strip() or other.strip()]
    assert cells(out.getvalue().encode()) == wanted


@pytest.mark.parametrize("typed", [" Ada@X.ORG ", "ada@x.org"])
def test_clean_address_when_usable_then_lower_case(typed: str):
    assert clean_address(typed) == "ada@x.org"


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "@x.org", "a b@x.org", "a@x", "a@-x.org", "a@x.org, b@x.org", "a@@x.org"]
)
def test_clean_address_when_not_one_then_empty(typed: str):
    assert clean_address(typed) == ""


@pytest.mark.parametrize("domain", ["gmail.com", "eu.gmail.com", "k12.ca.us", "ca.us", "co.uk", "hotmail.com.mx"])
def test_public_when_anybody_can_be_there_then_yes(domain: str):
    assert is_public(clean_domain(domain))


@pytest.mark.parametrize("domain", ["maple.k12.ca.us", "schools.example.org", "mygmail.com", "münchen-schule.de"])
def test_public_when_it_is_somebodys_then_no(domain: str):
    assert clean_domain(domain)
    assert not is_public(clean_domain(domain))
