"""Fixtures of the tests with real transactions: the cast, and an empty queue before and after."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, gather
from tests.concurrency.harness import clear_unflushed


@pytest.fixture
def cleared(transactional_db: None) -> Iterator[None]:
    clear_unflushed()
    yield
    clear_unflushed()


@pytest.fixture
def cast(cleared: None) -> Cast:
    return gather()
