"""Bitstring status lists."""

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.openbadges.samples import LIST_ID, NOW, status_list
from touchstone.core.openbadges import status


def test_list_when_w3c_example_then_all_zero() -> None:
    """The encoded list of Bitstring Status List 1.0, example 4: 16 kB of zeros."""
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert status.StatusList.decode(encoded) == status.StatusList.empty()


@given(st.sets(st.integers(0, status.MINIMUM_ENTRIES - 1), max_size=20))
def test_list_when_bits_are_set_and_encoded_then_exactly_those_are_set(indices: set[int]) -> None:
    bits = status.StatusList.empty().with_set(indices)
    decoded = status.StatusList.decode(bits.encode())
    assert decoded == bits
    assert all(decoded.is_set(index) for index in indices)
    assert sum(byte.bit_count() for byte in decoded.bits) == len(indices)


def test_list_when_first_bit_is_set_then_it_is_the_leftmost() -> None:
    assert status.StatusList.empty().with_set([0]).bits[0] == 0b1000_0000
    assert status.StatusList.empty().with_set([15]).bits[1] == 1


@pytest.mark.parametrize("index", [-1, status.MINIMUM_ENTRIES])
def test_list_when_index_is_outside_then_named_error(index: int) -> None:
    with pytest.raises(status.NoSuchEntry):
        status.StatusList.empty().is_set(index)
    with pytest.raises(status.NoSuchEntry):
        status.StatusList.empty().with_set([index])


@pytest.mark.parametrize("entries", [8, status.MINIMUM_ENTRIES + 1, status.MAX_BYTES * 8 + 8])
def test_list_when_too_small_uneven_or_huge_then_named_error(entries: int) -> None:
    with pytest.raises(status.ListMalformed):
        status.StatusList.empty(entries)


def _encoded(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


WHOLE = gzip.compress(bytes(16384), mtime=0)


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "H4sI",
        "u",
        "u!!!!",
        "u" + base64.urlsafe_b64encode(WHOLE).decode().rstrip("=") + "=",
        _encoded(b"not gzip"),
        _encoded(WHOLE[:-5]),
        _encoded(WHOLE + b"more"),
        _encoded(gzip.compress(bytes(16383), mtime=0)),
        _encoded(gzip.compress(bytes(status.MAX_BYTES + 1), mtime=0)),
        _encoded(gzip.compress(bytes(200 * 1024 * 1024), mtime=0)),
        "ué",
    ],
)
def test_list_when_hostile_then_named_error(encoded: str) -> None:
    with pytest.raises(status.ListMalformed):
        status.StatusList.decode(encoded)


def test_list_credential_when_composed_then_as_the_standard_says() -> None:
    document = status_list(3, valid_until=NOW)
    assert document["id"] == LIST_ID
    assert document["validUntil"] == "2026-11-23T09:30:00Z"
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert status.StatusList.decode(document["credentialSubject"]["encodedList"]).is_set(3)
