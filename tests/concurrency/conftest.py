"""Fixtures of the tests with real transactions: the cast, and an empty queue before and after."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, gather
from tests.concurrency.harness import forget_jobs


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    forget_jobs()
    yield gather()
    forget_jobs()
